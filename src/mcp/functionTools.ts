import { explainError } from '../aws/errors';
import { readFunctionHealth } from '../aws/functionHealth';
import { followLogs } from '../aws/logs';
import { oneLine } from '../core/foreignText';
import type { InvokeApi, Outcome, OutcomeKind } from '../core/invocation/outcome';
import { isRecord } from '../core/isRecord';
import { type AgentHost, ToolError } from './agentHost';
import { meaningOf } from './meaning';
import { requiredText, textIn, type ToolInput } from './toolInput';

const healthMs = 20_000;
/** Agents give up on a tool after a minute, and ask again. */
const longestFollowSeconds = 45;
const mostLogLines = 200;
/** How far back an event is looked for, in milliseconds. */
const recentMs = 15 * 60_000;

export async function describeFunction(input: ToolInput, host: AgentHost, signal: AbortSignal) {
  const functionName = requiredText(input, 'functionName');
  const connection = await host.connect({
    ...connectionIn(input, functionName),
    withAccount: true,
  });
  const options = {
    timeoutMs: healthMs,
    signal: AbortSignal.any([signal, AbortSignal.timeout(healthMs)]),
  };
  const health = await readFunctionHealth(connection, { functionName }, options);
  const { region, accountId, profile, endpoint } = connection;
  return { functionName, region, accountId, profile, endpoint, ...health };
}

export async function followEvent(input: ToolInput, host: AgentHost, signal: AbortSignal) {
  const functionName = requiredText(input, 'functionName');
  const requestId = requiredText(input, 'requestId');
  const connection = await host.connect(connectionIn(input, functionName));
  const lines: string[] = [];
  let left = 0;
  let state = 'notStarted';
  let because = '';
  const request = { functionName, requestId, sentAt: sentAtIn(input), signal };
  const timeoutMs = secondsIn(input) * 1000;
  for await (const step of followLogs(connection, { ...request, timeoutMs })) {
    if (step.kind === 'event') {
      const line = oneLine(`attempt ${step.attempt}: ${step.text.trimEnd()}`);
      if (lines.length < mostLogLines) lines.push(line);
      else left += 1;
    } else if (step.kind === 'waiting' || step.kind === 'end') {
      ({ state } = step);
      if (step.kind === 'end') ({ because } = step);
    }
  }
  const isOver = state === 'succeeded' || state === 'failed';
  return {
    functionName,
    requestId,
    state,
    because,
    // Lines of a function: text of others, and no instructions.
    logLines: lines,
    ...(left > 0 && { logLinesLeftOut: left }),
    meaning: isOver
      ? `The function has ${state === 'failed' ? 'failed, and Lambda runs it no more for this event' : 'succeeded'}.`
      : 'The event has not ended. Lambda runs it by itself, and after a failure again: do not send it again. Call follow_event again to go on.',
  };
}

export async function explainOutcome(input: ToolInput, host: AgentHost) {
  const outcome = outcomeIn(input['outcome']);
  const connection = await host.connect(connectionIn(input, outcome.functionName));
  const explanation = outcome.kind === 'accepted' ? undefined : explainError(outcome, connection);
  return {
    kind: outcome.kind,
    ...(explanation && { cause: explanation.cause, whatHelps: explanation.remedy }),
    ...(explanation?.link && { link: explanation.link }),
    ...meaningOf(outcome.kind),
  };
}

export function connectionIn(input: ToolInput, functionName: string) {
  return { functionName, profile: textIn(input, 'profile'), region: textIn(input, 'region') };
}

function sentAtIn(input: ToolInput): number {
  const text = textIn(input, 'sentAt');
  if (text === undefined) return Date.now() - recentMs;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new ToolError('"sentAt" must be a time in ISO 8601.');
  return time;
}

function secondsIn(input: ToolInput): number {
  const seconds = input['seconds'] ?? longestFollowSeconds;
  if (typeof seconds !== 'number' || !(seconds > 0)) {
    throw new ToolError('"seconds" must be a number above 0.');
  }
  return Math.min(seconds, longestFollowSeconds);
}

const kinds: readonly OutcomeKind[] = ['accepted', 'rejected', 'notSent', 'unknown'];
const apis: readonly InvokeApi[] = ['Invoke', 'InvokeAsync'];

function outcomeIn(value: unknown): Outcome {
  if (!isRecord(value)) throw new ToolError('"outcome" must be an object.');
  const kind = kinds.find((one) => one === value['kind']);
  if (kind === undefined) throw new ToolError(`"kind" must be one of ${kinds.join(', ')}.`);
  const { error, status } = value;
  return {
    kind,
    api: apis.find((one) => one === value['api']) ?? 'Invoke',
    functionName: textIn(value, 'functionName') ?? '',
    ...(typeof status === 'number' && { status }),
    ...(isRecord(error) && {
      error: { name: textIn(error, 'name') ?? '', message: textIn(error, 'message') ?? '' },
    }),
    durationMs: 0,
    payloadBytes: 0,
    attempts: 1,
  };
}

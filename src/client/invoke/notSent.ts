import * as l10n from '@vscode/l10n';
import { commands } from 'vscode';
import { ConnectionError, type ConnectionErrorName } from '../../core/invocation/connectionError';
import type { Outcome } from '../../core/invocation/outcome';
import { payloadBytes } from '../../core/payload/size';
import type { Choice } from '../ui/offer';
import { openTargets, TargetsError } from '../payloads/targetsError';
import type { Report } from './report';
import { CheckFailed } from './check';
import type { Draft } from './prepare';

/** Reports why an event went nowhere: it could not be read, must not be sent, or there is no connection for it. */
export function notSent(
  report: Report,
  { api, functionName, text }: Draft,
  thrown: unknown,
): Outcome {
  const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
  const remedy = thrown instanceof ConnectionError ? thrown.remedy : '';
  const outcome: Outcome = {
    kind: 'notSent',
    api,
    functionName,
    error: { name, message },
    durationMs: 0,
    payloadBytes: payloadBytes(text),
    attempts: 0,
  };
  if (thrown instanceof CheckFailed && thrown.isDecided) report.keptBack(outcome, message);
  else report.failed(outcome, { cause: message, remedy }, remediesFor(thrown));
  return outcome;
}

/** What another choice of profile, region or endpoint can put right. */
const connectionFaults: ReadonlySet<ConnectionErrorName> = new Set([
  'NoRegion',
  'UnknownProfile',
  'BrokenEndpoint',
]);

function remediesFor(thrown: unknown): Choice[] {
  if (thrown instanceof TargetsError) return [openTargets(thrown.fault)];
  if (!(thrown instanceof ConnectionError) || !connectionFaults.has(thrown.name)) return [];
  const run = () => commands.executeCommand('invokeAsync.selectConnection');
  return [{ title: l10n.t('Select Profile and Region'), run }];
}

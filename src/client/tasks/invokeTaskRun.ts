import * as l10n from '@vscode/l10n';
import { type TaskDefinition, Uri, type WorkspaceFolder } from 'vscode';
import {
  type ExitCode,
  exitCodeOfFunction,
  exitCodeOfOutcome,
} from '../../core/invocation/exitCode';
import type { Connection } from '../../core/invocation/connection';
import { ConnectionError } from '../../core/invocation/connectionError';
import { isRunning } from '../../core/invocation/durableExecution';
import { messageOf } from '../../core/messageOf';
import { endLines, startLine } from '../invocations/durableText';
import type { HistoryEntry } from '../invocations/historyEntry';
import type { LogFollower } from '../invocations/logFollower';
import { type InvokeArguments, isComplete, readInvokeArguments } from '../invoke/invokeArguments';
import { causeAndRemedy } from '../invoke/reportText';
import type { Invoker } from '../invoke/invoker';
import { aws } from '../lazy';
import type { LineListener } from '../ui/output';

/** A queued event, and where its log is read. */
interface Queued {
  readonly entry: HistoryEntry;
  readonly connection: Connection;
}

/** Sends the event of a task the way of every event, and waits for its function when the task says so. */
export class InvokeTaskRun {
  constructor(
    private readonly invoker: Pick<Invoker, 'invoke'>,
    private readonly logFollower: Pick<LogFollower, 'listen' | 'stop'>,
  ) {}

  /**
   * Resolves to the exit code; never rejects.
   * @param definition as `tasks.json` has it, with its variables filled in
   * @param folder that the payload's path is relative to
   * @param say hears what is told of the event
   * @param signal keeps the event back, or ends the wait for its function
   */
  async run(
    definition: TaskDefinition,
    folder: WorkspaceFolder | undefined,
    say: LineListener,
    signal: AbortSignal,
  ): Promise<ExitCode> {
    try {
      const given = readTask(definition, folder);
      let queued: Queued | undefined;
      const outcome = await this.invoker.invoke(given, {
        isQuiet: true,
        mayRepeat: isComplete(given),
        token: {
          get isCancellationRequested() {
            return signal.aborted;
          },
        },
        onLine: say,
        onQueued: (entry, connection) => {
          queued = { entry, connection };
        },
      });
      if (!outcome) say('info', l10n.t('The event was not sent.'));
      if (outcome?.kind !== 'accepted' || definition['wait'] !== true)
        return exitCodeOfOutcome(outcome?.kind);
      if (queued) {
        const { durableExecutionArn } = queued.entry;
        return durableExecutionArn === undefined
          ? await this.#waitFor(queued, say, signal)
          : await waitForExecution(queued, durableExecutionArn, say, signal);
      }
      say('warn', l10n.t('The response has no request ID, so the function cannot be waited for.'));
      return exitCodeOfFunction(undefined);
    } catch (error) {
      say('error', messageOf(error));
      return 1;
    }
  }

  async #waitFor(
    { entry, connection }: Queued,
    say: LineListener,
    signal: AbortSignal,
  ): Promise<ExitCode> {
    const stop = () => this.logFollower.stop(entry.id);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) return exitCodeOfFunction(undefined);
    return exitCodeOfFunction(await this.logFollower.listen(entry, connection, say));
  }
}

/** A durable execution outlives the runs of its handler: not its log, but its status says when it is over. */
async function waitForExecution(
  { entry, connection }: Queued,
  executionArn: string,
  say: LineListener,
  signal: AbortSignal,
): Promise<ExitCode> {
  try {
    const { followDurableExecution } = await aws();
    let isStarted = false;
    for await (const state of followDurableExecution(connection, executionArn, { signal })) {
      if (isRunning(state)) {
        if (!isStarted) say('info', startLine(entry, state));
        isStarted = true;
        continue;
      }
      const isGood = state.status === 'SUCCEEDED';
      for (const line of endLines(entry, state, isStarted)) say(isGood ? 'info' : 'error', line);
      return exitCodeOfFunction(isGood ? 'succeeded' : 'failed');
    }
  } catch (error) {
    const remedy = error instanceof ConnectionError ? error.remedy : '';
    say('error', causeAndRemedy(messageOf(error), remedy));
  }
  return exitCodeOfFunction(undefined);
}

/**
 * What a task says of its event.
 * @throws {TypeError} naming the member that has the wrong type
 */
function readTask(
  { function: functionName, payload, ...others }: TaskDefinition,
  folder: WorkspaceFolder | undefined,
): InvokeArguments {
  if (typeof payload !== 'string' || payload === '') {
    throw new TypeError(l10n.t('"payload" must be the path of a payload file.'));
  }
  return readInvokeArguments({ ...others, functionName, uri: fileOf(payload, folder) });
}

function fileOf(path: string, folder: WorkspaceFolder | undefined): Uri {
  const isAbsolute = /^(?:[\\/]|[A-Za-z]:[\\/])/.test(path);
  return isAbsolute || !folder ? Uri.file(path) : Uri.joinPath(folder.uri, path);
}

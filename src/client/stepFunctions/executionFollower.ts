import * as l10n from '@vscode/l10n';
import { setTimeout as sleep } from 'node:timers/promises';
import { Uri, workspace } from 'vscode';
import type { Connection } from '../../core/invocation/connection';
import { messageOf } from '../../core/messageOf';
import { type ExecutionPlace, isOver } from '../../core/stepFunctions/execution';
import { currentProxy } from '../connection/destinations';
import { connectionRules, stepFunctions } from '../lazy';
import { settings } from '../settings';
import { type Choice, showOutput, type Ui } from '../ui/ui';
import { executionSummary } from './executionText';
import type { Executions, ShownExecution } from './executions';
import { saveExecution, savedExecutions } from './savedExecutions';

/** Between two questions, in milliseconds; doubled while there is no answer. */
const usualPauseMs = 5000;
const longestPauseMs = 60_000;

/** After these, asking again helps nobody. */
const hopeless = new Set(['AccessDeniedException', 'ExecutionDoesNotExist', 'AccessDenied']);

/** Where AWS is asked about an execution: what the settings say now does not matter. */
export async function connectionTo({
  region,
  profile,
  endpoint,
}: ExecutionPlace): Promise<Connection> {
  const { resolveConnection } = await connectionRules();
  return resolveConnection({
    timeoutMs: settings().timeoutMs,
    region,
    profile,
    endpoint,
    environment: process.env,
    proxy: currentProxy(),
  });
}

type FollowerUi = Pick<Ui, 'offer' | 'output' | 'run'>;

/** Asks Step Functions how far executions are, until they are over. */
export class ExecutionFollower {
  constructor(
    private readonly executions: Executions,
    private readonly ui: FollowerUi,
    private readonly pauseMs = usualPauseMs,
  ) {}

  /** Does nothing for one that is followed already, or is not under way. */
  follow({ folder }: Pick<ShownExecution, 'folder'>): void {
    const execution = this.executions.get(folder);
    if (execution?.state !== 'running' || execution.isFollowed) return;
    const { executionArn } = execution;
    if (executionArn === undefined) return;
    this.#put(folder, { isFollowed: true, followFault: undefined });
    void this.#follow(folder, executionArn).finally(() => this.#put(folder, { isFollowed: false }));
  }

  /** Asks once how far an execution is, and shows it. */
  async refresh(execution: ShownExecution): Promise<ShownExecution | undefined> {
    const { executionArn, folder } = execution;
    if (executionArn === undefined) return undefined;
    const status = await this.#read(execution, executionArn);
    const now = this.executions.get(folder);
    if (!now) return undefined;
    const next = { ...now, status, state: status.state, followFault: undefined };
    await saveExecution(this.executions, next);
    return next;
  }

  /** Never rejects. */
  async #follow(folder: string, executionArn: string): Promise<void> {
    let pause = this.pauseMs;
    for (;;) {
      const execution = this.executions.get(folder);
      if (!execution) return;
      try {
        const next = await this.refresh({ ...execution, executionArn });
        pause = this.pauseMs;
        if (!next) return;
        if (isOver(next)) {
          this.#tellEnd(next);
          return;
        }
      } catch (error) {
        const { StepFunctionsError } = await stepFunctions();
        const reason = messageOf(error);
        this.#put(folder, { followFault: reason });
        if (!(error instanceof StepFunctionsError) || hopeless.has(error.code)) {
          this.ui.output.warn(l10n.t('The execution is not followed any more: {0}', reason));
          return;
        }
        pause = Math.min(2 * pause, longestPauseMs);
      }
      await sleep(pause, undefined, { ref: false });
    }
  }

  async #read({ place, status }: ShownExecution, executionArn: string) {
    const { readExecution, StepFunctionsConnection } = await stepFunctions();
    const aws = new StepFunctionsConnection(await connectionTo(place));
    try {
      return await readExecution(aws, executionArn, status?.mapRunArn);
    } finally {
      aws.close();
    }
  }

  #put(folder: string, change: Partial<ShownExecution>): void {
    const execution = this.executions.get(folder);
    if (execution) this.executions.put({ ...execution, ...change });
  }

  #tellEnd(execution: ShownExecution): void {
    const message = executionSummary(execution);
    const isGood =
      execution.state === 'succeeded' && execution.status?.counts?.succeeded === execution.items;
    this.ui.output[isGood ? 'info' : 'warn'](message);
    const about = { run: { folder: execution.folder } };
    const collect: Choice = {
      title: l10n.t('Collect Results'),
      run: () => this.ui.run('invokeAsync.collectResults', about),
    };
    this.ui.offer(isGood ? 'information' : 'warning', message, collect, showOutput(this.ui.output));
  }
}

/** Shows the executions that an earlier window has begun, and follows those that are under way. */
export async function loadExecutions(executions: Executions, ui: FollowerUi): Promise<void> {
  const follower = new ExecutionFollower(executions, ui);
  for (const execution of await savedExecutions(executions.root)) {
    // What this window has begun meanwhile is newer.
    if (executions.get(execution.folder) || !isOfThisWindow(execution)) continue;
    executions.put(execution);
    if (workspace.isTrusted) follower.follow(execution);
  }
}

/** Whether the event file of an execution that an earlier window began is one of this window. */
function isOfThisWindow({ file }: ShownExecution): boolean {
  return (
    !workspace.workspaceFolders?.length ||
    workspace.getWorkspaceFolder(Uri.file(file.path)) !== undefined
  );
}

import * as l10n from '@vscode/l10n';
import { basename, join } from 'node:path';
import { type Uri, workspace } from 'vscode';
import type { Connection } from '../../core/invocation/connection';
import { isOver } from '../../core/stepFunctions/execution';
import { executionName, keyPrefixes } from '../../core/stepFunctions/names';
import { unreadText } from '../../files/fileReading';
import { EventFile } from '../../files/eventLines';
import { itemParts, type MapItemsCheck } from '../../files/mapItems';
import { textHash } from '../../files/textHash';
import type { FoundStack, StartedExecution } from '../../aws/stepFunctions/main';
import { MfaPrompt } from '../connection/mfaPrompt';
import { stepFunctions } from '../lazy';
import { type Choice, type Ui } from '../ui/ui';
import { HalfDone } from './failure';
import type { ExecutionFollower } from './executionFollower';
import { executionProgress, stateName } from './executionText';
import type { Executions, ShownExecution } from './executions';
import { saveExecution } from './savedExecutions';

/** A file that is ready to go. */
export interface ExecutionStart {
  readonly file: Uri;
  /** For people: the file's path in the workspace. */
  readonly label: string;
  readonly functionArn: string;
  readonly connection: Connection;
  readonly check: MapItemsCheck;
  readonly stack: Extract<FoundStack, { readonly kind: 'ready' }>;
}

/** How often the row of an upload is saved, in milliseconds. */
const saveMs = 1000;

/** Uploads a file and starts its execution, each once, whatever happens in between. */
export class StartExecution {
  constructor(
    private readonly executions: Executions,
    private readonly follower: Pick<ExecutionFollower, 'follow' | 'refresh'>,
    private readonly ui: Pick<
      Ui,
      'ask' | 'askForText' | 'offer' | 'output' | 'run' | 'withProgress'
    >,
  ) {}

  /**
   * Resolves to the ARN of the execution; `undefined` when the user cancelled, or did not want the file sent again.
   * @throws {HalfDone} with what is uploaded, which stays; its row says so
   */
  async start(start: ExecutionStart): Promise<string | undefined> {
    // Whoever began it before is known.
    await this.executions.all();
    const hash = textHash(JSON.stringify([start.check.sha256, start.functionArn]));
    for (let attempt = 1; ; attempt++) {
      const name = executionName(hash, attempt);
      const known = this.executions.get(join(this.executions.root, name));
      if (known?.control) return undefined;
      if (known?.executionArn !== undefined) {
        if (!(await this.#wantsAnother(known))) return known.executionArn;
        continue;
      }
      const begun = await this.#begin(start, name, known);
      if (begun?.kind !== 'exists') return begun?.executionArn;
      // Another window or computer has started it.
      const execution = this.executions.get(begun.folder);
      if (!execution || !(await this.#wantsAnother(execution))) return begun.executionArn;
    }
  }

  /** Sending a file twice is the user's decision. */
  async #wantsAnother(execution: ShownExecution): Promise<boolean> {
    const words = { file: basename(execution.file.path), function: execution.functionArn };
    const again = l10n.t('Send Again');
    const choice = await this.ui.ask(
      'warning',
      {
        message: isOver(execution)
          ? l10n.t('{file} was already sent to {function}.', words)
          : l10n.t('{file} is already being sent to {function}.', words),
        detail: [
          `${stateName(execution.state)}: ${executionProgress(execution)}`,
          l10n.t('Sending it again queues every line again, also those that Lambda has queued.'),
        ],
      },
      again,
    );
    return choice === again;
  }

  async #begin(start: ExecutionStart, name: string, known: ShownExecution | undefined) {
    const { connection, stack, check, file, functionArn } = start;
    const { profile, profileSource, region, accountId, endpoint } = connection;
    const folder = join(this.executions.root, name);
    const fileName = basename(file.fsPath).replaceAll(/[^A-Za-z0-9._-]+/g, '-');
    const place = `${stack.bucket}/${stack.prefix}`;
    const isSamePlace = known && `${known.bucket}/${known.key}`.startsWith(place);
    const execution: ShownExecution = {
      name,
      folder,
      file: { path: file.fsPath, size: check.size, sha256: check.sha256, lines: check.lines },
      items: check.items,
      totalBytes: check.itemBytes,
      functionArn,
      place: {
        region,
        // What came from the environment comes from there again.
        profile: profileSource === 'setting' ? profile : undefined,
        accountId,
        endpoint,
      },
      stateMachineArn: stack.stateMachineArn,
      bucket: stack.bucket,
      key: `${stack.prefix}${keyPrefixes.events}${name}/${fileName}`,
      resultsPrefix: `${stack.prefix}${keyPrefixes.results}${name}`,
      startedAt: new Date().toISOString(),
      state: 'uploading',
      ...(isSamePlace && { uploadId: known.uploadId, isUploaded: known.isUploaded }),
    };
    return this.#upload(start, execution);
  }

  async #upload(start: ExecutionStart, first: ShownExecution) {
    const { label, connection } = start;
    const { startExecution, StepFunctionsConnection, StepFunctionsError, uploadInParts } =
      await stepFunctions();
    const cancel = new AbortController();
    const { signal } = cancel;
    const prompt = new MfaPrompt(this.ui);
    const aws = new StepFunctionsConnection(connection, { signal, mfaCode: prompt.ask });
    const { folder } = first;
    let isStarting = false;
    const save = async (change: Partial<ShownExecution>) => {
      const now = this.executions.get(folder) ?? first;
      await saveExecution(this.executions, { ...now, ...change });
    };
    await saveExecution(this.executions, { ...first, control: { cancel: () => cancel.abort() } });
    try {
      await this.ui.withProgress(
        {
          title: l10n.t('Uploading {0}', label),
          location: 'notification',
          cancellable: true,
        },
        async (progress, token) => {
          token.onCancellationRequested(() => cancel.abort());
          if (first.isUploaded) return;
          const file = await openUnchanged(first);
          let savedAt = 0;
          let shown = 0;
          try {
            await uploadInParts(aws, {
              bucket: first.bucket,
              key: first.key,
              size: first.totalBytes,
              uploadId: first.uploadId,
              parts: (partBytes) => itemParts(file, partBytes, signal),
              signal,
              onBegin: (uploadId) => save({ uploadId }),
              onProgress: (uploadedBytes) => {
                const percent = (uploadedBytes / first.totalBytes) * 100;
                progress.report({ increment: percent - shown });
                shown = percent;
                const now = performance.now();
                const execution = this.executions.get(folder);
                if (execution) this.executions.put({ ...execution, uploadedBytes });
                if (now - savedAt < saveMs) return;
                savedAt = now;
                void save({ uploadedBytes }).catch(() => undefined);
              },
            });
          } finally {
            await file.close();
          }
        },
      );
      await save({ isUploaded: true, uploadId: undefined, uploadedBytes: first.totalBytes });
      isStarting = true;
      const started = await startExecution(aws, {
        stateMachineArn: first.stateMachineArn,
        name: first.name,
        input: { bucket: first.bucket, key: first.key, prefix: first.resultsPrefix },
      });
      await save({ state: 'running', executionArn: started.executionArn, control: undefined });
      return await this.#follow(label, { ...started, folder });
    } catch (error) {
      if (error instanceof HalfDone) throw error;
      await save({ state: 'interrupted', control: undefined });
      const isRefused = error instanceof StepFunctionsError && error.isRefusal;
      const left = leftText(this.executions.get(folder) ?? first, isStarting && !isRefused);
      if (!signal.aborted && !prompt.wasRefused) throw this.#halfDone(error, folder, left);
      this.#tellCancelled(label, folder, left);
      return undefined;
    } finally {
      aws.close();
    }
  }

  /** @throws {HalfDone} when it was started before, and cannot be read */
  async #follow<Started extends StartedExecution & { readonly folder: string }>(
    label: string,
    started: Started,
  ): Promise<Started> {
    const running = this.executions.get(started.folder);
    if (running && started.kind === 'exists') {
      try {
        await this.follower.refresh(running);
      } catch (error) {
        throw new HalfDone(error, {
          left: l10n.t(
            'The file was sent before, by another window or computer; how far that is cannot be read.',
          ),
        });
      } finally {
        this.follower.follow(running);
      }
      return started;
    }
    if (running) this.follower.follow(running);
    this.ui.output.info(
      l10n.t('{file} → {execution}', { file: label, execution: started.executionArn }),
    );
    return started;
  }

  /** Leaves nothing half done without saying so. */
  #halfDone(error: unknown, folder: string, left: string): HalfDone {
    const { isUploaded, uploadId } = this.executions.get(folder) ?? {};
    const isThere = isUploaded === true || uploadId !== undefined;
    return new HalfDone(error, { left, choices: isThere ? [this.#resume(folder)] : [] });
  }

  #tellCancelled(label: string, folder: string, left: string): void {
    const remove: Choice = {
      title: l10n.t('Delete the Uploaded Parts'),
      run: () => this.ui.run('invokeAsync.deleteExecution', { run: { folder } }),
    };
    this.ui.offer('information', `${label}: ${left}`, this.#resume(folder), remove);
  }

  #resume(folder: string): Choice {
    return {
      title: l10n.t('Resume'),
      run: () => this.ui.run('invokeAsync.resumeUpload', { run: { folder } }),
    };
  }
}

/** What is in AWS of a file whose execution was not started, or of which nobody can tell. */
function leftText({ isUploaded, uploadId, bucket }: ShownExecution, mayBeStarted: boolean): string {
  if (mayBeStarted) {
    return l10n.t(
      'Whether the execution was started is unknown. Resume finds out: it is never started twice.',
    );
  }
  if (isUploaded)
    return l10n.t('Nothing was sent. The file is in the bucket {0}; resume to start.', bucket);
  if (uploadId === undefined) return l10n.t('Nothing was uploaded or sent.');
  return l10n.t(
    'Nothing was sent. The uploaded parts stay in the bucket {0} until the upload is resumed or deleted.',
    bucket,
  );
}

/** @throws when it cannot be read, or is not the file that was validated */
async function openUnchanged({ file }: ShownExecution): Promise<EventFile> {
  const opened = await EventFile.open(file.path);
  if (!(opened instanceof EventFile)) throw new Error(unreadText(opened));
  if (opened.size === file.size) return opened;
  await opened.close();
  throw new Error(
    l10n.t('{0} was changed while it was validated.', workspace.asRelativePath(file.path)),
  );
}

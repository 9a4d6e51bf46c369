import * as l10n from '@vscode/l10n';
import { type ChildProcess, fork } from 'node:child_process';
import { env } from 'vscode';
import type { RunProgress, RunSummary } from '../../core/fileRun/run';
import type { InvokeApi } from '../../core/invocation/outcome';
import { messageOf } from '../../core/messageOf';
import type { EventFileCheck } from '../../files/eventFileCheck';
import type { SendFileError, SendFileReply, SendFileRequest } from '../../sendFile/messages';
import type { RunRequest } from '../../sendFile/sendFile';

/** Why a file cannot be sent, in words for people. */
export class SendFileFailure extends Error {
  override readonly name = 'SendFileFailure';
  readonly kind: SendFileError['kind'] | 'processEnded';
  /** What the user can do about it; may be empty. */
  readonly remedy: string;

  constructor({ kind, message, remedy }: Pick<SendFileFailure, 'kind' | 'message' | 'remedy'>) {
    super(message);
    this.kind = kind;
    this.remedy = remedy;
  }
}

/** Gets what the process says by itself. */
export interface SendFileListener {
  onProgress(progress: RunProgress): void;
  /** A role requires the code of a device. Rejects, or resolves to nothing, when the user gives none. */
  mfaCode(serial: string): Promise<string | undefined>;
  /** What it writes to its standard error. */
  onOutput(text: string): void;
}

interface Waiter<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: SendFileFailure) => void;
}

/** The process that sends one event file. It ends by itself when it is done, and when this window does. */
export class SendFileProcess {
  readonly #child: ChildProcess;
  #end: Waiter<RunSummary> | undefined;
  /** What a run that has begun came to. Rejects with a `SendFileFailure` when its process died. */
  readonly summary: Promise<RunSummary> = new Promise((resolve, reject) => {
    this.#end = { resolve, reject };
  });
  /** It is asked for one thing at a time. */
  #asked: Waiter<SendFileReply> | undefined;
  #onChecking: (fraction: number) => void = () => {};

  /** @param module path of `dist/sendFile.js` */
  constructor(
    module: string,
    private readonly listener: SendFileListener,
  ) {
    this.#child = fork(module, [env.language], {
      // What executes us may be Electron.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      // A debugger of this process is not for that one.
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => listener.onOutput(text));
    this.#child.on('message', (reply: SendFileReply) => this.#receive(reply));
    this.#child.on('error', (error) => this.#fail(messageOf(error)));
    this.#child.on('exit', (code, signal) =>
      this.#fail(
        l10n.t('The process that sends the file has ended ({0}).', signal ?? String(code)),
      ),
    );
    // Nobody may be waiting for it yet.
    this.summary.catch(() => {});
  }

  /**
   * Writes the elements of a JSON array as an event file, and resolves to its path.
   * @param root holds such files
   * @throws {SendFileFailure}
   */
  async split(path: string, root: string): Promise<string> {
    return (await this.#ask({ kind: 'split', path, root }, 'split')).path;
  }

  /**
   * Reads the whole file.
   * @param onProgress told what part of the file has been read, from 0 to 1
   * @throws {SendFileFailure}
   */
  async check(
    path: string,
    api: InvokeApi,
    onProgress: (fraction: number) => void = () => {},
  ): Promise<EventFileCheck> {
    this.#onChecking = onProgress;
    return (await this.#ask({ kind: 'check', path, api }, 'checked')).check;
  }

  /**
   * Begins to send the file that was checked last, and resolves to the folder of the run.
   * @throws {SendFileFailure}
   */
  async begin(request: RunRequest): Promise<string> {
    return (await this.#ask({ kind: 'begin', request }, 'began')).folder;
  }

  pause(): void {
    this.#send({ kind: 'pause' });
  }

  resume(): void {
    this.#send({ kind: 'resume' });
  }

  /** Sends no further line, and waits for those under way. */
  stop(): void {
    this.#send({ kind: 'stop' });
  }

  /** Events a second at most; `undefined` for as many as the connections carry. */
  set rate(rate: number | undefined) {
    this.#send({ kind: 'rate', rate });
  }

  /** The window is done with it: it stops by itself when it sends, and ends. */
  leave(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  /** Ends it at once, while nothing is sent. */
  kill(): void {
    this.#child.kill();
  }

  async #ask<Kind extends SendFileReply['kind']>(
    request: SendFileRequest,
    kind: Kind,
  ): Promise<Extract<SendFileReply, { kind: Kind }>> {
    const reply = await new Promise<SendFileReply>((resolve, reject) => {
      this.#asked = { resolve, reject };
      this.#send(request);
    });
    if (isOf(reply, kind)) return reply;
    throw new Error(`The process that sends the file has answered ${reply.kind}, not ${kind}.`);
  }

  #send(request: SendFileRequest): void {
    if (!this.#child.connected) return;
    this.#child.send(request, (error) => {
      if (error) this.#fail(messageOf(error));
    });
  }

  #receive(reply: SendFileReply): void {
    switch (reply.kind) {
      case 'checking':
        this.#onChecking(reply.size === 0 ? 1 : reply.bytesRead / reply.size);
        break;
      case 'split':
      case 'checked':
      case 'began':
        this.#asked?.resolve(reply);
        this.#asked = undefined;
        break;
      case 'progress':
        this.listener.onProgress(reply.progress);
        break;
      case 'ended':
        this.#end?.resolve(reply.summary);
        this.leave();
        break;
      case 'failed':
        this.#reject(new SendFileFailure(reply.error));
        break;
      case 'mfa':
        void this.#answerMfa(reply.serial);
        break;
    }
  }

  async #answerMfa(serial: string): Promise<void> {
    const code = await this.listener.mfaCode(serial).catch(() => undefined);
    this.#send({ kind: 'mfaCode', code });
  }

  #fail(message: string): void {
    const failure = new SendFileFailure({ kind: 'processEnded', message, remedy: '' });
    this.#reject(failure);
    this.#end?.reject(failure);
  }

  #reject(failure: SendFileFailure): void {
    this.#asked?.reject(failure);
    this.#asked = undefined;
  }
}

function isOf<Kind extends SendFileReply['kind']>(
  reply: SendFileReply,
  kind: Kind,
): reply is Extract<SendFileReply, { kind: Kind }> {
  return reply.kind === kind;
}

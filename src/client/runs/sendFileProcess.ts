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
  #checking: { waiter: Waiter<EventFileCheck>; onProgress: (fraction: number) => void } | undefined;
  #beginning: Waiter<string> | undefined;

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
   * Reads the whole file.
   * @param onProgress told what part of the file has been read, from 0 to 1
   * @throws {SendFileFailure}
   */
  async check(
    path: string,
    api: InvokeApi,
    onProgress: (fraction: number) => void = () => {},
  ): Promise<EventFileCheck> {
    return new Promise((resolve, reject) => {
      this.#checking = { waiter: { resolve, reject }, onProgress };
      this.#send({ kind: 'check', path, api });
    });
  }

  /**
   * Begins to send the file that was checked last, and resolves to the folder of the run.
   * @throws {SendFileFailure}
   */
  async begin(request: RunRequest): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#beginning = { resolve, reject };
      this.#send({ kind: 'begin', request });
    });
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

  #send(request: SendFileRequest): void {
    if (!this.#child.connected) return;
    this.#child.send(request, (error) => {
      if (error) this.#fail(messageOf(error));
    });
  }

  #receive(reply: SendFileReply): void {
    switch (reply.kind) {
      case 'checking':
        this.#checking?.onProgress(reply.size === 0 ? 1 : reply.bytesRead / reply.size);
        break;
      case 'checked':
        this.#checking?.waiter.resolve(reply.check);
        this.#checking = undefined;
        break;
      case 'began':
        this.#beginning?.resolve(reply.folder);
        this.#beginning = undefined;
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
    this.#checking?.waiter.reject(failure);
    this.#beginning?.reject(failure);
    this.#checking = undefined;
    this.#beginning = undefined;
  }
}

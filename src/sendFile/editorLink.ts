import { messageOf } from '../core/messageOf';
import { writeElementFile } from './elementFile';
import type { SendFileError, SendFileReply, SendFileRequest } from './messages';
import { RunError } from './runError';
import { type BegunRun, FileToSend } from './sendFile';

/** How often progress is told, in milliseconds. */
const progressMs = 250;

/** How the editor is reached; it may be gone at any time. */
export interface EditorChannel {
  send(reply: SendFileReply): void;
}

/** What an editor has sent, in one process for one file. */
export class EditorLink {
  #file: FileToSend | undefined;
  #run: BegunRun | undefined;
  #answerMfa: ((code: string | undefined) => void) | undefined;
  #isGone = false;

  constructor(private readonly editor: EditorChannel) {}

  /** Never rejects. */
  async receive(request: SendFileRequest): Promise<void> {
    try {
      await this.#carryOut(request);
    } catch (error) {
      this.editor.send({ kind: 'failed', error: errorOf(error) });
    }
  }

  /** The editor is gone: sends nothing new, and waits for what is under way. */
  leave(): void {
    this.#isGone = true;
    this.#run?.run.stop();
    this.#answerMfa?.(undefined);
  }

  async #carryOut(request: SendFileRequest): Promise<void> {
    switch (request.kind) {
      case 'split': {
        const path = await writeElementFile(request.path, request.root);
        this.editor.send({ kind: 'split', path });
        return undefined;
      }
      case 'check':
        this.#file = await FileToSend.open(request.path);
        return this.#check(this.#file, request);
      case 'begin':
        return this.#begin(request);
      case 'mfaCode':
        this.#answerMfa?.(request.code);
        return undefined;
      case 'rate':
        if (this.#run) this.#run.run.rate = request.rate;
        return undefined;
      case 'pause':
      case 'resume':
      case 'stop':
      case 'abort':
        this.#run?.run[request.kind]();
        return undefined;
    }
  }

  async #check(file: FileToSend, { api }: Extract<SendFileRequest, { kind: 'check' }>) {
    let toldAt = 0;
    const check = await file.check({
      api,
      onProgress: (bytesRead) => {
        const now = performance.now();
        if (now - toldAt < progressMs) return;
        toldAt = now;
        this.editor.send({ kind: 'checking', bytesRead, size: file.size });
      },
    });
    this.editor.send({ kind: 'checked', check });
  }

  async #begin({ request }: Extract<SendFileRequest, { kind: 'begin' }>): Promise<void> {
    if (!this.#file || this.#run) throw new Error('A run begins once, after its file is checked.');
    const begun = await this.#file.begin(request, {
      onState: (progress) => this.editor.send({ kind: 'progress', progress }),
      mfaCode: async (serial, signal) => this.#ask(serial, signal),
    });
    this.#run = begun;
    if (this.#isGone) begun.run.stop();
    this.editor.send({ kind: 'began', folder: begun.folder.path });
    const timer = setInterval(
      () => this.editor.send({ kind: 'progress', progress: begun.run.progress }),
      progressMs,
    );
    const summary = await begun.toTheEnd();
    clearInterval(timer);
    await this.#file.close();
    this.editor.send({ kind: 'ended', summary });
  }

  async #ask(serial: string, signal: AbortSignal | undefined): Promise<string> {
    this.editor.send({ kind: 'mfa', serial });
    const code = await new Promise<string | undefined>((resolve) => {
      this.#answerMfa = resolve;
      signal?.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    if (code === undefined) throw new Error('No MFA code was entered.');
    return code;
  }
}

function errorOf(error: unknown): SendFileError {
  if (error instanceof RunError) {
    const { kind, message, remedy } = error;
    return { kind, message, remedy };
  }
  return { kind: 'unexpected', message: messageOf(error), remedy: '' };
}

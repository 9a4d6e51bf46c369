import { Worker } from 'node:worker_threads';
import type { ThreadMessage } from './messages';

/** Why a request was not answered; except for `failed`, the thread was ended and the next request starts a new one. */
export class ThreadError extends Error {
  override readonly name = 'ThreadError';

  constructor(
    readonly reason: 'timedOut' | 'outOfMemory' | 'crashed' | 'failed' | 'disposed',
    message: string,
  ) {
    super(message);
  }
}

export interface ThreadOptions {
  /** Of the thread's heap. Without a limit of its own, a thread that fills its memory ends the whole process. */
  readonly memoryLimitMb: number;
  readonly workerData?: unknown;
}

/** For the start of a thread, in milliseconds: it takes longer on a busy machine, whatever it is asked then. */
const startLimitMs = 60_000;

interface Pending<Note, Answer> {
  readonly worker: Worker;
  readonly timeLimitMs: number;
  readonly onNote: (note: Note) => void;
  resolve(answer: Answer): void;
  reject(error: ThreadError): void;
  timer: NodeJS.Timeout | undefined;
}

/**
 * A thread for work that may never end: it answers one request at a time, is ended when it takes too long, and is
 * started anew by the next request. Its entry calls `answerRequests`.
 */
export class Thread<Request, Note, Answer> {
  #worker: Worker | undefined;
  #isReady = false;
  #pending: Pending<Note, Answer> | undefined;

  /** @param file the bundle of the thread's entry */
  constructor(
    private readonly file: string,
    private readonly options: ThreadOptions,
  ) {}

  /** Has the thread ready for a request that will come; it would start with the first one otherwise. */
  prepare(): void {
    this.#worker ??= this.#start();
  }

  /**
   * To be called when the request before was answered.
   * @param timeLimitMs until the answer or the next thing that the thread says of its time, from when it has started
   * @throws {ThreadError}
   */
  async ask(
    request: Request,
    timeLimitMs: number,
    onNote: (note: Note) => void = () => {},
  ): Promise<Answer> {
    const worker = (this.#worker ??= this.#start());
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#pending = { worker, timeLimitMs, onNote, resolve, reject, timer: undefined };
        this.#limit(this.#pending, this.#isReady ? timeLimitMs : startLimitMs);
        worker.postMessage(request);
      });
    } finally {
      clearTimeout(this.#pending?.timer);
      this.#pending = undefined;
    }
  }

  /** Tells the thread something that it does not answer; nothing when there is no thread that could know of it. */
  tell(message: Request): void {
    this.#worker?.postMessage(message);
  }

  /** Ends the thread; a request that is under way is rejected. */
  dispose(): void {
    this.#end(new ThreadError('disposed', 'The thread was ended.'));
  }

  #start(): Worker {
    this.#isReady = false;
    const { memoryLimitMb, workerData } = this.options;
    const worker = new Worker(this.file, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
    });
    worker.on('message', (message: ThreadMessage<Note, Answer>) => {
      if (message.kind === 'ready' && this.#worker === worker) this.#isReady = true;
      // What a thread says after it was ended is about a request that has its answer already.
      const pending = this.#pending?.worker === worker ? this.#pending : undefined;
      if (!pending) return;
      if (message.kind === 'ready') this.#limit(pending, pending.timeLimitMs);
      else if (message.kind === 'note') pending.onNote(message.note);
      else if (message.kind === 'limit') this.#limit(pending, message.milliseconds);
      else if (message.kind === 'answer') pending.resolve(message.answer);
      else pending.reject(new ThreadError('failed', message.message));
    });
    worker.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      const reason = code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'outOfMemory' : 'crashed';
      if (this.#worker === worker) this.#end(new ThreadError(reason, message));
    });
    worker.unref();
    return worker;
  }

  #limit(pending: Pending<Note, Answer>, milliseconds: number): void {
    clearTimeout(pending.timer);
    const expire = () => {
      if (this.#pending === pending && pending.timer === timer) {
        this.#end(new ThreadError('timedOut', `No answer within ${milliseconds} ms.`));
      }
    };
    // An answer that came while this process was busy itself is read first.
    const timer = setTimeout(() => setImmediate(expire), milliseconds);
    pending.timer = timer;
  }

  #end(error: ThreadError): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#pending?.reject(error);
    // Not waited for: what cannot be interrupted at once must not hold up the next request.
    void worker?.terminate();
  }
}

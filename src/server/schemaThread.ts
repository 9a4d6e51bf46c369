import * as l10n from '@vscode/l10n';
import { Worker } from 'node:worker_threads';
import { type ResolveSchema, UnusableSchemaError } from '../core/payload/schema';
import type { Problem } from '../core/problem';

/** What the thread is told. */
export type SchemaRequest =
  | { readonly kind: 'check'; readonly schemaUri: string; readonly text: string }
  | { readonly kind: 'schema'; readonly uri: string; readonly text: string | undefined };

/** What the thread tells. */
export type SchemaAnswer =
  | { readonly kind: 'wanted'; readonly uri: string }
  | { readonly kind: 'checked'; readonly problems: readonly Problem[] }
  | { readonly kind: 'unusable'; readonly uri: string; readonly message: string };

type FinalAnswer = Exclude<SchemaAnswer, { kind: 'wanted' }>;

const memoryLimitMb = 256;

/**
 * Holds payloads against schemas of somebody else, in a thread that is stopped when a schema takes too long (a pattern
 * can) or too much memory. Such a schema is left out until `forget`, so that not every keystroke pays for it again.
 */
export class SchemaThread {
  #worker: Worker | undefined;
  #pending: { resolve(answer: FinalAnswer): void; reject(error: Error): void } | undefined;
  #last: Promise<unknown> = Promise.resolve();
  readonly #stopped = new Map<string, UnusableSchemaError>();

  /**
   * @param workerFile the bundle of schemaWorker.ts
   * @param timeLimitMs for one check, with the compilation of its schema
   */
  constructor(
    readonly workerFile: string,
    readonly resolve: ResolveSchema,
    readonly timeLimitMs = 2000,
  ) {}

  /**
   * One check after the other, so that a schema is not blamed for the time of another.
   * @param text JSON that JSON.parse accepts
   * @throws {UnusableSchemaError}
   */
  problems(schemaUri: string, text: string): Promise<readonly Problem[]> {
    const result = this.#last.then(() => this.#check(schemaUri, text));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** To be called when a schema may have changed. */
  forget(): void {
    this.#last = this.#last.then(() => {
      this.#stopped.clear();
      return this.dispose();
    });
  }

  async dispose(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #check(schemaUri: string, text: string): Promise<readonly Problem[]> {
    const stopped = this.#stopped.get(schemaUri);
    if (stopped) throw stopped;
    const worker = (this.#worker ??= this.#start());
    try {
      const answer = await this.#ask(worker, { kind: 'check', schemaUri, text });
      if (answer.kind === 'checked') return answer.problems;
      throw new UnusableSchemaError(answer.uri, answer.message);
    } catch (error) {
      if (error instanceof UnusableSchemaError) throw error;
      await this.dispose();
      const reason = error instanceof Error ? error.message : String(error);
      const unusable = new UnusableSchemaError(
        schemaUri,
        l10n.t('{0} It is left out until it changes.', reason),
      );
      this.#stopped.set(schemaUri, unusable);
      throw unusable;
    }
  }

  /** Rejects when the thread fails, or is still busy after the time limit. */
  #ask(worker: Worker, request: SchemaRequest): Promise<FinalAnswer> {
    let timer: NodeJS.Timeout | undefined;
    return new Promise<FinalAnswer>((resolve, reject) => {
      this.#pending = { resolve, reject };
      const message = l10n.t('The schema takes longer than {0} s.', this.timeLimitMs / 1000);
      timer = setTimeout(() => reject(new Error(message)), this.timeLimitMs);
      worker.postMessage(request);
    }).finally(() => clearTimeout(timer));
  }

  #start(): Worker {
    const limits = { maxOldGenerationSizeMb: memoryLimitMb };
    const worker = new Worker(this.workerFile, { resourceLimits: limits });
    worker.on('message', (answer: SchemaAnswer) => {
      if (answer.kind === 'wanted') void this.#sendSchema(worker, answer.uri);
      else this.#pending?.resolve(answer);
    });
    worker.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      const reason =
        code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? l10n.t('The schema takes more than {0} MB.', memoryLimitMb)
          : l10n.t('The schema cannot be run: {0}.', message);
      if (this.#worker === worker) this.#worker = undefined;
      this.#pending?.reject(new Error(reason));
    });
    worker.unref();
    return worker;
  }

  async #sendSchema(worker: Worker, uri: string): Promise<void> {
    const text = await this.resolve(uri).catch(() => undefined);
    const request: SchemaRequest = { kind: 'schema', uri, text };
    worker.postMessage(request);
  }
}

import * as l10n from '@vscode/l10n';
import { type ResolveSchema, UnusableSchemaError } from '../../core/payload/schema';
import type { SchemaLook } from '../../core/payload/schemaLook';
import type { Problem } from '../../core/problem';
import { Thread, ThreadError } from '../thread/thread';
import { Turns } from '../thread/turns';

/** What the thread is told. */
export type SchemaRequest =
  | {
      readonly kind: 'check';
      readonly schemaUri: string;
      readonly text: string;
      /** For the check itself, once the schema is compiled. */
      readonly limitMs: number;
    }
  | {
      readonly kind: 'look';
      readonly schemaUri: string;
      readonly text: string;
      readonly offset: number;
    }
  | { readonly kind: 'schema'; readonly uri: string; readonly text: string | undefined };

/** The URI of a schema that the thread needs. */
export type SchemaNote = string;

export type SchemaAnswer =
  | { readonly kind: 'checked'; readonly problems: readonly Problem[] }
  | { readonly kind: 'looked'; readonly look: SchemaLook | undefined }
  | { readonly kind: 'unusable'; readonly uri: string; readonly message: string };

const memoryLimitMb = 256;

/**
 * Validates payloads against schemas in a thread, which is ended when a schema takes too long (a pattern can, and so
 * can a payload with a fault in every byte) or too much memory. The next payload has another chance, with less time, so
 * that not every keystroke pays for the whole of it again.
 */
export class SchemaThread {
  readonly #thread: Thread<SchemaRequest, SchemaNote, SchemaAnswer>;
  readonly #turns = new Turns<SchemaAnswer>();
  /** Schemas that the thread was ended for. */
  readonly #suspects = new Set<string>();
  #isForgotten = false;

  /**
   * @param workerFile the bundle of schemaWorker.ts
   * @param timeLimitMs for the start of the thread with the compilation of a schema, and again for each check; for this,
   *   a third of it after the thread was ended for that schema
   */
  constructor(
    workerFile: string,
    readonly resolve: ResolveSchema,
    readonly timeLimitMs = 2000,
  ) {
    this.#thread = new Thread(workerFile, { memoryLimitMb });
  }

  /**
   * One check after the other, so that a schema is not blamed for the time of another.
   * @param text JSON that JSON.parse accepts
   * @param key the document: of its checks that wait, the newest counts. Text that is about to be sent has none, and
   *   goes first
   * @throws {UnusableSchemaError}
   */
  async problems(schemaUri: string, text: string, key?: string): Promise<readonly Problem[]> {
    const check = () =>
      this.#ask(schemaUri, { kind: 'check', schemaUri, text, limitMs: this.#limitFor(schemaUri) });
    const answer = await (key === undefined
      ? this.#turns.takeNext(check)
      : this.#turns.take(key, check));
    return answer.kind === 'checked' ? answer.problems : [];
  }

  /**
   * What a schema knows of a place in a payload.
   * @throws {UnusableSchemaError}
   */
  look(schemaUri: string, text: string, offset: number): Promise<SchemaLook | undefined> {
    const request: SchemaRequest = { kind: 'look', schemaUri, text, offset };
    const looked = this.#turns.takeNext(() => this.#ask(schemaUri, request));
    return looked.then((answer) => (answer.kind === 'looked' ? answer.look : undefined));
  }

  /** To be called when a schema may have changed: from the next check on, all are read anew. */
  forget(): void {
    this.#isForgotten = true;
  }

  dispose(): void {
    this.#thread.dispose();
  }

  #limitFor(schemaUri: string): number {
    return this.#suspects.has(schemaUri) ? this.timeLimitMs / 3 : this.timeLimitMs;
  }

  async #ask(schemaUri: string, request: SchemaRequest): Promise<SchemaAnswer> {
    if (this.#isForgotten) {
      this.#isForgotten = false;
      this.#suspects.clear();
      this.#thread.dispose();
    }
    const limitMs = this.#limitFor(schemaUri);
    try {
      const answer = await this.#thread.ask(
        request,
        this.timeLimitMs,
        (uri) => void this.#sendSchema(uri),
      );
      if (answer.kind === 'unusable') throw new UnusableSchemaError(answer.uri, answer.message);
      if (answer.kind === 'checked') this.#suspects.delete(schemaUri);
      return answer;
    } catch (error) {
      if (!(error instanceof ThreadError)) throw error;
      this.#suspects.add(schemaUri);
      throw new UnusableSchemaError(schemaUri, inWords(error, limitMs));
    }
  }

  async #sendSchema(uri: string): Promise<void> {
    const text = await this.resolve(uri).catch(() => undefined);
    this.#thread.tell({ kind: 'schema', uri, text });
  }
}

function inWords({ reason, message }: ThreadError, limitMs: number): string {
  if (reason === 'timedOut')
    return l10n.t('Validation with the schema took longer than {0} s.', limitMs / 1000);
  if (reason === 'outOfMemory') {
    return l10n.t('Validation with the schema took more than {0} MB of memory.', memoryLimitMb);
  }
  return l10n.t('The schema cannot be run: {0}.', message);
}

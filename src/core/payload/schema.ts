import * as l10n from '@vscode/l10n';
import type { Ajv, Options, ValidateFunction } from 'ajv';
import { isRecord } from '../isRecord';
import { messageOf } from '../messageOf';
import type { Problem } from '../problem';
import { absolute, type SchemaDocuments } from './schemaParts';
import { problemsOfAjv } from './schemaProblems';

/** Reads a schema by its URI; `undefined` when there is none or it may not be read. Never by network. */
export type ResolveSchema = (uri: string) => Promise<string | undefined>;

/** Why a schema cannot be used. The message says what is wrong with the schema that `uri` names. */
export class UnusableSchemaError extends Error {
  override readonly name = 'UnusableSchemaError';

  constructor(
    readonly uri: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Holds payloads against JSON Schemas of the drafts 07, 2019-09 and 2020-12. Each schema is read and compiled once.
 *
 * A schema of somebody else can run without end (a pattern) or fill the memory: those belong into a thread that can be
 * stopped.
 */
export class SchemaChecker {
  #compiled = new Map<string, Promise<ValidateFunction>>();

  constructor(readonly resolve: ResolveSchema) {}

  /**
   * @param schemaUri the URI of a file
   * @param text JSON that JSON.parse accepts
   * @param onCompiled told once the schema has been read and compiled, before it runs
   * @returns the problems in the order of the text
   * @throws {UnusableSchemaError}
   */
  async problems(schemaUri: string, text: string, onCompiled = () => {}): Promise<Problem[]> {
    const validate = await this.#validator(schemaUri);
    onCompiled();
    try {
      if (validate(JSON.parse(text))) return [];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new UnusableSchemaError(
        schemaUri,
        l10n.t(
          'The schema refers to itself endlessly, or the payload is nested too deeply for it.',
        ),
      );
    }
    return problemsOfAjv(text, validate.errors ?? []);
  }

  /**
   * A schema with all that it refers to, by URI.
   * @throws {UnusableSchemaError} when the schema itself cannot be read; what it refers to may be missing
   */
  async documents(uri: string): Promise<SchemaDocuments> {
    const documents = new Map<string, unknown>([[uri, await this.#read(uri)]]);
    for (const [base, document] of documents) {
      for (const reference of references(document)) {
        const other = absolute(reference, base);
        if (documents.has(other) || documents.size >= mostDocuments) continue;
        const text = await this.resolve(other);
        documents.set(other, text === undefined ? undefined : parsed(text));
      }
    }
    return documents;
  }

  /** To be called when a schema may have changed. */
  forget(): void {
    this.#compiled = new Map();
  }

  /** A schema that failed stays failed until it is forgotten, so that typing does not compile it again and again. */
  #validator(uri: string): Promise<ValidateFunction> {
    let validator = this.#compiled.get(uri);
    if (validator === undefined) {
      validator = this.#compile(uri);
      this.#compiled.set(uri, validator);
    }
    return validator;
  }

  async #compile(uri: string): Promise<ValidateFunction> {
    const schema = await this.#read(uri);
    try {
      const ajv = await this.#ajvFor(uri, schema);
      return await ajv.compileAsync({ ...schema, $id: baseOf(schema, uri) });
    } catch (error) {
      if (error instanceof UnusableSchemaError) throw error;
      // The stack is full.
      if (error instanceof RangeError) {
        throw new UnusableSchemaError(
          uri,
          l10n.t('The schema refers to itself endlessly, or is nested too deeply.'),
        );
      }
      throw new UnusableSchemaError(
        uri,
        l10n.t('The schema cannot be used: {0}.', messageOf(error)),
      );
    }
  }

  async #ajvFor(uri: string, schema: object): Promise<Ajv> {
    const draft = '$schema' in schema ? String(schema.$schema) : 'draft-07';
    const load = drafts.find(({ pattern }) => pattern.test(draft))?.load;
    if (load === undefined) {
      throw new UnusableSchemaError(
        uri,
        l10n.t('The schema uses {0}; drafts 07, 2019-09 and 2020-12 are supported.', draft),
      );
    }
    const Ajv = await load();
    const ajv = new Ajv({
      allErrors: true,
      verbose: true,
      strict: false,
      logger: false,
      loadSchema: (reference) => this.#read(reference),
    });
    const { default: addFormats } = await import('ajv-formats');
    addFormats(ajv);
    ajv.addFormat('base64', /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
    return ajv;
  }

  async #read(uri: string): Promise<Record<string, unknown>> {
    const text = await this.resolve(uri);
    if (text === undefined)
      throw new UnusableSchemaError(uri, l10n.t('There is no schema {0} in the workspace.', uri));
    let schema: unknown;
    try {
      schema = JSON.parse(text);
    } catch {
      throw new UnusableSchemaError(uri, l10n.t('The schema {0} is not JSON.', uri));
    }
    if (!isRecord(schema))
      throw new UnusableSchemaError(uri, l10n.t('The schema {0} is not an object.', uri));
    if ('$async' in schema)
      throw new UnusableSchemaError(uri, l10n.t('Schemas with "$async" are not supported.'));
    return schema;
  }
}

const mostDocuments = 50;

/** The other documents that a schema refers to, as it names them. */
function references(schema: unknown): string[] {
  const found: string[] = [];
  const waiting = [schema];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (typeof at !== 'object' || at === null) continue;
    const reference = '$ref' in at && typeof at.$ref === 'string' ? at.$ref.split('#', 1)[0] : '';
    if (reference) found.push(reference);
    waiting.push(...Object.values(at).filter((each) => each !== undefined));
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What references are relative to: the file, unless the schema has an absolute name of its own. */
function baseOf({ $id }: Record<string, unknown>, uri: string): string {
  return typeof $id === 'string' && /^[a-z][a-z\d+.-]*:/i.test($id) ? $id : uri;
}

/** Loaded with the first schema: ajv takes 25 ms, and most payloads have no schema. */
const drafts: readonly { pattern: RegExp; load: () => Promise<new (options: Options) => Ajv> }[] = [
  { pattern: /2020-12/, load: async () => (await import('ajv/dist/2020.js')).Ajv2020 },
  { pattern: /2019-09/, load: async () => (await import('ajv/dist/2019.js')).Ajv2019 },
  { pattern: /draft-07/, load: async () => (await import('ajv')).Ajv },
];

import * as l10n from '@vscode/l10n';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { firstLine } from '../core/firstLine';
import { eventSchemaFile } from '../core/payload/eventSchemas';
import { SchemaChecker, UnusableSchemaError } from '../core/payload/schema';
import type { Problem } from '../core/problem';
import type { Files } from './files';
import { SchemaThread } from './schemaThread';
import type { Workspace } from './workspace';

/** Nobody writes a larger schema. */
const largestSchemaBytes = 4 * 1024 * 1024;

/** For one payload, in milliseconds; the first check of a schema includes the start of the thread. */
const timeLimitMs = 3000;

/**
 * The schemas that targets name. Those of AWS's events are ours and run here; those of the workspace are somebody
 * else's: they run in a thread that can be stopped, and are read from the workspace's own folders only.
 */
export class Schemas {
  readonly #ours: SchemaChecker;
  readonly #theirs: SchemaThread;
  /** Paths of the files that were asked for as schemas, there or not: their changes matter. */
  readonly #asked = new Set<string>();
  /** Why a schema file cannot be used, by its path. */
  readonly #unusable = new Map<string, string>();

  /** @param folder where `schemaWorker.js` and the folder `schemas` lie */
  constructor(
    private readonly workspace: Workspace,
    private readonly files: Files,
    folder: string,
  ) {
    this.#ours = new SchemaChecker(async (name) => {
      const file = eventSchemaFile(name);
      return file === undefined ? undefined : files.readText(join(folder, 'schemas', file));
    });
    const read = (uri: string) => this.#read(uri);
    this.#theirs = new SchemaThread(join(folder, 'schemaWorker.js'), read, timeLimitMs);
  }

  register(): void {
    this.workspace.onDidEdit((uri) => this.#changed([uri]));
    this.workspace.onDidChangeFiles((events) => this.#changed(events.map(({ uri }) => uri)));
  }

  /**
   * The problems of a payload by the schema of its target. A schema that cannot be used is a warning only: nothing is
   * known against the payload.
   * @param schema as a target names it: the path of a file in the workspace folder, or `aws:<event>`
   * @param folder the URI of the workspace folder
   * @param text JSON that JSON.parse accepts
   * @param value what JSON.parse makes of it
   */
  async problems(
    schema: string,
    folder: string,
    text: string,
    value: unknown,
  ): Promise<readonly Problem[]> {
    try {
      if (isOurs(schema)) return await this.#ours.problems(known(schema), text, value);
      const path = await this.#locate(schema, folder);
      const problems = await this.#theirs.problems(pathToFileURL(path).href, text);
      this.#note(path, undefined);
      return problems;
    } catch (error) {
      if (!(error instanceof UnusableSchemaError)) throw error;
      if (error.uri.startsWith('file:')) this.#note(fileURLToPath(error.uri), error.message);
      return [unusableSchema(l10n.t('Not checked against {0}. {1}', schema, error.message), text)];
    }
  }

  /** What is wrong with the name of a schema in a target; `undefined` when there is such a schema. */
  async fault(schema: string, folder: string): Promise<string | undefined> {
    try {
      if (isOurs(schema)) known(schema);
      else await this.#locate(schema, folder);
      return undefined;
    } catch (error) {
      if (error instanceof UnusableSchemaError) return error.message;
      throw error;
    }
  }

  /** The problem of a schema file itself, found when a payload was held against it. */
  problemOf(uri: string, text: string): Problem | undefined {
    const message = this.#unusable.get(pathOf(uri) ?? '');
    return message === undefined ? undefined : unusableSchema(message, text);
  }

  /** Schemas may refer to each other: when one changes, all are read anew. */
  #changed(uris: readonly string[]): void {
    if (!uris.some((uri) => this.#asked.has(pathOf(uri) ?? ''))) return;
    this.#theirs.forget();
    this.#unusable.clear();
    this.workspace.recheck((uri) => uri.endsWith('.json'));
  }

  #note(path: string, message: string | undefined): void {
    if (this.#unusable.get(path) === message) return;
    if (message === undefined) this.#unusable.delete(path);
    else this.#unusable.set(path, message);
    this.workspace.recheck((uri) => pathOf(uri) === path);
  }

  /** @throws {UnusableSchemaError} for what is not there, lies outside the folder, or is too large */
  async #locate(schema: string, folder: string): Promise<string> {
    const root = pathOf(folder);
    if (root === undefined) {
      throw new UnusableSchemaError(schema, l10n.t('Schemas are read from folders on disk only.'));
    }
    const path = join(root, schema);
    this.#follow(path);
    const size = await this.files.sizeBelow(root, path);
    if (size === 'missing') {
      throw new UnusableSchemaError(
        schema,
        l10n.t('There is no such file in the workspace folder.'),
      );
    }
    if (size === 'outside') {
      throw new UnusableSchemaError(schema, l10n.t('It lies outside the workspace folder.'));
    }
    if (size > largestSchemaBytes) {
      throw new UnusableSchemaError(
        pathToFileURL(path).href,
        l10n.t('The schema is larger than 4 MB.'),
      );
    }
    return path;
  }

  #follow(path: string): void {
    this.#asked.add(path);
    this.workspace.watch(path);
  }

  /** What the thread may read: files of any workspace folder, for a schema may refer to others. */
  async #read(uri: string): Promise<string | undefined> {
    const path = pathOf(uri);
    if (path === undefined) return undefined;
    this.#follow(path);
    for (const folder of this.workspace.folders) {
      const size = await this.files.sizeBelow(pathOf(folder) ?? '', path);
      if (typeof size === 'number' && size <= largestSchemaBytes) return this.workspace.text(uri);
    }
    return undefined;
  }
}

function isOurs(schema: string): boolean {
  return schema.startsWith('aws:');
}

function known(schema: string): string {
  if (eventSchemaFile(schema) !== undefined) return schema;
  throw new UnusableSchemaError(
    schema,
    l10n.t('There is no schema of an AWS event "{0}".', schema),
  );
}

function pathOf(uri: string): string | undefined {
  return uri.startsWith('file:///') ? fileURLToPath(uri) : undefined;
}

function unusableSchema(message: string, text: string): Problem {
  return {
    code: 'payload.schema',
    severity: 'warning',
    message,
    range: firstLine(text),
    fixes: [],
  };
}

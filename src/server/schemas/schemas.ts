import * as l10n from '@vscode/l10n';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FileChangeType, type FileEvent } from '../lsp';
import { eventProblems } from '../../core/events/checkEvent';
import { awsEvent, type AwsEvent } from '../../core/events/events';
import { fileLimitBytes } from '../../core/fileLimits';
import { firstLine } from '../../core/firstLine';
import { UnusableSchemaError } from '../../core/payload/schema';
import { lookAt, type SchemaLook } from '../../core/payload/schemaLook';
import type { Problem } from '../../core/problem';
import type { LocatedTarget } from '../../core/target';
import { isBelow } from '../../files/below';
import { unreadText } from '../../files/fileReading';
import { filePath } from '../filePath';
import type { Files } from '../files';
import type { EventShapes } from './eventShapes';
import { SchemaThread } from './schemaThread';
import { globsAlong } from '../workspace/watchedFiles';
import type { Workspace } from '../workspace/workspace';

/** For one payload, in milliseconds; the first check of a schema includes the start of the thread. */
const timeLimitMs = 3000;

/**
 * The schemas that targets name: AWS's events, which come with this product, and files of the workspace, which are read
 * from its own folders only and run in a thread that can be ended: a schema can be written so that it never ends.
 */
export class Schemas {
  readonly #thread: SchemaThread;
  /** The targets of each workspace folder whose schemas are followed, there or not. */
  readonly #targets = new Map<string, readonly LocatedTarget[]>();
  /** Paths of the files that the thread has asked for since it was started, there or not. */
  readonly #read = new Set<string>();
  /** Why a schema file cannot be used, by its path. */
  readonly #unusable = new Map<string, string>();

  /** @param folder where `schemaWorker.js` lies */
  constructor(
    private readonly workspace: Workspace,
    private readonly files: Files,
    private readonly events: EventShapes,
    folder: string,
  ) {
    const read = (uri: string) => this.#schemaText(uri);
    this.#thread = new SchemaThread(join(folder, 'schemaWorker.js'), read, timeLimitMs);
  }

  register(): void {
    this.workspace.onDidEdit((uri) => this.#changed([{ uri, type: FileChangeType.Changed }]));
    this.workspace.watchedFiles.onDidChange((events) => this.#changed(events));
  }

  /**
   * The problems of a payload by the schema of its target. A schema that cannot be used is a warning only: nothing is
   * known against the payload.
   * @param schema as a target names it: the path of a file in the workspace folder, or `aws:<event>`
   * @param folder the URI of the workspace folder
   * @param text JSON
   * @param value what JSON.parse makes of it
   * @param key the document that holds the text: of its checks that wait, the newest counts
   */
  async problems(
    schema: string,
    folder: string,
    text: string,
    value: unknown,
    key?: string,
  ): Promise<readonly Problem[]> {
    try {
      if (isOurs(schema)) {
        return eventProblems(text, value, known(schema), await this.events.shape(schema));
      }
      await this.#follow(folder);
      const path = await this.#locate(schema, folder);
      const problems = await this.#thread.problems(pathToFileURL(path).href, text, key);
      this.#note(path, undefined);
      return problems;
    } catch (error) {
      if (!(error instanceof UnusableSchemaError)) throw error;
      const path = filePath(error.uri);
      if (path !== undefined) this.#note(path, error.message);
      return [
        unusableSchema(l10n.t('Not validated against {0}. {1}', schema, error.message), text),
      ];
    }
  }

  /**
   * What a schema knows of a place in a payload; `undefined` when the schema or the payload cannot be read.
   * @param offset in UTF-16 units
   */
  async look(
    schema: string,
    folder: string,
    text: string,
    offset: number,
  ): Promise<SchemaLook | undefined> {
    try {
      if (isOurs(schema)) {
        const { name } = known(schema);
        return lookAt(text, offset, name, new Map([[name, await this.events.schema(name)]]));
      }
      const path = await this.#locate(schema, folder);
      return await this.#thread.look(pathToFileURL(path).href, text, offset);
    } catch (error) {
      if (error instanceof UnusableSchemaError) return undefined;
      throw error;
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
    const message = this.#unusable.get(filePath(uri) ?? '');
    return message === undefined ? undefined : unusableSchema(message, text);
  }

  /** Schemas may refer to each other: when one changes, all are read anew. */
  #changed(events: readonly FileEvent[]): void {
    const followed = this.#followed();
    if (!events.some((event) => followed.some((path) => isAbout(event, path)))) return;
    this.#thread.forget();
    this.#read.clear();
    this.#unusable.clear();
    this.workspace.recheck((uri) => uri.endsWith('.json'));
  }

  /** Follows the schemas that the targets of a workspace folder name, and no longer those that they named before. */
  async #follow(folder: string): Promise<void> {
    this.#targets.set(folder, await this.workspace.targets.of(folder));
    this.#watch();
  }

  /** Paths of schema files, there or not: their changes matter. */
  #followed(): string[] {
    const named = [...this.#targets].flatMap(([folder, targets]) =>
      targets.flatMap(({ target: { schema } }) =>
        schema === undefined || isOurs(schema) ? [] : join(filePath(folder) ?? '', schema),
      ),
    );
    return [...named, ...this.#read];
  }

  #watch(): void {
    const followed = this.#followed();
    const globs = this.workspace.folders.paths.flatMap((root) =>
      followed
        .filter((path) => isBelow(path, root))
        .flatMap((path) => globsAlong(relative(root, path).replaceAll(sep, '/'))),
    );
    this.workspace.watchedFiles.watch(
      'schemas',
      globs.map((globPattern) => ({ globPattern })),
    );
  }

  #note(path: string, message: string | undefined): void {
    if (this.#unusable.get(path) === message) return;
    if (message === undefined) this.#unusable.delete(path);
    else this.#unusable.set(path, message);
    this.workspace.recheck((uri) => filePath(uri) === path);
  }

  /** @throws {UnusableSchemaError} for what is not there, lies outside the folder, or is too large */
  async #locate(schema: string, folder: string): Promise<string> {
    const root = filePath(folder);
    if (root === undefined) {
      throw new UnusableSchemaError(
        schema,
        l10n.t('Schemas can only be read from folders on disk.'),
      );
    }
    const path = join(root, schema);
    const found = await this.files.findIn(root, path, fileLimitBytes.schema);
    if (found.kind !== 'file') {
      const isThere = found.kind !== 'missing' && found.kind !== 'outside';
      throw new UnusableSchemaError(isThere ? pathToFileURL(path).href : schema, unreadText(found));
    }
    return path;
  }

  /** What the thread may read: files of any workspace folder, for a schema may refer to others. */
  async #schemaText(uri: string): Promise<string | undefined> {
    if (isOurs(uri)) return this.events.text(uri);
    const path = filePath(uri);
    if (path === undefined) return undefined;
    this.#read.add(path);
    this.#watch();
    const reading = await this.workspace.texts.read(uri, fileLimitBytes.schema);
    return reading.kind === 'text' ? reading.text : undefined;
  }
}

function isOurs(schema: string): boolean {
  return schema.startsWith('aws:');
}

function known(schema: string): AwsEvent {
  const event = awsEvent(schema);
  if (event) return event;
  throw new UnusableSchemaError(
    schema,
    l10n.t('There is no schema for an AWS event "{0}".', schema),
  );
}

/** Whether an event tells of a file, or of a folder that came or went with it. */
function isAbout({ uri, type }: FileEvent, path: string): boolean {
  const changed = filePath(uri);
  if (changed === undefined) return false;
  return changed === path || (type !== FileChangeType.Changed && isBelow(path, changed));
}

function unusableSchema(message: string, text: string): Problem {
  return {
    code: 'payload.unchecked',
    severity: 'warning',
    message,
    range: firstLine(text),
    fixes: [],
  };
}

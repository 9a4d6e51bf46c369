import { awsEvent, type AwsEvent, recognizedEvent } from '../../core/events/events';
import { globsLookedAt, matchesGlob } from '../../core/patterns/glob';
import type { Workspace } from '../workspace/workspace';

/** The schema of a payload. */
export interface PayloadSchema {
  /** The path of a file in the workspace folder, or `aws:<event>`. */
  readonly schema: string;
  /** The URI of the workspace folder. */
  readonly folder: string;
  /** The event that the payload plainly is, where its target names no schema. */
  readonly recognized?: AwsEvent;
}

/** Which schema a payload has: that of its target, else that of the AWS event that it plainly is. */
export class PayloadSchemas {
  /** The event that each document was recognized as, while it could be read. */
  readonly #recognized = new Map<string, string>();

  constructor(private readonly workspace: Workspace) {}

  /** @param value what JSON.parse makes of the payload; `undefined` while it is half typed */
  async schemaOf(uri: string, value: unknown): Promise<PayloadSchema | undefined> {
    const place = this.workspace.folders.place(uri);
    if (!place) return undefined;
    const { folder, path } = place;
    const schema = (await this.workspace.targets.targetOf(uri))?.schema;
    if (schema !== undefined) return { schema, folder };
    const { events } = await this.workspace.settings.of(uri);
    if (globsLookedAt(events.ignore).some((glob) => matchesGlob(path, glob))) return undefined;
    const recognized =
      value === undefined ? awsEvent(this.#recognized.get(uri) ?? '') : recognizedEvent(value);
    if (!recognized) return undefined;
    this.#recognized.set(uri, recognized.name);
    return { schema: recognized.name, folder, recognized };
  }

  forget(uri: string): void {
    this.#recognized.delete(uri);
  }
}

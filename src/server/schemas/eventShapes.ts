import { join } from 'node:path';
import { eventSchemaFile } from '../../core/events/events';
import { type EventShape, eventShape } from '../../core/events/eventShape';
import type { Files } from '../files';

/** The shapes of AWS's events, each read on first use. */
export class EventShapes {
  readonly #shapes = new Map<string, Promise<EventShape>>();

  /** @param folder where the schemas of the events lie */
  constructor(
    private readonly files: Files,
    private readonly folder: string,
  ) {}

  /** @param name of an event that there is: `aws:sqs` */
  shape(name: string): Promise<EventShape> {
    let shape = this.#shapes.get(name);
    if (!shape) {
      shape = this.schema(name).then(eventShape);
      this.#shapes.set(name, shape);
    }
    return shape;
  }

  /** The JSON Schema that the shape is made of. */
  async schema(name: string): Promise<unknown> {
    return JSON.parse((await this.text(name)) ?? '');
  }

  /** The text of the schema of an event; `undefined` when there is no such event. */
  async text(name: string): Promise<string | undefined> {
    const file = eventSchemaFile(name);
    return file === undefined ? undefined : this.files.readOwn(join(this.folder, file));
  }
}

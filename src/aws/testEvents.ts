import {
  CreateRegistryCommand,
  CreateSchemaCommand,
  DeleteSchemaVersionCommand,
  DescribeRegistryCommand,
  DescribeSchemaCommand,
  GetDiscoveredSchemaCommand,
  ListSchemaVersionsCommand,
  SchemasClient,
  UpdateSchemaCommand,
} from '@aws-sdk/client-schemas';
import * as l10n from '@vscode/l10n';
import type { Connection } from '../core/invocation/connection';
import {
  compactJson,
  emptyTestEvents,
  isSameJson,
  readTestEvents,
  type TestEvent,
  testEventRegistry,
  testEventSchema,
  withTestEvent,
} from '../core/testEvents';
import { readingConfig, type ReadingOptions } from './client';
import { readingError } from './errors';
import { describeError } from './failure';

/** As many versions of a schema as the console and SAM keep. */
const keptVersions = 5;

/** As often as somebody else may come first before the user is told. */
const mostTries = 5;

/** A document of test events, as it was read. */
interface Document {
  readonly content: string;
  readonly version: number;
  readonly events: readonly TestEvent[];
}

/** An event to share, and what the user has seen of it there. */
export interface SharedEvent {
  readonly name: string;
  readonly text: string;
  /** The JSON that is there; `undefined` when there was none. */
  readonly seen: string | undefined;
}

/** Somebody else's change was seen, and not overwritten. */
export class TestEventConflict extends Error {
  override readonly name = 'TestEventConflict';
}

/** The shareable test events of one function. */
export class TestEvents {
  readonly #schema: { readonly RegistryName: string; readonly SchemaName: string };

  private constructor(
    private readonly client: SchemasClient,
    private readonly connection: Connection,
    functionName: string,
  ) {
    this.#schema = {
      RegistryName: testEventRegistry,
      SchemaName: testEventSchema(functionName),
    };
  }

  /**
   * @param functionName the bare name
   * @throws {ConnectionError} when there are no credentials
   */
  static async open(
    connection: Connection,
    functionName: string,
    options: ReadingOptions = {},
  ): Promise<TestEvents> {
    try {
      // Nothing is sent twice behind the user's back: each update is a version.
      const config = { ...(await readingConfig(connection, 'schemas', options)), maxAttempts: 1 };
      return new TestEvents(new SchemasClient(config), connection, functionName);
    } catch (error) {
      throw readingError(error, 'schemas:DescribeSchema', connection);
    }
  }

  /** @throws {ConnectionError} when they cannot be read */
  async events(): Promise<readonly TestEvent[]> {
    return (await this.#read())?.events ?? [];
  }

  /**
   * Writes one event, beside whatever others write meanwhile. The oldest versions over five are deleted.
   * @throws {TestEventConflict} when the event is not what the user has seen
   * @throws {ConnectionError} when it cannot be written
   */
  async share(event: SharedEvent): Promise<void> {
    let document = await this.#read();
    if (!document) {
      if (event.seen !== undefined) throw conflict(event);
      if (await this.#create(event)) return;
      document = await this.#read();
    }
    let latest = document?.version ?? 0;
    let isOvertaken = false;
    for (let tries = 0; document && tries < mostTries; tries++) {
      const isSeen = isAsSeen(document, event);
      // What they wrote comes back as the newest version.
      if (!isSeen && !isOvertaken) throw conflict(event);
      const content = isSeen
        ? withTestEvent(document.content, event.name, event.text)
        : document.content;
      if (content !== document.content || isOvertaken) {
        const written = await this.#update(content);
        // The service has no condition: who wrote between our look and our update has a version of their own.
        isOvertaken = written > latest + 1;
        latest = written;
        if (isOvertaken) {
          document = await this.#read(String(written - 1));
          continue;
        }
      }
      await this.#trim();
      if (!isSeen) throw conflict(event);
      return;
    }
    throw conflict(event);
  }

  close(): void {
    this.client.destroy();
  }

  async #read(SchemaVersion?: string): Promise<Document | undefined> {
    const action = 'schemas:DescribeSchema';
    const answer = await this.#asking(action, () =>
      absent(this.client.send(new DescribeSchemaCommand({ ...this.#schema, SchemaVersion }))),
    );
    if (!answer) return undefined;
    const content = answer.Content ?? '';
    const reading = readTestEvents(content);
    if (reading.kind === 'fault') {
      throw new Error(
        l10n.t('The schema {schema} in {registry} cannot be read. {reason}', {
          schema: this.#schema.SchemaName,
          registry: testEventRegistry,
          reason: reading.reason,
        }),
      );
    }
    return { content, version: Number(answer.SchemaVersion), events: reading.events };
  }

  /** Resolves to the new version. */
  async #update(Content: string): Promise<number> {
    const command = new UpdateSchemaCommand({ ...this.#schema, Content, Type: 'OpenApi3' });
    const answer = await this.#asking('schemas:UpdateSchema', () => this.client.send(command));
    return Number(answer.SchemaVersion);
  }

  /** Whether the schema was made; false when somebody else has made it meanwhile. */
  async #create(event: SharedEvent): Promise<boolean> {
    const registry = { RegistryName: testEventRegistry };
    const known = await this.#asking('schemas:DescribeRegistry', () =>
      absent(this.client.send(new DescribeRegistryCommand(registry))),
    );
    if (!known) {
      await this.#asking('schemas:CreateRegistry', () =>
        unlessThere(this.client.send(new CreateRegistryCommand(registry))),
      );
    }
    const Content = withTestEvent(await this.#discovered(event.text), event.name, event.text);
    const made = await this.#asking('schemas:CreateSchema', () =>
      unlessThere(
        this.client.send(new CreateSchemaCommand({ ...this.#schema, Content, Type: 'OpenApi3' })),
      ),
    );
    return made !== undefined;
  }

  /** A first document, whose schema AWS derives from the event; of an event that has none, an empty one. */
  async #discovered(text: string): Promise<string> {
    const command = new GetDiscoveredSchemaCommand({
      Type: 'OpenApi3',
      Events: [compactJson(text)],
    });
    const answer = await this.#asking('schemas:GetDiscoveredSchema', () =>
      unless('BadRequestException', this.client.send(command)),
    );
    const content = answer?.Content;
    return content !== undefined && readTestEvents(content).kind === 'events'
      ? content
      : emptyTestEvents;
  }

  async #trim(): Promise<void> {
    const versions: number[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.#asking('schemas:ListSchemaVersions', () =>
        this.client.send(new ListSchemaVersionsCommand({ ...this.#schema, NextToken })),
      );
      versions.push(...(page.SchemaVersions ?? []).map((one) => Number(one.SchemaVersion)));
      ({ NextToken } = page);
    } while (NextToken);
    const surplus = versions.toSorted((a, b) => b - a).slice(keptVersions);
    for (const version of surplus) {
      await this.#asking('schemas:DeleteSchemaVersion', () =>
        absent(
          this.client.send(
            new DeleteSchemaVersionCommand({ ...this.#schema, SchemaVersion: String(version) }),
          ),
        ),
      );
    }
  }

  async #asking<Answer>(action: string, ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      throw readingError(error, action, this.connection);
    }
  }
}

/** Whether an event is as the user has seen it, or already as they want it. */
function isAsSeen({ events }: Document, { name, text, seen }: SharedEvent): boolean {
  const current = events.find((event) => event.name === name);
  if (!current) return seen === undefined;
  return isSameJson(current.text, text) || (seen !== undefined && isSameJson(current.text, seen));
}

function conflict({ name }: SharedEvent): TestEventConflict {
  return new TestEventConflict(
    l10n.t('Somebody else has changed the test event {0} meanwhile. Compare it again.', name),
  );
}

async function absent<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  return unless('NotFoundException', answer);
}

/** Of what is made: `undefined` when it is there already. */
async function unlessThere<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  return unless('ConflictException', answer);
}

async function unless<Answer>(name: string, answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (describeError(error).name === name) return undefined;
    throw error;
  }
}

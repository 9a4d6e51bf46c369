import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** EventBridge Schemas on loopback, as far as test events need it: registries, and schemas with versions. */
export interface SchemasServer {
  readonly url: string;
  readonly registries: Set<string>;
  /** The contents of each schema by version, from the oldest that is kept. */
  readonly schemas: Map<string, Map<number, string>>;
  /** Method and path of each request. */
  readonly requests: string[];
  /** Is called before an update is made; what it writes comes in between. */
  beforeUpdate: (() => void) | undefined;
  /** The newest content of a schema. */
  content(schema: string): string | undefined;
  /** Somebody else's update. */
  write(schema: string, content: string): number;
  stop(): Promise<void>;
}

/** The most characters of a document that the service takes. */
const longestContent = 100_000;

const schemaPath = /^\/v1\/registries\/name\/([^/]+)\/schemas\/name\/([^/]+)(\/.*)?$/;

export async function startSchemasServer(): Promise<SchemasServer> {
  const registries = new Set<string>();
  const schemas = new Map<string, Map<number, string>>();
  const requests: string[] = [];
  const counts = new Map<string, number>();
  const server = createServer((request, response) => void answer(request, response));

  const write = (schema: string, content: string) => {
    const version = (counts.get(schema) ?? 0) + 1;
    counts.set(schema, version);
    const versions = schemas.get(schema) ?? new Map<number, string>();
    schemas.set(schema, versions.set(version, content));
    return version;
  };
  const self: SchemasServer = {
    url: '',
    registries,
    schemas,
    requests,
    beforeUpdate: undefined,
    content: (schema) => [...(schemas.get(schema)?.values() ?? [])].at(-1),
    write,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse((await text(request)) || '{}') as {
      Content?: string;
      Events?: string[];
    };
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    requests.push(`${request.method} ${decodeURIComponent(pathname)}`);
    const reply = (status: number, value: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const fail = (status: number, name: string, message: string) => {
      response.setHeader('x-amzn-errortype', name);
      reply(status, { Code: name, Message: message });
    };
    const [, registry = '', schema = '', rest = ''] =
      schemaPath.exec(decodeURIComponent(pathname)) ?? [];
    const call = `${request.method} ${schema === '' ? pathname.split('/')[2] : 'schema'}${rest.replace(/\/version\/.*/, '/version')}`;
    const versions = schemas.get(schema);
    const content = body.Content ?? '';
    switch (call) {
      case 'GET registries':
      case 'POST registries': {
        const name = pathname.split('/').at(-1) ?? '';
        const isThere = registries.has(name);
        if (request.method === 'GET' && !isThere) return fail(404, 'NotFoundException', 'No.');
        if (request.method === 'POST' && isThere) return fail(409, 'ConflictException', 'Yes.');
        registries.add(name);
        return reply(200, { RegistryName: name });
      }
      case 'POST discover': {
        const [event = ''] = body.Events ?? [];
        if (!event.startsWith('{')) return fail(400, 'BadRequestException', 'Not an object.');
        const document = {
          openapi: '3.0.0',
          info: { version: '1.0.0', title: 'Event' },
          paths: {},
          components: {
            schemas: {
              Event: { type: 'object', required: Object.keys(JSON.parse(event) as object) },
            },
          },
        };
        return reply(200, { Content: JSON.stringify(document) });
      }
      case 'GET schema': {
        const wanted = searchParams.get('schemaVersion');
        const version = wanted === null ? [...(versions?.keys() ?? [])].at(-1) : Number(wanted);
        const found = version === undefined ? undefined : versions?.get(version);
        if (found === undefined) return fail(404, 'NotFoundException', 'No schema.');
        return reply(200, { Content: found, SchemaVersion: String(version), SchemaName: schema });
      }
      case 'POST schema':
      case 'PUT schema': {
        if (request.method === 'POST' && versions) return fail(409, 'ConflictException', 'There.');
        if (!registries.has(registry)) return fail(404, 'NotFoundException', 'No registry.');
        if (content.length > longestContent)
          return fail(400, 'BadRequestException', 'Content is larger than 100000 characters.');
        const before = self.beforeUpdate;
        self.beforeUpdate = undefined;
        before?.();
        return reply(200, { SchemaVersion: String(write(schema, content)), SchemaName: schema });
      }
      case 'GET schema/versions': {
        const all = [...(versions?.keys() ?? [])].map((version) => ({
          SchemaVersion: String(version),
        }));
        const from = Number(searchParams.get('nextToken') ?? 0);
        const more = from + 3 < all.length ? { NextToken: String(from + 3) } : {};
        return reply(200, { SchemaVersions: all.slice(from, from + 3), ...more });
      }
      case 'DELETE schema/version':
        versions?.delete(Number(pathname.split('/').at(-1)));
        return reply(204, {});
      default:
        return fail(404, 'NotFoundException', call);
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(self, { url: `http://127.0.0.1:${port}` });
}

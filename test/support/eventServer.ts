import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does with an event: a status, an error code with it, or nothing at all. */
export interface Answer {
  readonly status: number;
  /** As `x-amzn-errortype` has it. */
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  /** Is answered after this. */
  readonly after?: Promise<unknown>;
  /** Ends the connection in the place of an answer. */
  readonly hangUp?: boolean;
}

export interface EventServer {
  readonly url: string;
  /** How often each body was received, in the order of the first. */
  readonly bodies: ReadonlyMap<string, number>;
  /** The bodies that came under each name of a durable execution, each once. */
  readonly executions: ReadonlyMap<string, ReadonlySet<string>>;
  /** The tenants whose events came. */
  readonly tenants: ReadonlySet<string>;
  /** Requests so far. */
  readonly received: number;
  /** Resolves when so many requests have been received in all. */
  readonly until: (received: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** An endpoint on loopback that keeps the events it receives, and answers 202 unless told. */
export async function startEventServer(
  answerTo: (body: string, index: number) => Answer | undefined = () => undefined,
  port = 0,
  /** What is answered to other calls, by the end of their path; 404 unless it is here. */
  readings: Readonly<Record<string, unknown>> = {},
): Promise<EventServer> {
  const bodies = new Map<string, number>();
  const executions = new Map<string, Set<string>>();
  const tenants = new Set<string>();
  const waiting = new Set<{ readonly count: number; readonly resolve: () => void }>();
  let received = 0;
  const server = createServer((request, response) => {
    void receive(request, response);
  });
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    if (body === undefined) return;
    const { url = '' } = request;
    if (!/\/(?:invocations|invoke-async\/?)(?:\?|$)/.test(url)) {
      const [, value] = Object.entries(readings).find(([end]) => url.endsWith(end)) ?? [];
      response.writeHead(value === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
      return;
    }
    bodies.set(body, (bodies.get(body) ?? 0) + 1);
    const name = request.headers['x-amz-durable-execution-name'];
    if (typeof name === 'string') {
      executions.set(name, (executions.get(name) ?? new Set()).add(body));
    }
    const tenant = request.headers['x-amz-tenant-id'];
    if (typeof tenant === 'string') tenants.add(tenant);
    const index = received++;
    for (const one of waiting) {
      if (received < one.count) continue;
      waiting.delete(one);
      one.resolve();
    }
    reply(response, index, answerTo(body, index) ?? { status: 202 });
  }
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    executions,
    tenants,
    get received() {
      return received;
    },
    until: async (count) =>
      received >= count
        ? undefined
        : new Promise((resolve) => {
            waiting.add({ count, resolve });
          }),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The whole body; `undefined` when it broke off, since nobody has an event of that. */
async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString();
}

function reply(response: ServerResponse, index: number, answer: Answer): void {
  const { status, code, headers, delayMs = 0, after, hangUp } = answer;
  const send = () => {
    if (hangUp) {
      response.destroy();
      return;
    }
    const body = code === undefined ? '' : JSON.stringify({ Type: 'User', message: code });
    response.writeHead(status, {
      'x-amzn-requestid': `request-${index}`,
      ...(code && { 'x-amzn-errortype': code }),
      ...headers,
    });
    response.end(body);
  };
  if (after) void after.then(send);
  else if (delayMs > 0) setTimeout(send, delayMs);
  else send();
}

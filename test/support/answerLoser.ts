import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AnswerLoser {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Passes requests on to a service of AWS on this machine, and loses its answer to the first invocation. */
export async function startAnswerLoser(service: string): Promise<AnswerLoser> {
  let isLost = false;
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '' } = incoming;
    const { hostname, port, host } = new URL(service);
    const options = { hostname, port, path: url, method, headers: { ...headers, host } };
    const onward = forward(options, (answered) => {
      if (!isLost && url.includes('/invocations')) {
        isLost = true;
        outgoing.destroy();
        return;
      }
      outgoing.writeHead(answered.statusCode ?? 500, answered.headers);
      answered.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

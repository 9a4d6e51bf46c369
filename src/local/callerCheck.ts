import type { IncomingMessage } from 'node:http';
import { ServiceError } from './serviceError';

/**
 * Local Lambda runs code, so it answers only programs of this machine that mean it: what a web page could make a
 * browser send has an `Origin`, or a `Host` that was bent to loopback, or no AWS signature.
 *
 * @throws ServiceError 403, which says what was wrong
 */
export function assertTrustedCaller({ headers, socket }: IncomingMessage): void {
  const port = socket.localPort;
  if (headers.host !== `127.0.0.1:${port}` && headers.host !== `localhost:${port}`) {
    throw new ServiceError(
      'AccessDeniedException',
      `Local Lambda answers to the host 127.0.0.1:${port} alone, not to "${headers.host ?? ''}".`,
    );
  }
  if (headers.origin !== undefined) {
    throw new ServiceError(
      'AccessDeniedException',
      `Local Lambda does not answer web pages; the request has the Origin "${headers.origin}".`,
    );
  }
  if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
    throw new ServiceError(
      'MissingAuthenticationTokenException',
      'Missing Authentication Token: sign the request (Authorization: AWS4-HMAC-SHA256 …). Any keys will do.',
    );
  }
}

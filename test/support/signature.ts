import { createHash, createHmac } from 'node:crypto';
import type { ReceivedRequest } from './faultServer';

/**
 * The Signature Version 4 that the request should carry, computed from what arrived.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function expectedSignature(request: ReceivedRequest, secretAccessKey: string): string {
  const { method, path, headers, body } = request;
  const authorization = headers['authorization'] ?? '';
  const [, scope = ''] = /Credential=[^/]+\/([^,]+)/.exec(authorization) ?? [];
  const [, signedHeaders = ''] = /SignedHeaders=([^,]+)/.exec(authorization) ?? [];
  const [resource = '', query = ''] = path.split('?');
  const canonicalRequest = [
    method,
    // Every service but S3 encodes the path once more.
    resource.split('/').map(encodeURIComponent).join('/'),
    query.split('&').toSorted().join('&'),
    ...signedHeaders.split(';').map((name) => `${name}:${headers[name]}`),
    '',
    signedHeaders,
    sha256(body),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonicalRequest)];
  const key = scope
    .split('/')
    .reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  return hmac(key, toSign.join('\n')).toString('hex');
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function hmac(key: string | Buffer, content: string): Buffer {
  return createHmac('sha256', key).update(content).digest();
}

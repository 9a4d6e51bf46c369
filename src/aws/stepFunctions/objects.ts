import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { StepFunctionsConnection } from './connect';

/** What is read at a time: less than one response may hold. */
const rangeBytes = 8 * 1024 * 1024;

/**
 * The bytes of an object, in ranges: a response holds no more than 16 MB, and results have no such limit.
 * @throws {ConnectionError}
 */
export async function* objectBytes(
  aws: StepFunctionsConnection,
  bucket: string,
  key: string,
): AsyncGenerator<Buffer> {
  let size = Infinity;
  for (let start = 0; start < size; start += rangeBytes) {
    const range = `bytes=${start}-${start + rangeBytes - 1}`;
    const { bytes, total } = await aws.s3('s3:GetObject', async (client) => {
      const { Body, ContentRange, ContentLength } = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key: key, Range: range }),
      );
      // The body is whole: our handler has read it.
      const read = Body ? await buffer(Body as Readable) : Buffer.alloc(0);
      const all = Number(/\/(\d+)$/.exec(ContentRange ?? '')?.[1] ?? ContentLength ?? read.length);
      return { bytes: read, total: all };
    });
    size = total;
    if (bytes.length > 0) yield bytes;
  }
}

import { crc32 } from 'node:zlib';
import type { Invocation } from './invocation';
import { isRecord, parseJson } from './json';

/** An event on its way through the queue. */
export interface QueuedEvent {
  readonly invocation: Invocation;
  /** How many attempts have failed. */
  readonly attempts: number;
  /** When it came, in milliseconds of `performance.now()`. */
  readonly addedAt: number;
  /** When it may run, in milliseconds of `performance.now()`: no change of the clock moves it. */
  readonly dueAt: number;
}

/** Bytes that hold no event: what follows them in the file cannot be found. */
export class DamagedRecordError extends Error {}

/** Length and CRC-32 of what follows, then the length of the header: 32 bits each, big-endian. */
const prefixBytes = 12;

/** Names and ids are short; this leaves room for all of them. */
const headerLimitBytes = 4096;

/** An event as a file holds it: the prefix, a header in JSON, the payload as it is. */
export function encodeEvent({ invocation, attempts, addedAt, dueAt }: QueuedEvent): Buffer {
  const { payload, ...names } = invocation;
  const header = Buffer.from(JSON.stringify({ ...names, attempts, addedAt, dueAt }));
  const record = Buffer.allocUnsafeSlow(prefixBytes + header.byteLength + payload.byteLength);
  record.writeUInt32BE(record.byteLength, 0);
  record.writeUInt32BE(header.byteLength, 8);
  header.copy(record, prefixBytes);
  record.set(payload, prefixBytes + header.byteLength);
  record.writeUInt32BE(crc32(record.subarray(8)), 4);
  return record;
}

/**
 * How long the record is that begins the bytes, prefix included; `undefined` when there is too little to tell.
 *
 * @throws DamagedRecordError
 */
export function recordLength(bytes: Buffer): number | undefined {
  if (bytes.byteLength < prefixBytes) return undefined;
  const length = bytes.readUInt32BE(0);
  const headerBytes = bytes.readUInt32BE(8);
  if (headerBytes > headerLimitBytes || prefixBytes + headerBytes > length) {
    throw new DamagedRecordError('lengths that cannot be');
  }
  return length;
}

/**
 * The event of one whole record. Its payload is a copy, so that it does not keep the bytes around it in memory.
 *
 * @throws DamagedRecordError
 */
export function decodeEvent(record: Buffer): QueuedEvent {
  if (crc32(record.subarray(8)) !== record.readUInt32BE(4)) {
    throw new DamagedRecordError('checksum mismatch');
  }
  const payloadAt = prefixBytes + record.readUInt32BE(8);
  const header = parseJson(record.toString('utf8', prefixBytes, payloadAt));
  if (!header.ok || !isRecord(header.value)) throw new DamagedRecordError('header is no object');
  const { attempts, addedAt, dueAt, ...names } = header.value as Header;
  const payload = new Uint8Array(record.subarray(payloadAt));
  return { invocation: { ...names, payload }, attempts, addedAt, dueAt };
}

/** What the checksum vouches for was written by `encodeEvent`. */
type Header = Omit<Invocation, 'payload'> & Omit<QueuedEvent, 'invocation'>;

import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  paginateListParts,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { ItemsPart } from '../../files/mapItems';
import type { StepFunctionsConnection } from './connect';
import { StepFunctionsError } from './errors';

/** Parts of a multipart upload, at most: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const mostParts = 10_000;
const usualPartBytes = 8 * 1024 * 1024;
/** Each holds a part in memory. */
const partsAtOnce = 4;
/** So often everything that S3 has lost is uploaded again. */
const mostPasses = 3;

export interface UploadRequest {
  readonly bucket: string;
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  /** Of an upload that was begun before; what S3 has of it is not sent again. */
  readonly uploadId?: string | undefined;
  /** The same bytes each time. */
  readonly parts: (partBytes: number) => AsyncIterable<ItemsPart>;
  readonly signal?: AbortSignal | undefined;
  /** An upload that can be resumed has begun. */
  readonly onBegin?: (uploadId: string) => void | Promise<void>;
  /** Told the bytes that S3 has, after each part. */
  readonly onProgress?: (uploadedBytes: number) => void;
}

/** The size of each part but the last, in bytes. */
export function partBytes(size: number): number {
  return Math.max(usualPartBytes, Math.ceil(size / mostParts));
}

/**
 * Uploads bytes in parts, each with its SHA-256, which S3 compares. A part that S3 has already is not sent again; one that
 * it has lost is. When it ends early, the parts stay, and the upload can be resumed.
 * @throws {ConnectionError}, what `parts` throws, and the reason of the signal
 */
export async function uploadInParts(
  aws: StepFunctionsConnection,
  request: UploadRequest,
): Promise<void> {
  let { uploadId } = request;
  for (let pass = 1; ; pass++) {
    const upload = new Upload(aws, request, uploadId);
    try {
      await upload.run();
      return;
    } catch (error) {
      request.signal?.throwIfAborted();
      const code = error instanceof StepFunctionsError ? error.code : '';
      if (code === 'NoSuchUpload' && (await isThere(aws, request))) return;
      if (pass === mostPasses || !(code === 'NoSuchUpload' || code === 'InvalidPart')) throw error;
      // It has expired, or somebody has aborted it.
      uploadId = code === 'NoSuchUpload' ? undefined : upload.id;
    }
  }
}

/**
 * Deletes the parts of an upload.
 * @throws {ConnectionError}
 */
export async function abortUpload(
  aws: StepFunctionsConnection,
  { bucket, key, uploadId }: Pick<UploadRequest, 'bucket' | 'key'> & { readonly uploadId: string },
): Promise<void> {
  try {
    await aws.s3('s3:AbortMultipartUpload', (client) =>
      client.send(
        new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId }),
      ),
    );
  } catch (error) {
    if (!(error instanceof StepFunctionsError && error.code === 'NoSuchUpload')) throw error;
  }
}

/** Whether the object was completed after all: the answer to that may have been lost. */
async function isThere(
  aws: StepFunctionsConnection,
  { bucket, key, size }: UploadRequest,
): Promise<boolean> {
  try {
    const head = await aws.s3('s3:GetObject', (client) =>
      client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })),
    );
    // Its key holds a hash of the file.
    return head.ContentLength === size;
  } catch {
    return false;
  }
}

/** One pass over the parts. */
class Upload {
  readonly #place: { readonly Bucket: string; readonly Key: string };
  readonly #done = new Map<number, CompletedPart>();
  #uploadedBytes = 0;

  constructor(
    private readonly aws: StepFunctionsConnection,
    private readonly request: UploadRequest,
    public id: string | undefined,
  ) {
    this.#place = { Bucket: request.bucket, Key: request.key };
  }

  async run(): Promise<void> {
    const { signal, size, parts } = this.request;
    const isNew = this.id === undefined;
    const id = await this.#begin();
    const present = isNew ? new Map<number, CompletedPart>() : await this.#present(id);
    const sending = new Set<Promise<void>>();
    try {
      for await (const part of parts(partBytes(size))) {
        signal?.throwIfAborted();
        const sent: Promise<void> = this.#send(id, part, present.get(part.number)).finally(() =>
          sending.delete(sent),
        );
        sending.add(sent);
        // Told by the race, or by the wait for all of them.
        sent.catch(() => undefined);
        if (sending.size >= partsAtOnce) await Promise.race(sending);
      }
      await Promise.all(sending);
    } finally {
      await Promise.allSettled(sending);
    }
    await this.#complete(id);
  }

  async #begin(): Promise<string> {
    if (this.id !== undefined) return this.id;
    const { UploadId: id } = await this.aws.s3('s3:PutObject', (client) =>
      client.send(
        new CreateMultipartUploadCommand({
          ...this.#place,
          ChecksumAlgorithm: 'SHA256',
          ContentType: 'application/x-ndjson',
        }),
      ),
    );
    if (!id) throw new StepFunctionsError('NoUploadId', 'S3 named no upload.', '');
    this.id = id;
    await this.request.onBegin?.(id);
    return id;
  }

  /** The parts that S3 has, by their numbers. */
  async #present(id: string): Promise<ReadonlyMap<number, CompletedPart>> {
    return this.aws.s3('s3:ListMultipartUploadParts', async (client) => {
      const present = new Map<number, CompletedPart>();
      const pages = paginateListParts({ client }, { ...this.#place, UploadId: id });
      for await (const { Parts = [] } of pages) {
        for (const { PartNumber, ETag, ChecksumSHA256 } of Parts)
          if (PartNumber !== undefined)
            present.set(PartNumber, { PartNumber, ETag, ChecksumSHA256 });
      }
      return present;
    });
  }

  async #send(id: string, part: ItemsPart, present: CompletedPart | undefined): Promise<void> {
    const { number, bytes } = part;
    const checksum = createHash('sha256').update(bytes).digest('base64');
    if (present?.ChecksumSHA256 === checksum) {
      this.#add(present, bytes);
      return;
    }
    const { ETag } = await this.aws.s3('s3:PutObject', (client) =>
      client.send(
        new UploadPartCommand({
          ...this.#place,
          UploadId: id,
          PartNumber: number,
          Body: bytes,
          ContentLength: bytes.length,
          ChecksumAlgorithm: 'SHA256',
          ChecksumSHA256: checksum,
        }),
      ),
    );
    this.#add({ PartNumber: number, ETag, ChecksumSHA256: checksum }, bytes);
  }

  #add(part: CompletedPart, bytes: Uint8Array): void {
    this.#done.set(part.PartNumber ?? 0, part);
    this.#uploadedBytes += bytes.length;
    this.request.onProgress?.(this.#uploadedBytes);
  }

  async #complete(id: string): Promise<void> {
    const Parts = [...this.#done.entries()].toSorted(([a], [b]) => a - b).map(([, part]) => part);
    await this.aws.s3('s3:PutObject', (client) =>
      client.send(
        new CompleteMultipartUploadCommand({
          ...this.#place,
          UploadId: id,
          MultipartUpload: { Parts },
        }),
      ),
    );
  }
}

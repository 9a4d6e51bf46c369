import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import type { FailedEventPlace } from '../../core/failedEvents/place';
import { longestBody } from '../../core/failedEvents/readFailedEvent';
import type { Connection } from '../../core/invocation/connection';
import { readingConfig, type ReadingOptions } from '../client';
import { readingError } from '../errors';
import { describeError } from '../failure';
import { StreamedAnswers } from '../streamedAnswers';
import type { FailedEventStore, StoredEvent } from '../../core/failedEvents/store';

/** Objects that are read for one page, and at once. */
const pageSize = 50;
const atOnce = 8;

const goneErrors = new Set(['NoSuchKey', 'NotFound']);

interface Listed {
  readonly key: string;
  readonly bytes: number;
  readonly storedAt: number;
}

/**
 * The failure records of one function in a bucket, newest first: Lambda writes the date into the key.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export class BucketStore implements FailedEventStore {
  hasMore = true;
  readonly #listed: AsyncGenerator<Listed, void, void>;

  private constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    functionName: string,
    private readonly connection: Connection,
  ) {
    this.#listed = this.#newestFirst(`aws/lambda/async/${functionName}/`, 3);
  }

  /**
   * @param functionName the bare name
   * @throws ConnectionError when the connection cannot be used
   */
  static async open(
    connection: Connection,
    { name }: FailedEventPlace,
    functionName: string,
    options: ReadingOptions = {},
  ): Promise<BucketStore> {
    try {
      const { requestHandler, ...config } = await readingConfig(connection, 's3', options);
      const client = new S3Client({
        ...config,
        requestHandler: new StreamedAnswers(requestHandler),
        followRegionRedirects: true,
        forcePathStyle: config.endpoint !== undefined,
        useArnRegion: false,
        disableMultiregionAccessPoints: true,
        disableS3ExpressSessionAuth: true,
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
      });
      return new BucketStore(client, name, functionName, connection);
    } catch (error) {
      throw readingError(error, 's3:ListBucket', connection);
    }
  }

  async next(): Promise<StoredEvent[]> {
    const page: Listed[] = [];
    while (page.length < pageSize) {
      const { value, done } = await this.#listed.next();
      if (done) {
        this.hasMore = false;
        break;
      }
      page.push(value);
    }
    const found: (StoredEvent | undefined)[] = [];
    for (let start = 0; start < page.length; start += atOnce) {
      const some = page.slice(start, start + atOnce);
      found.push(...(await Promise.all(some.map((object) => this.#read(object)))));
    }
    return found.filter((one) => one !== undefined);
  }

  async claim(id: string): Promise<boolean> {
    try {
      await this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: id }));
      return true;
    } catch (error) {
      if (goneErrors.has(describeError(error).name)) return false;
      throw readingError(error, 's3:GetObject', this.connection);
    }
  }

  async remove(id: string): Promise<void> {
    try {
      await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: id }));
    } catch (error) {
      throw readingError(error, 's3:DeleteObject', this.connection);
    }
  }

  async close(): Promise<void> {
    this.client.destroy();
  }

  /** `undefined` when it was deleted meanwhile. */
  async #read({ key, bytes, storedAt }: Listed): Promise<StoredEvent | undefined> {
    if (bytes > longestBody) return { id: key, message: undefined, storedAt };
    try {
      const command = new GetObjectCommand({ Bucket: this.bucket, Key: key });
      const { Body } = await this.client.send(command);
      const body = (await Body?.transformToString('utf-8')) ?? '';
      return { id: key, message: { body }, storedAt };
    } catch (error) {
      if (goneErrors.has(describeError(error).name)) return undefined;
      throw readingError(error, 's3:GetObject', this.connection);
    }
  }

  /**
   * What is below a prefix, the greatest key first. S3 lists keys only in ascending order: years, months and days are
   * asked for level by level, and no more than a day is held at once.
   */
  async *#newestFirst(prefix: string, levels: number): AsyncGenerator<Listed, void, void> {
    const { folders, objects } = await this.#list(prefix, levels > 0 ? '/' : undefined);
    for (const folder of folders.toSorted().toReversed()) {
      yield* this.#newestFirst(folder, levels - 1);
    }
    yield* objects.toSorted((a, b) => (a.key < b.key ? 1 : -1));
  }

  async #list(Prefix: string, Delimiter: string | undefined) {
    const folders: string[] = [];
    const objects: Listed[] = [];
    let ContinuationToken: string | undefined;
    try {
      do {
        const page = await this.client.send(
          new ListObjectsV2Command({
            Bucket: this.bucket,
            Prefix,
            ...(Delimiter && { Delimiter }),
            ...(ContinuationToken && { ContinuationToken }),
          }),
        );
        folders.push(...(page.CommonPrefixes ?? []).flatMap((one) => one.Prefix ?? []));
        for (const { Key, Size = 0, LastModified } of page.Contents ?? []) {
          if (!Key || Key.endsWith('/')) continue;
          objects.push({ key: Key, bytes: Size, storedAt: LastModified?.getTime() ?? 0 });
        }
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken);
    } catch (error) {
      throw readingError(error, 's3:ListBucket', this.connection);
    }
    return { folders, objects };
  }
}

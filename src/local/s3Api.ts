import { bucketName, type FailedEventStore, type LocalObject, md5 } from './failedEventStore';
import type { ServiceAnswer, ServiceRequest } from './server';

/** S3 lists no more at once. */
const largestPage = 1000;

/** The path of the bucket, or of an object in it. */
export const bucketPath = new RegExp(`^/${bucketName}(?:/(.*))?$`);

/** What a list holds in the place of an object: all keys up to a delimiter. */
interface Folder {
  readonly prefix: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function listObjects({ query }: ServiceRequest, store: FailedEventStore): ServiceAnswer {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const size = Math.min(Number(query.get('max-keys') ?? largestPage) || 0, largestPage);
  const token = query.get('continuation-token');
  const after = token === null ? '' : Buffer.from(token, 'base64url').toString();
  const rest = grouped(store.objects(), prefix, delimiter).filter((one) => nameOf(one) > after);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const isTruncated = rest.length > size;
  const next =
    isTruncated && last
      ? `<NextContinuationToken>${Buffer.from(nameOf(last)).toString('base64url')}</NextContinuationToken>`
      : '';
  return xml(
    200,
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucketName}</Name><Prefix>${escaped(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${size}</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>${next}${page.map(entry).join('')}</ListBucketResult>`,
  );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, and HeadObject, whose answer has no body. */
export function getObject(
  key: string,
  { method }: Pick<ServiceRequest, 'method'>,
  store: FailedEventStore,
): ServiceAnswer {
  const object = store.get(key);
  if (!object && method === 'HEAD') return { status: 404 };
  if (!object) {
    return xml(
      404,
      `<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>${escaped(key)}</Key></Error>`,
    );
  }
  return {
    status: 200,
    headers: {
      ETag: `"${md5(object.body)}"`,
      'Last-Modified': new Date(object.storedAt).toUTCString(),
    },
    body: method === 'HEAD' ? '' : object.body,
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export function deleteObject(key: string, store: FailedEventStore): ServiceAnswer {
  store.deleteObject(key);
  return { status: 204 };
}

/** The objects below a prefix; those that share a name up to the delimiter are one folder. */
function grouped(
  objects: readonly LocalObject[],
  prefix: string,
  delimiter: string,
): (LocalObject | Folder)[] {
  const found = new Map<string, LocalObject | Folder>();
  for (const object of objects) {
    if (!object.key.startsWith(prefix)) continue;
    const at = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    const one = at < 0 ? object : { prefix: object.key.slice(0, at + delimiter.length) };
    found.set(nameOf(one), one);
  }
  return [...found.values()];
}

function nameOf(one: LocalObject | Folder): string {
  return 'key' in one ? one.key : one.prefix;
}

function entry(one: LocalObject | Folder): string {
  if (!('key' in one)) {
    return `<CommonPrefixes><Prefix>${escaped(one.prefix)}</Prefix></CommonPrefixes>`;
  }
  const { key, body, storedAt } = one;
  return `<Contents><Key>${escaped(key)}</Key><LastModified>${new Date(storedAt).toISOString()}</LastModified><ETag>&quot;${md5(body)}&quot;</ETag><Size>${Buffer.byteLength(body)}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function xml(status: number, content: string): ServiceAnswer {
  return {
    status,
    headers: { 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${content}`,
  };
}

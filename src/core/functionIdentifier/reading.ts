/** A forgiving reading of what the strict parser refuses or reads as somebody surely did not mean it. */
import { closest } from './closest';
import { type PartName, spelling } from './parse';
import { similarRegion } from './partitions';
import { type Segment, splitSegments } from './segments';

/** The segments, each in the place that it was most likely meant for, right or wrong. */
export interface Reading extends Readonly<Partial<Record<PartName, Segment | undefined>>> {
  /** The word `arn` as it was written; `undefined` when the value is no ARN. */
  readonly arn?: Segment | undefined;
  /** What is left over after the qualifier. */
  readonly surplus: readonly Segment[];
}

/**
 * Lambda's resources that are no functions, by the word in their ARNs.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html#awslambda-resources-for-iam-policies
 */
export const otherResources: ReadonlySet<string> = new Set([
  'layer',
  'event-source-mapping',
  'code-signing-config',
  'capacity-provider',
]);

/** Finds the word `function`, or the region and the account where it is missing, and gives every segment its place. */
export function readIdentifier(text: string): Reading {
  const segments = splitSegments(text);
  const isArn = segments[0]?.text.toLowerCase() === 'arn' && segments.length > 1;
  const [arn, partition, service] = isArn ? segments : [];
  const rest = segments.slice(isArn ? 3 : 0);

  const typeAt = rest
    .slice(0, 3)
    .findIndex(({ text: word }, index) => isResourceType(word, isArn, index === rest.length - 1));
  const before = typeAt < 0 ? leadingPlace(rest) : rest.slice(0, typeAt);
  const [first, second] = before;
  const loneAccount = before.length === 1 && first && /^\d/.test(first.text);
  const [name, qualifier, ...surplus] = rest.slice(typeAt < 0 ? before.length : typeAt + 1);
  return {
    arn,
    partition,
    service,
    region: loneAccount ? undefined : first,
    account: loneAccount ? first : second,
    resourceType: rest[typeAt],
    name,
    qualifier,
    surplus,
  };
}

/** Whether an ARN's service is `lambda`, or was surely meant to be. */
export function isLambdaWord(text: string): boolean {
  return text === 'lambda' || closest(text.toLowerCase(), ['lambda'], 1) !== undefined;
}

/** Whether a segment is the word `function`, or was surely meant to be; `functionA` is more likely a name. */
export function isFunctionWord(text: string): boolean {
  const word = text.toLowerCase();
  if (word === 'function' || word === 'functions') return true;
  const isOtherWord = !/^f[a-z]+$/.test(word) || word.startsWith('function');
  return !isOtherWord && closest(word, ['function'], 1) !== undefined;
}

/** At the end, only the right word is no name. */
function isResourceType(word: string, isArn: boolean, isLast: boolean): boolean {
  if (isArn && otherResources.has(word)) return true;
  return isLast ? word === 'function' : isFunctionWord(word);
}

/** Region and account at the front of segments among which the word `function` is missing. */
function leadingPlace(segments: readonly Segment[]): Segment[] {
  const place: Segment[] = [];
  for (const looksRight of [looksLikeRegion, looksLikeAccount]) {
    const segment = segments[place.length];
    const isLast = place.length === segments.length - 1;
    if (segment && (looksRight(segment.text) || (segment.text === '' && !isLast)))
      place.push(segment);
  }
  return place;
}

function looksLikeRegion(text: string): boolean {
  return spelling.region.test(text) || similarRegion(text) !== undefined;
}

/** Digits, perhaps with the dashes of the console: far more of them than a version has. */
function looksLikeAccount(text: string): boolean {
  return /^[\d -]+$/.test(text) && text.replaceAll(/\D/g, '').length > 8;
}

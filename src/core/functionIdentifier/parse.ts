/** The grammar of Lambda's function identifiers: names, ARNs and partial ARNs. */
import { identifierMaxLength } from '../limits';
import type { TextRange } from '../problem';
import { type Segment, splitSegments } from './segments';

/**
 * What the first version of the API accepted (1 to 170 characters), matched against the whole value.
 * Source: the `FunctionName` shape of the `InvokeAsync` operation.
 */
export const seedPattern =
  /^(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_.]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?$/;

/**
 * What the service accepts today (1 to 256 characters), matched against the whole value: the specification that
 * {@link parseFunctionIdentifier} is tested against.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#lambda-Invoke-request-FunctionName
 */
export const currentPattern =
  /^(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$/;

/** How each segment is spelled; the whole segment must match. */
export const spelling = {
  partition: /^(?:aws[a-zA-Z-]*)?$/,
  service: /^lambda$/,
  region: /^(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d$/,
  account: /^\d{12}$/,
  resourceType: /^function$/,
  name: /^[a-zA-Z0-9_.-]+$/,
  qualifier: /^(?:\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9_-]+)$/,
} as const;

/** The segments of a full ARN after `arn`, in their order. */
export type PartName = keyof typeof spelling;

export interface FunctionIdentifier {
  /** `partialArn`: anything between a bare name and a full ARN, such as `123456789012:function:my-function`. */
  readonly form: 'name' | 'arn' | 'partialArn';
  /** Only in an ARN; may be empty, which the service accepts. */
  readonly partition?: Segment | undefined;
  readonly region?: Segment | undefined;
  readonly account?: Segment | undefined;
  /** The word `function`. */
  readonly resourceType?: Segment | undefined;
  readonly name: Segment;
  readonly qualifier?: Segment | undefined;
}

/** Why the service would refuse the value: the first segment that cannot stand where it stands. */
export interface IdentifierFault {
  readonly cause: 'empty' | 'tooLong' | 'segment';
  /** What the segment should be; `undefined` when there is one segment too many, or the fault is no segment's. */
  readonly part?: PartName | undefined;
  readonly range: TextRange;
}

export type ParsedIdentifier =
  | { readonly ok: true; readonly identifier: FunctionIdentifier }
  | { readonly ok: false; readonly fault: IdentifierFault };

/**
 * Reads the value as the service does: `ok` exactly when {@link currentPattern} matches and the length is 1 to 256.
 * Ranges count from the start of `text` in UTF-16 code units. Time is linear in the length of `text`.
 */
export function parseFunctionIdentifier(text: string): ParsedIdentifier {
  if (text === '') return fault('empty', { start: 0, end: 0 });
  if (text.length > identifierMaxLength)
    return fault('tooLong', { start: identifierMaxLength, end: text.length });
  const parts = grammar.exec(text);
  return parts ? { ok: true, identifier: identifierOf(parts) } : firstFault(text);
}

/** {@link currentPattern} with a group for each part: one match both accepts a text and tells its parts. */
const grammar = new RegExp(
  `^(?:arn:(${within('partition')}):lambda:)?(?:(${within('region')}):)?(?:(${within('account')}):)?` +
    `(?:(function):)?(${within('name')})(?::(${within('qualifier')}))?$`,
);

/** The spelling of a segment that others stand beside. */
function within(part: PartName): string {
  return spelling[part].source.slice(1, -1);
}

function identifierOf(parts: RegExpExecArray): FunctionIdentifier {
  const partition = segmentAt('arn:'.length, parts[1]);
  const regionAt = partition ? partition.range.end + ':lambda:'.length : 0;
  const region = segmentAt(regionAt, parts[2]);
  const accountAt = regionAt + lengthWithColon(region);
  const account = segmentAt(accountAt, parts[3]);
  const resourceTypeAt = accountAt + lengthWithColon(account);
  const resourceType = segmentAt(resourceTypeAt, parts[4]);
  const name = segmentOf(resourceTypeAt + lengthWithColon(resourceType), parts[5] ?? '');
  const qualifier = segmentAt(name.range.end + 1, parts[6]);
  const form = partition ? 'arn' : (region ?? account ?? resourceType) ? 'partialArn' : 'name';
  return { form, partition, region, account, resourceType, name, qualifier };
}

function segmentAt(start: number, text: string | undefined): Segment | undefined {
  return text === undefined ? undefined : segmentOf(start, text);
}

function segmentOf(start: number, text: string): Segment {
  return { text, range: { start, end: start + text.length } };
}

function lengthWithColon(part: Segment | undefined): number {
  return part ? part.text.length + 1 : 0;
}

/** Of a text that the grammar does not match. */
function firstFault(text: string): ParsedIdentifier {
  const segments = splitSegments(text);
  const isArn = segments.length > 3 && segments[0]?.text === 'arn';
  // `$LATEST` can only be a qualifier, so the segment before it is the name, even where it reads like a region.
  const lastName = segments.length - (segments.at(-1)?.text.startsWith('$') ? 2 : 1);
  let name = isArn ? 3 : 0;
  for (const part of ['region', 'account', 'resourceType'] as const) {
    const segment = segments[name];
    if (segment && name < lastName && spelling[part].test(segment.text)) name += 1;
  }
  const expected: readonly (readonly [PartName, Segment | undefined])[] = [
    ['partition', isArn ? segments[1] : undefined],
    ['service', isArn ? segments[2] : undefined],
    ['name', segments[name]],
    ['qualifier', segments[name + 1]],
  ];
  for (const [part, segment] of expected) {
    if (segment && !spelling[part].test(segment.text)) return fault('segment', segment.range, part);
  }
  const surplus = segments[name + 2];
  return fault('segment', surplus?.range ?? { start: 0, end: text.length });
}

function fault(
  cause: IdentifierFault['cause'],
  range: TextRange,
  part?: PartName,
): ParsedIdentifier {
  return { ok: false, fault: { cause, range, part } };
}

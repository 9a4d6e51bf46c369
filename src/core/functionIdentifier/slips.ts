/** Full ARNs that are right in every part but one, and surely wrong in that one. */
import { closest } from './closest';
import { spelling } from './parse';
import { findPartition, isRegion, lacksNumber, regionOfFips } from './partitions';
import type { Reading } from './reading';

/** Of a part: whether it is right, and whether it is a slip that nobody writes on purpose, as a placeholder is. */
interface PartRule {
  readonly part: 'partition' | 'region' | 'account' | 'name' | 'qualifier';
  readonly isRight: (text: string) => boolean;
  readonly isSlip: (text: string) => boolean;
}

const rules: readonly PartRule[] = [
  {
    part: 'partition',
    isRight: (text) => findPartition(text) !== undefined,
    isSlip: (text) =>
      /^[a-z]{2,20}(?:-[a-z]{2,10})?$/.test(text) && !/part|your|my-|name/.test(text),
  },
  {
    part: 'region',
    isRight: isRegion,
    isSlip: (text) => lacksNumber(text) || regionOfFips(text) !== undefined,
  },
  {
    part: 'account',
    isRight: (text) => spelling.account.test(text),
    isSlip: (text) => text.length === 12 && /^\d*[a-wyzA-WYZ]\d*$/.test(text),
  },
  {
    part: 'name',
    isRight: (text) => /^[\w-]{1,64}$/.test(text),
    isSlip: hasImpossibleCharacter,
  },
  {
    part: 'qualifier',
    isRight: (text) => spelling.qualifier.test(text),
    isSlip: (text) => latestMeant(text) !== undefined || hasImpossibleCharacter(text),
  },
];

/** Whether a reading of an ARN has exactly one slip, and is right otherwise. */
export function hasOneSlip(reading: Reading): boolean {
  const { arn, service, resourceType, name, surplus } = reading;
  if (arn?.text !== 'arn' || service?.text !== 'lambda' || surplus.length > 0) return false;
  if (resourceType?.text !== 'function' && !name?.text.startsWith('function/')) return false;
  let slips = 0;
  for (const { part, isRight, isSlip } of rules) {
    const text = reading[part]?.text;
    if (text === undefined && part === 'qualifier') continue;
    if (text === undefined) return false;
    if (isRight(text)) continue;
    if (!isSlip(text)) return false;
    slips += 1;
  }
  return slips === 1;
}

/**
 * Whether one character, or letters beyond ASCII, cannot be in a name that is right otherwise. What stands between two
 * such characters may be a template, a path has several, and a word in another script is a placeholder.
 */
function hasImpossibleCharacter(text: string): boolean {
  return (
    /[^\w-]/.test(text) &&
    /^[\w\p{Script=Latin}-]+(?:[/@#][\w-]+)?$/u.test(text) &&
    !/\/invocations$|nombre|nom[e-]|fun[cçk]/i.test(text.replace(/^function\//, ''))
  );
}

/** `$LATEST` or `$LATEST.PUBLISHED`, when a version is surely meant as one: of another case, or a letter off. */
export function latestMeant(version: string): string | undefined {
  if (!version.startsWith('$') || version.length > 20) return undefined;
  const meant = closest(version.slice(1).toUpperCase(), ['LATEST', 'LATEST.PUBLISHED'], 1);
  return meant === undefined ? undefined : `$${meant}`;
}

/**
 * The place of the colon that is one too many in a full ARN; `undefined` when there is none, or when the text is no
 * full ARN without it.
 */
export function doubledColon(text: string): number | undefined {
  const at = text.indexOf('::');
  if (at < 0 || text.includes('::', at + 1) || !text.startsWith('arn:')) return undefined;
  return wholeArn.test(text.slice(0, at) + text.slice(at + 1)) ? at + 1 : undefined;
}

const wholeArn = /^arn:aws[\w-]*:lambda:[a-z]+-[a-z-]+-\d:\d{12}:function:[\w-]+(?::[\w-]+)?$/;

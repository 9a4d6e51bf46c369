/** Where a function is: partition, service, region and account. */
import type { Fix, Problem } from '../problem';
import type { Check } from './check';
import { type PartName, spelling } from './parse';
import { findPartition, partitionOfRegion, similarPartition, similarRegion } from './partitions';
import type { Reading } from './reading';
import type { Segment } from './segments';
import { insert, list, partWords, problem, replace, visible } from './wording';

/** The fixed words at the front: `arn` and `lambda`. */
export const checkPrefix: Check = ({ reading: { arn, service } }) => {
  const fixed = [
    [arn, 'arn'],
    [service, 'lambda'],
  ] as const;
  return fixed.flatMap(([segment, word]) => {
    if (!segment || segment.text === '' || segment.text === word) return [];
    const message = `This has to be "${word}", not "${segment.text}".`;
    return [
      problem('identifier.malformed', 'error', message, segment.range, replace(segment, word)),
    ];
  });
};

/** Every partition that the service accepts, and that is not the region's, is surely a slip. */
export const checkPartition: Check = ({ reading: { arn, partition, region } }) => {
  if (!arn || !partition) return [];
  const holder = region && partitionOfRegion(region.text);
  const meant = holder?.id ?? similarPartition(partition.text);
  const fixes = meant === undefined ? [] : [replace(partition, meant)];
  const report = (severity: 'error' | 'warning', message: string): Problem[] => [
    problem('identifier.partition', severity, message, visible(partition), ...fixes),
  ];

  if (!spelling.partition.test(partition.text)) {
    return report(
      'error',
      `A partition is "aws" or begins with it, such as "aws-cn"; "${partition.text}" does not.`,
    );
  }
  if (partition.text === '') {
    return report(
      'warning',
      `The partition is missing after "arn"${meant ? `; the region is in "${meant}"` : ', such as "aws"'}.`,
    );
  }
  if (!findPartition(partition.text)) {
    return report(
      'warning',
      `No partition is known as "${partition.text}"${meant ? `; "${meant}" is` : ''}.`,
    );
  }
  if (holder && holder.id !== partition.text) {
    return report(
      'warning',
      `The region "${region.text}" is in the partition "${holder.id}", not in "${partition.text}".`,
    );
  }
  return [];
};

const needed: readonly PartName[] = [
  'partition',
  'service',
  'region',
  'account',
  'resourceType',
  'name',
];

/** The parts that every ARN has, and this one lacks; in one problem, on the last part that is there. */
export const checkMissing: Check = ({ reading, connectionRegion }) => {
  if (!reading.arn) return [];
  const missing = needed.filter((part) => isMissing(reading, part));
  const [first] = missing;
  if (first === undefined) return [];
  const before = needed.slice(0, needed.indexOf(first)).findLast((part) => reading[part]?.text);
  const last = (before && reading[before]) ?? reading.arn;
  const verb = missing.length > 1 ? 'are' : 'is';
  const message = `An ARN needs 7 segments; ${list(missing.map((part) => partWords[part]))} ${verb} missing after "${last.text}".`;
  const fix = missing.length === 1 ? insertion(first, reading, last, connectionRegion) : undefined;
  return [
    problem('identifier.incomplete-arn', 'error', message, last.range, ...(fix ? [fix] : [])),
  ];
};

/** An empty partition is checkPartition's: the service accepts it. */
function isMissing(reading: Reading, part: PartName): boolean {
  const segment = reading[part];
  return part === 'partition' ? !segment : !segment || segment.text === '';
}

function insertion(
  part: PartName,
  reading: Reading,
  last: Segment,
  connectionRegion?: string,
): Fix | undefined {
  const word =
    part === 'resourceType' ? 'function' : part === 'region' ? connectionRegion : undefined;
  if (word === undefined) return undefined;
  // Where two colons meet, the word goes between them; else it brings its own colon.
  const gap = reading[part];
  const fix = gap ? insert(gap.range.start, word) : insert(last.range.end + 1, `${word}:`);
  // The connection's region is a good guess, not more.
  return part === 'region' ? { ...fix, preferred: false } : fix;
}

export const checkRegion: Check = ({ reading: { region, arn }, isTarget, connectionRegion }) => {
  if (!region || (region.text === '' && arn)) return [];
  const similar = similarRegion(region.text);
  const fixes = similar === undefined ? [] : [replace(region, similar)];
  if (!spelling.region.test(region.text)) {
    const example = similar ?? 'us-east-1';
    const message = `A region is spelled like "${example}"; "${region.text}" is not.`;
    return [problem('identifier.malformed', 'error', message, visible(region), ...fixes)];
  }
  if (similar !== undefined) {
    const message = `No region is known as "${region.text}"; "${similar}" is.`;
    return [problem('identifier.region', 'warning', message, region.range, ...fixes)];
  }
  if (!isTarget || connectionRegion === undefined || region.text === connectionRegion) return [];
  const message = `The function is in "${region.text}", but the connection is to "${connectionRegion}": Lambda finds functions of its own region only.`;
  return [problem('identifier.region', 'warning', message, region.range)];
};

export const checkAccount: Check = ({ reading: { account, arn } }) => {
  if (!account || (account.text === '' && arn) || spelling.account.test(account.text)) return [];
  const digits = account.text.replaceAll(/[\s-]/g, '');
  const isFixable = spelling.account.test(digits);
  const count = account.text.replaceAll(/\D/g, '').length;
  const reason = /^\d+$/.test(account.text) ? `this has ${count}` : `"${account.text}" is not`;
  const message = isFixable
    ? `An account is 12 digits without dashes or spaces: "${digits}".`
    : `An account is 12 digits; ${reason}.`;
  const fixes = isFixable ? [replace(account, digits)] : [];
  return [problem('identifier.malformed', 'error', message, visible(account), ...fixes)];
};

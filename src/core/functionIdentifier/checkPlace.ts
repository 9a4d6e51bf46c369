/** Where a function is: partition, service, region and account. */
import * as l10n from '@vscode/l10n';
import type { Fix, Problem } from '../problem';
import { shortened } from '../shortened';
import type { Check } from './check';
import { type PartName, spelling } from './parse';
import {
  findPartition,
  lacksNumber,
  partitionOfRegion,
  regionOfFips,
  similarPartition,
  similarRegion,
} from './partitions';
import type { Reading } from './reading';
import type { Segment } from './segments';
import { insert, partWords, problem, replace, visible } from './wording';

/** The fixed words at the front: `arn` and `lambda`. */
export const checkPrefix: Check = ({ reading: { arn, service } }) => {
  const fixed = [
    [arn, 'arn'],
    [service, 'lambda'],
  ] as const;
  return fixed.flatMap(([segment, word]) => {
    if (!segment || segment.text === '' || segment.text === word) return [];
    const message = l10n.t('This must be "{0}", not "{1}".', word, segment.text);
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
      l10n.t('A partition starts with "aws", such as "aws-cn"; "{0}" does not.', partition.text),
    );
  }
  if (partition.text === '') {
    return report(
      'warning',
      meant === undefined
        ? l10n.t('The partition, such as "aws", is missing after "arn".')
        : l10n.t('The partition is missing after "arn"; the region is in "{0}".', meant),
    );
  }
  if (!findPartition(partition.text)) {
    return report(
      'warning',
      meant === undefined
        ? l10n.t('Unknown partition "{0}".', partition.text)
        : l10n.t('Unknown partition "{0}". Did you mean "{1}"?', partition.text, meant),
    );
  }
  if (holder && holder.id !== partition.text) {
    return report(
      'warning',
      l10n.t('The region "{region}" is in the partition "{holder}", not in "{other}".', {
        region: region.text,
        holder: holder.id,
        other: partition.text,
      }),
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
  const message = l10n.t('An ARN needs 7 segments. Missing after "{last}": {parts}.', {
    last: last.text,
    parts: missing.map((part) => partWords[part]()).join(', '),
  });
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
  const misspelled = misspelledRegion(region);
  if (misspelled) return [misspelled];
  if (!isTarget || connectionRegion === undefined || region.text === connectionRegion) return [];
  const message = l10n.t(
    'The function is in "{0}", but the connection is to "{1}": Lambda finds functions of its own region only.',
    region.text,
    connectionRegion,
  );
  return [problem('identifier.region', 'warning', message, region.range)];
};

/** Why a region is none, wherever it stands; `undefined` for what may be one: AWS adds regions. */
export function misspelledRegion(region: Segment): Problem | undefined {
  const { text } = region;
  const similar = regionOfFips(text) ?? similarRegion(text);
  const fixes = similar === undefined ? [] : [replace(region, similar)];
  if (!spelling.region.test(text)) {
    const message = regionWords(text, similar ?? 'us-east-1');
    return problem('identifier.malformed', 'error', message, visible(region), ...fixes);
  }
  if (similar === undefined) return undefined;
  const message = l10n.t('Unknown region "{0}". Did you mean "{1}"?', text, similar);
  return problem('identifier.region', 'warning', message, region.range, ...fixes);
}

function regionWords(region: string, example: string): string {
  const text = shortened(region, 60);
  if (regionOfFips(text) !== undefined)
    return l10n.t('"{0}" names a FIPS endpoint; the region is "{1}".', text, example);
  if (lacksNumber(text))
    return l10n.t('The region "{0}" lacks its number, as in "{1}".', text, `${text}-1`);
  return l10n.t('A region looks like "{0}"; "{1}" does not.', example, text);
}

export const checkAccount: Check = ({ reading: { account, arn } }) => {
  if (!account || (account.text === '' && arn) || spelling.account.test(account.text)) return [];
  const digits = digitsMeant(account.text);
  const isFixable = spelling.account.test(digits);
  const message = isFixable
    ? /[a-z]/i.test(account.text)
      ? l10n.t('An account ID is 12 digits; this one has a letter: "{0}".', digits)
      : l10n.t('An account ID is 12 digits without dashes or spaces: "{0}".', digits)
    : /^\d+$/.test(account.text)
      ? l10n.t('An account ID has 12 digits; this one has {0}.', account.text.length)
      : l10n.t('An account ID is 12 digits; "{0}" is not.', account.text);
  const fixes = isFixable ? [replace(account, digits)] : [];
  return [problem('identifier.malformed', 'error', message, visible(account), ...fixes)];
};

/** Without the dashes of the console, and with the digits that letters look like. */
function digitsMeant(account: string): string {
  return account.replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[lI]/g, '1');
}

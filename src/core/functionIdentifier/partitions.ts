/** AWS's partitions and regions, as the SDK that is bundled with this product knows them. */
import generated from '../../../generated/partitions.json';
import { closest } from './closest';

interface Region {
  readonly name: string;
  /** What AWS calls it, such as `US East (N. Virginia)`. */
  readonly description: string;
}

export interface Partition {
  /** Such as `aws-cn`. */
  readonly id: string;
  readonly regionPattern: RegExp;
  readonly regions: readonly Region[];
}

export const partitions: readonly Partition[] = generated.map(({ id, regionPattern, regions }) => ({
  id,
  regionPattern: new RegExp(regionPattern),
  regions,
}));

const partitionById = new Map(partitions.map((partition) => [partition.id, partition]));
const regionByName = new Map(
  partitions.flatMap(({ regions }) => regions.map((region) => [region.name, region] as const)),
);
const regionByLetters = new Map([...regionByName.keys()].map((name) => [letters(name), name]));
/** `east`, `northwest` and the like: what comes before the digit. */
const directions = new Set([...regionByName.keys()].map(direction));

export function findPartition(id: string): Partition | undefined {
  return partitionById.get(id);
}

/** What AWS calls the region; `undefined` for one that the table does not know. */
export function regionDescription(region: string): string | undefined {
  return regionByName.get(region)?.description;
}

/** The partition whose regions are named like this one, known or new; `undefined` when none is. */
export function partitionOfRegion(region: string): Partition | undefined {
  return partitions.find(({ regionPattern }) => regionPattern.test(region));
}

/** The partition's id that was surely meant by one that is unknown. */
export function similarPartition(id: string): string | undefined {
  return closest(id.toLowerCase(), [...partitionById.keys()], 1);
}

/**
 * The known region that was surely meant by a text that is none: another case, `_` for `-`, an availability zone,
 * one or two letters off. `undefined` for a known region, and for what may be a new one: AWS adds regions.
 */
export function similarRegion(text: string): string | undefined {
  if (regionByName.has(text) || text.length > 32) return undefined;
  const sameLetters =
    regionByLetters.get(letters(text)) ?? regionByLetters.get(letters(text).slice(0, -1));
  if (sameLetters) return sameLetters;
  if (!partitionOfRegion(text)) return closest(text.toLowerCase(), [...regionByName.keys()], 2);
  return directions.has(direction(text)) ? undefined : closest(text, [...regionByName.keys()], 1);
}

/** Whether a text is a region that the table knows, or one that is named as those of a partition are. */
export function isRegion(text: string): boolean {
  return regionByName.has(text) || partitionOfRegion(text) !== undefined;
}

/** The known region in the name of a FIPS endpoint, as some tools take it for a region: `fips-us-east-1`. */
export function regionOfFips(text: string): string | undefined {
  const region = /^fips-(.+)$|^(.+)-fips$/.exec(text);
  const name = region?.[1] ?? region?.[2];
  return name !== undefined && regionByName.has(name) ? name : undefined;
}

/** Whether a text is a region but for its number: `us-east`. */
export function lacksNumber(text: string): boolean {
  return withoutNumber.has(text);
}

const withoutNumber = new Set([...regionByName.keys()].map((name) => name.replace(/-\d+$/, '')));

function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function direction(region: string): string {
  return region.split('-').at(-2) ?? '';
}

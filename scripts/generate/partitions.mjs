// Writes generated/partitions.json from the partition table that the AWS SDK carries for its endpoints.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Writes `partitions.json` into the folder, unless it already says the same: for each partition its id, the pattern
 * of its regions' names, and the regions known today with what they are called.
 * Throws when the SDK no longer holds its table where we look.
 */
export async function generatePartitions(folder) {
  const partitions = (await sdkPartitions()).map(({ id, regionRegex, regions }) => ({
    id,
    regionPattern: regionRegex,
    // `aws-global` and its like are names for endpoints; no ARN of a function holds one.
    regions: Object.entries(regions)
      .filter(([name]) => !name.startsWith('aws-'))
      .map(([name, { description }]) => ({ name, description })),
  }));
  const path = join(folder, 'partitions.json');
  const text = `${JSON.stringify(partitions, undefined, 2)}\n`;
  if ((await readFile(path, 'utf8').catch(() => undefined)) !== text) await writeFile(path, text);
}

/** The table is no public export of `@aws-sdk/core`, so it is read by its place beside one that is. */
async function sdkPartitions() {
  const lambda = createRequire(createRequire(import.meta.url).resolve('@aws-sdk/client-lambda'));
  const core = lambda.resolve('@aws-sdk/core/package.json');
  const file = join(core, '..', 'dist-es/submodules/client/util-endpoints/lib/aws/partitions.js');
  const source = await readFile(file, 'utf8');
  const { partitionsInfo } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  if (!partitionsInfo?.partitions?.length) throw new Error(`No partition table in ${file}`);
  return partitionsInfo.partitions;
}

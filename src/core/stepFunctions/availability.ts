import { partitionOfRegion } from '../functionIdentifier/partitions';

/**
 * The partitions whose documentation of Step Functions names Distributed Map among what they have, or does not except it.
 * Sources: https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-step-functions.html,
 * https://docs.amazonaws.cn/en_us/aws/latest/userguide/step-functions.html, https://aws.eu/step-functions/pricing
 */
const partitionsWithDistributedMap: ReadonlySet<string> = new Set([
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-eusc',
]);

/** The partition of a region where Distributed Map is not available; `undefined` where it is, or nobody can tell. */
export function partitionWithoutDistributedMap(region: string): string | undefined {
  const partition = partitionOfRegion(region)?.id;
  return partition === undefined || partitionsWithDistributedMap.has(partition)
    ? undefined
    : partition;
}

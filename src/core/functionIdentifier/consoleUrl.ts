import type { FunctionIdentifier } from './parse';
import { partitionOfRegion } from './partitions';

/**
 * Where the consoles of the partitions live, after the region; the isolated partitions have none that is public.
 * Sources: https://docs.aws.amazon.com/general/latest/gr/mgmt-console.html,
 * https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-arns.html,
 * https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-differences.html, https://docs.aws.eu/esc/latest/userguide/
 */
const consoleDomains: ReadonlyMap<string, string> = new Map([
  ['aws', 'console.aws.amazon.com'],
  ['aws-cn', 'console.amazonaws.cn'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com'],
  ['aws-eusc', 'console.amazonaws-eusc.eu'],
]);

/** The function's page in the console of its partition; `undefined` when the region or its console is not known. */
export function consoleUrl(
  { region, name, qualifier }: FunctionIdentifier,
  connectionRegion?: string,
): string | undefined {
  const place = region?.text ?? connectionRegion;
  const domain = place && consoleDomains.get(partitionOfRegion(place)?.id ?? '');
  if (!domain) return undefined;
  const page = `https://${place}.${domain}/lambda/home?region=${place}#/functions/${name.text}`;
  // `$LATEST` is what the function's own page shows.
  if (!qualifier || qualifier.text.startsWith('$')) return page;
  const kind = /^\d+$/.test(qualifier.text) ? 'versions' : 'aliases';
  return `${page}/${kind}/${qualifier.text}`;
}

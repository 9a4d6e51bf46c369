import { type FunctionIdentifier, parseFunctionIdentifier, spelling } from './parse';
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
  const origin = place && consoleOrigin(place);
  if (!origin) return undefined;
  const page = `${origin}/lambda/home?region=${place}#/functions/${name.text}`;
  // `$LATEST` is what the function's own page shows.
  if (!qualifier || qualifier.text.startsWith('$')) return page;
  const kind = /^\d+$/.test(qualifier.text) ? 'versions' : 'aliases';
  return `${page}/${kind}/${qualifier.text}`;
}

/** Where the console of a region is; `undefined` when the region or its console is not known. */
export function consoleOrigin(region: string): string | undefined {
  const domain = consoleDomains.get(partitionOfRegion(region)?.id ?? '');
  return domain && `https://${region}.${domain}`;
}

/** A function as the address of its page in the console names it. */
export interface FunctionOfPage {
  /** Its ARN where the address tells the account, else its name; with the alias or version that the page shows. */
  readonly functionIdentifier: string;
  readonly region: string | undefined;
}

/**
 * The function whose page in the console of any partition has this address; `undefined` for any other text. A user who
 * is signed in to several accounts has the account in the address.
 * @see https://docs.aws.amazon.com/awsconsolehelpdocs/latest/gsg/multisession.html
 */
export function functionOfConsolePage(address: string): FunctionOfPage | undefined {
  const { host = '', query = '', path = '' } = page.exec(address)?.groups ?? {};
  const domain = [...consoleDomains.values()].find(
    (one) => host === one || host.endsWith(`.${one}`),
  );
  const parts = pathInPage.exec(decoded(path))?.groups;
  if (domain === undefined || !parts) return undefined;
  const { name = '', qualifier } = parts;
  const labels = host.slice(0, -domain.length).split('.');
  const region = [/(?:^|&)region=([^&]+)/.exec(query)?.[1], ...labels].find(
    (text) => text !== undefined && spelling.region.test(text),
  );
  const account = labels.map((label) => /^(\d{12})-/.exec(label)?.[1]).find(Boolean);
  const named = qualifier === undefined ? name : `${name}:${qualifier}`;
  const functionIdentifier =
    account !== undefined && region !== undefined
      ? functionArn({ region, account, name: named })
      : named;
  return parseFunctionIdentifier(functionIdentifier).ok
    ? { functionIdentifier, region }
    : undefined;
}

/** @param place its name may end in `:` and an alias or version */
export function functionArn({
  region,
  account,
  name,
}: Record<'region' | 'account' | 'name', string>): string {
  return `arn:${partitionOfRegion(region)?.id ?? 'aws'}:lambda:${region}:${account}:function:${name}`;
}

const page = /^https:\/\/(?<host>[\w.-]+)\/lambda\/home\/?(?:\?(?<query>[^#]*))?#(?<path>[^?]*)/;
const pathInPage =
  /^\/?functions\/(?<name>[\w-]+)(?:\/(?:aliases|versions)\/(?<qualifier>[\w$.-]+))?(?:\/|$)/;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

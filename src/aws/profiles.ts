import { partitionOfRegion, partitions } from '../core/functionIdentifier/partitions';
import { accountOf, type CredentialSource, sourceOf } from './credentialSource';
import { readSharedConfig } from './sharedConfig';

export interface ProfileSummary {
  readonly name: string;
  readonly region?: string;
  /** As far as the files tell: the account of the role, of the permission set or of the signed-in user. */
  readonly accountId?: string;
  /** Name of the role or permission set. */
  readonly role?: string;
  readonly source: CredentialSource;
}

export interface RegionSummary {
  readonly name: string;
  /** Such as `Europe (Ireland)`. */
  readonly description: string;
}

/**
 * The profiles of the shared config, in the order of the files. Reads no credentials out of them.
 * @throws ConnectionError when a file cannot be read.
 */
export async function listProfiles(environment: NodeJS.ProcessEnv): Promise<ProfileSummary[]> {
  const { profiles } = await readSharedConfig(environment);
  return Array.from(profiles, ([name, section]) => {
    const [, roleName] =
      /^arn:[^:]*:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/.exec(section['role_arn'] ?? '') ?? [];
    const accountId = accountOf(section) ?? section['aws_account_id'];
    const role = roleName ?? section['sso_role_name'];
    return {
      name,
      ...(section['region'] && { region: section['region'] }),
      ...(accountId && { accountId }),
      ...(role && { role }),
      source: sourceOf(section),
    };
  });
}

/** The regions that the bundled SDK knows, those of the partition that holds `region` (or AWS's main one) first. */
export function listRegions(region = 'us-east-1'): RegionSummary[] {
  const own = partitionOfRegion(region);
  const others = partitions.filter((partition) => partition !== own);
  return [...(own ? [own] : []), ...others].flatMap(({ regions }) => [...regions]);
}

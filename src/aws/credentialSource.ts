import type { Section } from './iniFile';

/** Where a profile's credentials come from, in the words that a message needs. */
export type CredentialSource =
  | 'sso'
  | 'login'
  | 'role'
  | 'process'
  | 'web-identity'
  | 'keys'
  | 'none';

/**
 * What a profile names as its source. Reads no secret.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export function sourceOf(section: Section): CredentialSource {
  const sources: readonly (readonly [CredentialSource, ...string[]])[] = [
    ['web-identity', 'role_arn', 'web_identity_token_file'],
    ['role', 'role_arn'],
    ['keys', 'aws_access_key_id', 'aws_secret_access_key'],
    ['sso', 'sso_session'],
    ['sso', 'sso_start_url'],
    ['process', 'credential_process'],
    ['login', 'login_session'],
  ];
  return sources.find(([, ...keys]) => keys.every((key) => section[key]))?.[0] ?? 'none';
}

/** Whether the environment holds keys: they win over a profile that was not chosen. */
export function hasKeys(environment: Readonly<Record<string, string | undefined>>): boolean {
  return Boolean(environment['AWS_ACCESS_KEY_ID'] && environment['AWS_SECRET_ACCESS_KEY']);
}

/**
 * The account that a profile's credentials are certain to belong to: that of its role, its permission set or its signed-in
 * user. Keys and programs do not tell.
 */
export function accountOf(section: Section): string | undefined {
  const named = {
    sso: section['sso_account_id'],
    login: accountIn(section['login_session']),
    role: accountIn(section['role_arn']),
    'web-identity': accountIn(section['role_arn']),
    process: undefined,
    keys: undefined,
    none: undefined,
  }[sourceOf(section)];
  return named !== undefined && /^\d{12}$/.test(named) ? named : undefined;
}

function accountIn(arn: string | undefined): string | undefined {
  return arn?.split(':')[4];
}

import * as l10n from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Connection } from '../core/invocation/connection';
import { clientConfiguration, readingHandler, serviceEndpoint } from './clientConfiguration';
import type { Section } from './iniFile';
import { unlessAborted, withinLimits } from './limits';
import type { SharedConfig } from './sharedConfig';

/** Asks the user for the code that the device `serial` shows; the question goes away when the signal ends. */
export type MfaCode = (serial: string, signal?: AbortSignal) => Promise<string>;

export interface RoleRequest {
  readonly connection: Connection;
  /** The profile that names the role. */
  readonly profile: string;
  readonly section: Section;
  readonly profiles: SharedConfig['profiles'];
  /** Who assumes it. */
  readonly base: () => Promise<AwsCredentialIdentity>;
  readonly mfaCode?: MfaCode | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Sessions that a code was typed for, so that it is asked for once; in memory alone, like every secret here. */
const sessions = new Map<string, AwsCredentialIdentity>();

/** Forgets what AWS no longer takes. */
export function forgetSessions(): void {
  sessions.clear();
}

/**
 * The credentials of a profile's role. The time that somebody takes to type a code counts for no limit.
 * @throws what STS answers, and what ends its question (see limits.ts).
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export async function assumeRole(request: RoleRequest): Promise<AwsCredentialIdentity> {
  const { connection, profile, profiles, section, signal } = request;
  const key = sessionKey(profile, profiles);
  const session = sessions.get(key);
  if (session?.expiration && session.expiration.getTime() - Date.now() > 60_000) return session;
  const base = await request.base();
  const code = await codeFor(request);
  const found = await withinLimits((ended) => askSts(request, base, code, ended), 'AWS STS', {
    timeoutMs: connection.timeoutMs,
    signal,
  });
  if (section['mfa_serial']) sessions.set(key, found);
  return found;
}

async function codeFor({ section, mfaCode, signal }: RoleRequest) {
  const serial = section['mfa_serial'];
  if (!serial) return undefined;
  if (!mfaCode) throw new Error(l10n.t('The role requires an MFA code.'));
  return {
    SerialNumber: serial,
    TokenCode: await unlessAborted(() => mfaCode(serial, signal), signal),
  };
}

async function askSts(
  { connection, section }: RoleRequest,
  base: AwsCredentialIdentity,
  code: Awaited<ReturnType<typeof codeFor>>,
  signal: AbortSignal,
): Promise<AwsCredentialIdentity> {
  const { region } = section;
  const client = new STSClient({
    ...clientConfiguration(connection, base, await serviceEndpoint(connection, 'sts')),
    ...(region && { region }),
    requestHandler: await readingHandler(connection, { signal }),
  });
  try {
    const { Credentials } = await client.send(
      new AssumeRoleCommand({
        RoleArn: section['role_arn'],
        RoleSessionName: section['role_session_name'] || `aws-sdk-js-${Date.now()}`,
        ExternalId: section['external_id'],
        DurationSeconds: Number.parseInt(section['duration_seconds'] || '3600', 10),
        ...code,
      }),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey)
      throw new Error(l10n.t('The STS response contains no keys.'));
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(SessionToken && { sessionToken: SessionToken }),
      ...(Expiration && { expiration: Expiration }),
    };
  } finally {
    client.destroy();
  }
}

/** Changes with every line of the profile and of those it builds on. */
function sessionKey(profile: string, profiles: SharedConfig['profiles']): string {
  const hash = createHash('sha256');
  const seen = new Set<string>();
  for (let name: string | undefined = profile; name && !seen.has(name); ) {
    seen.add(name);
    const section: Section | undefined = profiles.get(name);
    hash.update(JSON.stringify([name, section]));
    name = section?.['source_profile'];
  }
  return hash.digest('hex');
}

/**
 * How the SDK's credential providers get a profile, whose files they would read in their own way. They take a profile from
 * a file alone, and a file on disk would be one more with the user's keys: hence a part of the SDK that it calls internal.
 * Should a version of the SDK drop it, the types or `sharedConfig.test.ts` ("signs in through the session") fail.
 */
import { randomUUID } from 'node:crypto';
import { externalDataInterceptor } from '@smithy/core/config';
import type { Section } from './iniFile';
import type { SharedConfig } from './sharedConfig';

/** What the SDK's providers take to know where the shared config is. */
export interface SdkFiles {
  readonly configFilepath: string;
  readonly filepath: string;
}

/**
 * Runs what asks the SDK for the credentials of one profile. The SDK knows neither all names of profiles nor all
 * spellings that the AWS CLI knows, and keeps the sections of IAM Identity Center as it once read them: so it gets the
 * profile, and the session that it refers to, as we have read them, in files that exist in memory alone.
 */
export async function withSdkFiles<T>(
  config: SharedConfig,
  profile: string,
  run: (files: SdkFiles) => Promise<T>,
): Promise<T> {
  const section = config.profiles.get(profile) ?? {};
  const { sso_session: session } = section;
  const text = [
    sectionText('profile', profile, section),
    ...(session
      ? [sectionText('sso-session', session, config.section('sso-session', session))]
      : []),
  ].join('');
  const path = `lambda-invoke-async:${randomUUID()}`;
  const files = { configFilepath: `${path}/config`, filepath: `${path}/credentials` };
  externalDataInterceptor.interceptFile(files.configFilepath, text);
  externalDataInterceptor.interceptFile(files.filepath, '');
  try {
    return await run(files);
  } finally {
    const record = externalDataInterceptor.getFileRecord();
    delete record[files.configFilepath];
    delete record[files.filepath];
  }
}

/** With a dot between kind and name, the SDK takes any name. Values of several lines are for programs, not for it. */
function sectionText(kind: string, name: string, section: Section = {}): string {
  const lines = Object.entries(section).flatMap(([key, value]) =>
    value && !value.includes('\n') && !key.includes('.') ? [`${key} = ${value}\n`] : [],
  );
  return `[${kind}.${name}]\n${lines.join('')}`;
}

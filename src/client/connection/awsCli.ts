import { execFile } from 'node:child_process';

/** The AWS CLI of this machine, as its version tells. */
export interface AwsCli {
  readonly version: string;
  /** Whether it has `aws configure sso` and `aws sso login`: version 2. */
  readonly signsIn: boolean;
  /** Whether it has `aws login`: 2.32 or newer. */
  readonly hasLogin: boolean;
}

/** It starts slowly, and nobody waits longer for it. */
const longestWaitMs = 10_000;

/**
 * Asks the `aws` on the PATH for its version; `undefined` where there is none that answers.
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sign-in.html
 */
export async function findAwsCli(env: NodeJS.ProcessEnv): Promise<AwsCli | undefined> {
  const printed = await new Promise<string>((resolve) => {
    const options = { env, timeout: longestWaitMs, windowsHide: true };
    execFile('aws', ['--version'], options, (_error, stdout) => resolve(stdout));
  });
  const [, version = '', major, minor] = /aws-cli\/((\d+)\.(\d+)\S*)/.exec(printed) ?? [];
  if (version === '') return undefined;
  const signsIn = Number(major) >= 2;
  return {
    version,
    signsIn,
    hasLogin: Number(major) > 2 || (signsIn && Number(minor) >= 32),
  };
}

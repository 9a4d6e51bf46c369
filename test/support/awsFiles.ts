import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The two files of the AWS CLI in a folder of their own, and an environment that points to them. */
export interface AwsFiles {
  readonly environment: NodeJS.ProcessEnv;
  readonly configPath: string;
  write(files: { readonly config?: string; readonly credentials?: string }): Promise<void>;
  readonly remove: () => Promise<void>;
}

export async function awsFiles(): Promise<AwsFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'aws-files-'));
  const configPath = join(folder, 'config');
  const credentialsPath = join(folder, 'credentials');
  return {
    environment: {
      HOME: folder,
      AWS_CONFIG_FILE: configPath,
      AWS_SHARED_CREDENTIALS_FILE: credentialsPath,
    },
    configPath,
    async write({ config, credentials }) {
      if (config !== undefined) await writeFile(configPath, config);
      if (credentials !== undefined) await writeFile(credentialsPath, credentials);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

import * as l10n from '@vscode/l10n';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { ConnectionError } from '../core/invocation/connectionError';
import { describeError } from './failure';

/** The keys of one section, as written. */
export type Section = Readonly<Record<string, string | undefined>>;

/** The AWS CLI's two files, read together. */
export interface SharedConfig {
  readonly configPath: string;
  readonly credentialsPath: string;
  /** By name, without the word `profile`; the credentials file wins over the config file. */
  readonly profiles: ReadonlyMap<string, Section>;
  readonly section: (kind: 'sso-session' | 'services', name: string) => Section | undefined;
}

/**
 * Reads the shared config and credentials files afresh, from where the AWS CLI would read them.
 * A file that does not exist counts as empty.
 * @throws ConnectionError when a file cannot be read or holds a line that is neither section nor key.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function readSharedConfig(environment: NodeJS.ProcessEnv): Promise<SharedConfig> {
  const { configPath, credentialsPath } = sharedConfigPaths(environment);
  await Promise.all([checkFile(configPath), checkFile(credentialsPath)]);
  const { configFile, credentialsFile } = await loadSharedConfigFiles({
    configFilepath: configPath,
    filepath: credentialsPath,
    ignoreCache: true,
  });
  const profiles = new Map<string, Section>();
  for (const [name, section] of Object.entries(configFile)) {
    if (!/^(sso-session|services)\./.test(name)) profiles.set(name, section);
  }
  for (const [name, section] of Object.entries(credentialsFile)) {
    profiles.set(name, { ...profiles.get(name), ...section });
  }
  return {
    configPath,
    credentialsPath,
    profiles,
    section: (kind, name) => configFile[`${kind}.${name}`],
  };
}

/** By the key of a profile that names a section of this kind. */
const sectionKinds = { services: 'services', sso_session: 'sso-session' } as const;

/**
 * The section that a profile names, if it names one.
 * @throws ConnectionError when it is not there.
 */
export function namedSection(
  profile: Section,
  key: keyof typeof sectionKinds,
  { section, configPath }: Pick<SharedConfig, 'section' | 'configPath'>,
): Section | undefined {
  const name = profile[key];
  if (!name) return undefined;
  const found = section(sectionKinds[key], name);
  if (found) return found;
  throw new ConnectionError(
    'BrokenConfig',
    l10n.t('The profile refers to the section [{section}], which is not in {configPath}.', {
      section: `${sectionKinds[key]} ${name}`,
      configPath,
    }),
    l10n.t('Add the section, or remove the key "{0}" from the profile.', key),
  );
}

export function sharedConfigPaths(environment: NodeJS.ProcessEnv) {
  const home = environment['HOME'] || environment['USERPROFILE'] || homedir();
  const path = (variable: string, file: string) => {
    const named = environment[variable];
    return named ? named.replace(/^~(?=[/\\])/, home) : join(home, '.aws', file);
  };
  return {
    configPath: path('AWS_CONFIG_FILE', 'config'),
    credentialsPath: path('AWS_SHARED_CREDENTIALS_FILE', 'credentials'),
  };
}

/** The SDK reads past what it cannot read; a key would then silently land in the profile above. */
async function checkFile(path: string): Promise<void> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { name: code } = describeError(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return;
    throw new ConnectionError(
      'BrokenConfig',
      l10n.t('The AWS configuration {path} cannot be read ({code}).', { path, code }),
      l10n.t('Check that it is a file and that you have permission to read it.'),
    );
  }
  const broken = firstBrokenLine(text);
  if (broken === undefined) return;
  throw new ConnectionError(
    'BrokenConfig',
    l10n.t('Line {line} of {path} is neither a [section] nor "key = value".', {
      line: broken,
      path,
    }),
    l10n.t(
      'Correct the line; until then, it is unclear which profile the lines below it belong to.',
    ),
  );
}

/** Number of the first line that the format does not know, from 1. The line itself may be a secret. */
function firstBrokenLine(text: string): number | undefined {
  let inSection = false;
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '' || /^\s*[#;]/.test(line)) continue;
    if (/^\s*\[[^\]]+\]\s*([#;].*)?$/.test(line)) inSection = true;
    else if (!inSection || line.trimStart().startsWith('[') || !line.includes('=')) {
      return index + 1;
    }
  }
  return undefined;
}

import * as l10n from '@vscode/l10n';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ConnectionError } from '../core/invocation/connectionError';
import { describeError } from './failure';
import { nameInHeader, readIni, type Section } from './iniFile';

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
  const [config, credentials] = await Promise.all([
    readSections(configPath),
    readSections(credentialsPath),
  ]);
  const profiles = new Map<string, Section>();
  const others = new Map<string, Section>();
  for (const [header, section] of config) {
    const kind = kinds.find((word) => header.startsWith(word));
    const name = header === 'default' ? header : nameInHeader(header);
    if (name === undefined) continue;
    if (kind === 'profile' || header === 'default') profiles.set(name, section);
    else if (kind) others.set(`${kind} ${name}`, section);
  }
  // Here a header is the name, with all its spaces and quotes.
  for (const [name, section] of credentials) {
    profiles.set(name, { ...profiles.get(name), ...section });
  }
  return {
    configPath,
    credentialsPath,
    profiles,
    section: (kind, name) => others.get(`${kind} ${name}`),
  };
}

/** The first word of a header of the config file. */
const kinds = ['profile', 'sso-session', 'services'] as const;

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

/** A line that is skipped would let the keys below it land in the profile above. */
async function readSections(path: string): Promise<ReadonlyMap<string, Section>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { name: code } = describeError(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return new Map();
    throw new ConnectionError(
      'BrokenConfig',
      l10n.t('The AWS configuration {path} cannot be read ({code}).', { path, code }),
      l10n.t('Check that it is a file and that you have permission to read it.'),
    );
  }
  const reading = readIni(text);
  if (reading.kind === 'sections') return reading.sections;
  throw new ConnectionError(
    'BrokenConfig',
    l10n.t('Line {line} of {path} is neither a [section] nor "key = value".', {
      line: reading.line,
      path,
    }),
    l10n.t(
      'Correct the line; until then, it is unclear which profile the lines below it belong to.',
    ),
  );
}

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { awsEvents } from '../../../src/core/events/events';
import { fileLimitBytes } from '../../../src/core/fileLimits';
import { payloadLimitBytes } from '../../../src/core/limits';
import { sampleEvents } from '../../../src/core/payload/samples';
import { languages } from '../../../src/migration/languages';
import * as wordsOfLanguages from '../../../src/migration/languages/words';
import { repository } from '../../support/repository';

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

const grammars = new Set(languages.flatMap(({ grammar }) => grammar ?? []));
const searchedOnly = Object.values(wordsOfLanguages).filter((one) => typeof one !== 'function');

/** All TypeScript of ours, as `/src/…`. */
const sources = ['src', 'test'].flatMap((folder) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' }).map(
    (path) => `/${folder}/${path.replaceAll(sep, '/')}`,
  ),
);

/** What the documentation counts, as it says it, with what the code says. */
const figures: readonly (readonly [page: string, said: string])[] = [
  ['README.md', `one of ${awsEvents.length} AWS events`],
  ['README.md', `${{ 11: 'Eleven' }[searchedOnly.length]} more languages`],
  ['docs/tour.md', `one of ${{ 40: 'forty' }[sampleEvents.length]} sample events`],
  ['ARCHITECTURE.md', `grammars of ${{ 12: 'twelve' }[grammars.size]} languages`],
  ['docs/security.md', `${fileLimitBytes.targets / kilobyte} KB for \`.lambda/targets.json\``],
  ['docs/security.md', `${fileLimitBytes.local / megabyte} MB for \`.lambda/local.json\``],
  ['docs/security.md', `${fileLimitBytes.gitIgnore / kilobyte} KB for an ignore file`],
  ['docs/security.md', `${fileLimitBytes.payload / megabyte} MB for a payload`],
  ['docs/security.md', `up to ${fileLimitBytes.schema / megabyte} MB each`],
  ['docs/security.md', `files over ${fileLimitBytes.source / megabyte} MB`],
  ['docs/troubleshooting.md', `is larger than ${fileLimitBytes.schema / megabyte} MB`],
  [
    'docs/troubleshooting.md',
    `InvokeAsync accepts ${payloadLimitBytes.InvokeAsync / kilobyte} KB, Invoke (Event) ${payloadLimitBytes.Event / megabyte} MB`,
  ],
];

describe('the documentation', () => {
  for (const [page, said] of figures) {
    it(`counts as the code does: ${said}`, () => {
      assert.ok(textOf(page).replaceAll(/\s+/g, ' ').includes(said), page);
    });
  }

  for (const page of ['ARCHITECTURE.md', 'CONTRIBUTING.md']) {
    it(`names files that there are, in ${page}`, () => {
      const named = [...textOf(page).matchAll(/`([\w./]+\.ts)`/g)].map(([, path = '']) => path);
      assert.ok(named.length > 10);
      assert.deepEqual(
        named.filter((path) => !sources.some((source) => source.endsWith(`/${path}`))),
        [],
      );
    });
  }
});

describe('the page about security', () => {
  const manifest = JSON.parse(textOf('package.json')) as {
    readonly capabilities: {
      readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
    };
    readonly contributes: {
      readonly configuration: { readonly properties: Readonly<Record<string, { scope: string }>> };
    };
  };

  it('names the settings that only the user can set', () => {
    const { properties } = manifest.contributes.configuration;
    const ofUser = Object.keys(properties).filter(
      (key) => properties[key]?.scope === 'application',
    );
    const [said = ''] = /are added\s+to yours, and [^.]*(?:\.[a-z][^.]*)*\./.exec(
      textOf('docs/security.md'),
    ) ?? [''];
    const named = [...said.matchAll(/`(invokeAsync\.[\w.]+)`/g)].map(([, key = '']) => key);
    assert.deepEqual(named.toSorted(), ofUser.toSorted());
  });

  it('names the settings that an untrusted workspace cannot set', () => {
    const words = ['API', 'profile', 'region', 'endpoint', 'timeout', 'confirmation'];
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.deepEqual(
      restrictedConfigurations,
      words.map((word) => `invokeAsync.${word.toLowerCase().replace('confirmation', 'confirm')}`),
    );
    const said = `${words.slice(0, -1).join(', ')} and ${words.at(-1)} are ignored`;
    assert.ok(textOf('docs/security.md').replaceAll(/\s+/g, ' ').includes(said), said);
  });
});

function textOf(page: string): string {
  return readFileSync(join(repository, page), 'utf8');
}

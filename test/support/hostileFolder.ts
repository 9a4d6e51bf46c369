import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const use = `const AWS = require('aws-sdk');
new AWS.Lambda().invokeAsync({ FunctionName: 'orders', InvokeArgs: '{}' }, done);
`;

/** Patterns that made regular expressions, or the expansion of braces, run for years. */
const hostileGlobs = [
  '{a,aa}'.repeat(40),
  `${'{a,'.repeat(200)}b${'}'.repeat(200)}`,
  `${'**/a/'.repeat(60)}y.json`,
  `${'*a'.repeat(300)}b`,
  `${'[a-z]*'.repeat(100)}1.json`,
];

/** What `.lambda/targets.json` is; each would stop a reader that trusts it. */
export const hostileTargets = [
  'patterns',
  'huge',
  'many',
  'deep',
  'pipe',
  'device',
  'linkOut',
] as const;
export type HostileTargets = (typeof hostileTargets)[number];

/** Names of files that are Markdown, command links, lines of a log, or read backwards. */
const strangeNames = [
  'a\nb.json',
  'a\r\n\r\n[x](command:hostile.ran).json',
  '[x](command:hostile.ran).json',
  '`](command:hostile.ran)`.json',
  '<img src=x onerror=alert(1)>.json',
  '\u202Enosj.evil.json',
  `${'n'.repeat(240)}.json`,
  '{a,b}.json',
];

/**
 * Fills a folder as somebody might who wants to stop an editor that opens it, or have it do something. `events/a.json`
 * is a payload like others, `src/use.js` a use of InvokeAsync.
 * @param secrets a folder outside, which links lead to: `secret.json` and `deep/secret.json` are made in it
 */
export async function makeHostileFolder(
  folder: string,
  secrets: string,
  targets: HostileTargets = 'patterns',
): Promise<void> {
  const write = async (path: string, content: string | Buffer) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  const writeHuge = async (path: string, start: string) => {
    await write(path, start);
    await truncate(join(folder, path), 60e6);
  };
  const pipe = (path: string) => {
    execFileSync('mkfifo', [join(folder, path)]);
  };

  await mkdir(join(secrets, 'deep'), { recursive: true });
  for (const secret of ['secret.json', 'deep/secret.json'])
    await writeFile(join(secrets, secret), '{"secret":true}');

  await write('events/a.json', '{');
  for (const name of strangeNames) await write(`events/${name}`, '{}');
  await writeHuge('events/huge.json', '"');
  pipe('events/pipe.json');
  await symlink('/dev/zero', join(folder, 'events/zero.json'));
  await symlink(join(secrets, 'secret.json'), join(folder, 'events/out.json'));
  await symlink(secrets, join(folder, 'events/linked'));
  await symlink(secrets, join(folder, 'linked'));
  await symlink('..', join(folder, 'events/up'));
  await write(`events/${'a/'.repeat(200)}y.json`, '{}');

  await write('src/use.js', use);
  // What begins with so much text counts as text.
  await writeHuge('src/huge.js', use + ' '.repeat(8000));
  pipe('src/pipe.js');
  await symlink('/dev/zero', join(folder, 'src/zero.js'));
  await mkdir(join(folder, '.git'));
  await symlink('/dev/zero', join(folder, '.gitignore'));
  await mkdir(join(folder, 'tools'));
  pipe('tools/.gitignore');
  await write('tools/use.js', use);
  await write('docs/.gitignore', [`a/${'**/a/'.repeat(60)}c`, `${'*a'.repeat(300)}b`].join('\n'));
  await write(`docs/${'a/'.repeat(100)}use.js`, use);

  await mkdir(join(folder, 'schemas'));
  await symlink('/dev/zero', join(folder, 'schemas/zero.json'));
  await writeHuge('schemas/huge.json', '{"type":"string","title":"');
  await writeHuge('.lambda/local.json', '{"functions":{');
  await write(
    '.vscode/settings.json',
    JSON.stringify({
      'invokeAsync.payloads.include': [
        'events/**/*.json',
        'linked/*.json',
        ...hostileGlobs,
        'x'.repeat(5000),
      ],
      'invokeAsync.confirm': [`${'*a'.repeat(300)}b`],
    }),
  );

  const target = join(folder, '.lambda/targets.json');
  const entries = hostileGlobs.map((payloads) => ({ payloads, function: 'orders' }));
  const listed = (text: string) => writeFile(target, `{"targets":[${text}]}`);
  const one = '{"payloads":"*a*a*b","function":"b"},';
  const make: Record<HostileTargets, () => Promise<void> | void> = {
    patterns: () =>
      listed(
        [
          ...entries,
          { payloads: 'linked/*.json', function: 'linked', schema: 'schemas/zero.json' },
          { payloads: 'events/*.json', function: 'orders', schema: 'schemas/huge.json' },
        ]
          .map((entry) => JSON.stringify(entry))
          .join(','),
      ),
    huge: () => listed(`${one.repeat(60e6 / one.length)}{}`),
    many: () => listed(`${one.repeat(250_000 / one.length)}{}`),
    deep: () => listed('['.repeat(200_000)),
    pipe: () => pipe('.lambda/targets.json'),
    device: () => symlink('/dev/zero', target),
    linkOut: () => symlink(join(secrets, 'secret.json'), target),
  };
  await make[targets]();
}

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../support/repository';

const read = (path: string) => readFileSync(join(repository, path));
const json = (path: string) =>
  JSON.parse(read(path).toString()) as Readonly<Record<string, unknown>>;

const manifest = json('package.json');
const words = json('package.nls.json');

/** Text of the manifest, with what its `%key%` stands for. */
function textOf(member: string): string {
  const text = manifest[member];
  assert.ok(typeof text === 'string', member);
  const key = /^%(.+)%$/.exec(text)?.[1];
  return key === undefined ? text : String(words[key]);
}

/** https://code.visualstudio.com/api/references/extension-manifest */
const categories: ReadonlySet<string> = new Set([
  'AI',
  'Azure',
  'Chat',
  'Data Science',
  'Debuggers',
  'Education',
  'Extension Packs',
  'Formatters',
  'Keymaps',
  'Language Packs',
  'Linters',
  'Machine Learning',
  'Notebooks',
  'Other',
  'Programming Languages',
  'SCM Providers',
  'Snippets',
  'Testing',
  'Themes',
  'Visualization',
]);

/** What registries and editors other than VS Code ask of the package: Open VSX, VSCodium, Cursor, Kiro. */
describe('the package for Open VSX and editors of others', () => {
  it('is built against the API of the oldest editor, and uses no other', () => {
    const { version } = json('node_modules/@types/vscode/package.json');
    assert.equal((manifest['engines'] as { vscode?: string }).vscode, `^${String(version)}`);
    assert.equal(manifest['enabledApiProposals'], undefined);
  });

  it('needs no other extension, which a registry may not have', () => {
    assert.equal(manifest['extensionDependencies'], undefined);
    assert.equal(manifest['extensionPack'], undefined);
  });

  it('has a license, by name and as a file', () => {
    assert.equal(manifest['license'], 'MIT');
    assert.match(read('LICENSE').toString(), /MIT License[\s\S]*Copyright \(c\) \d{4}/);
  });

  it('has a name, a version and a publisher as the registries take them', () => {
    assert.match(String(manifest['name']), /^[a-z0-9][a-z0-9-]*$/);
    assert.match(String(manifest['publisher']), /^[a-z0-9][a-z0-9-]*$/i);
    // Visual Studio Marketplace knows no suffix such as -beta.
    assert.match(String(manifest['version']), /^\d+\.\d+\.\d+$/);
    assert.ok(textOf('displayName').length <= 255);
    assert.ok(textOf('description').length <= 2048 && textOf('description') !== '');
  });

  it('has categories and keywords that there are, and no more than are taken', () => {
    for (const category of manifest['categories'] as readonly string[])
      assert.ok(categories.has(category), category);
    assert.ok((manifest['keywords'] as readonly string[]).length <= 30);
  });

  it('has an icon that is large enough, and no SVG', () => {
    const path = String(manifest['icon']);
    assert.match(path, /\.png$/);
    const bytes = read(path);
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    assert.ok(width >= 128 && width === height, `${width} × ${height}`);
  });

  it('has a README whose pictures are files of the repository, and no SVG', () => {
    const readme = read('README.md').toString();
    for (const [, path = ''] of readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) {
      assert.doesNotMatch(path, /^http:|\.svg$/);
      if (!path.startsWith('https:')) assert.ok(existsSync(join(repository, path)), path);
    }
  });
});

// Writes THIRD_PARTY_NOTICES.txt: who made what the bundles hold, and under which license.
import { readdir, readFile, writeFile } from 'node:fs/promises';

/** What may be packaged. Another license is a decision, not an accident. */
const permitted = new Set(['MIT', 'MIT-0', 'Apache-2.0', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC']);

/** Licenses that want no notice, for packages that carry none. */
const withoutConditions = {
  'MIT-0': 'MIT No Attribution: https://spdx.org/licenses/MIT-0.html',
};

/** Packages that are copied or turned into data, and so are in no bundle; AWS's partitions come with its SDK. */
const copied = ['web-tree-sitter', '@vscode/tree-sitter-wasm', '@aws-lambda-powertools/parser'];

/** The grammars are prebuilt, without their licenses: all MIT, of these holders. */
const grammarHolders = {
  bash: '2017 Max Brunsfeld',
  'c-sharp': '2014-2023 Max Brunsfeld, Damien Guard, Amaan Qureshi, and contributors',
  go: '2014 Max Brunsfeld',
  java: '2017 Ayman Nadeem',
  javascript: '2014 Max Brunsfeld',
  php: '2017 Josh Vera, GitHub; 2019 Max Brunsfeld, Amaan Qureshi, Christian Frøystad, Caleb White',
  powershell: '2023 Airbus CERT',
  python: '2016 Max Brunsfeld',
  ruby: '2016 Rob Rix',
  rust: '2017 Maxim Sokolov',
  tsx: '2017 Max Brunsfeld',
  typescript: '2017 Max Brunsfeld',
};

/**
 * Each text once, under the packages that it holds for.
 * @param metafiles esbuild's, of the bundles that are packaged
 * @param grammars the names of the grammars that are packaged
 * @throws {Error} for a license that nobody has agreed to, or whose text is missing
 */
export async function writeNotices(metafiles, grammars) {
  const folders = new Set(copied.map((name) => `node_modules/${name}`));
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0];
        if (folder && bytesInOutput > 0) folders.add(folder);
      }
    }
  }
  const packages = await Promise.all([...folders].map(readPackage));
  const namesByText = new Map();
  for (const { name, version, license, text } of packages.toSorted(byName)) {
    // Some of the AWS SDK's packages leave it to their neighbors.
    const words =
      text ??
      withoutConditions[license] ??
      packages.find((other) => other.license === license && other.text)?.text;
    if (words === undefined) throw new Error(`${name}: no text of the license ${license}`);
    const names = namesByText.get(words) ?? new Set();
    namesByText.set(words, names.add(`${name} ${version} (${license})`));
  }
  const parts = Array.from(namesByText, ([text, names]) => `${[...names].join('\n')}\n\n${text}`);
  const holders = grammars.map((name) => {
    if (!grammarHolders[name]) throw new Error(`scripts/notices.mjs names no holder of ${name}`);
    return `tree-sitter-${name} (MIT), copyright (c) ${grammarHolders[name]}`;
  });
  const heading = 'Lambda Invoke Async contains the following works of others.';
  const mit = packages.find(({ name }) => name === 'web-tree-sitter')?.text;
  const ofGrammars = `${holders.join('\n')}\n\n${mit?.replace(/^Copyright.*\n+/m, '')}`;
  const text = [heading, ...parts, ofGrammars].join(`\n\n${'-'.repeat(80)}\n\n`);
  await writeFile('THIRD_PARTY_NOTICES.txt', `${text.trim()}\n`);
}

function byName(a, b) {
  return a.name < b.name ? -1 : 1;
}

async function readPackage(folder) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  if (!permitted.has(license)) throw new Error(`${name} is under ${license}. May it be packaged?`);
  const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text =
    file && (await readFile(`${folder}/${file}`, 'utf8')).replaceAll('\r\n', '\n').trim();
  return { name, version, license, text };
}

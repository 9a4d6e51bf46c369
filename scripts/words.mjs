// Collects the words that people read: from src/ into l10n/bundle.l10n.json, which is what translators translate, beside
// package.nls.json. `--check` only tells whether it is right, and whether every translation is complete.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { getL10nJson } from '@vscode/l10n-dev';
import { root } from './setUp.mjs';

const bundlePath = 'l10n/bundle.l10n.json';

const sources = readdirSync(`${root}src`, { recursive: true })
  .filter((path) => path.endsWith('.ts'))
  .toSorted();
const found = await getL10nJson(
  sources
    .map((path) => ({ extension: '.ts', contents: readFileSync(`${root}src/${path}`, 'utf8') }))
    // Each takes long to parse.
    .filter(({ contents }) => contents.includes('l10n')),
);
const bundle = Object.fromEntries(Object.entries(found).toSorted(([a], [b]) => (a < b ? -1 : 1)));
const after = `${JSON.stringify(bundle, undefined, 2)}\n`;

if (process.argv.includes('--check')) {
  const faults = [
    ...(read(bundlePath) === after
      ? []
      : [`${bundlePath} is not up to date: run node scripts/words.mjs`]),
    ...['l10n/bundle.l10n', 'package.nls'].flatMap(translationFaults),
  ];
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
} else {
  mkdirSync(`${root}l10n`, { recursive: true });
  writeFileSync(`${root}${bundlePath}`, after);
}

/** What is missing in the translations of `<name>.json`, what they have too much, and placeholders that got lost. */
function translationFaults(name) {
  const original = JSON.parse(read(`${name}.json`));
  const folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/') + 1) : '';
  const translations = readdirSync(root + folder)
    .map((file) => folder + file)
    .filter(
      (file) => file.startsWith(`${name}.`) && file.endsWith('.json') && file !== `${name}.json`,
    );
  return translations.flatMap((file) => {
    const words = JSON.parse(read(file));
    return [
      ...Object.keys(original)
        .filter((key) => !Object.hasOwn(words, key))
        .map((key) => `${file} lacks: ${key}`),
      ...Object.keys(words)
        .filter((key) => !Object.hasOwn(original, key))
        .map((key) => `${file} translates what is not there any more: ${key}`),
      ...Object.entries(original)
        .filter(([key, text]) => key in words && placeholders(text) !== placeholders(words[key]))
        .map(([key]) => `${file} has other placeholders, links or commands than: ${key}`),
    ];
  });
}

/** What must survive a translation: `{0}`, `{name}`, command links, and code of one word. */
function placeholders(text) {
  const words = typeof text === 'string' ? text : text.message;
  return (words.match(/\{\w+\}|\]\([^)]*\)|`[^`\s]+`/g) ?? []).toSorted().join(' ');
}

function read(path) {
  try {
    return readFileSync(root + path, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return '{}';
  }
}

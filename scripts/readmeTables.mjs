// Writes the tables of commands and settings into README.md, from package.json; `--check` only tells whether they are right.
import { readFileSync, writeFileSync } from 'node:fs';
import { root } from './setUp.mjs';

const words = JSON.parse(readFileSync(`${root}package.nls.json`, 'utf8'));
const { contributes } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'), (_, value) =>
  typeof value === 'string' ? value.replace(/^%(.+)%$/, (_match, key) => words[key]) : value,
);
const hidden = new Set(
  contributes.menus.commandPalette?.flatMap(({ command, when }) =>
    when === 'false' ? [command] : [],
  ),
);

const tables = {
  commands: table(
    ['Command', 'Id'],
    contributes.commands
      .filter(({ command }) => !hidden.has(command))
      .map(({ category, title, command }) => [`${category}: ${title}`, `\`${command}\``]),
  ),
  settings: table(
    ['Setting', 'Default', 'What it does'],
    Object.entries(contributes.configuration.properties).map(([name, property]) => [
      `\`${name}\``,
      `\`${JSON.stringify(property.default)}\``,
      property.markdownDescription,
    ]),
  ),
};

const path = `${root}README.md`;
const before = readFileSync(path, 'utf8');
const after = Object.entries(tables).reduce(
  (text, [name, rows]) =>
    text.replace(
      new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`),
      (_, start, end) => `${start}\n${rows}\n\n${end}`,
    ),
  before,
);

if (!process.argv.includes('--check')) writeFileSync(path, after);
else if (after !== before) {
  console.error('README.md differs from package.json: run node scripts/readmeTables.mjs');
  process.exitCode = 1;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

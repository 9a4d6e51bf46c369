import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../support/repository';

/** All that the product can say: its sources, and the words of package.json. */
const said = [
  ...readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(repository, 'src', path)),
  join(repository, 'package.nls.json'),
]
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n')
  .replaceAll("\\'", "'")
  // A word that is not to be translated stands outside of the sentence.
  .replaceAll(/l10n\.t\('([^'{]*)\{0\}([^'{]*)', '([^']*)'\)/g, '$1$3$2');
const page = readFileSync(join(repository, 'docs/troubleshooting.md'), 'utf8');

describe('the page of symptoms', () => {
  it('has headings in the words of the product', () => {
    const symptoms = [...page.matchAll(/^### .*$/gm)].flatMap(([heading]) =>
      [...heading.matchAll(/`([^`]+)`/g)].map(([, words = '']) => words),
    );
    assert(symptoms.length > 15);
    assert.deepEqual(symptoms.flatMap(unsaid), []);
  });

  it('names commands and buttons as they are called', () => {
    const titles = [...page.matchAll(/\*\*([^*]+)\*\*/g)].map(([, title = '']) => title);
    assert(titles.length > 10);
    assert.deepEqual(titles.map((title) => title.replace('Lambda: ', '')).flatMap(unsaid), []);
  });

  it('names settings that there are', () => {
    const names = [...page.matchAll(/`(invokeAsync\.[\w.]+)`/g)].map(([, name = '']) => name);
    const manifest = readFileSync(join(repository, 'package.json'), 'utf8');
    assert.deepEqual(
      names.filter((name) => !manifest.includes(`"${name}"`)),
      [],
    );
  });
});

/** The pieces that nothing says; `…` stands for what differs. */
function unsaid(words: string): string[] {
  return words.split('…').filter((piece) => piece.length > 3 && !said.includes(piece.trim()));
}

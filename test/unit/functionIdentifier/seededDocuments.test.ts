import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findIdentifiers } from '../../../src/core/functionIdentifier/find';
import { identifierProblems } from '../../../src/core/functionIdentifier/problems';
import { languageOf } from './languageOf';

const folder = join(process.cwd(), 'test/fixtures/identifiers/seeded');

interface Mark {
  readonly code: string;
  readonly start: number;
  readonly end: number;
}

/** Takes the marks out of a document: `⟦malformed:1234⟧` says that `1234` is underlined as `identifier.malformed`. */
function unmark(marked: string): { readonly text: string; readonly marks: readonly Mark[] } {
  const marks: Mark[] = [];
  let text = '';
  for (const [index, piece] of marked.split(/⟦([a-z-]+:[^⟧]*)⟧/).entries()) {
    const colon = piece.indexOf(':');
    const isMark = index % 2 === 1;
    const content = isMark ? piece.slice(colon + 1) : piece;
    if (isMark) {
      const code = `identifier.${piece.slice(0, colon)}`;
      marks.push({ code, start: text.length, end: text.length + content.length });
    }
    text += content;
  }
  return { text, marks };
}

describe('documents with mistakes', () => {
  for (const file of readdirSync(folder)) {
    it(`underlines every mistake in ${file}, and nothing else`, () => {
      const { text, marks } = unmark(readFileSync(join(folder, file), 'utf8'));
      assert.ok(marks.length > 0);
      const found = findIdentifiers(text, languageOf(file)).flatMap((identifier) =>
        identifierProblems(identifier.text, { offset: identifier.range.start, isTarget: false }),
      );
      const readable = ({ code, start, end }: Mark) =>
        `${code} ${start}-${end} ${text.slice(start, end)}`;
      assert.deepEqual(
        found.map(({ code, range }) => readable({ code, ...range })),
        marks.map(readable),
      );
    });
  }
});

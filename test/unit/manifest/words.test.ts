import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../support/repository';

/** What people read, in each language: of the code, and of package.json. */
const files = [
  'l10n/bundle.l10n.json',
  'l10n/bundle.l10n.de.json',
  'package.nls.json',
  'package.nls.de.json',
];

/** What no text has. A label has no end; what holds a sentence ends as one, or with code, a link or a value. */
const faults: Readonly<Record<string, RegExp>> = {
  'an exclamation mark': /!(?:\s|$)/,
  'a space too many': /^\s|\s$| {2}/,
  'an ARN that is feminine': /\b(?:die|einer?) (?:\p{L}+ )?(?:Teil-|Funktions-)?ARN\b/iu,
  'a sentence without an end': /\p{Ll}\. \p{Lu}.*[^.?:…)`}]$/su,
};

describe('the words that people read', () => {
  for (const file of files) {
    const texts = Object.values(
      JSON.parse(readFileSync(join(repository, file), 'utf8')) as Record<string, Text>,
    ).map((text) => (typeof text === 'string' ? text : text.message));
    for (const [fault, pattern] of Object.entries(faults)) {
      it(`have nowhere ${fault} in ${file}`, () => {
        assert.deepEqual(
          texts.filter((text) => pattern.test(text)),
          [],
        );
      });
    }
  }
});

type Text = string | { readonly message: string };

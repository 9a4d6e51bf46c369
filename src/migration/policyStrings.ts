import type { TextEdit, TextRange } from '../core/problem';
import { iamUse, isCompared, unclear } from './iamActions';
import { yamlActions } from './languages/yaml';
import { lexes } from './lexicon';
import { type LexicalRules, type Token, TokenFile } from './tokens';
import type { Use } from './use';

const action = /lambda:InvokeAsync/i;

/** Policies that stand in strings of a program, as JSON or YAML. */
export const policyStrings: LexicalRules = {
  worthReading: action,
  uses: (file) =>
    file
      .strings()
      .flatMap(([index, token]) =>
        token.text.length > 'lambda:InvokeAsync'.length && action.test(token.text)
          ? usesIn(file, token).map((use) => (isCompared(file, index) ? unclear(use.range) : use))
          : [],
      ),
};

function usesIn({ limit }: TokenFile, { text, inner }: Token): Use[] {
  const plain = withoutEscapes(text);
  const file = new TokenFile(plain, lexes.yaml, limit);
  return yamlActions.uses(file).map(({ range, migration, ...use }) => {
    const place = shifted(range, inner.start);
    if (!('edits' in migration)) return { ...use, range: place, migration };
    // With an item, half of an escaped quotation mark would go.
    const isExact = plain === text || migration.edits.every(({ newText }) => newText !== '');
    if (!isExact) return iamUse(place, { allows: true, isCovered: true, removal: undefined });
    const edits = migration.edits.map(
      (edit): TextEdit => ({ ...edit, range: shifted(edit.range, inner.start) }),
    );
    return { ...use, range: place, migration: { edits } };
  });
}

const shifted = ({ start, end }: TextRange, by: number): TextRange => ({
  start: start + by,
  end: end + by,
});

/**
 * A text with what a string of any language may write for its quotation marks and line feeds, `\"`, `""` and `\n`,
 * replaced by a blank and the character, so that every offset stays.
 */
export function withoutEscapes(text: string): string {
  const isDoubled = text.includes('""') && !text.replaceAll('""', '').includes('"');
  if (!isDoubled && !text.includes('\\')) return text;
  let isOpen = false;
  return text.replaceAll(isDoubled ? /""/g : /\\[^]/g, (escape) => {
    if (escape === '\\n') return ' \n';
    if (!escape.endsWith('"')) return escape.replace('\\', ' ');
    isOpen = !isOpen;
    return isOpen ? ' "' : '" ';
  });
}

import german from '../../l10n/bundle.l10n.de.json';

const entries = Object.entries(german);
const germanTexts: readonly RegExp[] = entries.map(([, text]) => patternOf(text));
/** Single words are left out: `function` stands in identifiers, too. */
const englishTexts: readonly RegExp[] = entries
  .filter(([english, text]) => english !== text && ownWords(english) > 1)
  .map(([english]) => patternOf(english));

/**
 * What is not German in a text; `undefined` when all of it is. It must be a German text of the bundle, and what stands
 * in the places of that text must not be an English one.
 */
export function notGerman(text: string): string | undefined {
  const isGerman = germanTexts.some((pattern) => {
    const found = pattern.exec(text);
    return found !== null && !found.slice(1).some(isEnglish);
  });
  return isGerman && !isEnglish(text) ? undefined : text;
}

/** The same for Markdown: its lines without code, each piece by itself. */
export function notGermanIn(markdown: string): string[] {
  return markdown
    .split('\n')
    .map((line) => line.replace(/^- /, '').replace(/^\[(.*)\]\(.*\)$/, '$1'))
    .filter((line) => notGerman(line) !== undefined)
    .flatMap((line) => line.split(/(?:: )?`[^`]*`(?:: )?/).map((piece) => piece.trim()))
    .filter((piece) => piece !== '' && notGerman(piece) !== undefined);
}

/** How many words a text has besides its places: `{done} of {lines}` has one, and would fit half of all sentences. */
function ownWords(text: string): number {
  return text.replaceAll(/\{\w+\}/g, ' ').match(/\p{L}+/gu)?.length ?? 0;
}

function isEnglish(text: string): boolean {
  return englishTexts.some((pattern) => pattern.test(text));
}

function patternOf(text: string): RegExp {
  const source = text
    .replaceAll(/[\\^$.*+?()[\]|/-]/g, String.raw`\$&`)
    .replaceAll(/\{\w+\}/g, '(.*)')
    .replaceAll(/[{}]/g, String.raw`\$&`);
  return new RegExp(`^${source}$`, 's');
}

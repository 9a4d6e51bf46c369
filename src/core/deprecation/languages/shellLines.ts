import type { LexicalRules, TokenFile } from '../tokens';
import type { Use } from '../use';
import { cliUse, type ShellWord } from './awsCli';

/** Command lines inside other files: the steps of a CI in YAML, recipes of a Makefile, a Dockerfile's RUN. */
export const shellLines: LexicalRules = {
  worthReading: /\binvoke-async\b/,
  uses: (file) =>
    [
      ...file.text.matchAll(
        /(?<![\w./-])(?:\/[\w./]*\/)?aws\s(?:[^\n#|;]|\\\n)*?\binvoke-async(?![\w-])/g,
      ),
    ].flatMap(({ index }) => useAt(file, index) ?? []),
};

function useAt(file: TokenFile, start: number): Use | undefined {
  // In a comment there is no token; in a string the words are not what a shell would make of them.
  const token = file.tokens.find((candidate) => candidate.end > start);
  if (!token || token.start > start || token.kind === 'string') return undefined;
  const words = wordsFrom(file.text, start);
  const end = words.at(-1)?.end ?? start;
  return cliUse({
    words,
    pipedInto: /^\s*\|.*/.exec(file.text.slice(end))?.[0] ?? '',
    hasDevNull: true,
  });
}

/** A substitution, a quoted part, an escaped character, or anything that no shell gives a meaning of its own. */
const wordPart = String.raw`\$\{\{[^}\n]*\}\}|\$\([^()\n]*\)|"[^"]*"|'[^']*'|\\[^\r\n]|[^\s"'\\|&;<>()]`;

/** The words of one simple command: up to the end of the line (but for a backslash before it), `|`, `&`, `;`, `>` or `)`. */
function wordsFrom(text: string, start: number): ShellWord[] {
  const words: ShellWord[] = [];
  const word = new RegExp(String.raw`(?:[ \t]|\\\r?\n)*((?!#)(?:${wordPart})+)`, 'y');
  word.lastIndex = start;
  for (let match = word.exec(text); match?.[1] !== undefined; match = word.exec(text)) {
    const end = match.index + match[0].length;
    words.push({ text: match[1], start: end - match[1].length, end });
  }
  return words;
}

import type { LexicalRules, TokenFile } from '../tokens';
import type { Use } from '../use';
import { cliUse, type ShellWord } from './awsCli';

/** Command lines inside other files: the steps of a CI in YAML, recipes of a Makefile, a Dockerfile's RUN. */
export const shellLines: LexicalRules = {
  worthReading: /\binvoke-async\b/,
  uses: (file) => [...commandsIn(file)].flatMap((start) => useAt(file, start) ?? []),
};

/** What a shell reads as one line: up to its end (but for a backslash before it), a comment, `|` or `;`. */
const shellLine = /(?:\\\r?\n|[^\n#|;])+/g;
const aws = /(?<![\w./-])(?:\/[\w./]*\/)?aws\s/g;
const action = /\binvoke-async(?![\w-])/g;

/** Where `aws … invoke-async` begins on a line. Each character is looked at once, however many stand on it. */
function* commandsIn({ text }: TokenFile): Generator<number> {
  for (const { index: start, 0: line } of text.matchAll(shellLine)) {
    for (let at = line.includes('invoke-async') ? 0 : -1; at >= 0; ) {
      const command = nextMatch(aws, line, at);
      const called = command && nextMatch(action, line, command.index + command[0].length);
      if (called) yield start + command.index;
      at = called ? called.index + called[0].length : -1;
    }
  }
}

function nextMatch(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

function useAt(file: TokenFile, start: number): Use | undefined {
  // In a comment there is no token; in a string the words are not what a shell would make of them.
  const token = file.tokens[file.indexAt(start)];
  if (!token || token.start > start || token.kind === 'string') return undefined;
  const words = wordsFrom(file, start);
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
function wordsFrom(file: TokenFile, start: number): ShellWord[] {
  const words: ShellWord[] = [];
  const word = new RegExp(String.raw`(?:[ \t]|\\\r?\n)*((?!#)(?:${wordPart})+)`, 'y');
  word.lastIndex = start;
  for (let match = word.exec(file.text); match?.[1] !== undefined; match = word.exec(file.text)) {
    const end = match.index + match[0].length;
    file.limit.tick();
    words.push({ text: match[1], start: end - match[1].length, end });
  }
  return words;
}

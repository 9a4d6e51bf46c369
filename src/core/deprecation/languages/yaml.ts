import type { TextRange } from '../../problem';
import { actionsKey, iamUse, type PolicyContext } from '../iamActions';
import { remove, removeItem } from '../rewrite';
import type { LexicalRules, TokenFile } from '../tokens';
import type { Use } from '../use';

/** `lambda:InvokeAsync` in policies of YAML (CloudFormation, SAM, Serverless), quoted or not. */
export const yamlActions: LexicalRules = {
  worthReading: /lambda:InvokeAsync/i,
  uses: (file) => {
    const lines = linesOf(file.text);
    const found = file.text.matchAll(/(?<![\w:*])lambda:InvokeAsync(?![\w:*])/gi);
    return [...found].flatMap((match) => useAt(file, lines, match) ?? []);
  },
};

/** Where a line's key or item stands, and what it says. */
interface Line extends TextRange {
  readonly text: string;
}

function useAt(
  file: TokenFile,
  lines: readonly Line[],
  { index, 0: action }: RegExpExecArray,
): Use | undefined {
  const range = { start: index, end: index + action.length };
  // A comment has no token; a longer string is prose.
  const token = file.tokens.find(({ end }) => end > index);
  const isAction =
    token && token.start <= index && (token.kind !== 'string' || token.text === action);
  return isAction ? iamUse(range, contextOf(file.text, lines, range)) : undefined;
}

const item = /^(\s*)-\s+["']?([\w:*]+)["']?\s*(?:#.*)?$/;
const keyed = /^(\s*(?:-\s+)*)["']?(\w+)["']?:\s*(?:\[(.*)\])?/;

function contextOf(text: string, lines: readonly Line[], range: TextRange): PolicyContext {
  const at = lines.findIndex(({ start, end }) => start <= range.start && range.end <= end);
  const line = lines[at];
  const listed = line && item.exec(line.text);
  if (line && listed) {
    const indent = (listed[1] ?? '').length;
    const above = runOf(lines.slice(0, at).toReversed(), indent);
    const below = runOf(lines.slice(at + 1), indent);
    const end = Math.min(line.end + 1, text.length);
    return {
      allows: allows(lines, at - above.length - 1),
      siblings: [...above, ...below].flatMap((beside) => item.exec(beside.text)?.[2] ?? []),
      removal: remove({ start: line.start, end }),
    };
  }
  const flow = line && keyed.exec(line.text)?.[3];
  const siblings =
    flow === undefined ? [] : flow.split(',').map((part) => part.trim().replaceAll(/["']/g, ''));
  const quoted = /["']/.test(text[range.start - 1] ?? '') ? 1 : 0;
  const whole = { start: range.start - quoted, end: range.end + quoted };
  return {
    allows: allows(lines, at),
    siblings,
    removal: flow === undefined ? undefined : removeItem(text, whole),
  };
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((raw) => {
    const line = { text: raw.replace(/\r$/, ''), start, end: start + raw.length };
    start = line.end + 1;
    return line;
  });
}

/** The lines that belong to the same list, comments and blank lines among them. */
function runOf(lines: readonly Line[], indent: number): Line[] {
  const end = lines.findIndex(({ text }) => {
    const isItem = item.exec(text)?.[1]?.length === indent;
    return !isItem && text.trim() !== '' && !/^\s*#/.test(text);
  });
  return lines.slice(0, end < 0 ? lines.length : end);
}

/** Whether the key on a line is `Action` in a statement that does not deny. */
function allows(lines: readonly Line[], at: number): boolean {
  const [, before = '', key = ''] = keyed.exec(lines[at]?.text ?? '') ?? [];
  if (!actionsKey.test(key)) return false;
  const beside = [
    ...besides(lines.slice(0, at).toReversed(), before.length, !before.includes('-')),
    ...besides(lines.slice(at + 1), before.length, true),
  ];
  return !beside.some((text) => /["']?Effect["']?:\s*["']?Deny/i.test(text));
}

/** The lines of the same mapping in one direction; one that begins with `-` is the mapping's first, or the next one's. */
function besides(lines: readonly Line[], column: number, isOpen: boolean): string[] {
  const found: string[] = [];
  for (const { text } of isOpen ? lines : []) {
    const [, before = '', key] = keyed.exec(text) ?? [];
    const indent = text.search(/[^\s]/);
    if (indent < 0 || indent > column) continue;
    if (key === undefined && indent < column) break;
    if (before.length === column) found.push(text);
    if (before.includes('-') || before.length < column) break;
  }
  return found;
}

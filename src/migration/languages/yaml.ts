import type { TextRange } from '../../core/problem';
import { actionsKey, coveringAction, iamUse, type PolicyContext } from '../iamActions';
import { remove, removeItem } from '../../core/edits';
import { firstFrom } from '../sorted';
import type { LexicalRules, TokenFile } from '../tokens';
import type { Use } from '../use';

/** `lambda:InvokeAsync` in policies of YAML (CloudFormation, SAM, Serverless), quoted or not. */
export const yamlActions: LexicalRules = {
  worthReading: /lambda:InvokeAsync/i,
  uses: (file) => {
    const policies = new YamlPolicies(file);
    const found = file.text.matchAll(/(?<![\w:*])lambda:InvokeAsync(?![\w:*])/gi);
    return [...found].flatMap((match) => useAt(file, policies, match) ?? []);
  },
};

function useAt(
  file: TokenFile,
  policies: YamlPolicies,
  { index, 0: action }: RegExpExecArray,
): Use | undefined {
  const range = { start: index, end: index + action.length };
  // A comment has no token; a longer string is prose.
  const token = file.tokens[file.indexAt(index)];
  const isAction =
    token && token.start <= index && (token.kind !== 'string' || token.text === action);
  return isAction ? iamUse(range, policies.contextOf(range)) : undefined;
}

/** Where a line's key or item stands, and what it says. */
interface Line extends TextRange {
  readonly text: string;
}

/** The lines that belong to the same list, comments and blank lines among them. */
interface Run {
  readonly first: number;
  /** The line after the last one. */
  readonly end: number;
  readonly indent: number;
  readonly allows: boolean;
  /** Its actions that allow what replaces the old one. */
  readonly isCovered: boolean;
}

const item = /^(\s*)-\s+["']?([\w:*]+)["']?\s*(?:#.*)?$/;
const keyed = /^(\s*(?:-\s+)*)["']?(\w+)["']?:\s*(?:\[(.*)\])?/;

/** What the lines of a file say of the actions on them. A list is read once, however many of its items are asked for. */
class YamlPolicies {
  readonly #lines: readonly Line[];
  #run: Run | undefined;

  constructor(private readonly file: TokenFile) {
    this.#lines = linesOf(file.text);
  }

  contextOf(range: TextRange): PolicyContext {
    const { text } = this.file;
    const at = firstFrom(this.#lines, range.start + 1, ({ end }) => end + 1);
    const line = this.#lines[at];
    const listed = line && item.exec(line.text);
    if (line && listed) {
      const { allows, isCovered } = this.#runAround(at, (listed[1] ?? '').length);
      const end = Math.min(line.end + 1, text.length);
      return { allows, isCovered, removal: remove({ start: line.start, end }) };
    }
    const flow = line && keyed.exec(line.text)?.[3];
    const siblings =
      flow === undefined ? [] : flow.split(',').map((part) => part.trim().replaceAll(/["']/g, ''));
    const quoted = /["']/.test(text[range.start - 1] ?? '') ? 1 : 0;
    const whole = { start: range.start - quoted, end: range.end + quoted };
    return {
      allows: this.#allows(at),
      isCovered: siblings.some((action) => coveringAction.test(action)),
      removal: flow === undefined ? undefined : removeItem(text, whole),
    };
  }

  #runAround(at: number, indent: number): Run {
    const known = this.#run;
    if (known && known.first <= at && at < known.end && known.indent === indent) return known;
    let first = at;
    while (first > 0 && this.#belongs(first - 1, indent)) first--;
    let end = at + 1;
    while (end < this.#lines.length && this.#belongs(end, indent)) end++;
    const isCovered = this.#lines
      .slice(first, end)
      .some(({ text }) => coveringAction.test(item.exec(text)?.[2] ?? ''));
    this.#run = { first, end, indent, allows: this.#allows(first - 1), isCovered };
    return this.#run;
  }

  #belongs(at: number, indent: number): boolean {
    this.file.limit.tick();
    const text = this.#lines[at]?.text ?? '';
    const isItem = item.exec(text)?.[1]?.length === indent;
    return isItem || text.trim() === '' || /^\s*#/.test(text);
  }

  /** Whether the key on a line is `Action` in a statement that does not deny. */
  #allows(at: number): boolean {
    const [, before = '', key = ''] = keyed.exec(this.#lines[at]?.text ?? '') ?? [];
    if (!actionsKey.test(key)) return false;
    const isFirst = before.includes('-');
    return (
      !(!isFirst && this.#isDenied(at - 1, -1, before.length)) &&
      !this.#isDenied(at + 1, 1, before.length)
    );
  }

  /**
   * Whether a line of the same mapping denies, in one direction; a line that begins with `-` is the mapping's first,
   * or the next one's.
   */
  #isDenied(from: number, step: 1 | -1, column: number): boolean {
    for (let at = from; ; at += step) {
      this.file.limit.tick();
      const text = this.#lines[at]?.text;
      if (text === undefined) return false;
      const [, before = '', key] = keyed.exec(text) ?? [];
      const indent = text.search(/[^\s]/);
      if (indent < 0 || indent > column) continue;
      if (key === undefined && indent < column) return false;
      if (before.length === column && /["']?Effect["']?:\s*["']?Deny/i.test(text)) return true;
      if (before.includes('-') || before.length < column) return false;
    }
  }
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((raw) => {
    const line = { text: raw.replace(/\r$/, ''), start, end: start + raw.length };
    start = line.end + 1;
    return line;
  });
}

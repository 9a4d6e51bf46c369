import type { TextRange } from '../../core/problem';
import {
  actionsKey,
  contextOf,
  coveringAction,
  exceptionsKey,
  iamUse,
  type PolicyContext,
  statementKey,
} from '../iamActions';
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
  const at = file.indexAt(index);
  const token = file.token(at);
  if (!token || token.start > index || (token.kind === 'string' && token.text !== action))
    return undefined;
  const isJson = token.kind === 'string' && isInBraces(file, at);
  const context = isJson ? contextOf(file, at) : policies.contextOf(range);
  return context && iamUse(range, context);
}

/** Whether a value stands in a flow mapping, or in JSON: then brackets tell what belongs together. */
function isInBraces(file: TokenFile, index: number): boolean {
  const around = file.opener(index);
  return file.is(around, '{') || (file.is(around, '[') && file.is(file.opener(around), '{'));
}

/** Where a line's key or item stands, and what it says. */
interface Line extends TextRange {
  readonly text: string;
}

/** Lines, the first and the one after the last. */
interface Lines {
  readonly first: number;
  readonly end: number;
}

/** The lines that belong to the same list, comments and blank lines among them. */
interface Run extends Lines {
  /** What the key of the list says; `undefined` when it is not one of a policy's actions. */
  readonly allows: boolean | undefined;
  /** Its actions that allow what replaces the old one. */
  readonly isCovered: boolean;
}

/** What the keys of one mapping say. */
interface Mapping extends Lines {
  readonly isStatement: boolean;
  readonly isPermission: boolean;
  readonly effect: string | undefined;
}

const item = /^(\s*)-\s+["']?([\w:*]+)["']?\s*(?:#.*)?$/;
const keyed = /^(\s*(?:-\s+)*)["']?(\w+)["']?:(?=\s|$)\s*(?:\[(.*)\])?/;

/** What the lines of a file say of the actions on them. A list or mapping is read once, however many ask for it. */
class YamlPolicies {
  readonly #lines: readonly Line[];
  /** The last one of each column. */
  readonly #runs = new Map<number, Run>();
  readonly #mappings = new Map<number, Mapping>();

  constructor(private readonly file: TokenFile) {
    this.#lines = linesOf(file.text);
  }

  contextOf(range: TextRange): PolicyContext | undefined {
    const { text } = this.file;
    const at = firstFrom(this.#lines, range.start + 1, ({ end }) => end + 1);
    const line = this.#lines[at];
    const listed = line && item.exec(line.text);
    if (line && listed) {
      const { allows, isCovered } = this.#runAround(at, (listed[1] ?? '').length);
      const end = Math.min(line.end + 1, text.length);
      const removal = remove({ start: line.start, end });
      return allows === undefined ? undefined : { allows, isCovered, removal };
    }
    const allows = this.#allows(at);
    if (allows === undefined) return undefined;
    const flow = line && keyed.exec(line.text)?.[3];
    const siblings =
      flow === undefined ? [] : flow.split(',').map((part) => part.trim().replaceAll(/["']/g, ''));
    const quoted = /["']/.test(text[range.start - 1] ?? '') ? 1 : 0;
    const whole = { start: range.start - quoted, end: range.end + quoted };
    return {
      allows,
      isCovered: siblings.some((action) => coveringAction.test(action)),
      removal: flow === undefined ? undefined : removeItem(text, whole),
    };
  }

  #runAround(at: number, column: number): Run {
    const known = this.#runs.get(column);
    if (known && isIn(known, at)) return known;
    const lines = this.#linesAround(at, (line) => {
      const text = this.#textOf(line);
      return item.exec(text)?.[1]?.length === column || isEmpty(text);
    });
    const isCovered = this.#lines
      .slice(lines.first, lines.end)
      .some(({ text }) => coveringAction.test(item.exec(text)?.[2] ?? ''));
    const run = { ...lines, allows: this.#allows(lines.first - 1), isCovered };
    this.#runs.set(column, run);
    return run;
  }

  /**
   * Whether the key on a line is that of the actions of a statement, and the statement allows; `undefined` for any other
   * key.
   */
  #allows(at: number): boolean | undefined {
    const [, before = '', key = ''] = keyed.exec(this.#textOf(at)) ?? [];
    if (exceptionsKey.test(key)) return false;
    if (!actionsKey.test(key)) return undefined;
    const { isStatement, isPermission, effect } = this.#mappingAround(at, before);
    if (!isStatement) return undefined;
    return effect === undefined ? isPermission : /^["']?allow["']?\s*(?:#.*)?$/i.test(effect);
  }

  /** The mapping around a key, by what stands before the key; its first line may begin with `-`. */
  #mappingAround(at: number, before: string): Mapping {
    const column = before.length;
    const known = this.#mappings.get(column);
    if (known && isIn(known, at)) return known;
    let hasFirst = before.includes('-');
    const lines = this.#linesAround(at, (line) => {
      const text = this.#textOf(line);
      const indent = text.search(/\S/);
      const isInside = isEmpty(text) || indent >= column;
      if (line > at) return isInside;
      if (hasFirst) return false;
      hasFirst = !isInside && keyed.exec(text)?.[1]?.length === column;
      return isInside || hasFirst;
    });
    const keys = this.#lines.slice(lines.first, lines.end).flatMap(({ text }) => {
      const [whole = '', indent = '', key] = keyed.exec(text) ?? [];
      return key !== undefined && indent.length === column
        ? [{ key, value: text.slice(whole.length).trim() }]
        : [];
    });
    const mapping = {
      ...lines,
      isStatement: keys.some(({ key }) => statementKey.test(key)),
      isPermission: keys.some(({ key }) => /^function_?name$/i.test(key)),
      effect: keys.find(({ key }) => /^effect$/i.test(key))?.value,
    };
    this.#mappings.set(column, mapping);
    return mapping;
  }

  /** The lines around one that belong to it. */
  #linesAround(at: number, belongs: (line: number) => boolean): Lines {
    const isMember = (line: number) => {
      this.file.limit.tick();
      return line >= 0 && line < this.#lines.length && belongs(line);
    };
    let first = at;
    while (isMember(first - 1)) first--;
    let end = at + 1;
    while (isMember(end)) end++;
    return { first, end };
  }

  #textOf(line: number): string {
    return this.#lines[line]?.text ?? '';
  }
}

const isEmpty = (text: string) => /^\s*(?:#.*)?$/.test(text);
const isIn = ({ first, end }: Lines, at: number) => first <= at && at < end;

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((raw) => {
    const line = { text: raw.replace(/\r$/, ''), start, end: start + raw.length };
    start = line.end + 1;
    return line;
  });
}

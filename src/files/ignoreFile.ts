import {
  anyCharacter,
  anyInName,
  Automaton,
  optional,
  type Step,
  text,
  zeroOrMore,
} from '../core/patterns/automaton';
import { classAt } from '../core/patterns/characterClass';

interface Rule {
  readonly automaton: Automaton;
  readonly ignores: boolean;
  readonly isForFolders: boolean;
  /** Of names in any folder, and not of paths. */
  readonly isForNames: boolean;
}

/** No path that systems take matches a longer pattern, in characters. */
const longestPattern = 4096;

/** With more stars than this, looking at a folder of many files could take minutes. */
const mostStars = 2000;

/**
 * The rules of a `.gitignore`. They match as git's do, and never go back in a text: an ignore file of somebody else
 * cannot make a search endless.
 * Source: https://git-scm.com/docs/gitignore
 */
export class IgnoreFile {
  /** The last one that matches counts: so the last comes first. */
  readonly #rules: readonly Rule[];
  /** Then the file has no rules. */
  readonly hasTooManyStars: boolean;

  constructor(
    content: string,
    private readonly ignoresCase: boolean,
  ) {
    const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/);
    this.hasTooManyStars = content.split('*').length > mostStars;
    if (this.hasTooManyStars) {
      this.#rules = [];
      return;
    }
    this.#rules = lines.flatMap((line) => this.#rule(line) ?? []).toReversed();
  }

  /**
   * Whether an entry is ignored; `undefined` when no rule says anything of it. The folders that it lies in are not
   * looked at.
   * @param path relative to the folder of the file, separated by `/`, with a slash at its end when it is a folder's
   */
  ignores(path: string): boolean | undefined {
    const isFolder = path.endsWith('/');
    const spelled = isFolder ? path.slice(0, -1) : path;
    const whole = this.ignoresCase ? spelled.toLowerCase() : spelled;
    const name = whole.slice(whole.lastIndexOf('/') + 1);
    return this.#rules.find(
      (rule) =>
        (isFolder || !rule.isForFolders) && rule.automaton.matches(rule.isForNames ? name : whole),
    )?.ignores;
  }

  /** `undefined` for a line without a pattern, or with one that matches nothing. */
  #rule(line: string): Rule | undefined {
    if (line.startsWith('#') || line.length > longestPattern) return undefined;
    const spelled = withoutLastSpaces(line);
    const ignores = !spelled.startsWith('!');
    const folded = this.ignoresCase ? spelled.toLowerCase() : spelled;
    const pattern = folded.slice(ignores ? 0 : 1);
    const path = pattern.replace(/\/$/, '');
    const steps = stepsOf(path.replace(/^\//, ''));
    if (path === '' || !steps) return undefined;
    return {
      automaton: new Automaton(steps),
      ignores,
      isForFolders: path !== pattern,
      isForNames: !path.includes('/'),
    };
  }
}

/** Spaces at the end count only behind a backslash. */
function withoutLastSpaces(line: string): string {
  let end: number | undefined;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === ' ') {
      end ??= at;
      continue;
    }
    end = undefined;
    if (line[at] === '\\') at++;
  }
  return line.slice(0, end);
}

/** `undefined` for what can match nothing: a bracket that is not closed, or a backslash without anything behind it. */
function stepsOf(pattern: string): Step[] | undefined {
  const steps: Step[] = [];
  let at = 0;
  while (at < pattern.length) {
    const character = pattern[at] ?? '';
    if (character === '*') {
      const first = at;
      while (pattern[at] === '*') at++;
      const isFolders =
        at > first + 1 &&
        (first === 0 || pattern[first - 1] === '/') &&
        (at === pattern.length || pattern[at] === '/');
      if (!isFolders) steps.push(...zeroOrMore(anyInName));
      else if (at === pattern.length) steps.push(...zeroOrMore(anyCharacter));
      else {
        steps.push(...optional([...zeroOrMore(anyCharacter), ...text('/')]));
        at++;
      }
    } else if (character === '[') {
      const found = classAt(pattern, at, '!^');
      if (!found) return undefined;
      steps.push(found.rule);
      at = found.end;
    } else if (character === '?') {
      steps.push(anyInName);
      at++;
    } else {
      const literal = character === '\\' ? pattern[at + 1] : character;
      if (literal === undefined) return undefined;
      steps.push(...text(literal));
      at += character === '\\' ? 2 : 1;
    }
  }
  return steps;
}

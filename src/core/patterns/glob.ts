import {
  anyCharacter,
  anyInName,
  Automaton,
  oneOf,
  optional,
  type Step,
  type Steps,
  text,
  zeroOrMore,
} from './automaton';
import { type CharacterClass, classAt } from './characterClass';

/** A longer glob, in characters, matches nothing: the longest path that systems take has about as many. */
export const longestGlob = 1000;

/** More globs than this are not looked at in a setting that lists them. */
const mostGlobs = 50;

/** As many of the globs of a setting as are looked at. */
export function globsLookedAt(globs: readonly string[]): readonly string[] {
  return globs.filter(({ length }) => length <= longestGlob).slice(0, mostGlobs);
}

/** A glob that was read: matching takes no longer than the product of the lengths of path and glob. */
export class Glob {
  readonly #automaton: Automaton | undefined;
  readonly #isNegated: boolean;

  /**
   * Globs are as the editor has them, and names that begin with a dot are names like others: `*` and `?` within a name,
   * `**` for any folders, `[a-z]` and `[^a-z]`, `{a,b}`, `!` at the beginning for all that does not match; a backslash
   * takes the meaning from a character. Brackets that match only letters stand for themselves, too.
   */
  constructor(readonly source: string) {
    const negations = /^!*/.exec(source)?.[0].length ?? 0;
    this.#isNegated = negations % 2 === 1;
    const steps =
      source === '' || source.length > longestGlob
        ? undefined
        : stepsOf(source.slice(negations).replace(/^\.\//, ''));
    this.#automaton = steps && new Automaton(steps);
  }

  /** @param path relative to the workspace folder, separated by `/` */
  matches(path: string): boolean {
    if (!this.#automaton) return false;
    if (path === this.source) return true;
    return this.#automaton.matches(path) !== this.#isNegated;
  }

  /** Whether it may match a path in a folder, as far as the beginnings tell; `folder` ends with a slash, or is empty. */
  mayMatchIn(folder: string): boolean {
    if (!this.#automaton || this.#isNegated) return this.#isNegated;
    const { start } = this.#automaton;
    return [start, this.source].some((one) => one.startsWith(folder)) || folder.startsWith(start);
  }

  /** The only path that the glob matches; `undefined` when there may be others. */
  get onlyPath(): string | undefined {
    return this.#automaton?.isLiteral && !this.#isNegated ? this.#automaton.start : undefined;
  }
}

const globs = new Map<string, Glob>();

/** A glob, read once for as long as it is in use. */
export function globOf(source: string): Glob {
  let glob = globs.get(source);
  if (!glob) {
    glob = new Glob(source);
    // Globs are typed by hand, one key at a time: keep no more than a workspace can need.
    if (globs.size >= 2000) globs.clear();
    globs.set(source, glob);
  }
  return glob;
}

/** Whether a path relative to its workspace folder matches a glob, as `payloads.include` and targets mean it. */
export function matchesGlob(path: string, glob: string): boolean {
  return globOf(glob).matches(path);
}

/** What every match of a glob begins with, up to the last slash; `''` when that can be anything. */
export function fixedFolder(glob: string): string {
  const fixed = /^(?:\.\/)?([^\\*?[\]{}()!+@|"]*)/.exec(glob)?.[1] ?? '';
  return fixed.slice(0, fixed.lastIndexOf('/') + 1);
}

/**
 * A glob that matches all that another does, and more, for code that is not ours to search with, and may go back in a
 * path for each star: whatever the other is, this one has at most two `**` and one star in a name.
 */
export function searchedGlob(glob: string): string {
  if (
    /^[^\\*?[\]{}()!+@|"]*(?:\*\*\/[^\\*?[\]{}()!+@|"]*){0,2}(?:\*[^\\*?[\]{}()!+@|"/]*)?$/.test(
      glob,
    )
  )
    return glob;
  const ending = glob.startsWith('!') ? '' : (/[^\\*?[\]{}()!+@|"/]*$/.exec(glob)?.[0] ?? '');
  return `${fixedFolder(glob)}**/*${ending}`;
}

/** The glob that matches one path and no other. */
export function escapeGlob(path: string): string {
  return path.replace(/[\\*?[\]{}()!]/g, '\\$&');
}

function stepsOf(glob: string): Steps {
  const braces = bracesIn(glob);
  let endOfStars = 0;

  const parse = (from: number, to: number): Step[] => {
    const steps: Step[] = [];
    let at = from;
    while (at < to) {
      const character = glob[at] ?? '';
      const bracket = character === '[' ? classAt(glob, at, '^') : undefined;
      const brace = braces.get(at);
      if (character === '\\') {
        steps.push(...text(glob[at + 1] ?? character));
        at += 2;
      } else if (character === '?') {
        steps.push(anyInName);
        at++;
      } else if (character === '*') {
        at = stars(at, { from, to }, steps);
      } else if (bracket) {
        steps.push(...classSteps(bracket));
        at = bracket.end;
      } else if (brace) {
        steps.push(...alternatives(at, brace));
        at = brace.end;
      } else {
        steps.push(...text(character));
        at++;
      }
    }
    return steps;
  };

  const alternatives = (at: number, { end, commas }: Brace): Steps => {
    if (commas.length > 0) {
      const bounds = [at, ...commas, end - 1];
      return oneOf(bounds.slice(1).map((bound, index) => parse((bounds[index] ?? 0) + 1, bound)));
    }
    const inner = glob.slice(at + 1, end - 1);
    const range = /^(\w+)\.\.(\w+)$/.exec(inner);
    if (range) {
      // The library takes it for a class of characters, whatever stands on its sides.
      const [, from = '', to = ''] = range;
      const ends = from < to ? `${from}-${to}` : `${to}-${from}`;
      return [classAt(`[${ends}]`, 0, '')?.rule ?? anyInName];
    }
    return [...text('{'), ...parse(at + 1, end - 1), ...text('}')];
  };

  /** Reads the stars that begin at a place, and returns where they end. */
  const stars = (at: number, { from, to }: { from: number; to: number }, steps: Step[]): number => {
    let end = at;
    while (glob[end] === '*') end++;
    const followsStars = endOfStars === at - 1;
    endOfStars = end;
    const isFirst = at === from;
    const isFolder =
      end === at + 2 && (isFirst || glob[at - 1] === '/') && (end === to || glob[end] === '/');
    if (!isFolder) {
      steps.push(...zeroOrMore(anyInName));
      return end;
    }
    // Several of them say no more than one.
    while (glob.startsWith('/**', end) && (glob.length === end + 3 || glob[end + 3] === '/'))
      end += 3;
    const startsGlob = isFirst && from === 0;
    if (glob[end] === '/' && (!isFirst || startsGlob)) {
      steps.push(...optional([...zeroOrMore(anyCharacter), ...text('/')]));
      return end + 1;
    }
    const endsGlob = end === glob.length && !isFirst && at > 1 && !followsStars;
    if (!endsGlob) {
      steps.push(...zeroOrMore(anyCharacter));
      return end;
    }
    // `a/**` matches `a`, too.
    steps.pop();
    steps.push(...optional([...text('/'), ...zeroOrMore(anyCharacter)]));
    return end;
  };

  return parse(0, glob.length);
}

/** Brackets that hold only letters stand for themselves, too: they are common in the names of files. */
function classSteps({ source, rule }: CharacterClass): Steps {
  return /[-*+?.^${}(|)[\]]/.test(source) ? [rule] : oneOf([[rule], text(`[${source}]`)]);
}

interface Brace {
  /** Behind the closing one. */
  readonly end: number;
  readonly commas: readonly number[];
}

/** The braces that are closed, by where they open. */
function bracesIn(glob: string): Map<number, Brace> {
  const found = new Map<number, Brace>();
  const open: { at: number; commas: number[] }[] = [];
  let at = 0;
  while (at < glob.length) {
    const character = glob[at];
    if (character === '{') open.push({ at, commas: [] });
    if (character === ',') open.at(-1)?.commas.push(at);
    const closed = character === '}' ? open.pop() : undefined;
    if (closed) found.set(closed.at, { end: at + 1, commas: closed.commas });
    if (character === '\\') at += 2;
    else at = (character === '[' ? classAt(glob, at, '^')?.end : undefined) ?? at + 1;
  }
  return found;
}

/**
 * One step of a pattern: a UTF-16 code unit, a rule for one, or a choice of where to go on without reading any, as
 * distances from here.
 */
export type Step = number | ((unit: number) => boolean) | { readonly goOn: readonly number[] };

/** Steps that follow each other; since distances are relative, parts are put together by concatenation. */
export type Steps = readonly Step[];

const slash = 47;

/** Any character, and any but the separator of paths. */
export const anyCharacter = () => true;
export const anyInName = (unit: number) => unit !== slash;

export function text(literal: string): Steps {
  return Array.from({ length: literal.length }, (_, index) => literal.charCodeAt(index));
}

export function zeroOrMore(rule: (unit: number) => boolean): Steps {
  return [{ goOn: [1, 3] }, rule, { goOn: [-2] }];
}

export function optional(part: Steps): Steps {
  return [{ goOn: [1, part.length + 1] }, ...part];
}

export function oneOf(parts: readonly Steps[]): Steps {
  const length = parts.reduce((sum, part) => sum + part.length + 1, 0);
  const starts: number[] = [];
  const steps: Step[] = [];
  for (const part of parts) {
    starts.push(steps.length + 1);
    steps.push(...part);
    steps.push({ goOn: [length - steps.length] });
  }
  return [{ goOn: starts }, ...steps];
}

/** The steps that all ways of a pattern have come to. */
interface State {
  readonly steps: readonly number[];
  readonly isEnd: boolean;
  /** Where a UTF-16 code unit leads, as far as somebody went there. */
  readonly next: Map<number, State>;
}

/** Of more steps no state is kept: it takes much room, and a pattern of so many ways hardly comes to it again. */
const widestKept = 16;
/** All automata together keep no more ways from state to state, which take some ten megabytes. Then all begin anew. */
const mostKept = 50_000;
let kept = 0;
let generation = 0;

/**
 * Matches whole texts with a pattern by following all its ways at once: in the worst case each of its steps is looked
 * at once for each character, whatever the pattern, so that nobody can write one that does not end. Where the ways have
 * led before is kept, for thousands of paths begin alike.
 */
export class Automaton {
  /** What every match begins with, as far as that is certain; all of it when nothing else matches. */
  readonly start: string;
  /** Whether the pattern is a text and matches nothing else. */
  readonly isLiteral: boolean;
  readonly #steps: Steps;
  readonly #end: string;
  /** The last character for which a step was noted, by the step. */
  readonly #noted: Float64Array;
  #character = 0;
  /** By their steps. */
  readonly #states = new Map<string, State>();
  #first: State | undefined;
  #generation = generation;

  constructor(steps: Steps) {
    this.#steps = steps;
    this.#noted = new Float64Array(steps.length + 1);
    this.start = literalAt(steps, 0);
    this.isLiteral = this.start.length === steps.length;
    this.#end = literalAt(steps, lastChoice(steps));
  }

  matches(candidate: string): boolean {
    if (this.isLiteral) return candidate === this.start;
    if (!candidate.endsWith(this.#end) || !candidate.startsWith(this.start)) return false;
    if (this.#generation !== generation) this.#forget();
    let state = (this.#first ??= this.#begin());
    for (let index = this.start.length; index < candidate.length; index++) {
      if (state.steps.length > widestKept) return this.#follow(state.steps, candidate, index);
      const unit = candidate.charCodeAt(index);
      state = state.next.get(unit) ?? this.#goOn(state, unit);
      if (state.steps.length === 0) return false;
    }
    return state.isEnd;
  }

  /** Whether a way from some steps matches the rest of a text; keeps nothing. */
  #follow(steps: readonly number[], candidate: string, from: number): boolean {
    let [current, next]: [number[], number[]] = [[...steps], []];
    for (let index = from; index < candidate.length; index++) {
      this.#noteAfter(current, candidate.charCodeAt(index), next);
      if (next.length === 0) return false;
      [current, next] = [next, current];
      next.length = 0;
    }
    return current.includes(this.#steps.length);
  }

  #begin(): State {
    const steps: number[] = [];
    this.#character++;
    this.#note(this.start.length, steps);
    return this.#stateOf(steps);
  }

  #goOn(state: State, unit: number): State {
    const steps: number[] = [];
    this.#noteAfter(state.steps, unit, steps);
    const next = this.#stateOf(steps);
    if (steps.length > widestKept) return next;
    state.next.set(unit, next);
    if (++kept < mostKept) return next;
    kept = 0;
    generation++;
    return next;
  }

  #stateOf(steps: readonly number[]): State {
    const made = { steps, isEnd: steps.includes(this.#steps.length), next: new Map() };
    if (steps.length > widestKept) return made;
    const key = steps.join();
    const known = this.#states.get(key);
    if (!known) this.#states.set(key, made);
    return known ?? made;
  }

  #forget(): void {
    this.#states.clear();
    this.#first = undefined;
    this.#generation = generation;
  }

  /** Adds the steps that a character leads to. */
  #noteAfter(steps: readonly number[], unit: number, into: number[]): void {
    this.#character++;
    for (const at of steps) {
      const step = this.#steps[at];
      if (typeof step === 'function' ? step(unit) : step === unit) this.#note(at + 1, into);
    }
  }

  /** Adds a step, or those that a choice leads to, unless they are there for this character. */
  #note(at: number, states: number[]): void {
    if (this.#noted[at] === this.#character) return;
    this.#noted[at] = this.#character;
    const step = this.#steps[at];
    if (typeof step !== 'object') states.push(at);
    else for (const distance of step.goOn) this.#note(at + distance, states);
  }
}

/** The characters that stand at a place of a pattern, up to its first other step. */
function literalAt(steps: Steps, from: number): string {
  let characters = '';
  for (const step of steps.slice(from)) {
    if (typeof step !== 'number') break;
    characters += String.fromCharCode(step);
  }
  return characters;
}

/** The first step that every way to the end passes, with all after it. */
function lastChoice(steps: Steps): number {
  let last = 0;
  for (const [at, step] of steps.entries()) {
    if (typeof step === 'object')
      last = Math.max(last, ...step.goOn.map((distance) => at + distance));
    else if (typeof step === 'function') last = Math.max(last, at + 1);
  }
  return last;
}

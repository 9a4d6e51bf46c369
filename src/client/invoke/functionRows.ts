/** What the function pick shows, and what a choice in it means: decided here, drawn by functionPick.ts. */
import * as l10n from '@vscode/l10n';
import { correctedTarget } from '../../core/functionIdentifier/corrected';
import { describeIdentifier } from '../../core/functionIdentifier/describe';
import { parseFunctionIdentifier } from '../../core/functionIdentifier/parse';
import { identifierProblems } from '../../core/functionIdentifier/problems';

/** A function of the account, as the pick lists it. */
export interface ListedFunction {
  readonly name: string;
  /** For example the runtime. */
  readonly detail: string;
}

export type Row =
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'function'; readonly functionName: string; readonly detail: string }
  /** What is typed, as a function to choose. */
  | { readonly kind: 'typed'; readonly functionName: string; readonly detail: string }
  /** What is typed is wrong, and this is certainly meant. */
  | { readonly kind: 'correction'; readonly functionName: string; readonly detail: string }
  /** What is typed is wrong, or not complete yet. */
  | { readonly kind: 'wrong' | 'incomplete'; readonly text: string; readonly detail: string }
  /** About the list. */
  | { readonly kind: 'note' | 'warning'; readonly text: string; readonly detail: string };

/** What Enter means. */
export type Choice = { readonly functionName: string } | { readonly correctTo: string };

/**
 * The rows of the pick. A row keeps its place in the list while the pick is open, and the first place is that of the
 * typed text: the editor tells of a choice by its place, and may mean a list that has grown since. What the user sees
 * is in another order: the functions that match come first, and what is typed last.
 */
export class FunctionRows {
  readonly #recent: readonly string[];
  #input = '';
  #listed: readonly ListedFunction[] = [];
  #note: Row | undefined;
  /** A correction that the user took: no longer name that holds it is meant. */
  #corrected: string | undefined;
  /** The user went to another row than the one that was active by itself. */
  #isMoved = false;
  /** The editor has not drawn the last list yet: the next row that it tells of is none that the user went to. */
  #isDrawing = false;
  /** The row that is meant was active since the text changed. */
  #isMeantSeen = false;

  constructor(recent: readonly string[]) {
    this.#recent = recent.filter(isTarget);
  }

  type(input: string): void {
    this.#input = input.trim();
    this.#isMoved = false;
    this.#isMeantSeen = false;
  }

  list(functions: readonly ListedFunction[], note?: Row): void {
    this.#listed = functions.filter(({ name }) => isTarget(name));
    this.#note = note;
  }

  /** Takes a correction over as what is typed. */
  correct(text: string): void {
    this.#corrected = text;
    this.type(text);
  }

  /**
   * The rows to draw.
   * @param seen the row that is active now
   * @returns active: the row to make active; `undefined` for the first that is shown
   */
  draw(seen?: Row): { readonly rows: readonly Row[]; readonly active: Row | undefined } {
    const functions = this.#functions();
    const typed = this.#typed(functions);
    const rows = [
      typed,
      ...section(l10n.t('Recent'), functions.slice(0, this.#recent.length)),
      ...section(l10n.t('Functions'), functions.slice(this.#recent.length)),
      ...(this.#note ? [this.#note] : []),
    ];
    this.#isDrawing = true;
    // A page of functions must not move the user away from the row they went to.
    const kept = this.#isMoved && seen ? rows.find((row) => isSame(row, seen)) : undefined;
    return { rows, active: kept && kept.kind !== 'heading' ? kept : this.#meant(functions, typed) };
  }

  /** The editor tells which row is active. */
  activate(row: Row | undefined): void {
    if (row && (isTypedRow(row) || this.#isExact(row))) this.#isMeantSeen = true;
    if (!this.#isDrawing) this.#isMoved = true;
    this.#isDrawing = false;
  }

  /** What Enter on a row means, or on none; `undefined` when nothing is chosen. */
  choose(row: Row | undefined): Choice | undefined {
    const functions = this.#functions();
    const typed = this.#typed(functions);
    // The text may have changed since its row was drawn: what stands in the box is what is typed.
    const chosen = row === undefined || isTypedRow(row) ? typed : row;
    if (chosen.kind === 'correction') return { correctTo: chosen.functionName };
    if (chosen.kind !== 'typed' && chosen.kind !== 'function') return undefined;
    // Enter can be quicker than the row that is meant: nobody chose the one that was active in its place.
    const meant = this.#meant(functions, typed);
    const isEarly = meant && !isSame(chosen, meant) && !this.#isMeantSeen && !this.#isMoved;
    if (isEarly) return undefined;
    return { functionName: chosen.functionName };
  }

  /** Recent ones first, each name once. */
  #functions(): readonly (Row & { readonly kind: 'function' })[] {
    const names = new Set(this.#recent);
    const others = this.#listed.filter(({ name }) => !names.has(name) && names.add(name));
    return [...this.#recent.map((name) => ({ name, detail: '' })), ...others].map(
      ({ name, detail }) => ({ kind: 'function', functionName: name, detail }),
    );
  }

  /** What is typed; a heading, which does not show, while there is nothing to say of it. */
  #typed(functions: readonly (Row & { readonly kind: 'function' })[]): Row {
    const text = this.#input;
    if (text === '' || functions.some(({ functionName }) => functionName === text)) {
      return { kind: 'heading', label: '' };
    }
    const problems = identifierProblems(text, { isTarget: true });
    const error = problems.find(({ severity }) => severity === 'error');
    const description = describeIdentifier(text);
    if (!error) {
      const detail = [description, ...problems.map(({ message }) => message)].join(' · ');
      return { kind: 'typed', functionName: text, detail };
    }
    const corrected = correctedTarget(text);
    if (corrected !== undefined) {
      return { kind: 'correction', functionName: corrected, detail: error.message };
    }
    return error.code === 'identifier.incomplete-arn' && description !== ''
      ? { kind: 'incomplete', text, detail: description }
      : { kind: 'wrong', text, detail: error.message };
  }

  /** The function with exactly the typed name, or the typed text where it is no filter. */
  #meant(functions: readonly Row[], typed: Row): Row | undefined {
    return (
      functions.find((row) => this.#isExact(row)) ?? (this.#isWhole(typed) ? typed : undefined)
    );
  }

  #isExact(row: Row): boolean {
    return row.kind === 'function' && row.functionName === this.#input;
  }

  /** Whether the text names a function by itself, whatever longer names contain it. */
  #isWhole(typed: Row): boolean {
    if (typed.kind !== 'typed' && typed.kind !== 'correction') return false;
    if (this.#input === this.#corrected) return true;
    const parsed = parseFunctionIdentifier(typed.functionName);
    if (!parsed.ok) return false;
    const { form, account, resourceType } = parsed.identifier;
    return account !== undefined && (form !== 'arn' || resourceType !== undefined);
  }
}

function isTarget(name: string): boolean {
  return identifierProblems(name, { isTarget: true }).every(({ severity }) => severity !== 'error');
}

function section(label: string, rows: readonly Row[]): readonly Row[] {
  return rows.length === 0 ? [] : [{ kind: 'heading', label }, ...rows];
}

/** Whether a row is about the typed text; an empty heading is the place of it. */
function isTypedRow(row: Row): boolean {
  const kinds: readonly Row['kind'][] = ['typed', 'correction', 'wrong', 'incomplete'];
  return kinds.includes(row.kind) || (row.kind === 'heading' && row.label === '');
}

function isSame(row: Row, other: Row): boolean {
  if (isTypedRow(row) || isTypedRow(other)) return isTypedRow(row) && isTypedRow(other);
  return (
    row.kind === 'function' && other.kind === 'function' && row.functionName === other.functionName
  );
}

/** What the function pick shows, and what a choice in it means: decided here, drawn by functionPick.ts. */
import * as l10n from '@vscode/l10n';
import { functionLabel } from '../../core/functionIdentifier/label';
import { identifierProblems } from '../../core/functionIdentifier/problems';
import { isQualified } from '../../core/functionIdentifier/qualifier';
import type { StackFunction } from '../../core/projectFunctions/declaredFunction';
import { type FunctionRow, isWhole, type Row, typedRow } from './typedRow';

/** A function of the account, as the pick lists it. */
export interface ListedFunction {
  readonly name: string;
  /** For example the runtime and the description. */
  readonly detail: string;
  /** Its name is a logical ID. */
  readonly ofStack?: StackFunction;
  /** Address of the file of the project that declares it. */
  readonly file?: string;
}

/** What the user picked. */
export interface PickedFunction {
  /** Name, ARN or partial ARN; the logical ID of a function whose name is its stack's to tell. */
  readonly functionName: string;
  readonly ofStack?: StackFunction;
  /** Where the function is, unless that is left to the settings or is part of its ARN. */
  readonly region?: string;
  /** The user wants to choose a version or an alias, too. */
  readonly wantsQualifier?: boolean;
}

/** What Enter means. */
export type Choice =
  | PickedFunction
  | { readonly correctTo: string }
  | { readonly asksAccount: true };

/**
 * The rows of the pick. A row keeps its place in the list while the pick is open, and the first place is that of the
 * typed text: the editor tells of a choice by its place, and may mean a list that has grown since. What the user sees
 * is in another order: the functions that match come first, and what is typed last.
 */
export class FunctionRows {
  readonly #recent: readonly string[];
  #input = '';
  #project: readonly ListedFunction[] = [];
  #likely: ListedFunction | undefined;
  #listed: readonly ListedFunction[] = [];
  #note: Row | undefined;
  #ofAccount: 'offered' | readonly ListedFunction[] | undefined;
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

  /**
   * The functions that the workspace's own files name: before any is listed, for a row keeps its place.
   * @param likely one of them that the event is probably for: shown first, chosen by nobody but the user
   */
  nameProject(functions: readonly ListedFunction[], likely?: ListedFunction): void {
    this.#likely = likely;
    this.#project = functions.filter(({ name, ofStack }) => ofStack || isTarget(name));
  }

  list(functions: readonly ListedFunction[], note?: Row): void {
    this.#listed = functions.filter(({ name }) => isTarget(name));
    this.#note = note;
  }

  /** The account is asked only when the user chooses to. */
  offerAccount(): void {
    this.#ofAccount = 'offered';
  }

  /** The functions of the account, so far: once it was offered. */
  listAccount(functions: readonly ListedFunction[], note?: Row): void {
    this.#ofAccount = functions.filter(({ name }) => isTarget(name));
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
    const rows = this.rows();
    const functions = this.#functions();
    const typed = typedRow(this.#input, functions);
    this.#isDrawing = true;
    // A page of functions must not move the user away from the row they went to, and the likely one from none.
    const isKept = this.#isMoved || (this.#likely && this.#input === '');
    const kept = isKept && seen ? rows.find((row) => isSame(row, seen)) : undefined;
    if (kept && kept.kind !== 'heading') return { rows, active: kept };
    // A warning is read first, and not chosen.
    const isWarned = this.#note?.kind === 'warning' && this.#input === '';
    const first = isWarned ? rows.find(isChoice) : undefined;
    const meant = this.#meant(functions, typed);
    return { rows, active: meant ? rows.find((row) => isSame(row, meant)) : first };
  }

  /** All rows, of which some show nothing. */
  rows(): readonly Row[] {
    const functions = this.#functions();
    const typed = typedRow(this.#input, functions);
    const [note, warning] =
      this.#note?.kind === 'warning' ? [undefined, this.#note] : [this.#note, undefined];
    const sections = this.#sections();
    return [
      typed,
      this.#qualifiers(this.#meant(functions, typed)),
      warning ?? place,
      ...(this.#likely ? section(l10n.t('Likely'), sections.likely) : [place, place]),
      ...section(l10n.t('Recent'), sections.recent),
      ...section(l10n.t('In This Workspace'), sections.project),
      ...section(l10n.t('Functions'), sections.listed),
      ...this.#account(),
      // A filter hides it: it is not worth drawing all anew while the user types.
      ...(note && this.#input === '' ? [note] : []),
    ];
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
    const typed = typedRow(this.#input, functions);
    const meant = this.#meant(functions, typed);
    // The text, or the list, may have changed since its row was drawn: what stands in the box is what is typed, and that
    // may be a function of the list by now.
    const ofText = typed.kind === 'heading' ? (meant ?? typed) : typed;
    const chosen = row === undefined || isTypedRow(row) ? ofText : row;
    if (chosen.kind === 'correction') return { correctTo: chosen.functionName };
    if (!isChoice(chosen)) return undefined;
    // Enter can be quicker than the row that is meant: nobody chose the one that was active in its place.
    const isEarly = meant && !isSame(chosen, meant) && !this.#isMeantSeen && !this.#isMoved;
    if (isEarly) return undefined;
    if (chosen.kind === 'account') return { asksAccount: true };
    const { functionName } = chosen;
    if (chosen.kind === 'qualifiers') return { functionName, wantsQualifier: true };
    const region = chosen.kind === 'page' ? chosen.region : undefined;
    const ofStack = chosen.kind === 'function' ? chosen.ofStack : undefined;
    return { functionName, ...(region !== undefined && { region }), ...(ofStack && { ofStack }) };
  }

  /** Recent ones first, then the project's, each name once; only the likely one may be a recent one, too. */
  #sections() {
    const names = new Set<string>();
    const rows = (functions: readonly ListedFunction[]) =>
      functions
        .filter(({ name, ofStack }) => ofStack || (!names.has(name) && names.add(name)))
        .map(toRow);
    return {
      recent: rows(this.#recent.map((name) => ({ name, detail: '' }))),
      likely: this.#likely ? [toRow(this.#likely)] : [],
      project: rows(this.#project.filter((one) => one !== this.#likely)),
      listed: rows(this.#listed),
      account: rows(typeof this.#ofAccount === 'object' ? this.#ofAccount : []),
    };
  }

  /** The way to the account's functions; once it was taken, no other choice comes to its place. */
  #account(): readonly Row[] {
    const heading = { kind: 'heading', label: l10n.t('In the Account') } as const;
    const text = l10n.t('List the functions of the account…');
    if (this.#ofAccount === 'offered') return [heading, { kind: 'account', text, detail: '' }];
    return this.#ofAccount ? [place, heading, ...this.#sections().account] : [];
  }

  /** The second step of the function that is typed, when it is named completely and without a version or alias. */
  #qualifiers(meant: Row | undefined): Row {
    if (meant?.kind !== 'function' && meant?.kind !== 'typed') return place;
    const { functionName } = meant;
    if (isQualified({ functionName })) return place;
    const text = l10n.t('Version or alias of {0}…', functionLabel(functionName).label);
    return { kind: 'qualifiers', functionName, text, detail: '' };
  }

  /** Those that are named: a logical ID that is typed is taken for a name. */
  #functions(): readonly FunctionRow[] {
    return Object.values(this.#sections())
      .flat()
      .filter(({ ofStack }) => !ofStack);
  }

  /** The function with exactly the typed name, or the typed text where it is no filter. */
  #meant(functions: readonly Row[], typed: Row): Row | undefined {
    return (
      functions.find((row) => this.#isExact(row)) ?? (this.#isWhole(typed) ? typed : undefined)
    );
  }

  #isWhole(typed: Row): boolean {
    return isWhole(typed) || (typed.kind === 'typed' && this.#input === this.#corrected);
  }

  #isExact(row: Row): boolean {
    return row.kind === 'function' && !row.ofStack && row.functionName === this.#input;
  }
}

function toRow({ name, detail, ofStack }: ListedFunction): FunctionRow {
  return { kind: 'function', functionName: name, detail, ...(ofStack && { ofStack }) };
}

function isTarget(name: string): boolean {
  return identifierProblems(name, { isTarget: true }).every(({ severity }) => severity !== 'error');
}

function section(label: string, rows: readonly Row[]): readonly Row[] {
  return rows.length === 0 ? [] : [{ kind: 'heading', label }, ...rows];
}

const place: Row = { kind: 'place' };

/** Whether Enter on a row takes it, and not only corrects what is typed. */
function isChoice(
  row: Row,
): row is Extract<Row, { kind: 'account' | 'function' | 'page' | 'qualifiers' | 'typed' }> {
  return ['account', 'function', 'page', 'qualifiers', 'typed'].includes(row.kind);
}

/** Whether a row is about the typed text; an empty heading is the place of it. */
function isTypedRow(row: Row): boolean {
  const kinds: readonly Row['kind'][] = ['typed', 'page', 'correction', 'wrong', 'incomplete'];
  return kinds.includes(row.kind) || (row.kind === 'heading' && row.label === '');
}

function isSame(row: Row, other: Row): boolean {
  if (isTypedRow(row) || isTypedRow(other)) return isTypedRow(row) && isTypedRow(other);
  if (!isChoice(row) || !isChoice(other) || row.kind !== other.kind) return false;
  return 'functionName' in row && 'functionName' in other
    ? row.functionName === other.functionName && templateOf(row) === templateOf(other)
    : true;
}

function templateOf(row: Row): string | undefined {
  return row.kind === 'function' ? row.ofStack?.uri : undefined;
}

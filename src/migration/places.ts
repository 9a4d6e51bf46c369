import type { Node, QueryMatch } from 'web-tree-sitter';
import type { TextRange } from '../core/problem';
import { contains, items, rangeOf, type SyntaxFile } from './syntaxFile';

/** From the weakest to the strongest: of several captures of one node the strongest counts. */
const scopeKinds = ['block', 'function', 'this', 'method', 'closed', 'object', 'class'] as const;

/** A part of the file in which names hold; `module` is the file. */
export interface Scope {
  readonly node: Node;
  readonly kind: (typeof scopeKinds)[number] | 'module';
  readonly range: TextRange;
  /** Of a class, the name of the class above it. */
  readonly superclass: Node | undefined;
}

/** Code that may not run: one arm of several, a loop's body, or any other. */
export interface Branch {
  readonly node: Node;
  readonly kind: string;
  readonly range: TextRange;
}

/** What a name can be where it stands, the strongest first. A name that is none of them is read. */
export const roles = [
  'assignment',
  'nonlocal',
  'definition.field',
  'definition.promoted',
  'definition.member',
  'definition.function',
  'definition.outer',
  'definition.module',
  'definition.local',
  'definition',
  'member',
  'property',
] as const;
export type Role = (typeof roles)[number];

/** All that the query of a language says of one name. */
export interface Place {
  readonly name: Node;
  readonly range: TextRange;
  readonly role: Role | undefined;
  /** What the name is given here. */
  readonly value: Node | undefined;
  /** The type that it is declared with. */
  readonly type: Node | undefined;
  /** From the innermost to the file. */
  readonly scopes: readonly Scope[];
  readonly branches: readonly Branch[];
}

/** Reads what stands around a name by one look of the query at its place; its cost does not grow with the file. */
export class Places {
  readonly #places = new Map<number, Place>();
  readonly #module: Scope;

  constructor(private readonly file: SyntaxFile) {
    const { root } = file;
    this.#module = { node: root, kind: 'module', range: rangeOf(root), superclass: undefined };
  }

  at(name: Node): Place {
    let place = this.#places.get(name.id);
    if (place === undefined) {
      place = this.#read(name);
      this.#places.set(name.id, place);
    }
    return place;
  }

  #read(name: Node): Place {
    const range = rangeOf(name);
    const matches = this.file.matchesAt(this.file.scopes.places, name);
    const around = matches.flatMap(({ captures }) => aroundIn(captures, range));
    const strengths = matches.map(({ captures }) => strengthOf(captures, name));
    const own = matches.filter((_, at) => strengths[at] !== Infinity);
    const given = (capture: string) => own.flatMap((match) => nodeIn(match, capture) ?? []).at(0);
    return {
      name,
      range,
      role: roles[Math.min(...strengths)],
      value: given('value') ?? valueAt(items(given('values')), name),
      type: given('type'),
      scopes: [...scopesOf(around, matches), this.#module],
      branches: branchesOf(around),
    };
  }
}

/** Of several names and values the one at the name's place; a call that gives several names theirs counts for the first. */
function valueAt(values: readonly Node[], name: Node): Node | undefined {
  if (values.length === 0) return undefined;
  const at = items(name.parent ?? undefined).findIndex(({ id }) => id === name.id);
  return values.length === 1 && at > 0 ? undefined : values[at];
}

/** By the kind of a scope, or its capture. */
export const isFunctionScope = (kind: string) => /function|this|method|closed|module/.test(kind);

const isFunction = ({ kind }: Scope) => isFunctionScope(kind);

export const moduleOf = ({ scopes }: Place) => scopes.at(-1) as Scope;

/** The innermost function around a place, or the file. */
export const functionOf = (place: Place) => place.scopes.find(isFunction) ?? moduleOf(place);

/** The class or object that `this` means; the file where it means none that is known. */
export function classOf(place: Place): Scope {
  const { scopes } = place;
  for (const [at, scope] of scopes.entries()) {
    if (scope.kind === 'this') break;
    if (scope.kind === 'class') return scope;
    if (scope.kind === 'object' && (at === 0 || scopes[at - 1]?.kind === 'method')) return scope;
  }
  return moduleOf(place);
}

type Capture = QueryMatch['captures'][number];

const nodeIn = ({ captures }: QueryMatch, name: string) =>
  captures.find((capture) => capture.name === name)?.node;

/** The place among `roles` of the strongest that a name is captured as; Infinity for none. */
function strengthOf(captures: readonly Capture[], { id }: Node): number {
  let strongest = Infinity;
  for (const { name, node } of captures) {
    const strength = node.id === id ? roles.findIndex((role) => role === name) : -1;
    if (strength >= 0 && strength < strongest) strongest = strength;
  }
  return strongest;
}

/** A scope or a branch around a name. */
interface Around {
  readonly name: string;
  readonly node: Node;
  readonly range: TextRange;
}

const isAround = /^(?:scope|branch)\b/;

function aroundIn(captures: readonly Capture[], name: TextRange): Around[] {
  const around: Around[] = [];
  for (const { name: capture, node } of captures) {
    // What begins after the name need not tell where it ends.
    if (node.startIndex > name.start || !isAround.test(capture)) continue;
    const range = rangeOf(node);
    if (contains(range, name)) around.push({ name: capture, node, range });
  }
  return around;
}

function scopesOf(around: readonly Around[], matches: readonly QueryMatch[]): Scope[] {
  const scopes = new Map<number, Scope>();
  for (const { name, node, range } of around) {
    const kind = scopeKinds.find((known) => name === `scope.${known}`) ?? 'block';
    const known = scopes.get(node.id);
    if (!name.startsWith('scope') || (known && rank(known) >= scopeKinds.indexOf(kind))) continue;
    scopes.set(node.id, { node, kind, range, superclass: superclassOf(node, matches) });
  }
  return [...scopes.values()].toSorted(innermostFirst);
}

const rank = ({ kind }: Scope) => (kind === 'module' ? -1 : scopeKinds.indexOf(kind));

function superclassOf({ id }: Node, matches: readonly QueryMatch[]): Node | undefined {
  const match = matches.find(
    (one) => nodeIn(one, 'superclass') && nodeIn(one, 'scope.class')?.id === id,
  );
  return match && nodeIn(match, 'superclass');
}

function branchesOf(around: readonly Around[]): Branch[] {
  const branches = around
    .filter(({ name }) => name.startsWith('branch'))
    .map(({ name, node, range }) => ({ node, kind: name, range }));
  return branches.toSorted(innermostFirst);
}

const innermostFirst = (a: { range: TextRange }, b: { range: TextRange }) =>
  b.range.start - a.range.start || a.range.end - b.range.end;

import type { Node } from 'web-tree-sitter';
import type { TextRange } from '../core/problem';
import { oncePerFile, oncePerName } from './once';
import {
  around,
  type Binding,
  Declarations,
  type Declared,
  heldFrom,
  isDefinition,
  ownerOf,
} from './declarations';
import { classOf, type Place, Places, type Scope } from './places';
import { reaching } from './reaching';
import { partsWith } from './partsWith';
import { firstFrom } from './sorted';
import { contains, type SyntaxFile } from './syntaxFile';

/** One place where a binding gets its value; a parameter is one without a value that is known. */
export interface Assignment {
  readonly name: Node;
  readonly value: Node | undefined;
  readonly type: Node | undefined;
}

/**
 * Scopes and bindings of any language with a grammar: which declaration a name means where it stands. What opens a
 * scope and what declares a name is said by the queries in `syntax/`; nothing here knows a language.
 *
 * How to use it, with `localsOf(file)` and the node of a name (of `this.client`, the node of `client`):
 *
 * - `bindingOf(name)`: what the name means here; undefined for a global, a key, or the member of something else than
 *   `this`. Two names mean the same when their bindings are the same object.
 * - `valuesAt(name)`: the assignments that may have given the name the value that it has here. Left out are those that
 *   are surely overwritten before, and those in another arm of the same `if`. Ask these whether a name is a Lambda
 *   client, and never the file.
 * - `assignmentsOf(binding)`, `referencesOf(binding)`: all of them, in order.
 * - `declarationOf(name)`: in a language that declares its variables, the declaration with its type and value;
 *   `usesOf(declaration)`: every other place that means it. A scope may declare a name again: each has its own uses.
 * - `isFree(name)`: nothing in the file means anything by it, so that it can be declared or imported.
 *   `isFree(name, place)`: nothing is visible by that name at a place. `isFreeIn(name, range)`: nothing in a part of
 *   the file means anything by it. To declare a name in a scope, ask both.
 * - `classAround(node)`: the class that `this` means; `memberAt(node, name)`: the member that `this.name` means.
 *
 * The captures of a query (`@value`, `@type` in the same pattern are what the name is given; `@values` is the list for
 * a list of names):
 *
 * | capture | of |
 * |---|---|
 * | `@scope` | a block |
 * | `@scope.function` | a function that sees what is around it |
 * | `@scope.method` | one that has `this` from the class or object that it stands in |
 * | `@scope.this` | one whose `this` is not known |
 * | `@scope.closed` | one that sees no variables of what is around it; its own name is none |
 * | `@scope.class`, `@scope.object` | what `this` may mean; `@superclass` in the same pattern is the class above |
 * | `@branch`, `@branch.any`, `@branch.loop` | code that may not run: one arm of several, any other, a loop's body |
 * | `@definition` | a name that holds in the innermost scope |
 * | `@definition.local` | the same, from its declaration on |
 * | `@definition.function`, `.module` | in the innermost function; in the file |
 * | `@definition.outer` | the name of a scope, which holds around it |
 * | `@definition.member`, `.field` | a member of the class, found through `this`; found by its bare name too |
 * | `@definition.promoted` | a parameter that is a member of the class as well |
 * | `@assignment` | a name that gets a value without being declared |
 * | `@nonlocal` | a name that means the same in this function as around it; where there are closed scopes, the pattern has the keyword |
 * | `@member` | a name after `this.` |
 * | `@property` | no name at all: a key, a member of something else |
 */
class Locals {
  readonly #places: Places;
  readonly #declarations = oncePerName(
    (file: SyntaxFile, name) => new Declarations(file, this.#places, name),
  );
  readonly #references = new Map<Binding, readonly Node[]>();
  readonly #assignments = new Map<Binding, readonly Place[]>();
  readonly #declaring = new Map<Binding, readonly Place[]>();
  readonly #uses = new Map<Binding, ReadonlyMap<number, readonly Node[]>>();

  constructor(private readonly file: SyntaxFile) {
    this.#places = new Places(file);
  }

  bindingOf(name: Node): Binding | undefined {
    const place = this.#places.at(name);
    if (place.role === 'property') return undefined;
    const { text } = name;
    if (place.role === 'member' || (ownerOf(place) && place.role !== 'definition.promoted'))
      return this.#memberOf(classOf(place), text);
    const scopes = place.role === 'definition.outer' ? around(place) : place.scopes;
    return this.#visible(text, scopes, isDefinition(place.role) ? Infinity : place.range.start);
  }

  referencesOf(binding: Binding): readonly Node[] {
    let nodes = this.#references.get(binding);
    if (nodes === undefined) {
      // The classes below a class have its members, too.
      nodes = binding.isMember
        ? this.#placesOfMember(binding, this.file.occurrences(binding.name.text))
        : this.#placesOfName(binding);
      this.#references.set(binding, nodes);
    }
    return nodes;
  }

  #placesOfMember(binding: Binding, nodes: readonly Node[]): Node[] {
    return nodes.filter((node) => {
      const place = this.#places.at(node);
      return place.role === 'definition.promoted'
        ? this.#memberOf(classOf(place), node.text) === binding
        : this.bindingOf(node) === binding;
    });
  }

  #placesOfName(binding: Binding): Node[] {
    const { scope, name } = binding;
    const nodes: Node[] = [];
    const isVariable = this.#declared(name.text, scope).name?.isVariable ?? false;
    const parts = partsWith(this.file, name.text, scope.range, isVariable);
    let hiddenUntil = 0;
    for (const node of parts.flatMap((part) => this.file.occurrencesIn(part, name.text))) {
      if (node.startIndex < hiddenUntil) continue;
      const other = this.bindingOf(node);
      if (other === binding) nodes.push(node);
      else if (other && this.#hides(other, binding, node)) hiddenUntil = other.scope.range.end;
    }
    return nodes;
  }

  /** Whether an inner scope means another binding by the same name, from a place on to its end. */
  #hides(inner: Binding, { name, scope }: Binding, place: Node): boolean {
    const { text } = name;
    if (inner.isMember || inner.scope.node.id === scope.node.id) return false;
    if (!contains(scope.range, inner.scope.range)) return false;
    const isHeld = (this.#declared(text, inner.scope).name?.from ?? 0) <= place.startIndex;
    // A closed function in the inner scope sees the variables of neither.
    const isVariable = this.#declared(text, scope).name?.isVariable ?? false;
    return isHeld && isVariable;
  }

  assignmentsOf(binding: Binding): readonly Assignment[] {
    return this.#assignmentsOf(binding);
  }

  #assignmentsOf(binding: Binding): readonly Place[] {
    let places = this.#assignments.get(binding);
    if (places === undefined) {
      const { isMember, name, scope } = binding;
      const nodes = isMember
        ? this.#placesOfMember(binding, this.file.occurrencesIn(scope.range, name.text))
        : this.referencesOf(binding);
      places = nodes
        .map((node) => this.#places.at(node))
        .filter(({ role }) => role === 'assignment' || isDefinition(role));
      this.#assignments.set(binding, places);
    }
    return places;
  }

  valuesAt(name: Node): readonly Assignment[] {
    const binding = this.bindingOf(name);
    if (!binding) return [];
    const all = this.#assignmentsOf(binding);
    return binding.isMember ? all : reaching(all, this.#places.at(name));
  }

  /** Of a name that a scope declares more than once, the last before it; undefined for what is only imported. */
  declarationOf(name: Node): Assignment | undefined {
    const binding = this.bindingOf(name);
    return binding && this.#declarationAt(binding, name);
  }

  #declarationAt(binding: Binding, name: Node): Place | undefined {
    const place = this.#places.at(name);
    if (isDeclaration(place)) return place;
    const all = this.#declarationsOf(binding);
    return all[firstFrom(all, name.startIndex + 1, heldFrom) - 1] ?? all[0];
  }

  #declarationsOf(binding: Binding): readonly Place[] {
    let places = this.#declaring.get(binding);
    if (places === undefined) {
      places = this.#assignmentsOf(binding).filter(isDeclaration);
      this.#declaring.set(binding, places);
    }
    return places;
  }

  usesOf({ name }: Assignment): readonly Node[] {
    const binding = this.bindingOf(name);
    return (binding && this.#usesOf(binding).get(name.id)) ?? [];
  }

  /** The uses of each declaration of a binding, by the node of its name. */
  #usesOf(binding: Binding): ReadonlyMap<number, readonly Node[]> {
    const known = this.#uses.get(binding);
    if (known) return known;
    const uses = new Map<number, Node[]>();
    for (const node of this.referencesOf(binding)) {
      const declared = this.#declarationAt(binding, node)?.name;
      if (!declared || declared.id === node.id) continue;
      const others = uses.get(declared.id);
      if (others) others.push(node);
      else uses.set(declared.id, [node]);
    }
    this.#uses.set(binding, uses);
    return uses;
  }

  isFree(name: string, place?: Node): boolean {
    if (place) return this.bindingAt(name, place) === undefined;
    return this.isFreeIn(name, { start: 0, end: this.file.text.length });
  }

  isFreeIn(name: string, range: TextRange): boolean {
    return this.file
      .occurrencesIn(range, name)
      .every((node) => /^(?:property|member)$/.test(this.#places.at(node).role ?? ''));
  }

  memberAt(node: Node, name: string): Binding | undefined {
    return this.#memberOf(classOf(this.#places.at(node)), name);
  }

  /** The binding that a name would mean at a place where it does not stand. */
  bindingAt(name: string, place: Node): Binding | undefined {
    return this.#visible(name, this.#places.at(place).scopes, place.startIndex);
  }

  classAround(node: Node): Scope | undefined {
    const scope = classOf(this.#places.at(node));
    return scope.kind === 'module' ? undefined : scope;
  }

  #declared(name: string, scope: Scope): Declared {
    return this.#declarations(this.file, name).in(scope);
  }

  /** The binding of a name that is visible at an offset in the innermost of some scopes. */
  #visible(name: string, scopes: readonly Scope[], at: number): Binding | undefined {
    let isClosed = false;
    for (const scope of scopes) {
      const { name: own, member, isNonlocal } = this.#declared(name, scope);
      const known = own ?? (member?.isBare ? member : undefined);
      if (known && known.from <= at && !isNonlocal && !(isClosed && known.isVariable))
        return known.binding;
      if (scope.kind === 'closed' && !isNonlocal) isClosed = true;
    }
    return undefined;
  }

  /** A member of a class, or of the classes above it in the same file. */
  #memberOf(scope: Scope, name: string, depth = 0): Binding | undefined {
    const own = this.#declared(name, scope).member?.binding;
    if (own || !scope.superclass || depth > maxDepth) return own;
    const above = this.#classNamedBy(scope.superclass);
    return above && above !== scope ? this.#memberOf(above, name, depth + 1) : undefined;
  }

  #classNamedBy(name: Node): Scope | undefined {
    const declaration = this.bindingOf(name)?.name.parent;
    const last = declaration && this.file.root.descendantForIndex(declaration.endIndex - 1);
    return last
      ? this.#places
          .at(last)
          .scopes.find(({ node }) => [node.id, node.parent?.id].includes(declaration.id))
      : undefined;
  }
}

export type { Binding } from './declarations';

export const localsOf = oncePerFile((file: SyntaxFile) => new Locals(file));

/** Of classes above a class; a file can say that a class is its own. */
const maxDepth = 8;

/** Whether a place says what a name is: an import does not, nor does `this.name = value`. */
const isDeclaration = ({ role }: Place) =>
  isDefinition(role) && role !== 'definition.member' && role !== 'definition.module';

import type { Node } from 'web-tree-sitter';
import type { TextRange } from '../core/problem';
import { oncePerFile, oncePerName } from './once';
import { classOf, functionOf, moduleOf, type Place, Places, type Scope } from './places';
import { reaching } from './reaching';
import { firstFrom } from './sorted';
import type { SyntaxFile } from './syntaxFile';

/** What a name means: one variable, parameter, function, class, import or field. The same one is the same object. */
export interface Binding {
  /** Where it is declared first, or first assigned in a language without declarations. */
  readonly name: Node;
  /** Where it holds; of a field, the class. */
  readonly scope: Scope;
  /** A field, which is found through `this`. */
  readonly isMember: boolean;
}

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
 * | `@scope.closed` | one that sees no variables of what is around it |
 * | `@scope.class`, `@scope.object` | what `this` may mean; `@superclass` in the same pattern is the class above |
 * | `@branch`, `@branch.any`, `@branch.loop` | code that may not run: one arm of several, any other, a loop's body |
 * | `@definition` | a name that holds in the innermost scope |
 * | `@definition.local` | the same, from its declaration on |
 * | `@definition.function`, `.module` | in the innermost function; in the file |
 * | `@definition.outer` | the name of a scope, which holds around it |
 * | `@definition.member`, `.field` | a member of the class, found through `this`; found by its bare name too |
 * | `@definition.promoted` | a parameter that is a member of the class as well |
 * | `@assignment` | a name that gets a value without being declared |
 * | `@nonlocal` | a name that means the same in this function as around it |
 * | `@member` | a name after `this.` |
 * | `@property` | no name at all: a key, a member of something else |
 */
class Locals {
  readonly #places: Places;
  readonly #bindings = oncePerName((_file: SyntaxFile, name) => this.#read(name));
  readonly #references = new Map<Binding, readonly Node[]>();
  readonly #assignments = new Map<Binding, readonly Place[]>();
  readonly #declarations = new Map<Binding, readonly Place[]>();
  readonly #uses = new Map<Binding, ReadonlyMap<number, readonly Node[]>>();

  constructor(private readonly file: SyntaxFile) {
    this.#places = new Places(file);
  }

  bindingOf(name: Node): Binding | undefined {
    const bindings = this.#bindings(this.file, name.text);
    if (bindings.names.size + bindings.members.size === 0) return undefined;
    const place = this.#places.at(name);
    if (place.role === 'property') return undefined;
    if (place.role === 'member' || (ownerOf(place) && place.role !== 'definition.promoted'))
      return this.#memberOf(classOf(place), bindings);
    const scopes = place.role === 'definition.outer' ? around(place) : place.scopes;
    return visible(scopes, bindings, isDefinition(place.role) ? Infinity : place.range.start);
  }

  referencesOf(binding: Binding): readonly Node[] {
    let nodes = this.#references.get(binding);
    if (nodes === undefined) {
      const { text } = binding.name;
      const places = binding.isMember
        ? this.file.occurrences(text)
        : this.file.occurrencesIn(binding.scope.range, text);
      nodes = places.filter((node) => this.#means(node, binding));
      this.#references.set(binding, nodes);
    }
    return nodes;
  }

  #means(node: Node, binding: Binding): boolean {
    const place = this.#places.at(node);
    if (!binding.isMember || place.role !== 'definition.promoted')
      return this.bindingOf(node) === binding;
    return this.#memberOf(classOf(place), this.#bindings(this.file, node.text)) === binding;
  }

  assignmentsOf(binding: Binding): readonly Assignment[] {
    return this.#assignmentsOf(binding);
  }

  #assignmentsOf(binding: Binding): readonly Place[] {
    let places = this.#assignments.get(binding);
    if (places === undefined) {
      places = this.#definitions(binding.name.text)
        .filter((node) => this.#means(node, binding))
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
    let places = this.#declarations.get(binding);
    if (places === undefined) {
      places = this.#assignmentsOf(binding).filter(isDeclaration);
      this.#declarations.set(binding, places);
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
      .map((node) => this.#places.at(node).role)
      .every((role) => role === 'property' || role === 'member');
  }

  memberAt(node: Node, name: string): Binding | undefined {
    return this.#memberOf(classOf(this.#places.at(node)), this.#bindings(this.file, name));
  }

  /** The binding that a name would mean at a place where it does not stand. */
  bindingAt(name: string, place: Node): Binding | undefined {
    const { scopes } = this.#places.at(place);
    return visible(scopes, this.#bindings(this.file, name), place.startIndex);
  }

  classAround(node: Node): Scope | undefined {
    const scope = classOf(this.#places.at(node));
    return scope.kind === 'module' ? undefined : scope;
  }

  /** Every place that declares or assigns a name, in order. */
  #definitions(name: string): readonly Node[] {
    return definitionsOf(this.file).get(name) ?? [];
  }

  /** Every binding of a name in the file, by the scope that it holds in. */
  #read(name: string): Bindings {
    const bindings: Bindings = { names: new Map(), members: new Map(), nonlocal: new Set() };
    for (const node of this.#definitions(name)) {
      const place = this.#places.at(node);
      if (place.role === 'nonlocal') bindings.nonlocal.add(functionOf(place).node.id);
      const scope = scopeOf(place);
      if (scope) declare(bindings.names, scope, false, place);
      const owner = ownerOf(place);
      if (owner) declare(bindings.members, owner, true, place);
    }
    return bindings;
  }

  /** A member of a class, or of the classes above it in the same file. */
  #memberOf(scope: Scope, bindings: Bindings, depth = 0): Binding | undefined {
    const own = bindings.members.get(scope.node.id)?.binding;
    if (own || !scope.superclass || depth > maxDepth) return own;
    const parent = this.bindingOf(scope.superclass)?.name.parent;
    const above = [...bindings.members.values()]
      .map(({ binding }) => binding.scope)
      .find(({ node }) => node.id === parent?.id || node.parent?.id === parent?.id);
    return above && above !== scope ? this.#memberOf(above, bindings, depth + 1) : undefined;
  }
}

const definitionsOf = oncePerFile((file: SyntaxFile) => file.captured(file.scopes.definitions));

export const localsOf = oncePerFile((file: SyntaxFile) => new Locals(file));

/** Of classes above a class; a file can say that a class is its own. */
const maxDepth = 8;

interface Bindings {
  readonly names: Map<number, Known>;
  readonly members: Map<number, Known>;
  /** The functions in which the name means what it means around them. */
  readonly nonlocal: Set<number>;
}

interface Known {
  readonly binding: Binding;
  /** The offset from which it holds. */
  readonly from: number;
  /** Not seen from inside a closed function. */
  readonly isVariable: boolean;
  /** Found without `this`. */
  readonly isBare: boolean;
}

const isDefinition = (role: Place['role']) => role?.startsWith('definition') ?? false;
/** The scopes around the one that a name is the name of. */
const around = ({ scopes, name }: Place) =>
  scopes[0]?.node.id === name.parent?.id ? scopes.slice(1) : scopes;

function declare(known: Map<number, Known>, scope: Scope, isMember: boolean, place: Place): void {
  const before = known.get(scope.node.id);
  known.set(scope.node.id, {
    binding: before?.binding ?? { name: place.name, scope, isMember },
    from: before?.from ?? (place.role === 'definition.local' ? heldFrom(place) : 0),
    isVariable: isVariable(place),
    isBare: (before?.isBare ?? false) || place.role === 'definition.field',
  });
}

/** Where a declaration begins to count: `a := f(a)` gives f the `a` before it. */
const heldFrom = ({ role, range, value }: Place) =>
  role === 'definition.local' ? Math.max(range.end, value?.endIndex ?? 0) : range.start;

/** Whether a place says what a name is: an import does not, nor does `this.name = value`. */
const isDeclaration = ({ role }: Place) =>
  isDefinition(role) && role !== 'definition.member' && role !== 'definition.module';

/** What a closed function does not see of what is around it. */
const isVariable = ({ role }: Place) => role === 'definition' || role === 'definition.function';

/** Where the name holds that a place declares; undefined where it declares none. */
function scopeOf(place: Place): Scope | undefined {
  const { role, scopes } = place;
  if (role === 'definition.function') return functionOf(place);
  if (role === 'definition.module') return moduleOf(place);
  if (role === 'definition.outer') return around(place)[0];
  if (role === 'definition.field' && !ownerOf(place)) return moduleOf(place);
  const isInnermost = role === 'definition' || /\.(?:local|promoted)$/.test(role ?? '');
  return isInnermost ? scopes[0] : undefined;
}

/** The class whose member a place declares; the file for one of an unknown `this`. */
function ownerOf(place: Place): Scope | undefined {
  const owner = classOf(place);
  if (place.role === 'definition.field') return owner.kind === 'module' ? undefined : owner;
  return /\.(?:member|promoted)$/.test(place.role ?? '') ? owner : undefined;
}

/** The binding of a name that is visible at an offset in the innermost of some scopes. */
function visible(
  scopes: readonly Scope[],
  { names, members, nonlocal }: Bindings,
  at: number,
): Binding | undefined {
  let isClosed = false;
  for (const { node, kind } of scopes) {
    const field = members.get(node.id);
    const known = names.get(node.id) ?? (field?.isBare ? field : undefined);
    const isNonlocal = nonlocal.has(node.id);
    if (known && known.from <= at && !isNonlocal && !(isClosed && known.isVariable))
      return known.binding;
    if (kind === 'closed' && !isNonlocal) isClosed = true;
  }
  return undefined;
}

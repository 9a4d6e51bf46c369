import type { Node } from 'web-tree-sitter';
import type { TextRange } from '../core/problem';
import { classOf, functionOf, moduleOf, type Place, type Places, type Scope } from './places';
import { partsWith } from './partsWith';
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

/** What one name is declared as in one scope. */
export interface Declared {
  readonly name: Known | undefined;
  readonly member: Known | undefined;
  /** A function in which the name means what it means around it. */
  readonly isNonlocal: boolean;
}

export interface Known {
  readonly binding: Binding;
  /** The offset from which it holds. */
  readonly from: number;
  /** Not seen from inside a closed function. */
  readonly isVariable: boolean;
  /** Found without `this`. */
  readonly isBare: boolean;
}

/**
 * Every place that declares or assigns one name. Only what lies in the scopes that somebody asks for is read, and once:
 * what a name means is nearly always decided in the function that it stands in, however often the file has the name.
 */
export class Declarations {
  /** By the index of an offset of the name, where the next that is not read may be. */
  readonly #next: number[] = [];
  /** The first place of the name, null for none. */
  #first: Node | null | undefined;
  readonly #names = new Map<number, Place[]>();
  readonly #members = new Map<number, Place[]>();
  readonly #nonlocal = new Set<number>();
  readonly #declared = new Map<number, Declared>();

  constructor(
    private readonly file: SyntaxFile,
    private readonly places: Places,
    private readonly name: string,
  ) {}

  /** Whatever declares a name in a scope stands in it. */
  in(scope: Scope): Declared {
    const { id } = scope.node;
    let declared = this.#declared.get(id);
    if (declared === undefined) {
      this.#read(scope);
      declared = {
        name: known(this.#names.get(id), scope, false),
        member: known(this.#members.get(id), scope, true),
        isNonlocal: this.#nonlocal.has(id),
      };
      this.#declared.set(id, declared);
    }
    return declared;
  }

  #read({ range }: Scope): void {
    const parts = partsWith(this.file, this.name, range, this.#isOfVariables());
    for (const part of parts) this.#readPart(part);
  }

  /** Whether only variables have the name: in a sealed function it declares nothing outside. Its text tells the type. */
  #isOfVariables(): boolean {
    const types = this.file.scopes.closed?.variables;
    if (!types || types.size === 0) return false;
    if (this.#first === undefined) this.#first = this.#firstPlace();
    return this.#first !== null && types.has(this.#first.type);
  }

  #firstPlace(): Node | null {
    for (const at of this.file.offsetsOf(this.name).keys()) {
      const node = this.file.occurrenceAt(this.name, at);
      if (node) return node;
    }
    return null;
  }

  #readPart(range: TextRange): void {
    const offsets = this.file.offsetsOf(this.name);
    let at = this.#unread(firstFrom(offsets, range.start, (offset) => offset));
    while ((offsets[at] ?? range.end) < range.end) {
      const node = this.file.occurrenceAt(this.name, at);
      this.#next[at] = at + 1;
      if (node) this.#add(this.places.at(node));
      at = this.#unread(at + 1);
    }
  }

  #unread(from: number): number {
    let end = from;
    for (let next = this.#next[end]; next !== undefined; next = this.#next[end]) end = next;
    // The next one who comes by goes all the way at once.
    for (let at = from; at < end; ) {
      const next = this.#next[at] ?? end;
      this.#next[at] = end;
      at = next;
    }
    return end;
  }

  #add(place: Place): void {
    if (place.role === 'nonlocal') this.#nonlocal.add(functionOf(place).node.id);
    push(this.#names, scopeOf(place), place);
    push(this.#members, ownerOf(place), place);
  }
}

function push(places: Map<number, Place[]>, scope: Scope | undefined, place: Place): void {
  if (!scope) return;
  const others = places.get(scope.node.id);
  if (others) others.push(place);
  else places.set(scope.node.id, [place]);
}

function known(
  places: readonly Place[] | undefined,
  scope: Scope,
  isMember: boolean,
): Known | undefined {
  // Inner scopes may have been read before what stands around them.
  const inOrder = places?.toSorted((a, b) => a.range.start - b.range.start);
  const [first] = inOrder ?? [];
  const last = inOrder?.at(-1);
  if (!inOrder || !first || !last) return undefined;
  const isLate = first.role === 'definition.local' && scope.kind !== 'module';
  return {
    binding: { name: first.name, scope, isMember },
    from: isLate ? heldFrom(first) : 0,
    isVariable: isVariable(last),
    isBare: inOrder.some(({ role }) => role === 'definition.field'),
  };
}

export const isDefinition = (role: Place['role']) => role?.startsWith('definition') ?? false;

/** The scopes around the one that a name is the name of. */
export const around = ({ scopes, name }: Place) =>
  scopes[0]?.node.id === name.parent?.id ? scopes.slice(1) : scopes;

/** Where a declaration begins to count: `a := f(a)` gives f the `a` before it. */
export const heldFrom = ({ role, range, value }: Place) =>
  role === 'definition.local' ? Math.max(range.end, value?.endIndex ?? 0) : range.start;

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
export function ownerOf(place: Place): Scope | undefined {
  const owner = classOf(place);
  if (place.role === 'definition.field') return owner.kind === 'module' ? undefined : owner;
  return /\.(?:member|promoted)$/.test(place.role ?? '') ? owner : undefined;
}

import type { Node } from 'web-tree-sitter';
import { oncePerName } from './once';
import { firstFrom } from './sorted';
import { ancestor, rangeOf, type SyntaxFile } from './syntaxFile';

/** A name where it is declared: a variable, a parameter, a function, a type. */
export interface Binding {
  readonly name: Node;
  readonly type?: Node | undefined;
  /** What it begins with. */
  readonly value?: Node | undefined;
  /** The declaration as a whole. */
  readonly declaration: Node;
}

/** How a grammar declares names. */
export interface DeclarationRules {
  /** Node types that a name declared in them does not leave. */
  readonly scopes: readonly string[];
  /** What a leaf declares where it stands; undefined where it only uses a name. */
  readonly bindingAt: (leaf: Node) => Omit<Binding, 'name'> | undefined;
  /** Whether a name holds only after its declaration, as in Go and Rust; in classes it holds everywhere. */
  readonly holdsFrom: (binding: Binding) => number;
}

interface Scope {
  readonly start: number;
  readonly end: number;
  readonly bindings: Binding[];
  /** The next scope around it that declares the same name. */
  outer?: Scope | undefined;
}

/** Answers which declaration a name belongs to: the innermost scope around it decides. */
export class Bindings {
  readonly #scopesOf: (file: SyntaxFile, name: string) => readonly Scope[];

  constructor(private readonly rules: DeclarationRules) {
    this.#scopesOf = oncePerName((file, name) => nest(this.#declared(file, name), rules.scopes));
  }

  /**
   * The declaration behind a use of a name; of a declaration, itself.
   * @param accepts leaves out declarations that the use cannot mean, as `this.name` means no parameter
   */
  of(
    file: SyntaxFile,
    name: Node,
    text = name.text,
    accepts: (binding: Binding) => boolean = () => true,
  ): Binding | undefined {
    const scopes = this.#scopesOf(file, text);
    const at = name.startIndex;
    let scope = scopes[firstFrom(scopes, at + 1, ({ start }) => start) - 1];
    while (scope) {
      const { end, bindings } = scope;
      const visible =
        at < end &&
        bindings.findLast((binding) => this.#holdsAt(binding, name) && accepts(binding));
      if (visible) return visible;
      scope = scope.outer;
    }
    return undefined;
  }

  /** Every place in the file that means the same declaration. */
  placesOf(file: SyntaxFile, binding: Binding): readonly Node[] {
    const { name, declaration } = binding;
    const scope = ancestor(declaration, this.rules.scopes) ?? file.root;
    return file
      .occurrencesIn(rangeOf(scope), name.text)
      .filter((node) => node.id !== name.id && this.of(file, node)?.name.id === name.id);
  }

  #holdsAt(binding: Binding, name: Node): boolean {
    return binding.name.id === name.id || this.rules.holdsFrom(binding) <= name.startIndex;
  }

  #declared(file: SyntaxFile, name: string): Binding[] {
    return file.occurrences(name).flatMap((leaf) => {
      const binding = this.rules.bindingAt(leaf);
      return binding ? { name: leaf, ...binding } : [];
    });
  }
}

/** The scopes that declare a name, in order, each with the one around it. */
function nest(bindings: readonly Binding[], types: readonly string[]): Scope[] {
  const scopes = new Map<number, Scope>();
  for (const binding of bindings) {
    const node = ancestor(binding.declaration, types) ?? binding.declaration.tree.rootNode;
    const known = scopes.get(node.id);
    if (known) known.bindings.push(binding);
    else scopes.set(node.id, { start: node.startIndex, end: node.endIndex, bindings: [binding] });
  }
  const sorted = [...scopes.values()].toSorted((a, b) => a.start - b.start || b.end - a.end);
  const open: Scope[] = [];
  for (const scope of sorted) {
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= scope.start) open.pop();
    scope.outer = open.at(-1);
    open.push(scope);
  }
  return sorted;
}

import type { Node } from 'web-tree-sitter';
import { oncePerName } from '../once';
import { ancestor, contains, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';

/** The declaration behind a name: the last one before it in the blocks around it, a struct's field, or the file's. */
export function sourceOf(file: SyntaxFile, node: Node): Node | undefined {
  const name = node.type === 'selector_expression' ? field(node, 'field') : node;
  if (!name || !/identifier/.test(name.type)) return node;
  const declared = declarationsOf(file, name.text);
  const place = rangeOf(name);
  const visible = declared.filter(({ scope }) => contains(scope, place));
  const last = visible.findLast(({ node: { startIndex } }) => startIndex <= name.startIndex);
  return (last ?? declared[0])?.node;
}

/** Every declaration of a name in the file, with the part of it where it holds. */
const declarationsOf = oncePerName((file: SyntaxFile, name) =>
  file
    .occurrences(name)
    .flatMap((node) => declarationOf(node) ?? [])
    .map((node) => ({ node, scope: scopeOf(node) })),
);

/** Where a declaration holds: the block around it, the function for a parameter, or the file. */
export const scopeOf = (declaration: Node) =>
  rangeOf(ancestor(declaration, scopes) ?? declaration.tree.rootNode);

const scopes = ['block', 'function_declaration', 'method_declaration', 'func_literal'];

function declarationOf(name: Node): Node | undefined {
  const holder = name.parent?.type === 'expression_list' ? name.parent.parent : name.parent;
  if (
    !holder ||
    !/^(?:short_var_declaration|var_spec|parameter_declaration|field_declaration)$/.test(
      holder.type,
    )
  )
    return undefined;
  return contains(rangeOf(field(holder, 'left') ?? holder), rangeOf(name)) ? holder : undefined;
}

/** The literal `&lambda.InvokeAsyncInput{…}` that an expression is, or that a variable starts as. */
export function literalOf(source: Node | undefined): Node | undefined {
  const value = field(source, 'right') ?? field(source, 'value') ?? source;
  const single = value?.type === 'expression_list' ? items(value)[0] : value;
  const literal = single?.type === 'unary_expression' ? field(single, 'operand') : single;
  return literal?.type === 'composite_literal' ? literal : undefined;
}

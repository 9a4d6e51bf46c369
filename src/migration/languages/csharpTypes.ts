import type { Node } from 'web-tree-sitter';
import { type Assignment, localsOf } from '../locals';
import { oncePerFile, oncePerName } from '../once';
import { ancestor, field, items, type SyntaxFile } from '../syntaxFile';

const farthest = 8;

/** The type of an expression as the file writes it: `IAmazonLambda`, `InvokeAsyncRequest`. */
export function typeOf(file: SyntaxFile, expression: Node | undefined, depth = 0): string {
  if (!expression || depth > farthest) return '';
  const next = (node: Node | undefined) => typeOf(file, node, depth + 1);
  switch (expression.type) {
    case 'identifier':
      return typeOfDeclaration(localsOf(file).declarationOf(expression), next);
    case 'member_access_expression': {
      const [object, name] = [field(expression, 'expression'), field(expression, 'name')];
      if (object?.type === 'this' || object?.text === 'this')
        return name ? typeOfDeclaration(localsOf(file).declarationOf(name), next) : '';
      // A mock's object is of the type that is mocked.
      return name?.text === 'Object' ? (/^Mock<(.+)>$/.exec(next(object))?.[1] ?? '') : '';
    }
    case 'object_creation_expression':
    case 'cast_expression':
      return field(expression, 'type')?.text.replace(/^global::/, '') ?? '';
    case 'as_expression':
      return field(expression, 'right')?.text ?? '';
    case 'implicit_object_creation_expression':
      return field(ancestor(expression, ['variable_declaration']), 'type')?.text ?? '';
    case 'parenthesized_expression':
    case 'await_expression':
    case 'postfix_unary_expression':
      return next(items(expression)[0]);
    case 'invocation_expression':
      return typeOfCall(file, field(expression, 'function'));
    default:
      return '';
  }
}

/** `GetRequiredService<IAmazonLambda>()` and its like give what they name; a method of the file what it says. */
function typeOfCall(file: SyntaxFile, callee: Node | undefined): string {
  const name = callee?.type === 'member_access_expression' ? field(callee, 'name') : callee;
  if (name?.type === 'generic_name') return /<(\w+)>$/.exec(name.text)?.[1] ?? '';
  return callee?.type === 'identifier' ? resultOf(file, callee.text) : '';
}

const typeOfDeclaration = (
  declaration: Assignment | undefined,
  next: (node: Node | undefined) => string,
) =>
  declaration?.type && declaration.type.text !== 'var'
    ? declaration.type.text.replace(/\?$/, '')
    : next(declaration?.value);

const resultOf = oncePerName((file: SyntaxFile, name): string => {
  const method = file
    .occurrences(name)
    .find(
      ({ parent, id }) =>
        field(parent ?? undefined, 'name')?.id === id && field(parent ?? undefined, 'returns'),
    );
  return field(method?.parent ?? undefined, 'returns')?.text ?? '';
});

/** The namespaces and aliases that the file uses. */
export const usingsOf = oncePerFile((file: SyntaxFile) =>
  file.nodesBy('using', 'using_directive').flatMap((directive) => {
    const alias = field(directive, 'name');
    const path =
      items(directive)
        .at(-1)
        ?.text.replace(/^global::/, '') ?? '';
    return { alias: alias?.text, path };
  }),
);

/** Whether the file declares a type or member of a name. */
export const isDeclared = oncePerName((file: SyntaxFile, name) =>
  file
    .occurrences(name)
    .some(
      (node) =>
        /_(?:declaration|declarator)$|^parameter$/.test(node.parent?.type ?? '') &&
        field(node.parent ?? undefined, 'name')?.id === node.id,
    ),
);

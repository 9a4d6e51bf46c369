import type { Node } from 'web-tree-sitter';
import { type Assignment, localsOf } from '../locals';
import { oncePerName } from '../once';
import { field, type SyntaxFile } from '../syntaxFile';

const farthest = 8;

/** The type of an expression as the file writes it, or what makes it: `AWSLambda`, `AWSLambdaClientBuilder.standard`. */
export function typeOf(file: SyntaxFile, expression: Node | undefined, depth = 0): string {
  if (!expression || depth > farthest) return '';
  const next = (node: Node | undefined) => typeOf(file, node, depth + 1);
  switch (expression.type) {
    case 'identifier':
      return typeOfDeclaration(localsOf(file).declarationOf(expression), next);
    case 'field_access': {
      const name = field(expression, 'field');
      const isOwn = field(expression, 'object')?.type === 'this';
      return name && isOwn ? typeOfDeclaration(localsOf(file).declarationOf(name), next) : '';
    }
    case 'object_creation_expression':
    case 'cast_expression':
      return field(expression, 'type')?.text ?? '';
    case 'parenthesized_expression':
      return next(expression.namedChildren[0] ?? undefined);
    case 'method_invocation': {
      const object = field(expression, 'object');
      if (!object || object.type === 'this')
        return resultOf(file, field(expression, 'name')?.text ?? '');
      // A chain is of what it begins with: `InvokeAsyncRequest` with its setters, a builder.
      return next(object) || (localsOf(file).declarationOf(object) ? '' : object.text);
    }
    default:
      return '';
  }
}

const typeOfDeclaration = (
  declaration: Assignment | undefined,
  next: (node: Node | undefined) => string,
) =>
  declaration?.type && declaration.type.text !== 'var'
    ? declaration.type.text
    : next(declaration?.value);

/** What the methods of a name that the file declares return; '' where they differ. */
export const resultOf = oncePerName((file: SyntaxFile, name): string => {
  const types = file
    .occurrences(name)
    .flatMap(({ parent, id }) =>
      parent?.type === 'method_declaration' && field(parent, 'name')?.id === id
        ? (field(parent, 'type')?.text ?? '')
        : [],
    );
  return new Set(types).size === 1 ? (types[0] ?? '') : '';
});

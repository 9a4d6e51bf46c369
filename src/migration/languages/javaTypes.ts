import type { Node } from 'web-tree-sitter';
import { type Binding, Bindings } from '../bindings';
import { oncePerName } from '../once';
import { field, type SyntaxFile } from '../syntaxFile';

export const javaBindings = new Bindings({
  scopes: [
    'block',
    'class_body',
    'interface_body',
    'enum_body',
    'record_declaration',
    'method_declaration',
    'constructor_declaration',
    'lambda_expression',
    'for_statement',
    'enhanced_for_statement',
    'try_with_resources_statement',
    'catch_clause',
    'switch_block_statement_group',
  ],
  bindingAt,
  holdsFrom: ({ declaration }) => (isMember(declaration) ? 0 : declaration.startIndex),
});

const isMember = ({ type }: Node) =>
  /^(?:field|class|interface|enum|record)_declaration$/.test(type);

/** What declares a name by its own field of the grammar. */
const named = new Set([
  'formal_parameter',
  'catch_formal_parameter',
  'resource',
  'enhanced_for_statement',
  'instanceof_expression',
  'class_declaration',
  'interface_declaration',
  'enum_declaration',
  'record_declaration',
  'annotation_type_declaration',
]);

function bindingAt(name: Node): Omit<Binding, 'name'> | undefined {
  const { parent } = name;
  if (!parent) return undefined;
  if (parent.type === 'inferred_parameters') return { declaration: name };
  if (parent.type === 'lambda_expression')
    return field(parent, 'parameters')?.id === name.id ? { declaration: name } : undefined;
  if (field(parent, 'name')?.id !== name.id) return undefined;
  const value = field(parent, 'value');
  if (parent.type === 'variable_declarator') {
    const declaration = parent.parent ?? parent;
    return { declaration, type: field(declaration, 'type'), value };
  }
  if (!named.has(parent.type)) return undefined;
  const isStatement = /^(?:enhanced_for_statement|instanceof_expression)$/.test(parent.type);
  return {
    declaration: isStatement ? name : parent,
    type: field(parent, 'type') ?? field(parent, 'right'),
    value: parent.type === 'resource' ? value : undefined,
  };
}

const farthest = 8;

/** The type of an expression as the file writes it, or what makes it: `AWSLambda`, `AWSLambdaClientBuilder.standard`. */
export function typeOf(file: SyntaxFile, expression: Node | undefined, depth = 0): string {
  if (!expression || depth > farthest) return '';
  const next = (node: Node | undefined) => typeOf(file, node, depth + 1);
  switch (expression.type) {
    case 'identifier':
      return typeOfBinding(javaBindings.of(file, expression), next);
    case 'field_access': {
      const name = field(expression, 'field');
      const isOwn = field(expression, 'object')?.type === 'this';
      return name && isOwn ? typeOfBinding(memberOf(file, name), next) : '';
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
      return next(object) || (javaBindings.of(file, object) ? '' : object.text);
    }
    default:
      return '';
  }
}

const typeOfBinding = (binding: Binding | undefined, next: (node: Node | undefined) => string) =>
  binding?.type && binding.type.text !== 'var' ? binding.type.text : next(binding?.value);

const memberOf = (file: SyntaxFile, name: Node) =>
  javaBindings.of(
    file,
    name,
    name.text,
    ({ declaration }) => declaration.type === 'field_declaration',
  );

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

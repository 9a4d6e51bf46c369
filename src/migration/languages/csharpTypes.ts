import type { Node } from 'web-tree-sitter';
import { type Binding, Bindings } from '../bindings';
import { oncePerFile, oncePerName } from '../once';
import { ancestor, field, items, type SyntaxFile } from '../syntaxFile';

export const csharpBindings = new Bindings({
  scopes: [
    'block',
    'declaration_list',
    'class_declaration',
    'record_declaration',
    'struct_declaration',
    'method_declaration',
    'constructor_declaration',
    'local_function_statement',
    'lambda_expression',
    'accessor_declaration',
    'for_statement',
    'foreach_statement',
    'using_statement',
    'catch_clause',
    'switch_section',
  ],
  bindingAt,
  holdsFrom: ({ declaration }) => (isMember(declaration) ? 0 : declaration.startIndex),
});

const isMember = (declaration: Node) =>
  /^(?:property|class|record|struct|interface|enum|delegate)_declaration$/.test(declaration.type) ||
  declaration.parent?.type === 'field_declaration';

/** What declares a name by its own field of the grammar. */
const named = new Set([
  'parameter',
  'property_declaration',
  'declaration_pattern',
  'declaration_expression',
  'catch_declaration',
  'class_declaration',
  'record_declaration',
  'struct_declaration',
  'interface_declaration',
  'enum_declaration',
  'delegate_declaration',
]);

function bindingAt(name: Node): Omit<Binding, 'name'> | undefined {
  const { parent } = name;
  if (name.type === 'implicit_parameter') return { declaration: name };
  if (parent?.type === 'foreach_statement')
    return field(parent, 'left')?.id === name.id
      ? { declaration: name, type: field(parent, 'type') }
      : undefined;
  if (!parent || field(parent, 'name')?.id !== name.id) return undefined;
  if (parent.type === 'variable_declarator') {
    const declaration = parent.parent ?? parent;
    const value = items(parent).at(-1);
    return {
      declaration,
      type: field(declaration, 'type'),
      value: value?.id === name.id ? undefined : value,
    };
  }
  if (!named.has(parent.type)) return undefined;
  return { declaration: parent, type: field(parent, 'type'), value: field(parent, 'value') };
}

const farthest = 8;

/** The type of an expression as the file writes it: `IAmazonLambda`, `InvokeAsyncRequest`. */
export function typeOf(file: SyntaxFile, expression: Node | undefined, depth = 0): string {
  if (!expression || depth > farthest) return '';
  const next = (node: Node | undefined) => typeOf(file, node, depth + 1);
  switch (expression.type) {
    case 'identifier':
      return typeOfBinding(csharpBindings.of(file, expression), next);
    case 'member_access_expression': {
      const [object, name] = [field(expression, 'expression'), field(expression, 'name')];
      if (object?.type === 'this' || object?.text === 'this')
        return name ? typeOfBinding(memberOf(file, name), next) : '';
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

const typeOfBinding = (binding: Binding | undefined, next: (node: Node | undefined) => string) =>
  binding?.type && binding.type.text !== 'var'
    ? binding.type.text.replace(/\?$/, '')
    : next(binding?.value);

const memberOf = (file: SyntaxFile, name: Node) =>
  csharpBindings.of(file, name, name.text, ({ declaration }) => isMember(declaration));

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
  file.root.descendantsOfType('using_directive').flatMap((directive) => {
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

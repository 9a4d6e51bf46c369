import type { Node } from 'web-tree-sitter';
import { type Binding, Bindings } from '../bindings';
import { oncePerName } from '../once';
import { ancestor, contains, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';

const scopes = [
  'block',
  'function_declaration',
  'method_declaration',
  'func_literal',
  'if_statement',
  'for_statement',
  'expression_switch_statement',
  'type_switch_statement',
  'expression_case',
  'default_case',
  'type_case',
  'communication_case',
];

export const goBindings = new Bindings({
  scopes,
  bindingAt,
  // The names of a package hold everywhere in it, those of a function from their declaration on.
  holdsFrom: ({ declaration }) =>
    declaration.parent?.parent?.type === 'source_file' || declaration.parent?.type === 'source_file'
      ? 0
      : declaration.startIndex,
});

/** Declarations that write the names before the type. */
const typed = new Set([
  'var_spec',
  'const_spec',
  'parameter_declaration',
  'variadic_parameter_declaration',
]);
/** Declarations that take the names from a list on the left. */
const listed = new Set([
  'short_var_declaration',
  'range_clause',
  'receive_statement',
  'type_switch_statement',
]);
const named = new Set(['function_declaration', 'type_spec', 'type_alias']);

function bindingAt(name: Node): Omit<Binding, 'name'> | undefined {
  const { parent } = name;
  if (!parent || name.type === 'field_identifier') return undefined;
  if (typed.has(parent.type)) {
    const isName = parent.childrenForFieldName('name').some(({ id }) => id === name.id);
    if (!isName) return undefined;
    const at = parent.childrenForFieldName('name').findIndex(({ id }) => id === name.id);
    const value = valueAt(field(parent, 'value'), at);
    return { declaration: parent, type: field(parent, 'type'), value };
  }
  if (named.has(parent.type)) {
    return field(parent, 'name')?.id === name.id
      ? { declaration: parent, type: field(parent, 'type') }
      : undefined;
  }
  const holder = parent.parent;
  if (parent.type !== 'expression_list' || !holder || !listed.has(holder.type)) return undefined;
  const left = field(holder, 'left') ?? field(holder, 'alias');
  if (left?.id !== parent.id) return undefined;
  const at = items(parent).findIndex(({ id }) => id === name.id);
  const isList = holder.type === 'short_var_declaration';
  return {
    declaration: holder,
    value: isList ? valueAt(field(holder, 'right'), at) : undefined,
  };
}

/** The value for the name at a place; the one call that gives several names their values counts for the first. */
function valueAt(list: Node | undefined, at: number): Node | undefined {
  const values = items(list);
  return values.length === 1 && at > 0 ? undefined : values[at];
}

/** An expression without parentheses and `&` around it. */
export function bare(expression: Node | undefined): Node | undefined {
  let node = expression;
  while (node?.type === 'parenthesized_expression' || node?.type === 'unary_expression')
    node = field(node, 'operand') ?? items(node)[0];
  return node;
}

/** How far types are followed from declaration to declaration. */
const farthest = 8;

/**
 * The type of an expression as the file writes it, without pointers: `lambda.Client`, `sender`, `[]lambda.Client`.
 * `undefined` where the file does not say it. A constructor of another package stands for what it makes: `lambda.New()`.
 */
export function typeOf(
  file: SyntaxFile,
  expression: Node | undefined,
  depth = 0,
): string | undefined {
  const node = bare(expression);
  if (!node || depth > farthest) return undefined;
  const next = (other: Node | undefined) => typeOf(file, other, depth + 1);
  switch (node.type) {
    case 'identifier': {
      const binding = goBindings.of(file, node);
      return written(binding?.type) ?? next(binding?.value);
    }
    case 'composite_literal':
    case 'type_assertion_expression':
      return written(field(node, 'type'));
    case 'index_expression':
      return next(field(node, 'operand'))?.replace(/^(?:\[[^\]]*\]|map\[[^\]]*\])\*?/, '');
    case 'selector_expression':
      return typeOfField(file, next(field(node, 'operand')), field(node, 'field')?.text ?? '');
    case 'call_expression':
      return typeOfCall(file, node, next);
    default:
      return undefined;
  }
}

function typeOfCall(
  file: SyntaxFile,
  call: Node,
  next: (node: Node | undefined) => string | undefined,
): string | undefined {
  const callee = bare(field(call, 'function'));
  if (callee?.text === 'new') return written(items(field(call, 'arguments'))[0]);
  if (callee?.type === 'identifier') return resultOf(goBindings.of(file, callee)?.declaration);
  const [object, name] = [field(callee, 'operand'), field(callee, 'field')];
  if (!object || !name) return undefined;
  // Of a package, as no declaration in the file explains it.
  if (object.type === 'identifier' && !goBindings.of(file, object))
    return `${callee?.text ?? ''}()`;
  return resultOf(methodOf(file, next(object), name.text));
}

/** The first result of a function. */
function resultOf(declaration: Node | undefined): string | undefined {
  const result = field(declaration, 'result');
  const [first] = result?.type === 'parameter_list' ? items(result) : [];
  return written(first ? field(first, 'type') : result);
}

/** The method of a type that the file declares. */
export function methodOf(
  file: SyntaxFile,
  type: string | undefined,
  name: string,
): Node | undefined {
  return methodsNamed(file, name).find((method) => {
    const [receiver] = items(field(method, 'receiver'));
    return type !== undefined && written(field(receiver, 'type')) === type;
  });
}

const methodsNamed = oncePerName((file: SyntaxFile, name) =>
  file
    .occurrences(name)
    .flatMap(({ parent, id }) =>
      parent?.type === 'method_declaration' && field(parent, 'name')?.id === id ? parent : [],
    ),
);

/** The type of a struct's field, where the file declares the struct. */
function typeOfField(
  file: SyntaxFile,
  struct: string | undefined,
  name: string,
): string | undefined {
  const fields = fieldsOf(file, struct ?? '');
  const declared = fields.find((one) =>
    one.childrenForFieldName('name').some(({ text }) => text === name),
  );
  // An embedded one is called by its type.
  const embedded = fields.find(
    (one) => !field(one, 'name') && written(field(one, 'type'))?.split('.').at(-1) === name,
  );
  return written(field(declared ?? embedded, 'type'));
}

/** The types that a struct embeds. */
export const embeddedIn = (file: SyntaxFile, struct: string | undefined) =>
  fieldsOf(file, struct ?? '').flatMap((one) =>
    field(one, 'name') ? [] : (written(field(one, 'type')) ?? []),
  );

const fieldsOf = oncePerName((file: SyntaxFile, struct): readonly Node[] => {
  const spec = file
    .occurrences(struct)
    .find(({ parent, id }) => parent?.type === 'type_spec' && field(parent, 'name')?.id === id);
  const type = field(spec?.parent ?? undefined, 'type');
  return type?.type === 'struct_type' ? items(items(type)[0]) : [];
});

const written = (type: Node | undefined) => type?.text.replace(/^[*\s]+/, '');

/** Whether a name means the same at a place as at the top of the file. */
export const isPackageAt = (file: SyntaxFile, name: string, place: Node) =>
  goBindings.of(file, place, name) === undefined;

/** The literal `&lambda.InvokeAsyncInput{…}` that an expression is, or that its variable begins as. */
export function literalOf(file: SyntaxFile, expression: Node | undefined): Node | undefined {
  const node = bare(expression);
  const value = node?.type === 'identifier' ? bare(goBindings.of(file, node)?.value) : node;
  return value?.type === 'composite_literal' ? value : undefined;
}

/** The variable that an expression gives its value to. */
export function variableOf(file: SyntaxFile, expression: Node): Binding | undefined {
  const declaration = ancestor(expression, ['short_var_declaration', 'var_spec', ...stops]);
  if (!declaration || stops.includes(declaration.type)) return undefined;
  const [first] = items(field(declaration, 'left'));
  const name = first ?? field(declaration, 'name');
  const binding = name && goBindings.of(file, name);
  const value = bare(binding?.value);
  return binding && value && contains(rangeOf(value), rangeOf(expression)) ? binding : undefined;
}

const stops = ['argument_list', 'block', 'literal_value', 'func_literal'];

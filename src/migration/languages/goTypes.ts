import type { Node } from 'web-tree-sitter';
import { type Assignment, localsOf } from '../locals';
import { oncePerName } from '../once';
import { ancestor, contains, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';

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
      const declaration = localsOf(file).declarationOf(node);
      return written(declaration?.type) ?? next(declaration?.value);
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
  if (callee?.type === 'identifier')
    return resultOf(localsOf(file).declarationOf(callee)?.name.parent ?? undefined);
  const [object, name] = [field(callee, 'operand'), field(callee, 'field')];
  if (!object || !name) return undefined;
  // Of a package, as no declaration in the file explains it.
  if (object.type === 'identifier' && isPackageAt(file, object.text, object))
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
export function isPackageAt(file: SyntaxFile, name: string, place: Node): boolean {
  const binding = localsOf(file).bindingAt(name, place);
  return !binding || binding.name.type === 'package_identifier';
}

/** The literal `&lambda.InvokeAsyncInput{…}` that an expression is, or that its variable begins as. */
export function literalOf(file: SyntaxFile, expression: Node | undefined): Node | undefined {
  const node = bare(expression);
  const value =
    node?.type === 'identifier' ? bare(localsOf(file).declarationOf(node)?.value) : node;
  return value?.type === 'composite_literal' ? value : undefined;
}

/** The variable that an expression gives its value to. */
export function variableOf(file: SyntaxFile, expression: Node): Assignment | undefined {
  const statement = ancestor(expression, ['short_var_declaration', 'var_spec', ...stops]);
  if (!statement || stops.includes(statement.type)) return undefined;
  const [first] = items(field(statement, 'left'));
  const name = first ?? field(statement, 'name');
  const declaration = name && localsOf(file).declarationOf(name);
  const value = bare(declaration?.value);
  return value && contains(rangeOf(value), rangeOf(expression)) ? declaration : undefined;
}

const stops = ['argument_list', 'block', 'literal_value', 'func_literal'];

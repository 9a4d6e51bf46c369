import type { Node } from 'web-tree-sitter';
import { localsOf } from '../locals';
import { oncePerName } from '../once';
import { ancestor, field, items, type SyntaxFile } from '../syntaxFile';
import { fullPath } from './rustUses';

/** What holds a pattern, with what the pattern takes apart. */
const holders = /^(?:let_declaration|let_condition|parameter|for_expression)$/;

/** The type and the value of a variable; one in a pattern, as in `Some(client)`, has those of what is taken apart. */
export function declarationOf(
  file: SyntaxFile,
  variable: Node,
): { readonly type?: Node | undefined; readonly value?: Node | undefined } {
  const declaration = localsOf(file).declarationOf(variable);
  let holder = declaration?.name.parent ?? undefined;
  while (holder && /pattern/.test(holder.type)) holder = holder.parent ?? undefined;
  if (!holder || !holders.test(holder.type)) return declaration ?? {};
  return { type: field(holder, 'type'), value: field(holder, 'value') };
}

/** How far values are followed from declaration to declaration. */
const farthest = 8;

/** The type or the maker of an expression, as far as the file says it: `&Client`, `Client::new`. */
export function typeOf(file: SyntaxFile, expression: Node | undefined, depth = 0): string {
  if (!expression || depth > farthest) return '';
  const next = (node: Node | undefined) => typeOf(file, node, depth + 1);
  switch (expression.type) {
    case 'identifier': {
      const { type, value } = declarationOf(file, expression);
      return type?.text ?? next(value);
    }
    case 'field_expression':
      return fieldType(file, expression);
    case 'call_expression': {
      const callee = field(expression, 'function');
      if (callee?.type === 'field_expression') {
        const isSame = /^(?:clone|unwrap|expect|as_ref|to_owned)$/.test(
          field(callee, 'field')?.text ?? '',
        );
        return isSame ? next(field(callee, 'value')) : '';
      }
      const [argument] = items(field(expression, 'arguments'));
      return /^(?:\w+::)*(?:Arc|Rc|Box)::(?:new|clone)$/.test(callee?.text ?? '')
        ? next(argument)
        : (resultOf(file, callee) ?? callee?.text ?? '');
    }
    case 'reference_expression':
    case 'await_expression':
    case 'try_expression':
    case 'parenthesized_expression':
      return next(field(expression, 'value') ?? items(expression).at(-1));
    default:
      return '';
  }
}

/** What a function that the file declares returns. */
const resultOf = (file: SyntaxFile, callee: Node | undefined) =>
  callee?.type === 'identifier' ? functionNamed(file, callee.text) : undefined;

const functionNamed = oncePerName((file: SyntaxFile, name) => {
  const declared = file
    .occurrences(name)
    .find(({ parent, id }) => parent?.type === 'function_item' && field(parent, 'name')?.id === id);
  return field(declared?.parent ?? undefined, 'return_type')?.text;
});

/** `self.client`: the field of the type that the `impl` is of. */
function fieldType(file: SyntaxFile, access: Node): string {
  const object = field(access, 'value');
  const owner =
    object?.type === 'self'
      ? field(ancestor(access, ['impl_item']), 'type')
      : object && declarationOf(file, object).type;
  const struct = /(\w+)(?:<[^>]*>)?$/.exec(owner?.text ?? '')?.[1] ?? '';
  return fieldsOf(file, `${struct}.${field(access, 'field')?.text ?? ''}`);
}

const fieldsOf = oncePerName((file: SyntaxFile, path): string => {
  const [struct = '', name = ''] = path.split('.');
  const declared = file
    .occurrences(name)
    .find(
      ({ parent }) =>
        parent?.type === 'field_declaration' &&
        field(ancestor(parent, ['struct_item']), 'name')?.text === struct,
    );
  return field(declared?.parent ?? undefined, 'type')?.text ?? '';
});

/** Whether a type, or what makes a value, names one of the given paths. */
export const names = (file: SyntaxFile, type: string, paths: RegExp) =>
  [...type.matchAll(/\w+(?:::\w+)*/g)].some(([path]) => paths.test(fullPath(file, path)));

/** Calls that give a `Vec<u8>`, which a Blob can be made of as a ByteStream can. */
const vectors =
  /(?:^|\.|::)(?:into_bytes|to_vec|into_vec|to_vec_pretty|encode_to_vec)$|^Vec::\w+$|^(?:std::)?fs::read$/;

/** Whether an expression is a `Vec<u8>`. */
export function isVector(file: SyntaxFile, expression: Node | undefined, depth = 0): boolean {
  if (!expression || depth > farthest) return false;
  const next = (node: Node | undefined) => isVector(file, node, depth + 1);
  switch (expression.type) {
    case 'macro_invocation':
      return field(expression, 'macro')?.text === 'vec';
    case 'identifier': {
      const { type, value } = declarationOf(file, expression);
      return type ? vec.test(type.text) : next(value);
    }
    case 'call_expression': {
      const callee = field(expression, 'function');
      if (vectors.test(callee?.text ?? '')) return true;
      const isSame = /\.(?:clone|unwrap|expect|unwrap_or_default)$/.test(callee?.text ?? '');
      return isSame ? next(field(callee, 'value')) : vec.test(resultOf(file, callee) ?? '');
    }
    case 'try_expression':
      return next(items(expression)[0]);
    default:
      return false;
  }
}

const vec = /^Vec<u8>$/;

/** The type of an expression; of what a constructor makes, the type that it is called on. */
export const makerOf = (file: SyntaxFile, node: Node) =>
  typeOf(file, node).replace(/::(?:new|from_conf|from)$/, '');

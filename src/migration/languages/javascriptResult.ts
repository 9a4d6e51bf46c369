import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { oncePerFile } from '../once';
import { insert, replace } from '../../core/edits';
import { ancestor, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import { bindingOf, isWrapper, references } from './javascriptOrigin';

/** What a result's reader touches: the renamed fields, and the declarations that may carry the old type. */
export interface ResultUse {
  readonly edits: readonly TextEdit[];
  readonly typed: readonly Node[];
}

const nothing: ResultUse = { edits: [], typed: [] };

/**
 * Follows the answer of a call (or of a command that is sent later) to each `Status` in sight:
 * through `await`, `.promise()`, `.then(…)`, `send(…)`, callbacks and variables.
 */
export function followResult(file: SyntaxFile, expression: Node): ResultUse {
  const { parent } = expression;
  if (!parent) return nothing;
  if (isWrapper(parent)) return followResult(file, parent);
  switch (parent.type) {
    case 'member_expression':
      return followMember(file, parent);
    case 'arguments':
      return followArgument(file, parent);
    case 'variable_declarator':
      return join([{ edits: [], typed: [parent] }, followName(file, field(parent, 'name'))]);
    case 'assignment_expression':
      return followName(file, field(parent, 'left'));
    case 'return_statement':
    case 'arrow_function':
      return followReturn(parent);
    default:
      return nothing;
  }
}

/** The answer in the callback `(error, data) => …` that a call carries as its last argument. */
export function followCallback(file: SyntaxFile, args: Node | undefined): ResultUse {
  return followParameter(file, items(args).at(-1), 1);
}

function followMember(file: SyntaxFile, member: Node): ResultUse {
  const property = field(member, 'property');
  const call = member.parent?.type === 'call_expression' ? member.parent : undefined;
  if (property?.text === 'Status') return renameStatus(property);
  if (property?.text === 'promise' && call) return followResult(file, call);
  if (property?.text !== 'then' || !call) return nothing;
  return followParameter(file, items(field(call, 'arguments'))[0], 0);
}

/** `client.send(new InvokeAsyncCommand(…))`: the answer is the call's. */
function followArgument(file: SyntaxFile, args: Node): ResultUse {
  const call = args.parent;
  if (!call || field(field(call, 'function'), 'property')?.text !== 'send') return nothing;
  return join([followResult(file, call), followCallback(file, args)]);
}

function followParameter(file: SyntaxFile, callback: Node | undefined, index: number): ResultUse {
  if (!callback || !/function|arrow/.test(callback.type)) return nothing;
  const lone = index === 0 ? field(callback, 'parameter') : undefined;
  const parameter = lone ?? items(field(callback, 'parameters'))[index];
  if (!parameter) return nothing;
  return join([
    { edits: [], typed: [parameter] },
    followName(file, field(parameter, 'pattern') ?? parameter),
  ]);
}

/** A variable that holds the answer or, for a command, what is sent; or a pattern that takes the answer apart. */
function followName(file: SyntaxFile, name: Node | undefined): ResultUse {
  if (name?.type === 'object_pattern')
    return { edits: items(name).flatMap(renameInPattern), typed: [] };
  const binding = name?.type === 'identifier' ? bindingOf(file, name) : undefined;
  if (!binding) return nothing;
  // `x = send(x)` leads back to itself.
  const followed = followedIn(file);
  if (followed.has(binding.name.id)) return nothing;
  followed.add(binding.name.id);
  const uses = references(file, binding).filter(
    ({ id }) => id !== binding.name.id && id !== name?.id,
  );
  const read = uses.filter(
    ({ parent }) => parent && /member_expression|arguments|variable_declarator/.test(parent.type),
  );
  const results = read.filter(isRead).map((use) => followResult(file, use));
  followed.delete(binding.name.id);
  return join([{ edits: [], typed: [binding.declaration] }, ...results]);
}

/** The variables whose reads are being followed. */
const followedIn = oncePerFile((_file: SyntaxFile) => new Set<number>());

/** `x.Status` and `send(x)` read x; `f(x)` and `y = x` are not followed. */
function isRead({ parent, id }: Node): boolean {
  if (parent?.type === 'member_expression') return field(parent, 'object')?.id === id;
  if (parent?.type === 'variable_declarator')
    return field(parent, 'name')?.type === 'object_pattern';
  return parent?.type === 'arguments';
}

function followReturn(node: Node): ResultUse {
  const returning =
    node.type === 'arrow_function'
      ? node
      : ancestor(node, [
          'arrow_function',
          'function_declaration',
          'function_expression',
          'method_definition',
        ]);
  const type = field(returning, 'return_type');
  return type ? { edits: [], typed: [type] } : nothing;
}

function renameInPattern(item: Node): TextEdit[] {
  const key = field(item, 'key') ?? field(item, 'left') ?? item;
  if (key.text !== 'Status') return [];
  if (key.type === 'property_identifier') return [replace(rangeOf(key), 'StatusCode')];
  return [insert(key.startIndex, 'StatusCode: ')];
}

const renameStatus = (node: Node): ResultUse => ({
  edits: [replace(rangeOf(node), 'StatusCode')],
  typed: [],
});

export function join(uses: readonly ResultUse[]): ResultUse {
  return { edits: uses.flatMap(({ edits }) => edits), typed: uses.flatMap(({ typed }) => typed) };
}

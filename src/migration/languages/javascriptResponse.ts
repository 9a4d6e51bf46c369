import type { Node } from 'web-tree-sitter';
import type { TextEdit, TextRange } from '../../core/problem';
import { insert, replace } from '../../core/edits';
import { type Binding, localsOf } from '../locals';
import { oncePerFile } from '../once';
import { editedBy } from '../rewrite';
import { ancestor, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import { functionAround, functionOf, isWrapper, unwrap } from './javascriptOrigin';

/** What becomes of an answer: the renamed fields, what may carry the old type, and whether it goes out of sight. */
export interface ResultUse {
  readonly edits: readonly TextEdit[];
  readonly typed: readonly Node[];
  readonly isLost: boolean;
}

const nothing: ResultUse = { edits: [], typed: [], isLost: false };
const lost: ResultUse = { ...nothing, isLost: true };

/**
 * Follows the answer of a call (or of a command that is sent later) to each `Status` in sight: through `await`,
 * `.promise()`, `.then(…)`, `send(…)`, callbacks, variables, fields, and functions of the file that return it.
 */
export function followResult(file: SyntaxFile, expression: Node): ResultUse {
  const { parent } = expression;
  if (!parent) return nothing;
  if (isWrapper(parent)) return join([followResult(file, parent), typedBy(parent)]);
  switch (parent.type) {
    case 'member_expression':
    case 'subscript_expression':
      return followMember(file, parent, expression);
    case 'arguments':
      return followArgument(file, parent, expression);
    case 'variable_declarator':
      return join([typedBy(parent), followName(file, field(parent, 'name'), expression)]);
    case 'assignment_expression':
      return followName(file, field(parent, 'left'), expression);
    case 'return_statement':
      return followReturn(file, functionAround(parent));
    case 'arrow_function':
      return followReturn(file, parent);
    case 'binary_expression':
    case 'ternary_expression':
      return isCondition(parent, expression) ? nothing : followResult(file, parent);
    case 'expression_statement':
    case 'unary_expression':
      return nothing;
    default:
      return lost;
  }
}

const typedBy = (node: Node): ResultUse => ({ ...nothing, typed: [node] });

/** The answer in the callback `(error, data) => …` that a call carries after its input. */
export const followCallback = (file: SyntaxFile, args: Node | undefined): ResultUse =>
  followParameter(file, items(args).slice(1).at(-1), 1);

/** `a && b`, `a === b`, `a ? b : c`: whether the value of a part is only looked at. */
function isCondition(parent: Node, part: Node): boolean {
  if (parent.type === 'ternary_expression') return field(parent, 'condition')?.id === part.id;
  return !/^(?:&&|\|\||\?\?)$/.test(field(parent, 'operator')?.text ?? '');
}

function followMember(file: SyntaxFile, member: Node, object: Node): ResultUse {
  if (field(member, 'object')?.id !== object.id) return nothing;
  const key = field(member, 'property') ?? keyIn(field(member, 'index'));
  const call = member.parent?.type === 'call_expression' ? member.parent : undefined;
  if (key?.text === 'Status') return { ...nothing, edits: [replace(rangeOf(key), 'StatusCode')] };
  if (!call) return key ? nothing : lost;
  const args = field(call, 'arguments');
  if (key?.text === 'promise') return followResult(file, call);
  if (/^(?:catch|finally)$/.test(key?.text ?? '')) return followResult(file, call);
  if (key?.text === 'send') return followParameter(file, items(args)[0], 1);
  if (key?.text === 'then')
    return join([followParameter(file, items(args)[0], 0), chained(file, call)]);
  return lost;
}

/** What follows on `.then((answer) => answer)` is the answer still. */
function chained(file: SyntaxFile, call: Node): ResultUse {
  const handler = items(field(call, 'arguments'))[0];
  const body = handler?.type === 'arrow_function' ? field(handler, 'body') : undefined;
  return body?.type === 'identifier' ? followResult(file, call) : nothing;
}

/** The text of a key in brackets. */
const keyIn = (index: Node | undefined) => (index?.type === 'string' ? items(index)[0] : undefined);

/** `client.send(new InvokeAsyncCommand(…))`: the answer is the call's. */
function followArgument(file: SyntaxFile, args: Node, argument: Node): ResultUse {
  const call = args.parent;
  const called = field(call ?? undefined, 'function');
  if (!call || !called) return lost;
  // With type arguments, the grammar of TypeScript takes `await` for a part of the function's name.
  const callee = unwrap(called);
  if (field(callee, 'property')?.text === 'send') {
    const types = field(call, 'type_arguments');
    const sent = [followResult(file, call), followCallback(file, args)];
    return join(types ? [...sent, typedBy(types)] : sent);
  }
  if (isLogger(callee)) return nothing;
  const index = items(args).findIndex(({ id }) => id === argument.id);
  return functionOf(file, callee) && isUsedOnce(file, callee)
    ? followParameter(file, callee, index)
    : lost;
}

const isLogger = (callee: Node) => /^(?:console|logger|log|JSON)\b/.test(callee.text);

/** Whether a function that is named here is named nowhere else: its parameters get nothing else. */
function isUsedOnce(file: SyntaxFile, callee: Node): boolean {
  const name = field(callee, 'property') ?? callee;
  const binding = localsOf(file).bindingOf(name);
  return !binding || localsOf(file).referencesOf(binding).length === 2;
}

function followParameter(file: SyntaxFile, callback: Node | undefined, index: number): ResultUse {
  if (!callback) return nothing;
  const called = functionOf(file, callback);
  if (!called)
    return /^(?:object|string)$/.test(callback.type) || isLogger(callback) ? nothing : lost;
  const lone = index === 0 ? field(called, 'parameter') : undefined;
  const parameter = lone ?? items(field(called, 'parameters'))[index];
  if (!parameter) return nothing;
  const name = field(parameter, 'pattern') ?? field(parameter, 'left') ?? parameter;
  return join([typedBy(parameter), followName(file, name)]);
}

/** A variable or a field that holds the answer or, for a command, what is sent; or a pattern that takes it apart. */
function followName(file: SyntaxFile, target: Node | undefined, value?: Node): ResultUse {
  if (target?.type === 'object_pattern')
    return { ...nothing, edits: items(target).flatMap(renameInPattern) };
  const name = target?.type === 'member_expression' ? field(target, 'property') : target;
  const binding = name && localsOf(file).bindingOf(name);
  if (!binding) return target ? lost : nothing;
  return followOnce(file, binding, () => {
    const locals = localsOf(file);
    const results = locals.referencesOf(binding).map((node) => {
      const given = locals.valuesAt(node).filter((one) => !isNothing(one.value));
      const own = given.filter((one) => !value || isGiven(one.value, value));
      const isTarget = node.id === name.id || node.id === binding.name.id;
      if (isTarget || own.length === 0) return nothing;
      // What reads two things can neither be renamed nor left.
      return own.length < given.length ? lost : followResult(file, placeOf(node));
    });
    const declaration = binding.name.parent;
    return join(declaration ? [typedBy(declaration), ...results] : results);
  });
}

const isNothing = (value: Node | undefined) => /^(?:null|undefined)$/.test(value?.type ?? '');

const isGiven = (assigned: Node | undefined, { startIndex, endIndex }: Node) =>
  assigned !== undefined && assigned.startIndex <= startIndex && endIndex <= assigned.endIndex;

/** `this.answer` for its name. */
const placeOf = (name: Node) =>
  name.parent?.type === 'member_expression' && field(name.parent, 'property')?.id === name.id
    ? name.parent
    : name;

/** What is being followed leads back to itself in `x = send(x)` and in functions that call each other. */
function followOnce(file: SyntaxFile, { name }: Binding, follow: () => ResultUse): ResultUse {
  const followed = followedIn(file);
  if (followed.has(name.id)) return nothing;
  followed.add(name.id);
  const result = follow();
  followed.delete(name.id);
  return result;
}

const followedIn = oncePerFile((_file: SyntaxFile) => new Set<number>());

/** To the calls of the function, where it has a name by which the file calls it. */
function followReturn(file: SyntaxFile, returning: Node | undefined): ResultUse {
  const type = field(returning, 'return_type');
  const typed = type ? [typedBy(type)] : [];
  const name = returning && nameOf(returning);
  const binding = name && localsOf(file).bindingOf(name);
  if (!binding || returnsOthers(returning)) return join([...typed, lost]);
  return followOnce(file, binding, () => {
    const calls = localsOf(file)
      .referencesOf(binding)
      .filter(({ id }) => id !== name.id && id !== binding.name.id)
      .map(placeOf)
      .map((callee) => {
        const call = callee.parent;
        const isCalled = field(call ?? undefined, 'function')?.id === callee.id;
        return call && isCalled ? followResult(file, call) : lost;
      });
    return join([...typed, ...calls, ...(binding.isMember ? [lost] : [])]);
  });
}

/** A function that returns something else as well: its callers read two things. */
function returnsOthers(returning: Node): boolean {
  const returns = returning
    .descendantsOfType('return_statement')
    .filter((statement) => functionAround(statement)?.id === returning.id);
  return returns.filter((statement) => !isNothing(items(statement)[0] ?? statement)).length > 1;
}

function nameOf(called: Node): Node | undefined {
  const { parent } = called;
  if (parent?.type === 'variable_declarator') return field(parent, 'name');
  return called.type === 'arrow_function' ? undefined : field(called, 'name');
}

function renameInPattern(item: Node): TextEdit[] {
  const key = field(item, 'key') ?? field(item, 'left') ?? item;
  if (key.text !== 'Status') return [];
  if (key.type === 'property_identifier') return [replace(rangeOf(key), 'StatusCode')];
  return [insert(key.startIndex, 'StatusCode: ')];
}

export const join = (uses: readonly ResultUse[]): ResultUse => ({
  edits: uses.flatMap(({ edits }) => edits),
  typed: uses.flatMap(({ typed }) => typed),
  isLost: uses.some(({ isLost }) => isLost),
});

/** Whether the file reads a `Status` that none of some edits renames: it may be of an answer that went out of sight. */
export function readsOtherStatus(file: SyntaxFile, edits: readonly TextEdit[]): boolean {
  const isEdited = editedBy(edits);
  const places: Node[] = [...file.occurrences('Status')];
  for (const { index } of file.text.matchAll(/(?<=\[['"])Status(?=['"]\])/g)) {
    const key = file.root.descendantForIndex(index, index + 'Status'.length);
    if (key) places.push(key);
  }
  return places.some(
    (node) => isRead(node) && !isEdited(rangeOf(node)) && !isInserted(node, edits),
  );
}

const isInserted = ({ startIndex }: Node, edits: readonly TextEdit[]) =>
  edits.some(({ range }: { range: TextRange }) => range.start === startIndex);

function isRead(node: Node): boolean {
  if (node.type === 'shorthand_property_identifier_pattern') return true;
  const { parent } = node;
  if (parent?.type === 'pair_pattern') return field(parent, 'key')?.id === node.id;
  const access = ancestor(node, ['member_expression', 'subscript_expression', 'statement_block']);
  const isKey =
    field(access, 'property')?.id === node.id || field(access, 'index')?.id === parent?.id;
  const assignment = access?.parent;
  const isSet = field(assignment ?? undefined, 'left')?.id === access?.id;
  return isKey && !(isSet && assignment?.type === 'assignment_expression');
}

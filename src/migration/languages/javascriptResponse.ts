import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { localsOf } from '../locals';
import {
  asIs,
  fieldAt,
  passedOn,
  reads,
  type ResponseRules,
  type StepRule,
  type Steps,
  unread,
  valueOf,
  variable,
} from '../responses';
import { type Calling, returnedTo } from '../returned';
import { editedBy } from '../rewrite';
import { ancestor, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import { functionAround, functionOf, unwrap, wrappers } from './javascriptOrigin';

/** How JavaScript reads a response, or what it comes from later: a promise, a request, a command to be sent. */
export const javascriptResponse: ResponseRules = {
  status: 'Status',
  statusCode: 'StatusCode',
  steps: {
    ...Object.fromEntries(wrappers.map((type) => [type, typed(asIs)])),
    member_expression: memberSteps,
    subscript_expression: memberSteps,
    arguments: argumentSteps,
    variable_declarator: typed((declarator, _value, file) =>
      targetSteps(file, field(declarator, 'name')),
    ),
    assignment_expression: (assignment, _value, file) =>
      targetSteps(file, field(assignment, 'left')),
    return_statement: (statement, _value, file) => returnSteps(file, functionAround(statement)),
    arrow_function: (arrow, _value, file) => returnSteps(file, arrow),
    binary_expression: choiceSteps,
    ternary_expression: choiceSteps,
    expression_statement: unread,
    unary_expression: unread,
  },
};

/** What may write the type of the response as well. */
function typed(rule: StepRule): StepRule {
  return (around, value, file) => [...mayType(around), ...rule(around, value, file)];
}

const mayType = (node: Node | undefined): Steps => (node ? [{ kind: 'typed', node }] : []);

/** The response in the callback `(error, data) => …` that a call carries after its input. */
export const callbackSteps = (file: SyntaxFile, args: Node | undefined): Steps =>
  parameterSteps(file, items(args).slice(1).at(-1), 1);

/** `a && b`, `a ? b : c` are worth what their parts are; `a === b` and conditions only look at them. */
function choiceSteps(choice: Node, value: Node): Steps {
  const isLookedAt =
    choice.type === 'ternary_expression'
      ? field(choice, 'condition')?.id === value.id
      : !/^(?:&&|\|\||\?\?)$/.test(field(choice, 'operator')?.text ?? '');
  return isLookedAt ? [] : valueOf(choice);
}

function memberSteps(member: Node, value: Node, file: SyntaxFile): Steps {
  if (field(member, 'property')?.id === value.id) return fieldAt(member);
  if (field(member, 'object')?.id !== value.id) return [];
  const key = field(member, 'property') ?? keyIn(field(member, 'index'));
  const call = member.parent?.type === 'call_expression' ? member.parent : undefined;
  if (!key) return passedOn;
  if (key.text === 'Status' || !call) return reads(key);
  const [argument] = items(field(call, 'arguments'));
  if (/^(?:promise|catch|finally)$/.test(key.text)) return valueOf(call);
  if (key.text === 'send') return parameterSteps(file, argument, 1);
  if (key.text !== 'then') return passedOn;
  return [...parameterSteps(file, argument, 0), ...(isReturned(argument) ? valueOf(call) : [])];
}

/** What follows on `.then((response) => response)` is the response still. */
const isReturned = (handler: Node | undefined) =>
  handler?.type === 'arrow_function' && field(handler, 'body')?.type === 'identifier';

/** The text of a key in brackets. */
const keyIn = (index: Node | undefined) => (index?.type === 'string' ? items(index)[0] : undefined);

/** `client.send(new InvokeAsyncCommand(…))`: the response is the call's. */
function argumentSteps(args: Node, argument: Node, file: SyntaxFile): Steps {
  const call = args.parent;
  const called = field(call ?? undefined, 'function');
  if (!call || !called) return passedOn;
  // With type arguments, the grammar of TypeScript takes `await` for a part of the function's name.
  const callee = unwrap(called);
  if (field(callee, 'property')?.text === 'send')
    return [
      ...valueOf(call),
      ...callbackSteps(file, args),
      ...mayType(field(call, 'type_arguments')),
    ];
  if (isLogger(callee)) return [];
  const index = items(args).findIndex(({ id }) => id === argument.id);
  return functionOf(file, callee) && isUsedOnce(file, callee)
    ? parameterSteps(file, callee, index)
    : passedOn;
}

const isLogger = (callee: Node) => /^(?:console|logger|log|JSON)\b/.test(callee.text);

/** Whether a function that is named here is named nowhere else: its parameters get nothing else. */
function isUsedOnce(file: SyntaxFile, callee: Node): boolean {
  const name = field(callee, 'property') ?? callee;
  const binding = localsOf(file).bindingOf(name);
  return !binding || localsOf(file).referencesOf(binding).length === 2;
}

function parameterSteps(file: SyntaxFile, callback: Node | undefined, index: number): Steps {
  if (!callback) return [];
  const called = functionOf(file, callback);
  if (!called)
    return /^(?:object|string)$/.test(callback.type) || isLogger(callback) ? [] : passedOn;
  const lone = index === 0 ? field(called, 'parameter') : undefined;
  const parameter = lone ?? items(field(called, 'parameters'))[index];
  const name = field(parameter, 'pattern') ?? field(parameter, 'left') ?? parameter;
  return [...mayType(parameter), ...targetSteps(file, name)];
}

/** A variable, a field, or a pattern that takes the response apart. */
function targetSteps(file: SyntaxFile, target: Node | undefined): Steps {
  if (!target) return [];
  if (target.type === 'object_pattern') return items(target).flatMap(partSteps);
  const name = target.type === 'member_expression' ? field(target, 'property') : target;
  const binding = name && localsOf(file).bindingOf(name);
  return binding ? [...variable(name), ...mayType(binding.name.parent ?? undefined)] : passedOn;
}

function partSteps(part: Node): Steps {
  const key = field(part, 'key') ?? field(part, 'left') ?? part;
  if (key.type === 'property_identifier') return reads(key);
  const name = key.text;
  return [{ kind: 'read', name, range: rangeOf(key), newText: `StatusCode: ${name}` }];
}

/** To the calls of the function, where it has a name by which the file calls it. */
function returnSteps(file: SyntaxFile, returning: Node | undefined): Steps {
  const type = mayType(field(returning, 'return_type'));
  const name = returning && nameOf(returning);
  const binding = name && localsOf(file).bindingOf(name);
  if (!binding) return [...type, ...passedOn];
  const calls = returnedTo(file, name, resultsOf(returning), calling);
  return [...type, ...calls, ...(binding.isMember ? passedOn : [])];
}

function resultsOf(returning: Node): Node[] {
  const body = field(returning, 'body');
  if (body && body.type !== 'statement_block') return [body];
  return returning
    .descendantsOfType('return_statement')
    .filter((statement) => functionAround(statement)?.id === returning.id)
    .flatMap((statement) => items(statement)[0] ?? []);
}

function nameOf(called: Node): Node | undefined {
  const { parent } = called;
  if (parent?.type === 'variable_declarator') return field(parent, 'name');
  return called.type === 'arrow_function' ? undefined : field(called, 'name');
}

/** `name(…)`, `this.name(…)` */
const calling: Calling = {
  callAt: (place) => {
    const isProperty = field(place.parent ?? undefined, 'property')?.id === place.id;
    const callee = isProperty ? place.parent : place;
    const call = callee?.parent ?? undefined;
    return field(call, 'function')?.id === callee?.id ? call : undefined;
  },
  isMethodOfAny: () => false,
};

/** Whether the file reads a `Status` that none of some edits renames: it may be of an answer that went out of sight. */
export function readsOtherStatus(file: SyntaxFile, edits: readonly TextEdit[]): boolean {
  const isEdited = editedBy(edits);
  const places: Node[] = [...file.occurrences('Status')];
  for (const { index } of file.text.matchAll(/(?<=\[['"])Status(?=['"]\])/g)) {
    const key = file.root.descendantForIndex(index, index + 'Status'.length);
    if (key) places.push(key);
  }
  return places.some((node) => isRead(node) && !isEdited(rangeOf(node)));
}

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

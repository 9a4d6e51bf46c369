import type { Node } from 'web-tree-sitter';
import { replace } from '../core/edits';
import type { TextEdit, TextRange } from '../core/problem';
import { type Assignment, type Binding, localsOf } from './locals';
import { oncePerFile } from './once';
import { field, rangeOf, type SyntaxFile } from './syntaxFile';

/** Where a value goes that is the response of a call, or holds it (a promise, a future, a result). */
export type Step =
  /** The value of another expression is or holds it: `await`, brackets, the call of a function that returns it. */
  | { readonly kind: 'value'; readonly of: Node }
  /** A member of it is read. */
  | {
      readonly kind: 'read';
      readonly name: string;
      readonly range: TextRange;
      /** What takes the range's place if the member is renamed; the new name unless it says otherwise. */
      readonly newText?: string;
    }
  /** A variable, a field or a parameter gets it. */
  | { readonly kind: 'variable'; readonly name: Node }
  /** A part of the code that may write its type. */
  | { readonly kind: 'typed'; readonly node: Node }
  /** Somewhere that is not followed. */
  | { readonly kind: 'passedOn' };

/** None: nothing reads it, or nothing in this file. */
export type Steps = readonly Step[];

/** Where a value goes from inside of one type of node. */
export type StepRule = (around: Node, value: Node, file: SyntaxFile) => Steps;

/** How a language reads a response. */
export interface ResponseRules {
  /** By the type of the node around a value; from inside of any other it is passed on. */
  readonly steps: Readonly<Record<string, StepRule>>;
  /** The member that Invoke calls otherwise, and what it is called there. */
  readonly status: string;
  readonly statusCode: string;
}

export const passedOn: Steps = [{ kind: 'passedOn' }];
export const valueOf = (...nodes: readonly Node[]): Steps =>
  nodes.map((of) => ({ kind: 'value', of }));
export const variable = (name: Node): Steps => [{ kind: 'variable', name }];
export const reads = (node: Node): Steps => [
  { kind: 'read', name: node.text, range: rangeOf(node) },
];

export const unread: StepRule = () => [];
export const asIs: StepRule = (around) => valueOf(around);

/** An argument: of a function that only prints it, or does nothing else with it, it goes nowhere. */
export const argumentOf =
  (printers: RegExp, nameOf: (around: Node | undefined) => string | undefined): StepRule =>
  ({ parent }) =>
    printers.test(nameOf(parent ?? undefined) ?? '') ? [] : passedOn;

/** `this.name` at a name that is followed: the field's value, unless it is given one here. */
export const fieldAt = (access: Node): Steps =>
  field(access.parent ?? undefined, 'left')?.id === access.id ? [] : valueOf(access);

/** `var name = value` */
export const declared: StepRule = (declarator, _value, file) =>
  localVariable(file, field(declarator, 'name'));
/** `name = value` */
export const assigned: StepRule = (assignment, value, file) => {
  const target = field(assignment, 'left');
  return target?.id === value.id || target?.text === '_' ? [] : localVariable(file, target);
};

/** A field has readers in other files. */
const localVariable = (file: SyntaxFile, name: Node | undefined): Steps =>
  name?.type === 'identifier' && localsOf(file).bindingOf(name)?.isMember === false
    ? variable(name)
    : passedOn;

/** A variable that is nowhere assigned: the value of an assignment would have to be of the new type as well. */
export function constant(file: SyntaxFile, name: Node): Steps {
  const locals = localsOf(file);
  const binding = locals.bindingOf(name);
  const isDeclaration = (place: Node) => locals.declarationOf(place)?.name.id === place.id;
  return binding && locals.assignmentsOf(binding).every((one) => isDeclaration(one.name))
    ? variable(name)
    : passedOn;
}

/** What stands for a response where there is none. */
export const isNothing = (value: Node | undefined) =>
  value !== undefined && /^(?:None|nil|null|undefined|\{\}|\[\])$/i.test(value.text);

/** A choice of a response and something else: the response, as long as the other is nothing. */
export const choiceOf = (choice: Node, other: Node | undefined): Steps =>
  isNothing(other) ? valueOf(choice) : passedOn;

export function stepsFrom(file: SyntaxFile, value: Node, { steps }: ResponseRules): Steps {
  const { parent } = value;
  return parent ? (steps[parent.type]?.(parent, value, file) ?? passedOn) : [];
}

/** What the responses of some calls come to. */
export interface Responses {
  /** The renames of all that reads the status. */
  readonly edits: readonly TextEdit[];
  /** Those of readers that get nothing but these responses. */
  readonly certain: readonly TextEdit[];
  /** Whether one of them goes where its readers cannot be followed. */
  readonly isPassedOn: boolean;
  /** Whether a reader may get something else as well. */
  readonly isMixed: boolean;
  /** What may write the type of a response. */
  readonly typed: readonly Node[];
}

/**
 * Follows the responses of some calls to whatever in the file reads their status.
 * @param begin where they go first: to the values of the calls, and to callbacks
 */
export function followResponses(file: SyntaxFile, begin: Steps, rules: ResponseRules): Responses {
  const seen = new Set<number>();
  const open: Value[] = [];
  const given = new Set<number>();
  const ways: Way[] = [];
  const renames: { readonly edit: TextEdit; readonly from: Way | undefined }[] = [];
  const typed: Node[] = [];
  let isPassedOn = false;
  const add = (node: Node, from: Way | undefined) => {
    if (!seen.has(node.id)) open.push({ node, from });
    seen.add(node.id);
  };
  const take = (step: Step, from?: Way) => {
    switch (step.kind) {
      case 'value':
        add(step.of, from);
        return;
      case 'read': {
        const newText = step.newText ?? rules.statusCode;
        if (step.name === rules.status) renames.push({ edit: replace(step.range, newText), from });
        return;
      }
      case 'variable':
        given.add(step.name.id);
        for (const read of readsOf(file, step.name)) {
          const way = { ...read, from, isMixed: false };
          ways.push(way);
          add(read.place, way);
        }
        return;
      case 'typed':
        typed.push(step.node);
        return;
      case 'passedOn':
        isPassedOn = true;
        return;
      default:
    }
  };
  for (const step of begin) take(step);
  for (let value = open.pop(); value; value = open.pop())
    for (const step of stepsFrom(file, value.node, rules)) take(step, value.from);
  for (const way of ways)
    way.isMixed =
      way.from?.isMixed ||
      way.values.some(({ name, value }) => !given.has(name.id) && !isNothing(value));
  return {
    edits: renames.map(({ edit }) => edit),
    certain: renames.filter(({ from }) => !from?.isMixed).map(({ edit }) => edit),
    isPassedOn,
    isMixed: ways.some(({ isMixed }) => isMixed),
    typed,
  };
}

/** A place that reads a variable, and all that it may have been given there. */
interface Read {
  readonly place: Node;
  readonly values: readonly Assignment[];
}

/** The last of the variables that a value has come through. */
interface Way extends Read {
  readonly from: Way | undefined;
  isMixed: boolean;
}

interface Value {
  readonly node: Node;
  readonly from: Way | undefined;
}

const knownReads = oncePerFile((_file: SyntaxFile) => new Map<Binding, Map<number, Read[]>>());

/** The places that may read the value that a variable is given at one place. */
function readsOf(file: SyntaxFile, target: Node): readonly Read[] {
  const binding = localsOf(file).bindingOf(target);
  if (!binding) return [];
  const known = knownReads(file);
  const found = known.get(binding) ?? readsOfBinding(file, binding);
  known.set(binding, found);
  return found.get(target.id) ?? [];
}

/** By the place where the value was given. */
function readsOfBinding(file: SyntaxFile, binding: Binding): Map<number, Read[]> {
  const locals = localsOf(file);
  const targets = new Set(locals.assignmentsOf(binding).map(({ name }) => name.id));
  const found = new Map<number, Read[]>();
  for (const place of locals.referencesOf(binding)) {
    if (targets.has(place.id)) continue;
    const values = locals.valuesAt(place);
    for (const { name } of values) {
      const list = found.get(name.id);
      if (list) list.push({ place, values });
      else found.set(name.id, [{ place, values }]);
    }
  }
  return found;
}

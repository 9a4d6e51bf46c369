import type { Node } from 'web-tree-sitter';
import { type Origin, originBy } from '../dynamic/origin';
import { localsOf } from '../locals';
import { ancestor, field, items, type SyntaxFile } from '../syntaxFile';

type Client = 'boto3' | 'boto2';

/** Whether an expression of Python is a Lambda client, by what it was made from. */
export const pythonClient = originBy<Client>(stepFrom);

function stepFrom(file: SyntaxFile, node: Node): Origin<Client> | readonly Node[] {
  switch (node.type) {
    case 'identifier':
      return valuesOf(file, node);
    case 'attribute':
      return attributeStep(file, node);
    case 'call':
      return callStep(file, node);
    case 'subscript':
      return subscriptStep(file, node);
    case 'type':
      return typeStep(node);
    case 'await':
    case 'parenthesized_expression':
      return items(node).slice(0, 1);
    case 'boolean_operator':
      return items(node);
    case 'conditional_expression': {
      const [whole, , otherwise] = items(node);
      return [whole, otherwise].flatMap((arm) => arm ?? []);
    }
    case 'named_expression':
      return [field(node, 'value')].flatMap((value) => value ?? []);
    case 'function_definition':
      return resultsOf(node);
    case 'none':
      return undefined;
    default:
      return 'other';
  }
}

/** All that a name may be given at its place. */
function valuesOf(file: SyntaxFile, name: Node): Origin<Client> | readonly Node[] {
  const values = localsOf(file).valuesAt(name);
  return values.flatMap((assignment): readonly Node[] => {
    if (assignment.type && typeStep(assignment.type) !== undefined) return [assignment.type];
    if (assignment.value) return [assignment.value];
    const holder = assignment.name.parent;
    if (holder?.type === 'function_definition') return [holder];
    return holder ? argumentsFor(file, assignment.name, holder) : [];
  });
}

/** What the calls in the file give to a parameter. */
function argumentsFor(file: SyntaxFile, parameter: Node, holder: Node): readonly Node[] {
  const declared = holder.type === 'typed_parameter' ? holder : parameter;
  const list = declared.parent;
  const owner = list?.type === 'parameters' ? list.parent : undefined;
  const name = field(owner ?? undefined, 'name');
  if (!list || !name) return [];
  const position = items(list).findIndex(({ id }) => id === declared.id);
  return callsOf(file, name).flatMap((call) => {
    const given = items(field(call, 'arguments'));
    const named = given.find((argument) => field(argument, 'name')?.text === parameter.text);
    const positional = given[position]?.type === 'keyword_argument' ? undefined : given[position];
    return field(named, 'value') ?? positional ?? [];
  });
}

/** The calls of a function by its name. */
function callsOf(file: SyntaxFile, name: Node): readonly Node[] {
  const locals = localsOf(file);
  const binding = locals.bindingOf(name);
  if (!binding || binding.isMember) return [];
  return locals
    .referencesOf(binding)
    .flatMap((place) =>
      place.parent?.type === 'call' && field(place.parent, 'function')?.id === place.id
        ? [place.parent]
        : [],
    );
}

function typeStep({ text }: Node): Origin<Client> {
  if (/\bLambdaClient\b/.test(text)) return 'boto3';
  if (/\bAWSLambdaConnection\b/.test(text)) return 'boto2';
  return /^["']?(?:\w+\.)*(?:Any|object|BaseClient)\b|\|/.test(text) ? undefined : 'other';
}

function attributeStep(file: SyntaxFile, node: Node): Origin<Client> | readonly Node[] {
  const name = field(node, 'attribute');
  const object = field(node, 'object');
  if (!name || !object) return undefined;
  // `resource.meta.client`
  if (name.text === 'client' && field(object, 'attribute')?.text === 'meta')
    return [field(object, 'object')].flatMap((resource) => resource ?? []);
  if (localsOf(file).bindingOf(name)) return valuesOf(file, name);
  // A field of something else than `self`: by what the file gives it under the same name.
  return file.occurrences(name.text).flatMap((other) => {
    const holder = other.parent;
    const isSame = holder?.type === 'attribute' && holder.text === node.text;
    const assignment = isSame ? holder.parent : undefined;
    const isTarget = field(assignment ?? undefined, 'left')?.id === holder?.id;
    return (isTarget && field(assignment ?? undefined, 'right')) || [];
  });
}

const makers = /(?:^|_)(?:client|resource)$/i;

function callStep(file: SyntaxFile, call: Node): Origin<Client> | readonly Node[] {
  const callee = field(call, 'function');
  const args = items(field(call, 'arguments'));
  if (!callee) return undefined;
  if (/\bawslambda\b|\bAWSLambdaConnection\b|\bconnect_awslambda\b/.test(callee.text))
    return 'boto2';
  const name = field(callee, 'attribute') ?? callee;
  const service =
    args.find((argument) => field(argument, 'name')?.text === 'service_name') ?? args[0];
  const made = service && serviceNamed(file, field(service, 'value') ?? service);
  if (made !== undefined && makers.test(originalName(file, name)))
    return made === 'lambda' ? 'boto3' : 'other';
  const own = localsOf(file)
    .valuesAt(name)
    .flatMap(({ name: defined }) =>
      defined.parent?.type === 'function_definition' ? [defined.parent] : [],
    );
  if (own.length > 0) return own;
  if (/^[A-Z]/.test(name.text)) return 'other';
  // What a function returns may be what it was given: `capture(client)`, `cast(LambdaClient, client)`.
  return args.flatMap((argument) => field(argument, 'value') ?? argument).filter(isPassable);
}

const isPassable = ({ type }: Node) => /^(?:identifier|attribute|call|await)$/.test(type);

/** What a function was called before its import renamed it. */
function originalName(file: SyntaxFile, name: Node): string {
  const [imported] = localsOf(file).valuesAt(name);
  const holder = imported?.name.parent;
  return holder?.type === 'aliased_import' ? (field(holder, 'name')?.text ?? '') : name.text;
}

/** The service that a client is for, as a literal or through a constant; undefined where it does not show. */
function serviceNamed(file: SyntaxFile, node: Node): string | undefined {
  if (node.type === 'string')
    return items(node).find(({ type }) => type === 'string_content')?.text ?? '';
  if (node.type !== 'identifier') return undefined;
  const values = localsOf(file).valuesAt(node);
  const strings = values.flatMap(({ value }) => (value?.type === 'string' ? [value] : []));
  return strings.map((string) => serviceNamed(file, string)).find((text) => text === 'lambda');
}

/** `clients['lambda']`: what the dictionary holds by that key, or by any. */
function subscriptStep(file: SyntaxFile, node: Node): readonly Node[] {
  const holder = field(node, 'value');
  const key = field(node, 'subscript');
  if (holder?.type !== 'identifier' || !key) return [];
  const binding = localsOf(file).bindingOf(holder);
  const written = binding ? localsOf(file).referencesOf(binding) : [];
  const isWanted = (other: Node | undefined) =>
    other?.text === key.text || key.type !== 'string' || other?.type !== 'string';
  return [
    ...localsOf(file)
      .valuesAt(holder)
      .flatMap(({ value }) => (value?.type === 'dictionary' ? items(value) : []))
      .flatMap((pair) => (isWanted(field(pair, 'key')) && field(pair, 'value')) || []),
    ...written.flatMap(({ parent }) => {
      const assignment = parent?.parent ?? undefined;
      const isTarget = field(assignment, 'left')?.id === parent?.id;
      const isSame = isWanted(field(parent ?? undefined, 'subscript'));
      return (isTarget && isSame && field(assignment, 'right')) || [];
    }),
  ];
}

/** What a function returns, and the type that it says to return. */
function resultsOf(definition: Node): readonly Node[] {
  const type = field(definition, 'return_type');
  return [...(type ? [type] : []), ...returnsOf(definition).flatMap((one) => items(one)[0] ?? [])];
}

/** The `return` statements of a function itself. */
export function returnsOf(definition: Node): readonly Node[] {
  return definition
    .descendantsOfType('return_statement')
    .filter(
      (one): one is Node =>
        one !== null && ancestor(one, ['function_definition'])?.id === definition.id,
    );
}

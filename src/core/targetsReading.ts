import * as l10n from '@vscode/l10n';
import { type Node, parseTree, type ParseError } from 'jsonc-parser';
import type { TextRange } from './problem';
import { environmentName, type Environments, environmentsIn, variableName } from './environments';
import { fileLimitBytes } from './fileLimits';
import { durableNameFault, tenantIdFault } from './invocationHeaders';
import { longestGlob } from './patterns/glob';
import { shownNumber } from './shownNumber';
import type { LocatedTarget } from './target';
import { targetsIn } from './targets';

/** What a `.lambda/targets.json` says. */
export type TargetsReading =
  | {
      readonly kind: 'targets';
      readonly targets: readonly LocatedTarget[];
      readonly environments: Environments;
    }
  | TargetsFault;

/**
 * Why nobody can say where the payloads of a workspace folder go. One wrong entry is enough: a payload that it was meant
 * for would go to the next one that matches, or to the function that its folder names, with another profile.
 */
export interface TargetsFault {
  readonly kind: 'fault';
  /** A sentence for people, with the line. */
  readonly reason: string;
  /** Where in the text; `undefined` when the file cannot be read. */
  readonly range?: TextRange;
}

/**
 * The targets in the text of a `.lambda/targets.json`, all of them or none. Comments and trailing commas are allowed.
 * What is wrong is what the file's JSON Schema (`media/schemas/targets.schema.json`) forbids, a member that stands there
 * twice, and a glob that is not matched.
 */
export function readTargets(text: string): TargetsReading {
  const parsed = parsedText(text);
  if ('reason' in parsed) return faultIn(text, parsed);
  const { root } = parsed;
  const fault = root && faultOfRoot(root);
  if (fault) return faultIn(text, fault);
  return { kind: 'targets', targets: targetsIn(root), environments: environmentsIn(root) };
}

function faultIn(text: string, { reason, range }: Fault): TargetsFault {
  const line = text.slice(0, range.start).split('\n').length;
  return { kind: 'fault', reason: l10n.t('Line {line}: {reason}', { line, reason }), range };
}

interface Fault {
  readonly reason: string;
  readonly range: TextRange;
}

function parsedText(text: string): { readonly root: Node | undefined } | Fault {
  if (text.length > fileLimitBytes.targets) {
    return { reason: l10n.t('It is too large.'), range: { start: 0, end: 0 } };
  }
  const errors: ParseError[] = [];
  let root: Node | undefined;
  try {
    root = parseTree(text, errors, { allowTrailingComma: true });
  } catch (error) {
    // The stack is full.
    if (!(error instanceof RangeError)) throw error;
    return { reason: l10n.t('It is nested too deeply.'), range: { start: 0, end: 0 } };
  }
  const [error] = errors;
  if (error) {
    const range = { start: error.offset, end: error.offset + error.length };
    return { reason: l10n.t('This is not valid JSON.'), range };
  }
  return { root };
}

function faultOfRoot(root: Node): Fault | undefined {
  if (root.type !== 'object')
    return at(root, l10n.t('The file must be an object with an array "targets".'));
  const members = membersOf(root);
  const list = members.find(({ key }) => key === 'targets')?.value;
  return (
    faultOfMembers(members, ['$schema', 'environments', 'targets']) ??
    faultOfEnvironments(members.find(({ key }) => key === 'environments')?.value) ??
    (list === undefined ? at(root, l10n.t('"{0}" is missing.', 'targets')) : undefined) ??
    (list?.type === 'array'
      ? undefined
      : at(list ?? root, l10n.t('"targets" must be an array.'))) ??
    firstOf(list?.children, faultOfTarget)
  );
}

function faultOfEnvironments(environments: Node | undefined): Fault | undefined {
  if (!environments) return undefined;
  if (environments.type !== 'object')
    return at(environments, l10n.t('"{0}" must be an object.', 'environments'));
  const members = membersOf(environments);
  return (
    faultOfMembers(members) ??
    firstOf(members, ({ key, name, value }) =>
      environmentName.test(key)
        ? faultOfEnvironment(value, key)
        : at(
            name,
            l10n.t(
              'The name of an environment may have letters, digits, ".", "_" and "-" only, up to 64 of them.',
            ),
          ),
    )
  );
}

function faultOfEnvironment(value: Node, key: string): Fault | undefined {
  if (value.type !== 'object') return at(value, l10n.t('"{0}" must be an object.', key));
  const members = membersOf(value);
  return (
    faultOfMembers(members, ['profile', 'region', 'endpoint', 'variables']) ??
    firstOf(members, (member) => {
      if (member.key === 'variables') return faultOfVariables(member.value);
      const reason = text(member.value, member.key);
      return reason === undefined ? undefined : at(member.value, reason);
    })
  );
}

function faultOfVariables(variables: Node): Fault | undefined {
  if (variables.type !== 'object')
    return at(variables, l10n.t('"{0}" must be an object.', 'variables'));
  const members = membersOf(variables);
  return (
    faultOfMembers(members) ??
    firstOf(members, ({ key, name, value }) => {
      const reason = text(value, key);
      if (reason !== undefined) return at(value, reason);
      if (variableName.test(key)) return undefined;
      return at(
        name,
        l10n.t(
          'The name of a variable begins with a letter or "_", has letters, digits and "_" only, and is not "env".',
        ),
      );
    })
  );
}

function faultOfTarget(entry: Node): Fault | undefined {
  if (entry.type !== 'object') return at(entry, l10n.t('A target must be an object.'));
  const members = membersOf(entry);
  const missing = required.find((name) => members.every(({ key }) => key !== name));
  return (
    faultOfMembers(members, Object.keys(valueFaults)) ??
    (missing === undefined ? undefined : at(entry, l10n.t('"{0}" is missing.', missing))) ??
    firstOf(members, ({ key, value }) => {
      const reason = valueFaults[key as keyof typeof valueFaults](value, key);
      return reason === undefined ? undefined : at(value, reason);
    })
  );
}

const required = ['payloads', 'function'] as const;

type ValueFault = (value: Node, key: string) => string | undefined;

const text: ValueFault = ({ type }, key) =>
  type === 'string' ? undefined : l10n.t('"{0}" must be a string.', key);

const filledText: ValueFault = (node, key) =>
  text(node, key) ?? (node.value === '' ? l10n.t('"{0}" must not be empty.', key) : undefined);

/** What is wrong with the value of each member that a target may have. */
const valueFaults = {
  payloads: (node, key) =>
    filledText(node, key) ??
    (String(node.value).length > longestGlob
      ? l10n.t(
          'This glob has more than {0} characters, so it matches nothing.',
          shownNumber(longestGlob),
        )
      : undefined),
  function: filledText,
  profile: text,
  region: text,
  schema: filledText,
  api: ({ value }) =>
    value === 'InvokeAsync' || value === 'Invoke'
      ? undefined
      : l10n.t('"api" must be "InvokeAsync" or "Invoke".'),
  tenantId: (node, key) => text(node, key) ?? tenantIdFault(String(node.value)),
  durableName: (node, key) => text(node, key) ?? durableNameFault(String(node.value)),
  variables: ({ type }, key) =>
    type === 'boolean' ? undefined : l10n.t('"{0}" must be true or false.', key),
} satisfies Record<string, ValueFault>;

interface Member {
  readonly key: string;
  readonly name: Node;
  readonly value: Node;
}

function membersOf(object: Node): Member[] {
  return (object.children ?? []).flatMap(({ children: [name, value] = [] }) =>
    name && value ? [{ key: String(name.value), name, value }] : [],
  );
}

/** @param known any when it is left out */
function faultOfMembers(members: readonly Member[], known?: readonly string[]): Fault | undefined {
  const seen = new Set<string>();
  return firstOf(members, ({ key, name }) => {
    if (known?.includes(key) === false) return at(name, l10n.t('Unknown key "{0}".', key));
    if (seen.has(key)) return at(name, l10n.t('Duplicate key "{0}".', key));
    seen.add(key);
    return undefined;
  });
}

function firstOf<Item>(
  items: readonly Item[] | undefined,
  faultOf: (item: Item) => Fault | undefined,
): Fault | undefined {
  for (const item of items ?? []) {
    const fault = faultOf(item);
    if (fault) return fault;
  }
  return undefined;
}

function at({ offset, length }: Node, reason: string): Fault {
  return { reason, range: { start: offset, end: offset + length } };
}

import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import { byHand, isPinned } from '../byHand';
import { oncePerFile } from '../once';
import { replace } from '../../core/edits';
import { editedBy, touchedBy } from '../rewrite';
import type { SdkId } from '../rules';
import {
  type Captures,
  contains,
  field,
  items,
  rangeOf,
  type SyntaxFile,
  type SyntaxRules,
} from '../syntaxFile';
import type { SharedChange, Use } from '../use';
import { actionUse } from './customResource';
import { importChanges, isImported } from './javascriptImports';
import {
  type CallInput,
  entriesOf,
  inputOf,
  keepShorthands,
  looksLikeInput,
  migrateInput,
  quoteOf,
} from './javascriptInput';
import { stringOf } from './javascriptOrigin';
import { followCallback, followResult, join } from './javascriptResult';
import { clientOf, type DeprecatedName, deprecatedNames, sdkOfModule } from './javascriptSdk';

/** `client.invokeAsync(…)`; commands and types are looked up by the names that the file imports. */
export const javascript: SyntaxRules = {
  worthParsing: /aws-sdk|\bAWS\b|\bInvokeArgs\b|\baction\s*:/,
  query: `
    (call_expression
      function: (member_expression
        object: (_) @receiver
        property: (property_identifier) @method)
      arguments: (arguments) @arguments
      (#eq? @method "invokeAsync")) @call

    (object
      (pair key: (property_identifier) @key value: (string (string_fragment) @action))
      (#eq? @key "action") (#any-of? @action "invokeAsync" "InvokeAsync")) @customResource
  `,
  uses: findUses,
};

/** One call of the operation, by method or by command. */
interface Call {
  readonly sdk: SdkId;
  /** The name to strike through and to replace. */
  readonly name: Node;
  readonly newName: string;
  /** The whole expression. */
  readonly expression: Node;
  readonly arguments: Node | undefined;
  readonly input: CallInput | undefined;
}

function findUses(file: SyntaxFile, candidates: readonly Captures[]): Use[] {
  const names = deprecatedNames(file);
  const calls = [
    ...candidates.flatMap((captures) => methodCall(file, captures) ?? []),
    ...names.flatMap((name) => commandCall(file, name) ?? []),
  ];
  const shared = importChanges(file, names);
  const types = names.filter(({ node }) => isType(node));
  const groups = groupsOf(calls);
  const migrations = new Map(
    [...groups].map(([id, group]) => [id, migrationOf(file, group, types, shared)] as const),
  );
  const uses = calls.map(
    ({ sdk, name, input }): Use => ({
      sdk,
      range: rangeOf(name),
      migration: (input && migrations.get(input.object.id)) ?? {
        byHand: isPinned(file) ? byHand.pinned() : byHand.opaqueInput(),
      },
    }),
  );
  const called = new Set(calls.map(({ name }) => name.id));
  const isEdited = editedBy(
    [...migrations.values()].flatMap((migration) => ('edits' in migration ? migration.edits : [])),
  );
  // A name that no call accounts for: a type elsewhere, a mock, a class that is passed on.
  const left = names.filter(
    ({ node }) => !isImported(node) && !called.has(node.id) && !isEdited(rangeOf(node)),
  );
  return [
    ...uses,
    ...left.map(useOfName),
    ...candidates.flatMap((captures) => customResourceUse(file, captures) ?? []),
  ];
}

/** The calls by the object literal that they are given. */
function groupsOf(calls: readonly Call[]): Map<number, [CallInput, Call[]]> {
  const groups = new Map<number, [CallInput, Call[]]>();
  for (const call of calls) {
    if (!call.input) continue;
    const group = groups.get(call.input.object.id);
    if (group) group[1].push(call);
    else groups.set(call.input.object.id, [call.input, [call]]);
  }
  return groups;
}

/** A method call is a use when its receiver is an SDK's Lambda client or its input can be nothing else. */
function methodCall(
  file: SyntaxFile,
  { receiver, method, call, arguments: args }: Captures,
): Call | undefined {
  if (!receiver || !method || !call || receiver.type === 'this' || receiver.type === 'super')
    return undefined;
  const client = clientOf(file, receiver);
  if (client === 'other') return undefined;
  const input = inputOf(file, items(args)[0]);
  if (client === undefined && !(input && looksLikeInput(input))) return undefined;
  return {
    sdk: client ?? sdkOfFile(file),
    name: method,
    newName: 'invoke',
    expression: call,
    arguments: args,
    input,
  };
}

const sdkOfFile = oncePerFile(
  ({ text }: SyntaxFile): SdkId =>
    sdkOfModule(/['"](@aws-sdk\/client-lambda)['"]/.exec(text)?.[1] ?? 'aws-sdk') ??
    'javascript-v2',
);

/** `new InvokeAsyncCommand(…)`, `new lambda.InvokeAsyncCommand(…)`. */
function commandCall(file: SyntaxFile, { node, sdk, newName }: DeprecatedName): Call | undefined {
  const constructor = node.parent?.type === 'member_expression' ? node.parent : node;
  const expression = constructor.parent;
  if (newName !== 'InvokeCommand' || expression?.type !== 'new_expression') return undefined;
  const args = field(expression, 'arguments');
  return {
    sdk,
    name: node,
    newName,
    expression,
    arguments: args,
    input: inputOf(file, items(args)[0]),
  };
}

/** The edits of all calls that share one input. */
function migrationOf(
  file: SyntaxFile,
  [input, calls]: readonly [CallInput, readonly Call[]],
  typeNames: readonly DeprecatedName[],
  shared: readonly SharedChange[],
): Use['migration'] {
  if (isPinned(file)) return { byHand: byHand.pinned() };
  const sent = new Set(calls.flatMap((call) => items(call.arguments)[0]?.id ?? []));
  const migrated = migrateInput(file, input, ({ id }) => sent.has(id));
  if (typeof migrated === 'string') return { byHand: migrated };
  const result = join(
    calls.flatMap((call) => [
      followResult(file, call.expression),
      followCallback(file, call.arguments),
    ]),
  );
  const typed = [...result.typed, ...(input.variable ? [input.variable.declaration] : [])].map(
    rangeOf,
  );
  const types = typeNames.filter(({ node }) => {
    const place = rangeOf(node);
    return typed.some((range) => contains(range, place));
  });
  const edits = [
    ...calls.map(({ name, newName }) => replace(rangeOf(name), newName)),
    ...keepShorthands(file, migrated),
    ...result.edits,
    ...types.map(({ node, newName }) => replace(rangeOf(node), newName)),
  ];
  return { edits, shared: shared.filter(touchedBy(edits)) };
}

const isType = ({ type }: Node) => type === 'type_identifier';

function useOfName({ node, sdk, newName }: DeprecatedName): Use {
  return {
    sdk,
    range: rangeOf(node),
    migration: {
      byHand: l10n.t('use {0} here, and change the code that goes with it', newName),
    },
  };
}

/** `{ service: 'Lambda', action: 'invokeAsync', parameters: {…} }` of a CDK custom resource. */
function customResourceUse(
  file: SyntaxFile,
  { customResource, action }: Captures,
): Use | undefined {
  if (!customResource || !action) return undefined;
  const value = (key: string) =>
    field(
      items(customResource).find((pair) => field(pair, 'key')?.text === key),
      'value',
    );
  const service = value('service');
  const parameters = value('parameters');
  return actionUse(file.text, {
    action: rangeOf(action),
    service: service?.type === 'string' ? stringOf(service) : '',
    parameters:
      parameters?.type === 'object'
        ? (entriesOf(parameters) ?? byHand.spread())
        : byHand.opaqueInput(),
    quote: quoteOf(file),
  });
}

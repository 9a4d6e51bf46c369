import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../problem';
import { byHand, isPinned } from '../byHand';
import { replace } from '../rewrite';
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
import type { Migration, SharedChange, Use } from '../use';
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
  const uses = calls.map((call) => useOf(file, call, calls, names, shared));
  return [
    ...uses,
    ...names.filter((name) => isLeft(name, calls, uses)).map(useOfName),
    ...candidates.flatMap((captures) => customResourceUse(file, captures) ?? []),
  ];
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

const sdkOfFile = (file: SyntaxFile): SdkId =>
  sdkOfModule(/['"](@aws-sdk\/client-lambda)['"]/.exec(file.text)?.[1] ?? 'aws-sdk') ??
  'javascript-v2';

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

function useOf(
  file: SyntaxFile,
  call: Call,
  calls: readonly Call[],
  names: readonly DeprecatedName[],
  shared: readonly SharedChange[],
): Use {
  const migration = migrationOf(file, call, calls, names);
  const use = { sdk: call.sdk, range: rangeOf(call.name) };
  if (typeof migration === 'string') return { ...use, migration: { byHand: migration } };
  const isTouched = ({ needs }: SharedChange) =>
    needs.some((place) => migration.some(({ range }) => contains(range, place)));
  return { ...use, migration: { edits: migration, shared: shared.filter(isTouched) } };
}

/** The call's own edits; where several calls share one input, the edits of them all. */
function migrationOf(
  file: SyntaxFile,
  { input }: Call,
  calls: readonly Call[],
  names: readonly DeprecatedName[],
): TextEdit[] | string {
  if (isPinned(file.text)) return byHand.pinned();
  if (!input) return byHand.opaqueInput();
  const group = calls.filter((call) => call.input?.object.id === input.object.id);
  const isUser = (argument: Node) =>
    group.some((call) => items(call.arguments)[0]?.id === argument.id);
  const edits = migrateInput(file, input, isUser);
  if (typeof edits === 'string') return edits;
  const result = join(
    group.flatMap((call) => [
      followResult(file, call.expression),
      followCallback(file, call.arguments),
    ]),
  );
  const typed = [...result.typed, ...(input.variable ? [input.variable.declaration] : [])].map(
    rangeOf,
  );
  const types = names.filter(
    ({ node }) => isType(node) && typed.some((range) => contains(range, rangeOf(node))),
  );
  return [
    ...group.map(({ name, newName }) => replace(rangeOf(name), newName)),
    ...keepShorthands(file, edits),
    ...result.edits,
    ...types.map(({ node, newName }) => replace(rangeOf(node), newName)),
  ];
}

const isType = ({ type }: Node) => type === 'type_identifier';

/** A name that no call accounts for: a type elsewhere, a mock, a class that is passed on. */
function isLeft({ node }: DeprecatedName, calls: readonly Call[], uses: readonly Use[]): boolean {
  if (isImported(node) || calls.some(({ name }) => name.id === node.id)) return false;
  const isEdited = ({ edits }: Migration) =>
    edits.some(({ range }) => contains(range, rangeOf(node)));
  return !uses.some(({ migration }) => 'edits' in migration && isEdited(migration));
}

function useOfName({ node, sdk, newName }: DeprecatedName): Use {
  return {
    sdk,
    range: rangeOf(node),
    migration: {
      byHand: l10n.t('use {0} here, together with the code that it belongs to', newName),
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
    quote: quoteOf(file.text),
  });
}

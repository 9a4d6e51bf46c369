import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { byHand, isPinned } from '../byHand';
import { replace } from '../../core/edits';
import { always, migrateEntries, touchedBy } from '../rewrite';
import type { SdkId } from '../rules';
import {
  ancestor,
  type Captures,
  contains,
  field,
  items,
  rangeOf,
  type SyntaxFile,
  type SyntaxRules,
} from '../syntaxFile';
import type { SharedChange, Use } from '../use';
import { addedImport, importedName, importRemoval } from './goImports';
import { align, entryOf, laterEdits, opaquePayload, payloadEdits } from './goInput';
import { literalOf, sourceOf } from './goValues';

/** What differs between the two generations of the SDK. */
interface GoSdk {
  readonly sdk: Extract<SdkId, `go-${string}`>;
  readonly packages: readonly string[];
  /** The package that names the invocation type's value. */
  readonly support: string;
  readonly event: (support: string, lambda: string) => string;
}

const generations: readonly GoSdk[] = [
  {
    sdk: 'go-v1',
    packages: [
      'github.com/aws/aws-sdk-go/service/lambda',
      'github.com/aws/aws-sdk-go/service/lambda/lambdaiface',
    ],
    support: 'github.com/aws/aws-sdk-go/aws',
    event: (aws, lambda) => `${aws}.String(${lambda}.InvocationTypeEvent)`,
  },
  {
    sdk: 'go-v2',
    packages: ['github.com/aws/aws-sdk-go-v2/service/lambda'],
    support: 'github.com/aws/aws-sdk-go-v2/service/lambda/types',
    event: (types) => `${types}.InvocationTypeEvent`,
  },
];

const methods: Readonly<Record<string, string>> = {
  InvokeAsync: 'Invoke',
  InvokeAsyncWithContext: 'InvokeWithContext',
  InvokeAsyncRequest: 'InvokeRequest',
};

export const go: SyntaxRules = {
  worthParsing: /"github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/lambda/,
  query: `
    (call_expression
      function: (selector_expression operand: (_) @receiver field: (field_identifier) @method)
      arguments: (argument_list) @arguments
      (#any-of? @method "InvokeAsync" "InvokeAsyncWithContext" "InvokeAsyncRequest")) @call

    (composite_literal
      type: (qualified_type name: (type_identifier) @type)
      (#eq? @type "InvokeAsyncInput")) @literal
  `,
  uses: findUses,
};

interface Call {
  readonly method: Node;
  readonly expression: Node;
  /** What is passed as the input. */
  readonly argument: Node | undefined;
  readonly literal: Node | undefined;
}

function findUses(file: SyntaxFile, candidates: readonly Captures[]): Use[] {
  const generation = generations.find(({ packages }) =>
    packages.some((path) => importedName(file, path)),
  );
  if (!generation) return [];
  const calls = candidates.flatMap((captures) => callOf(file, captures, generation) ?? []);
  const used = new Set(calls.map(({ literal }) => literal?.id));
  const lost = candidates.flatMap(({ literal, type }) =>
    literal && type && !used.has(literal.id) ? type : [],
  );
  return [
    ...calls.map((call) => useOf(file, call, calls, generation)),
    ...lost.map((type) => ({
      sdk: generation.sdk,
      range: rangeOf(type),
      migration: { byHand: byHand.passedOn() },
    })),
  ];
}

/** A call whose input is the SDK's type or whose receiver is the SDK's client. */
function callOf(file: SyntaxFile, captures: Captures, { packages }: GoSdk): Call | undefined {
  const { receiver, method, call, arguments: args } = captures;
  if (!receiver || !method || !call) return undefined;
  const argument = items(args).find((node) =>
    sourceOf(file, node)?.text.includes('InvokeAsyncInput'),
  );
  const names = packages.flatMap((path) => importedName(file, path) ?? []);
  const client = new RegExp(
    String.raw`\b(?:${names.join('|')})\.(?:New|NewFromConfig|LambdaAPI|Lambda|Client)\b`,
  );
  if (!argument && !client.test(sourceOf(file, receiver)?.text ?? '')) return undefined;
  return {
    method,
    expression: call,
    argument,
    literal: argument && literalOf(sourceOf(file, argument)),
  };
}

function useOf(file: SyntaxFile, call: Call, calls: readonly Call[], generation: GoSdk): Use {
  const { literal } = call;
  const lambda = field(field(literal, 'type'), 'package')?.text;
  const support =
    importedName(file, generation.support) ?? generation.support.split('/').at(-1) ?? '';
  const edits =
    literal && lambda !== undefined
      ? migrationOf(
          file,
          literal,
          calls.filter((other) => other.literal?.id === literal.id),
          generation.event(support, lambda),
        )
      : byHand.opaqueInput();
  const use = { sdk: generation.sdk, range: rangeOf(call.method) };
  if (isPinned(file)) return { ...use, migration: { byHand: byHand.pinned() } };
  if (typeof edits === 'string') return { ...use, migration: { byHand: edits } };
  return { ...use, migration: { edits, shared: importChanges(file, edits, generation) } };
}

/** `bytes` and `strings` go with their last use, or the file does not compile; the new package comes. */
function importChanges(
  file: SyntaxFile,
  edits: readonly TextEdit[],
  { support }: GoSdk,
): SharedChange[] {
  const added = addedImport(file, support);
  return [
    ...['bytes', 'strings']
      .flatMap((path) => importRemoval(file, path) ?? [])
      .filter(touchedBy(edits)),
    ...(added ? [always(added)] : []),
  ];
}

function migrationOf(
  file: SyntaxFile,
  literal: Node,
  calls: readonly Call[],
  event: string,
): TextEdit[] | string {
  const type = field(field(literal, 'type'), 'name');
  const entries = items(field(literal, 'body')).map(entryOf);
  const args = entries.find(({ key }) => key === 'InvokeArgs');
  const payload = args ? payloadEdits(args.value) : [];
  const isSent = (node: Node) =>
    calls.some(({ argument }) => argument && contains(rangeOf(argument), rangeOf(node)));
  const later = laterEdits(file, literal, isSent);
  if (!type || typeof payload === 'string') return opaquePayload();
  if (typeof later === 'string') return later;
  const words = {
    invokeArgs: 'InvokeArgs',
    payload: 'Payload',
    invocationType: 'InvocationType',
    event,
    entry: `InvocationType: ${event}`,
  };
  const edits = migrateEntries(file.text, entries, words, later);
  if (typeof edits === 'string') return edits;
  return [
    replace(rangeOf(type), 'InvokeInput'),
    ...calls.map(({ method }) => replace(rangeOf(method), methods[method.text] ?? 'Invoke')),
    ...edits,
    ...align(file.text, entries),
    ...payload,
    ...calls.flatMap(({ expression }) => followResult(file, expression)),
  ];
}

/** `out.Status` of the variable that takes the answer. */
function followResult(file: SyntaxFile, call: Node): TextEdit[] {
  const declaration = ancestor(call, [
    'short_var_declaration',
    'assignment_statement',
    'block',
    'argument_list',
  ]);
  const names = items(field(declaration, 'left'));
  const name =
    field(field(call, 'function'), 'field')?.text === 'InvokeAsyncRequest' ? names[1] : names[0];
  const scope = ancestor(call, ['function_declaration', 'method_declaration', 'func_literal']);
  if (!name || !scope) return [];
  return file
    .occurrencesIn({ start: call.endIndex, end: scope.endIndex }, name.text)
    .flatMap((node) => field(node.parent ?? undefined, 'field') ?? [])
    .filter(({ text }) => text === 'Status')
    .map((status) => replace(rangeOf(status), 'StatusCode'));
}

import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { because, isPinned, manual } from '../manualReasons';
import { replace } from '../../core/edits';
import { oncePerFile } from '../once';
import { followResponses, valueOf } from '../responses';
import { always, migrateEntries, touchedBy } from '../rewrite';
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
import type { ManualReason, Use } from '../use';
import { type Import, importRemovals, importsOf, packageName } from './goImports';
import { align, entryOf, laterEdits, opaquePayload, payloadEdits } from './goInput';
import { goResponse } from './goResponse';
import { embeddedIn, isPackageAt, literalOf, methodOf, typeOf } from './goTypes';

/** What differs between the generations of the SDK. */
interface GoSdk {
  readonly sdk: Extract<SdkId, `go-${string}`>;
  /** The packages that declare clients and inputs, after the part of the path that a vendoring tool puts before. */
  readonly packages: RegExp;
  /** What a client is made by, or is. */
  readonly clients: readonly string[];
  /** The package that names the invocation type's value; without it, the SDK is too old for a certain fix. */
  readonly support?: { readonly path: string; readonly alias: string };
  readonly event: (support: string, lambda: string) => string;
}

const clientsOfV1 = ['Lambda', 'New()', 'LambdaAPI'];

const generations: readonly GoSdk[] = [
  {
    sdk: 'go-v1',
    packages: /(?:^|\/)github\.com\/aws\/aws-sdk-go\/service\/lambda(?:\/lambdaiface)?$/,
    clients: clientsOfV1,
    support: { path: 'github.com/aws/aws-sdk-go/aws', alias: 'awsv1' },
    event: (aws, lambda) => `${aws}.String(${lambda}.InvocationTypeEvent)`,
  },
  {
    sdk: 'go-v2',
    packages: /(?:^|\/)github\.com\/aws\/aws-sdk-go-v2\/service\/lambda$/,
    clients: ['Client', 'New()', 'NewFromConfig()'],
    support: {
      path: 'github.com/aws/aws-sdk-go-v2/service/lambda/types',
      alias: 'lambdatypes',
    },
    event: (types) => `${types}.InvocationTypeEvent`,
  },
  {
    // Where the SDK lived until 2015, and what it was made from: Invoke came later.
    sdk: 'go-v1',
    packages:
      /(?:^|\/)github\.com\/(?:awslabs\/aws-sdk-go|stripe\/aws-go)\/(?:service|gen)\/lambda(?:\/lambdaiface)?$/,
    clients: clientsOfV1,
    event: () => '',
  },
  {
    sdk: 'go-v2',
    packages: /(?:^|\/)github\.com\/aws\/aws-sdk-go-v2\/service\/lambda\/lambdaiface$/,
    clients: ['ClientAPI', 'LambdaAPI'],
    event: () => '',
  },
];

const methods: Readonly<Record<string, string>> = {
  InvokeAsync: 'Invoke',
  InvokeAsyncWithContext: 'InvokeWithContext',
  InvokeAsyncRequest: 'InvokeRequest',
};

export const go: SyntaxRules = {
  worthParsing: /"[^"\n]*github\.com\/(?:aws|awslabs|stripe)\/aws-(?:sdk-)?go\b/,
  query: `
    (selector_expression
      operand: (_) @receiver
      field: (field_identifier) @method
      (#any-of? @method "InvokeAsync" "InvokeAsyncWithContext" "InvokeAsyncRequest")) @callee

    (composite_literal
      type: (qualified_type package: (_) @package name: (type_identifier) @type)
      (#any-of? @type "InvokeAsyncInput" "InvokeAsyncRequest")) @literal

    (keyed_element
      (literal_element (identifier) @key)
      (literal_element (interpreted_string_literal) @operation)
      (#eq? @key "Name")
      (#eq? @operation "\\"InvokeAsync\\""))
  `,
  uses: findUses,
};

interface Call {
  readonly method: Node;
  readonly receiver: Node;
  /** Undefined for a method that is not called here. */
  readonly expression: Node | undefined;
  /** What is passed as the input. */
  readonly argument: Node | undefined;
  readonly literal: Node | undefined;
  readonly generation: GoSdk;
  /** Whether the receiver is the SDK's client, as far as the file tells. */
  readonly isClient: boolean;
}

interface Package extends Import {
  readonly generation: GoSdk;
}

const packagesOf = oncePerFile((file: SyntaxFile): readonly Package[] =>
  importsOf(file).flatMap((one) => {
    const generation = generations.find(({ packages }) => packages.test(one.path));
    return generation ? { ...one, generation } : [];
  }),
);

function findUses(file: SyntaxFile, candidates: readonly Captures[]): Use[] {
  if (packagesOf(file).length === 0) return operationsByName(file, candidates);
  const calls = candidates.flatMap((captures) => callOf(file, captures) ?? []);
  const used = new Set(calls.map(({ literal }) => literal?.id));
  const lost = candidates.flatMap(({ literal, type }): Use[] => {
    const generation = literal && generationOf(file, field(literal, 'type')?.text);
    if (!literal || !type || !generation || used.has(literal.id)) return [];
    return [passedOn(type, generation)];
  });
  return [
    ...calls.map((call) => useOf(file, call, calls)),
    ...lost,
    ...operationsByName(file, candidates),
  ];
}

const passedOn = (name: Node, { sdk }: Pick<GoSdk, 'sdk'>): Use => ({
  sdk,
  range: rangeOf(name),
  migration: manual.passedOn(),
});

/** `request.Operation{Name: "InvokeAsync"}` of the SDK's own package. */
function operationsByName(file: SyntaxFile, candidates: readonly Captures[]): Use[] {
  const types = new Set(
    importsOf(file).flatMap(({ path, name }) =>
      /\baws-sdk-go\/aws\/request$/.test(path) ? `${name}.Operation` : [],
    ),
  );
  return candidates.flatMap(({ operation }) => {
    const literal = operation?.parent?.parent?.parent?.parent;
    const isOne = types.has(field(literal ?? undefined, 'type')?.text ?? '');
    return operation && isOne ? passedOn(operation, { sdk: 'go-v1' }) : [];
  });
}

/** The generation whose input or client a type is. */
function generationOf(file: SyntaxFile, type: string | undefined): GoSdk | undefined {
  const [, owner, name] = /^(\w+)\.(\w+(?:\(\))?)$/.exec(type ?? '') ?? [];
  const found = packagesOf(file).find((one) => one.name === owner);
  const isOne = /^InvokeAsync(?:Input|Request)$/.test(name ?? '');
  return found && (isOne || found.generation.clients.includes(name ?? ''))
    ? found.generation
    : undefined;
}

/** A call or method value whose input is the SDK's type or whose receiver is the SDK's client. */
function callOf(file: SyntaxFile, { receiver, method, callee }: Captures): Call | undefined {
  if (!receiver || !method || !callee) return undefined;
  const isCalled = field(callee.parent ?? undefined, 'function')?.id === callee.id;
  const call = isCalled ? (callee.parent ?? undefined) : undefined;
  const ofClient = clientOf(file, receiver, method.text);
  const argument = items(field(call, 'arguments')).find(
    (node) => generationOf(file, inputTypeOf(file, node)) !== undefined,
  );
  const generation = ofClient ?? (argument && generationOf(file, inputTypeOf(file, argument)));
  if (!generation) return undefined;
  return {
    method,
    receiver,
    expression: call,
    argument,
    literal: argument && literalOf(file, argument),
    generation,
    isClient: ofClient !== undefined,
  };
}

/** The type of an argument, where it is that of an input. */
function inputTypeOf(file: SyntaxFile, argument: Node): string | undefined {
  const type = typeOf(file, argument);
  return /\.InvokeAsync(?:Input|Request)$/.test(type ?? '') ? type : undefined;
}

/** The generation of a receiver that is a client, or a struct that embeds one and has no such method of its own. */
function clientOf(file: SyntaxFile, receiver: Node, method: string): GoSdk | undefined {
  const expression = /^\(\s*\*(.*)\)$/.exec(receiver.text)?.[1];
  const type = expression ?? typeOf(file, receiver) ?? receiver.text;
  const own = generationOf(file, type);
  if (own || methodOf(file, type, method)) return own;
  return embeddedIn(file, type).flatMap((embedded) => generationOf(file, embedded) ?? [])[0];
}

function useOf(file: SyntaxFile, call: Call, calls: readonly Call[]): Use {
  const { sdk } = call.generation;
  return { sdk, range: rangeOf(call.method), migration: migrationOf(file, call, calls) };
}

function migrationOf(file: SyntaxFile, call: Call, calls: readonly Call[]): Use['migration'] {
  const { literal, generation, expression } = call;
  const { support } = generation;
  if (isPinned(file)) return manual.pinned();
  if (!expression) return manual.passedOn();
  if (!support || (generation.sdk === 'go-v2' && call.method.text === 'InvokeAsyncRequest'))
    return because(l10n.t('this release of the SDK is a preview; update the SDK first'));
  const lambda = field(field(literal, 'type'), 'package')?.text;
  if (!literal || lambda === undefined) return manual.opaqueInput();
  const sharing = calls.filter((other) => other.literal?.id === literal.id);
  const unknown = sharing.find(({ isClient }) => !isClient);
  if (unknown) return manual.receiver(unknown.receiver.text);
  const { name, edit } = packageName(file, support.path, support.alias, (visible) =>
    isPackageAt(file, visible, literal),
  );
  const edits = editsOf(file, literal, sharing, generation.event(name, lambda));
  if ('manualReason' in edits) return edits;
  return {
    edits,
    shared: [
      // Imports that are left without a use do not compile.
      ...importRemovals(file).filter(touchedBy(edits)),
      ...(edit ? [always(edit)] : []),
    ],
  };
}

function editsOf(
  file: SyntaxFile,
  literal: Node,
  calls: readonly Call[],
  event: string,
): TextEdit[] | ManualReason {
  const type = field(field(literal, 'type'), 'name');
  const entries = items(field(literal, 'body')).map(entryOf);
  const args = entries.find(({ key }) => key === 'InvokeArgs');
  const payload = args ? payloadEdits(args.value) : [];
  const isSent = (node: Node) =>
    calls.some(({ argument }) => argument && contains(rangeOf(argument), rangeOf(node)));
  const later = laterEdits(file, literal, isSent);
  if (!type || 'manualReason' in payload) return opaquePayload();
  if ('manualReason' in later) return later;
  const words = {
    invokeArgs: 'InvokeArgs',
    payload: 'Payload',
    invocationType: 'InvocationType',
    event,
    entry: `InvocationType: ${event}`,
  };
  const edits = migrateEntries(file.text, entries, words, later);
  const expressions = calls.flatMap(({ expression }) => expression ?? []);
  const responses = followResponses(file, valueOf(...expressions), goResponse);
  if ('manualReason' in edits) return edits;
  if (responses.isPassedOn) return manual.response();
  return [
    replace(rangeOf(type), 'InvokeInput'),
    ...calls.map(({ method }) => replace(rangeOf(method), methods[method.text] ?? 'Invoke')),
    ...edits,
    ...responses.edits,
    ...align(file.text, entries),
    ...payload,
  ];
}

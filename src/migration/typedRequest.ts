import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../core/problem';
import { replace } from '../core/edits';
import { manual, isPinned } from './manualReasons';
import { localsOf } from './locals';
import { followResponses, type ResponseRules, valueOf } from './responses';
import { touchedBy } from './rewrite';
import type { SdkId } from './rules';
import { type Captures, contains, field, rangeOf, type SyntaxFile } from './syntaxFile';
import type { ManualReason, SharedChange, Use } from './use';

/**
 * What Java and .NET differ in. Their SDKs have a class for the request, `InvokeAsyncRequest`, and it decides what is
 * deprecated: `invokeAsync` with an `InvokeRequest` is the asynchronous form of Invoke. A method is migrated as a
 * whole, so that what it declares and what it calls keep matching.
 */
export interface TypedSdk {
  readonly sdk: SdkId;
  /** The deprecated types and what they become; the first is the request's, the second the response's. */
  readonly types: Readonly<Record<string, string>>;
  /** The deprecated methods and what they become; those that belong to a pair, which has no certain fix, to nothing. */
  readonly methods: Readonly<Record<string, string | undefined>>;
  /** Whether nothing but the deprecated call has a method, of a client of this type. */
  isOwnMethod(method: string, client: string): boolean;
  /** The types of clients, and what makes one. */
  readonly clients: RegExp;
  /** The type of an expression as the file writes it, or what makes it; '' where the file does not say. */
  typeOf(file: SyntaxFile, expression: Node | undefined): string;
  /** Whether a mention of a deprecated type means the SDK's. */
  isSdkType(file: SyntaxFile, mention: Node): boolean;
  /** How the file can call a type of the SDK's, with the import that this takes. */
  spell(
    file: SyntaxFile,
    type: string,
  ): { readonly name: string; readonly shared: readonly SharedChange[] };
  /** The method or field around a node; the file's root outside of them. */
  unitOf(file: SyntaxFile, node: Node): Node;
  /** The part of a unit that its callers do not see. */
  bodyOf(unit: Node): Node | undefined;
  /** The request among the arguments of a call. */
  requestIn(args: Node | undefined): Node | undefined;
  /** The expression that makes a request, of a mention of its type. */
  creationOf(mention: Node): Node | undefined;
  /** The call of a method. */
  callOf(method: Node): Node;
  /** The variable that an expression is the first value of. */
  variableOf(expression: Node): Node | undefined;
  /** Whether a mention of a request's variable only sets it up, or sends it by one of the calls. */
  isSetOrSent(mention: Node): boolean;
  /** The edits of every place that sets InvokeArgs in a unit, or why they cannot be. */
  payloadEdits(
    file: SyntaxFile,
    unit: Node,
    event: string,
  ): readonly (readonly TextEdit[] | ManualReason)[];
  readonly response: ResponseRules;
}

interface Call {
  readonly method: Node;
  readonly receiver: Node | undefined;
}

/** The calls that get an `InvokeAsyncRequest`, and the requests that go where nobody sees them. */
export function typedUses(file: SyntaxFile, candidates: readonly Captures[], sdk: TypedSdk): Use[] {
  const callers = new Map<number, { readonly unit: Node; readonly calls: Call[] }>();
  for (const { method, receiver } of candidates.filter((captures) => isUse(file, captures, sdk))) {
    if (!method) continue;
    const unit = sdk.unitOf(file, method);
    const caller = callers.get(unit.id) ?? { unit, calls: [] };
    caller.calls.push({ method, receiver });
    callers.set(unit.id, caller);
  }
  const [request = ''] = Object.keys(sdk.types);
  const passedOn = file
    .occurrences(request)
    .filter((mention) => sdk.creationOf(mention) && sdk.isSdkType(file, mention))
    .filter((mention) => !callers.has(sdk.unitOf(file, mention).id));
  const references = candidates.flatMap(({ reference, receiver }) =>
    reference && sdk.isOwnMethod(reference.text, clientType(file, receiver, sdk)) ? reference : [],
  );
  return [
    ...[...callers.values()].flatMap(({ unit, calls }) => {
      const migration = migrationOf(file, unit, calls, sdk);
      return calls.map(({ method }) => ({ sdk: sdk.sdk, range: rangeOf(method), migration }));
    }),
    ...[...passedOn, ...references].map(
      (name): Use => ({
        sdk: sdk.sdk,
        range: rangeOf(name),
        migration: manual.passedOn(),
      }),
    ),
  ];
}

/** The type of a receiver that is a client of the SDK, else ''. */
function clientType(file: SyntaxFile, receiver: Node | undefined, sdk: TypedSdk): string {
  const type = sdk.typeOf(file, receiver);
  if (sdk.clients.test(type)) return type;
  // A static name, as in `AWSLambda::invokeAsync`.
  return receiver && sdk.clients.test(receiver.text) ? receiver.text : '';
}

function isUse(file: SyntaxFile, captures: Captures, sdk: TypedSdk): boolean {
  const { method, receiver, arguments: args } = captures;
  if (!method) return false;
  const request = sdk.requestIn(args);
  return (
    sdk.isOwnMethod(method.text, clientType(file, receiver, sdk)) ||
    (request !== undefined && isRequest(file, request, sdk))
  );
}

/** Whether an argument is the SDK's request, by the declaration or the value of its variable. */
function isRequest(file: SyntaxFile, argument: Node, sdk: TypedSdk): boolean {
  const [request = ''] = Object.keys(sdk.types);
  const declaration = localsOf(file).declarationOf(argument);
  const sources = declaration ? [declaration.type, declaration.value] : [argument];
  const isNamed = sources.some(
    (source) =>
      source &&
      file.occurrencesIn(rangeOf(source), request).some((node) => sdk.isSdkType(file, node)),
  );
  if (isNamed || argument.type === 'identifier') return isNamed;
  // What a method of the file returns.
  return (
    new RegExp(`\\b${request}$`).test(sdk.typeOf(file, argument)) &&
    file.occurrences(request).some((node) => sdk.isSdkType(file, node))
  );
}

function migrationOf(
  file: SyntaxFile,
  unit: Node,
  calls: readonly Call[],
  sdk: TypedSdk,
): Use['migration'] {
  const reason = reasonAgainst(file, unit, calls, sdk);
  if (reason !== undefined) return reason;
  const type = sdk.spell(file, 'InvocationType');
  const payloads = sdk.payloadEdits(file, unit, `${type.name}.Event`);
  const names = typeEdits(file, unit, sdk);
  const responses = followResponses(
    file,
    valueOf(...responsesIn(file, unit, calls, sdk)),
    sdk.response,
  );
  const parts = [...payloads, responses.isPassedOn ? manual.response() : responses.edits];
  const failed = parts.find((part) => 'manualReason' in part);
  if (failed && 'manualReason' in failed) return failed;
  if (payloads.length === 0 || payloads.length !== creationsIn(file, unit, sdk).length)
    return manual.opaqueInput();
  const edits = [
    ...names.edits,
    ...calls.map(({ method }) => replace(rangeOf(method), sdk.methods[method.text] ?? method.text)),
    ...parts.flatMap((part) => ('manualReason' in part ? [] : part)),
  ];
  return { edits, shared: [...type.shared, ...names.shared.filter(touchedBy(edits))] };
}

function reasonAgainst(
  file: SyntaxFile,
  unit: Node,
  calls: readonly Call[],
  sdk: TypedSdk,
): ManualReason | undefined {
  const body = sdk.bodyOf(unit);
  if (isPinned(file)) return manual.pinned();
  if (!body) return manual.incomplete();
  if (calls.some(({ method }) => !sdk.methods[method.text])) return manual.pair();
  const isShown = (node: Node) =>
    sdk.unitOf(file, node).id === unit.id && !contains(rangeOf(body), rangeOf(node));
  if (mentionsIn(file, unit, sdk).some(isShown)) return manual.signature();
  const stranger = calls.find(({ receiver }) => clientType(file, receiver, sdk) === '');
  if (stranger) return manual.receiver(stranger.receiver?.text ?? 'this');
  const variables = creationsIn(file, unit, sdk).flatMap(
    (creation) => sdk.variableOf(creation) ?? [],
  );
  const isPassedOn = variables.some((variable) =>
    usesOf(file, variable).some((place) => !sdk.isSetOrSent(place)),
  );
  return isPassedOn ? manual.opaqueInput() : undefined;
}

function usesOf(file: SyntaxFile, variable: Node): readonly Node[] {
  const declaration = localsOf(file).declarationOf(variable);
  return declaration ? localsOf(file).usesOf(declaration) : [];
}

/** The mentions of deprecated types in a unit. */
const mentionsIn = (file: SyntaxFile, unit: Node, sdk: TypedSdk) =>
  Object.keys(sdk.types)
    .flatMap((name) => file.occurrencesIn(rangeOf(unit), name))
    .filter((mention) => sdk.isSdkType(file, mention));

const creationsIn = (file: SyntaxFile, unit: Node, sdk: TypedSdk) =>
  mentionsIn(file, unit, sdk).flatMap((mention) => sdk.creationOf(mention) ?? []);

/** Every expression in a unit that is or holds a response: the calls, and the variables declared as one. */
function responsesIn(
  file: SyntaxFile,
  unit: Node,
  calls: readonly Call[],
  sdk: TypedSdk,
): readonly Node[] {
  const response = Object.keys(sdk.types)[1] ?? '';
  const declared = file
    .occurrencesIn(rangeOf(unit), response)
    .flatMap((mention) => declaredBy(mention) ?? [])
    .flatMap((name) => usesOf(file, name));
  return [...calls.map(({ method }) => sdk.callOf(method)), ...declared];
}

/** The variable or parameter whose type a mention is, or is a part of. */
function declaredBy(mention: Node): Node | undefined {
  let type = mention;
  while (type.parent && /type|generic_name|qualified_name/.test(type.parent.type))
    type = type.parent;
  const holder = type.parent ?? undefined;
  if (field(holder, 'type')?.id !== type.id) return undefined;
  const declarator =
    field(holder, 'declarator') ??
    holder?.namedChildren.find((child) => child?.type === 'variable_declarator') ??
    holder;
  return field(declarator, 'name');
}

/** The new names of the types, each as the file can call it; a part of a full name stays one. */
function typeEdits(
  file: SyntaxFile,
  unit: Node,
  sdk: TypedSdk,
): {
  readonly edits: TextEdit[];
  readonly shared: readonly SharedChange[];
} {
  const shared: SharedChange[] = [];
  const edits = mentionsIn(file, unit, sdk).map((mention) => {
    const type = sdk.types[mention.text] ?? mention.text;
    const isFull = /[.:]\s*$/.test(
      file.text.slice(Math.max(0, mention.startIndex - 20), mention.startIndex),
    );
    if (isFull) return replace(rangeOf(mention), type);
    const spelled = sdk.spell(file, type);
    shared.push(...spelled.shared);
    return replace(rangeOf(mention), spelled.name);
  });
  return { edits, shared: [...new Set(shared)] };
}

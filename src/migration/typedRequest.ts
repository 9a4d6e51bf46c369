import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../core/problem';
import { byHand, isPinned } from './byHand';
import type { SdkId } from './rules';
import { oncePerName } from './once';
import { type Captures, contains, field, rangeOf, type SyntaxFile } from './syntaxFile';
import type { SharedChange, Use } from './use';

/**
 * What Java and .NET differ in. Their SDKs have a class for the request, `InvokeAsyncRequest`, and it decides what is
 * deprecated: `invokeAsync` with an `InvokeRequest` is the asynchronous form of Invoke. A method is migrated as a
 * whole, so that what it declares and what it calls keep matching.
 */
export interface TypedSdk {
  readonly sdk: SdkId;
  /** The method that nothing but the deprecated call has. */
  readonly ownMethod: string;
  /** The method or field around a node; the file's root outside of them. */
  unitOf(file: SyntaxFile, node: Node): Node;
  /** Everywhere in the file that a name is declared. */
  declarations(file: SyntaxFile, name: string): readonly Node[];
  /** The request among the arguments of a call. */
  requestIn(args: Node | undefined): Node | undefined;
  /** Whether a mention of `InvokeAsyncRequest` makes a request. */
  isCreation(mention: Node): boolean;
  /** Everything in one method that InvokeAsync touches, or why it has to be changed by hand. */
  unitEdits(file: SyntaxFile, unit: Node, calls: readonly Node[]): TextEdit[] | string;
  /** What the edits of a method change outside of it. */
  sharedChanges?(file: SyntaxFile, edits: readonly TextEdit[]): readonly SharedChange[];
}

/** The calls that get an `InvokeAsyncRequest`, and the requests that go where nobody sees them. */
export function typedUses(file: SyntaxFile, candidates: readonly Captures[], sdk: TypedSdk): Use[] {
  const calls = candidates
    .filter((captures) => isUse(file, captures, sdk))
    .flatMap(({ method }) => method ?? []);
  const callers = new Map<number, { readonly unit: Node; readonly calls: Node[] }>();
  for (const call of calls) {
    const unit = sdk.unitOf(file, call);
    const caller = callers.get(unit.id);
    if (caller) caller.calls.push(call);
    else callers.set(unit.id, { unit, calls: [call] });
  }
  const passedOn = file
    .occurrences('InvokeAsyncRequest')
    .filter((mention) => sdk.isCreation(mention) && !callers.has(sdk.unitOf(file, mention).id));
  return [
    ...[...callers.values()].flatMap((caller) => {
      const migration = migrationOf(file, caller.unit, caller.calls, sdk);
      return caller.calls.map((method) => ({ sdk: sdk.sdk, range: rangeOf(method), migration }));
    }),
    ...passedOn.map(
      (name): Use => ({
        sdk: sdk.sdk,
        range: rangeOf(name),
        migration: { byHand: byHand.passedOn() },
      }),
    ),
  ];
}

/**
 * Everywhere in a file that a name is declared.
 * @param declarationOf what declares a name that stands as the name of something; `undefined` for what declares nothing
 */
export const declarationsBy = (declarationOf: (name: Node) => Node | null | undefined) =>
  oncePerName((file: SyntaxFile, name): readonly Node[] =>
    file
      .occurrences(name)
      .filter((node) => field(node.parent ?? undefined, 'name')?.id === node.id)
      .flatMap((node) => declarationOf(node) ?? []),
  );

/** Where a name is declared: in the method around it, else anywhere in the file. */
export function declarationsOf(file: SyntaxFile, name: Node, sdk: TypedSdk): readonly Node[] {
  const everywhere = sdk.declarations(file, name.text);
  const unit = rangeOf(sdk.unitOf(file, name));
  const nearby = everywhere.filter((node) => contains(unit, rangeOf(node)));
  return nearby.length > 0 ? nearby : everywhere;
}

/** Whether one of the variables of a method goes anywhere but where `stays` allows. */
export function isPassedOn(
  file: SyntaxFile,
  unit: Node,
  variables: readonly Node[],
  stays: (mention: Node) => boolean,
): boolean {
  return variables.some((variable) =>
    file
      .occurrencesIn(rangeOf(unit), variable.text)
      .filter(({ id }) => id !== variable.id)
      .some((node) => !stays(node)),
  );
}

function isUse(file: SyntaxFile, { method, arguments: args }: Captures, sdk: TypedSdk): boolean {
  const request = sdk.requestIn(args);
  if (!method || !request) return false;
  const sources = request.type === 'identifier' ? declarationsOf(file, request, sdk) : [request];
  return (
    method.text === sdk.ownMethod || sources.some(({ text }) => /\bInvokeAsyncRequest\b/.test(text))
  );
}

function migrationOf(
  file: SyntaxFile,
  unit: Node,
  calls: readonly Node[],
  sdk: TypedSdk,
): Use['migration'] {
  const edits = isPinned(file) ? byHand.pinned() : sdk.unitEdits(file, unit, calls);
  if (typeof edits === 'string') return { byHand: edits };
  const shared = sdk.sharedChanges?.(file, edits);
  return { edits, ...(shared && { shared }) };
}

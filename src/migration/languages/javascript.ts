import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../core/problem';
import { because, isPinned, manual } from '../manualReasons';
import { replace } from '../../core/edits';
import { oncePerFile } from '../once';
import { followResponses, type Responses, valueOf } from '../responses';
import { editedBy, touchedBy } from '../rewrite';
import { candidatePattern, usePattern } from '../rules';
import { type Captures, contains, rangeOf, type SyntaxFile, type SyntaxRules } from '../syntaxFile';
import uses from '../syntax/ecmascript.uses.scm';
import type { SharedChange, Use } from '../use';
import { findCalls, type Call, methodOutOfCall } from './javascriptCalls';
import { customResourceUse } from './javascriptCustomResource';
import { isDeclared, newNameOf } from './javascriptImports';
import { type CallInput, keepShorthands, migrateInput } from './javascriptInput';
import { lostPayload } from './javascriptLostPayload';
import { callbackSteps, javascriptResponse, readsOtherStatus } from './javascriptResponse';
import { type DeprecatedName, deprecatedNames } from './javascriptSdk';

/** `client.invokeAsync(…)`; commands and types are looked up by the names that the file imports. */
export const javascript: SyntaxRules = {
  worthParsing: /aws-sdk|\bAWS\b|\bInvokeArgs\b|\baction\s*:/,
  query: uses,
  candidates: (text) => (/InvokeCommand|\binvoke\s*\(/.test(text) ? candidatePattern : usePattern),
  uses: findUses,
};

/** The calls that share one input, and what becomes of their responses. */
interface Group {
  readonly input: CallInput;
  readonly calls: readonly Call[];
  readonly responses: Responses;
}

function findUses(file: SyntaxFile, candidates: readonly Captures[]): Use[] {
  const calls = findCalls(file, candidates);
  const groups = groupsOf(file, calls);
  const renames = [...groups.values()].flatMap(({ responses }) => responses.certain);
  const migrations = new Map(
    [...groups].map(([id, group]) => [id, migrationOf(file, group, renames)] as const),
  );
  const called = new Set(calls.map(({ name }) => name.id));
  const isEdited = editedBy(
    [...migrations.values()].flatMap((migration) => ('edits' in migration ? migration.edits : [])),
  );
  // A name that no call accounts for: a type elsewhere, a mock, a class that is passed on.
  const left = deprecatedNames(file).filter(
    (name) => !called.has(name.node.id) && !isDeclared(file, name) && !isEdited(rangeOf(name.node)),
  );
  return [
    ...calls.map(
      ({ sdk, name, input }): Use => ({
        sdk,
        range: rangeOf(name),
        migration:
          (input && migrations.get(input.object.id)) ??
          (isPinned(file) ? manual.pinned() : manual.opaqueInput()),
      }),
    ),
    ...left.map(useOfName),
    ...candidates.flatMap((captures) => [
      ...methodOutOfCall(file, captures),
      ...customResourceUse(file, captures),
      ...lostPayload(file, captures),
    ]),
  ];
}

/** The calls by the object literal that they are given. */
function groupsOf(file: SyntaxFile, calls: readonly Call[]): Map<number, Group> {
  const groups = new Map<number, { input: CallInput; calls: Call[] }>();
  for (const call of calls) {
    if (!call.input) continue;
    const group = groups.get(call.input.object.id);
    if (group) group.calls.push(call);
    else groups.set(call.input.object.id, { input: call.input, calls: [call] });
  }
  return new Map(
    [...groups].map(([id, group]) => [id, { ...group, responses: responsesOf(file, group.calls) }]),
  );
}

function responsesOf(file: SyntaxFile, calls: readonly Call[]): Responses {
  const begin = calls.flatMap((call) => [
    ...valueOf(call.expression),
    ...callbackSteps(file, call.arguments),
  ]);
  return followResponses(file, begin, javascriptResponse);
}

/** The edits of all calls that share one input; `renames` are those of all that reads the responses. */
function migrationOf(
  file: SyntaxFile,
  { input, calls, responses }: Group,
  renames: readonly TextEdit[],
): Use['migration'] {
  if (isPinned(file)) return manual.pinned();
  const sent = new Set(calls.flatMap(({ argument }) => argument?.id ?? []));
  const migrated = migrateInput(file, input, ({ id }) => sent.has(id));
  if ('manualReason' in migrated) return migrated;
  const isLost = responses.isPassedOn || responses.isMixed;
  if (isLost && readsOtherStatus(file, renames)) return statusElsewhere();
  const named = renamesOf(file, [...calls, ...typesAround(file, input, calls, responses)]);
  if (named === undefined) return nameTaken();
  const { declared, edits: renamed } = named;
  const edits = [...renamed, ...keepShorthands(file, migrated), ...responses.certain];
  return { edits, shared: declared.filter(touchedBy(edits)) };
}

const statusElsewhere = () =>
  because(
    l10n.t(
      'the response is passed on, and a Status is read elsewhere; rename it to StatusCode as well',
    ),
  );
const nameTaken = () =>
  because(l10n.t('the declaration of the deprecated name cannot be renamed together with its use'));

/** The deprecated types on the way of the input and of the responses: annotations, casts, type arguments. */
function typesAround(
  file: SyntaxFile,
  { object, variable }: CallInput,
  calls: readonly Call[],
  { typed }: Responses,
): DeprecatedName[] {
  const around = [
    ...typed,
    ...calls.flatMap(({ argument }) => argument ?? []),
    ...(variable?.name.parent ? [variable.name.parent] : []),
  ].map(rangeOf);
  const literal = rangeOf(object);
  return deprecatedTypes(file)
    .filter(({ place }) => !contains(literal, place) && around.some((one) => contains(one, place)))
    .map(({ name }) => name);
}

const deprecatedTypes = oncePerFile((file: SyntaxFile) =>
  deprecatedNames(file)
    .filter(({ node }) => node.type === 'type_identifier')
    .map((name) => ({ name, place: rangeOf(name.node) })),
);

/** The edits that rename every name, and the changes of their imports; undefined where one of them cannot be renamed. */
function renamesOf(
  file: SyntaxFile,
  names: readonly (Call | DeprecatedName)[],
): { edits: TextEdit[]; declared: SharedChange[] } | undefined {
  const edits: TextEdit[] = [];
  const declared = new Set<SharedChange>();
  for (const name of names) {
    const isCall = 'expression' in name;
    const deprecated = isCall ? name.command : name;
    const node = isCall ? name.name : name.node;
    const renamed = deprecated ? newNameOf(file, deprecated) : { text: name.newName, changes: [] };
    if (!renamed) return undefined;
    for (const change of renamed.changes) declared.add(change);
    edits.push(replace(rangeOf(node), renamed.text));
  }
  return { edits, declared: [...declared] };
}

function useOfName({ node, sdk, newName }: DeprecatedName): Use {
  return {
    sdk,
    range: rangeOf(node),
    migration: because(l10n.t('use {0} here, and change the code that goes with it', newName)),
  };
}

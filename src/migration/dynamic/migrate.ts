import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import type { TextEdit, TextRange } from '../../core/problem';
import { because, manual } from '../manualReasons';
import { followResponses, type ResponseRules, type Responses, valueOf } from '../responses';
import type { SyntaxFile } from '../syntaxFile';
import type { ManualReason, Use } from '../use';
import { keepAligned } from './layout';

/** How one language reads the response. */
export interface DynamicResponse extends ResponseRules {
  /** Every place in the file that reads something by the name of the status, or may do so. */
  readonly mentions: (file: SyntaxFile) => readonly TextRange[];
}

/** A use that can be rewritten, by itself or with others. */
export interface Call extends Pick<Use, 'sdk' | 'code' | 'range'> {
  /** The whole call whose response is read. */
  readonly expression?: Node;
  /** The name and the input, or why not. */
  readonly edits: readonly TextEdit[] | ManualReason;
  /** What the edits change, the call and the literal of its input. */
  readonly changed: readonly Node[];
  /** Other calls that are given the same input. */
  readonly with?: readonly Node[];
  /** What a test returns in place of the operation: it changes with every call of the file. */
  readonly isStub?: boolean;
}

/** The uses, with one migration for all that have to change together. */
export function migrateCalls(
  file: SyntaxFile,
  calls: readonly Call[],
  rules: DynamicResponse,
): Use[] {
  const groups = groupsOf(file, calls, rules);
  const followed = groups.map((group) => ({
    group,
    responses: followResponses(file, valueOf(...expressionsOf(group)), rules),
  }));
  // What reads the response of one call is no reader of another one's, however far that is passed on.
  const known = new Set(
    followed.flatMap(({ responses }) => responses.certain.map(({ range }) => range.start)),
  );
  return followed.flatMap(({ group, responses }) => {
    const migration = migrationOf(file, group, statusEdits(file, responses, rules, known));
    return group.map(({ sdk, code, range, edits }): Use => {
      const own = 'manualReason' in edits ? edits : migration;
      return { sdk, ...(code && { code }), range, migration: own };
    });
  });
}

/**
 * The renames, or why not every reader of the status is known.
 * @param known where the readers of responses begin that read nothing else
 */
function statusEdits(
  file: SyntaxFile,
  { edits, isPassedOn, isMixed }: Responses,
  { status, statusCode, mentions }: DynamicResponse,
  known: ReadonlySet<number>,
): readonly TextEdit[] | ManualReason {
  return (isPassedOn || isMixed) && mentions(file).some(({ start }) => !known.has(start))
    ? because(
        l10n.t(
          'its result is passed on, and this file reads {0}; rename what reads it to {1}',
          status,
          statusCode,
        ),
      )
    : edits;
}

function migrationOf(
  file: SyntaxFile,
  group: readonly Call[],
  results: readonly TextEdit[] | ManualReason,
): Use['migration'] {
  if (group.every(({ isStub }) => isStub)) return manual.operationName();
  const known = new Set(group.flatMap(({ changed }) => changed.map(({ id }) => id)));
  const isShared = group.some((call) => call.with?.some(({ id }) => !known.has(id)));
  const own = group.flatMap(({ edits }) => ('manualReason' in edits ? [] : [edits]));
  if (isShared || own.length < group.length) return together();
  if ('manualReason' in results) return results;
  const edits = unique([...own.flat(), ...results]);
  const changed = new Map(group.flatMap((call) => call.changed).map((node) => [node.id, node]));
  return { edits: keepAligned(file, edits, [...changed.values()]) };
}

const expressionsOf = (group: readonly Call[]) =>
  group.flatMap(({ expression }) => expression ?? []);

const together = () =>
  because(
    l10n.t('it has to change together with another use in this file, which has no certain fix'),
  );

function unique(edits: readonly TextEdit[]): TextEdit[] {
  const byPlace = new Map(
    edits.map((edit) => [`${edit.range.start} ${edit.range.end} ${edit.newText}`, edit]),
  );
  return [...byPlace.values()];
}

/** Calls that share an input or a reader of their responses, and all of a file with the stubs that stand for them. */
function groupsOf(file: SyntaxFile, calls: readonly Call[], rules: DynamicResponse): Call[][] {
  if (calls.some(({ isStub }) => isStub)) return [[...calls]];
  const leaders = calls.map((_call, index) => index);
  const leaderOf = (index: number) => {
    let leader = index;
    while (leaders[leader] !== leader) leader = leaders[leader] ?? leader;
    leaders[index] = leader;
    return leader;
  };
  const firstAt = new Map<string, number>();
  for (const [index, call] of calls.entries()) {
    for (const place of placesOf(file, call, rules)) {
      const first = firstAt.get(place) ?? index;
      firstAt.set(place, first);
      leaders[leaderOf(index)] = leaderOf(first);
    }
  }
  const groups = new Map<number, Call[]>();
  for (const [index, call] of calls.entries()) {
    const leader = leaderOf(index);
    const group = groups.get(leader);
    if (group) group.push(call);
    else groups.set(leader, [call]);
  }
  return [...groups.values()];
}

/** Everything that a call may share with another. */
function placesOf(
  file: SyntaxFile,
  { expression, edits, changed, with: others = [] }: Call,
  rules: DynamicResponse,
): string[] {
  const nodes = [...others, ...changed];
  const results = expression ? followResponses(file, valueOf(expression), rules).edits : [];
  const own = 'manualReason' in edits ? [] : edits;
  return [
    ...nodes.map(({ id }) => `node ${id}`),
    ...[...own, ...results].map(({ range }) => `edit ${range.start}`),
  ];
}

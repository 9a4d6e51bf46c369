import * as l10n from '@vscode/l10n';
import { Pace } from './pace';
import { fixedFolder, globOf, longestGlob, matchesGlob } from './patterns/glob';
import type { Problem } from './problem';
import { shownNumber } from './shownNumber';
import type { LocatedTarget } from './target';

/** Which files the glob of one target matches, and which of them it gets. */
export interface TargetMatch {
  readonly located: LocatedTarget;
  readonly matched: readonly string[];
  /** Those of `matched` that no earlier target takes. */
  readonly won: readonly string[];
  /** The earlier targets that take the others, in their order. */
  readonly losesTo: readonly LocatedTarget[];
  /** The first earlier target that takes all that this one can ever match, as far as their globs tell. */
  readonly coveredBy: LocatedTarget | undefined;
}

/**
 * Matches files with targets: the first target whose glob matches a file gets it.
 * @param files paths relative to the workspace folder, separated by `/`
 * @param limitMs `undefined` is returned when it takes longer
 */
export async function matchTargets(
  targets: readonly LocatedTarget[],
  files: readonly string[],
  limitMs: number,
): Promise<readonly TargetMatch[] | undefined> {
  const pace = new Pace();
  const end = performance.now() + limitMs;
  const isTooLate = async () => {
    await pace.turn();
    return performance.now() > end;
  };
  const winners = new Map<string, LocatedTarget>();
  const matches: TargetMatch[] = [];
  for (const [index, located] of targets.entries()) {
    const { payloads = '' } = located.target;
    const { onlyPath } = globOf(payloads);
    let coveredBy: LocatedTarget | undefined;
    for (const earlier of targets.slice(0, index)) {
      if (covers(earlier, payloads, onlyPath)) coveredBy ??= earlier;
      if (pace.isDue && (await isTooLate())) return undefined;
    }
    const matched: string[] = [];
    for (const file of files) {
      if (matchesGlob(file, payloads)) matched.push(file);
      if (pace.isDue && (await isTooLate())) return undefined;
    }
    const won = matched.filter((file) => !winners.has(file));
    const losesTo = new Set(matched.flatMap((file) => winners.get(file) ?? []));
    for (const file of won) winners.set(file, located);
    matches.push({
      located,
      matched,
      won,
      losesTo: [...losesTo].toSorted((a, b) => a.range.start - b.range.start),
      coveredBy,
    });
  }
  return matches;
}

/** Whether the glob of a target certainly matches all that another one can match. */
function covers({ target }: LocatedTarget, glob: string, onlyPath: string | undefined): boolean {
  const { payloads = '' } = target;
  return payloads === glob || (onlyPath !== undefined && matchesGlob(onlyPath, payloads));
}

/** Globs that match no file, and targets that can never win because earlier ones take all that they match. */
export function targetProblems(matches: readonly TargetMatch[]): Problem[] {
  return matches.flatMap((match) => shadowed(match) ?? noMatch(match) ?? []);
}

/**
 * The folders that hold all that the globs of some targets can match, each with a slash at its end, none below
 * another; the workspace folder itself is the empty text.
 */
export function globFolders(targets: readonly LocatedTarget[]): string[] {
  const folders: string[] = [];
  // In this order, a folder comes before those that lie in it.
  for (const folder of targets.map(({ target }) => fixedFolder(target.payloads ?? '')).toSorted()) {
    const last = folders.at(-1);
    if (last === undefined || !folder.startsWith(last)) folders.push(folder);
  }
  return folders;
}

function shadowed({ located, matched, won, losesTo, coveredBy }: TargetMatch): Problem | undefined {
  const winner = coveredBy ?? (matched.length > 0 && won.length === 0 ? losesTo[0] : undefined);
  if (!winner) return undefined;
  return problem(
    located,
    'target.shadowed',
    'warning',
    l10n.t(
      'This target is never used: "{0}" comes first and matches the same files. The first match wins, so put the narrower glob first.',
      winner.target.payloads ?? '',
    ),
  );
}

function noMatch({ located, matched }: TargetMatch): Problem | undefined {
  if (matched.length > 0) return undefined;
  if ((located.target.payloads ?? '').length > longestGlob) {
    return problem(
      located,
      'target.no-match',
      'warning',
      l10n.t(
        'This glob has more than {0} characters, so it matches nothing.',
        shownNumber(longestGlob),
      ),
    );
  }
  return problem(
    located,
    'target.no-match',
    'information',
    l10n.t(
      'No file matches this glob. It is relative to the workspace folder, such as "{0}".',
      'events/**/*.json',
    ),
  );
}

function problem(
  { range, ranges }: LocatedTarget,
  code: Problem['code'],
  severity: Problem['severity'],
  message: string,
): Problem {
  return { code, severity, message, range: ranges.payloads ?? range, fixes: [] };
}

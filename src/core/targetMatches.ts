import * as l10n from '@vscode/l10n';
import picomatch from 'picomatch';
import type { Problem } from './problem';
import { fixedFolder, isCostly, type LocatedTarget, matchesGlob } from './targets';

/** Which files the glob of one target matches, and which of them it gets. */
export interface TargetMatch {
  readonly located: LocatedTarget;
  readonly matched: readonly string[];
  /** Those of `matched` that no earlier target takes. */
  readonly won: readonly string[];
  /** The earlier targets that take the others, in their order. */
  readonly losesTo: readonly LocatedTarget[];
}

/**
 * Matches files with targets: the first target whose glob matches a file gets it.
 * @param files paths relative to the workspace folder, separated by `/`
 */
export function matchTargets(
  targets: readonly LocatedTarget[],
  files: readonly string[],
): TargetMatch[] {
  const winners = new Map<string, LocatedTarget>();
  return targets.map((located) => {
    const matched = files.filter((file) => matchesGlob(file, located.target.payloads ?? ''));
    const losesTo = new Set<LocatedTarget>();
    const won = matched.filter((file) => {
      const winner = winners.get(file);
      if (winner) losesTo.add(winner);
      else winners.set(file, located);
      return !winner;
    });
    return { located, matched, won, losesTo: targets.filter((target) => losesTo.has(target)) };
  });
}

/** Globs that match no file, and targets that can never win because earlier ones take all that they match. */
export function targetProblems(matches: readonly TargetMatch[]): Problem[] {
  return matches.flatMap((match, index) => {
    const earlier = matches.slice(0, index).map(({ located }) => located);
    return shadowed(match, earlier) ?? noMatch(match) ?? [];
  });
}

/**
 * The folders that hold all that the globs of some targets can match, each with a slash at its end, none below
 * another; the workspace folder itself is the empty text.
 */
export function globFolders(targets: readonly LocatedTarget[]): string[] {
  const folders = new Set(targets.map(({ target }) => fixedFolder(target.payloads ?? '')));
  return [...folders].filter(
    (folder) => ![...folders].some((other) => other !== folder && folder.startsWith(other)),
  );
}

function shadowed(
  { located, matched, won, losesTo }: TargetMatch,
  earlier: readonly LocatedTarget[],
): Problem | undefined {
  const { payloads = '' } = located.target;
  const same = earlier.find(({ target }) => target.payloads === payloads);
  const covering = earlier.find(
    ({ target }) =>
      !picomatch.scan(payloads).isGlob && matchesGlob(payloads, target.payloads ?? ''),
  );
  const winner = same ?? covering ?? (matched.length > 0 && won.length === 0 && losesTo[0]);
  if (!winner) return undefined;
  return problem(
    located,
    'target.shadowed',
    'warning',
    l10n.t(
      'This target never wins: "{0}" comes before it and takes what it matches. The first match wins, so put the narrower glob first.',
      winner.target.payloads ?? '',
    ),
  );
}

function noMatch({ located, matched }: TargetMatch): Problem | undefined {
  if (matched.length > 0) return undefined;
  if (isCostly(located.target.payloads ?? '')) {
    return problem(
      located,
      'target.no-match',
      'warning',
      l10n.t('This glob has too many stars to be matched in time, so it matches nothing.'),
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

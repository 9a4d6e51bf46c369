/** What is wrong with the functions and regions that a `.lambda/targets.json` names. */
import * as l10n from '@vscode/l10n';
import { type Environments, hasPlaceholder, environmentsIn, renderFunction } from './environments';
import { misspelledRegion } from './functionIdentifier/checkPlace';
import { identifierProblems } from './functionIdentifier/problems';
import type { Problem, TextRange } from './problem';
import type { Target } from './target';
import { shortened } from './shortened';
import { targetsIn, tolerantTree } from './targets';

/** Nobody reads more, and an editor chokes on them. */
const mostProblems = 1000;

/** Of functions in an environment: a file can name thousands of each. The others are checked when they are sent. */
const mostRendered = 5000;

/**
 * The problems of all functions and regions, up to 1,000, in the order of the targets. Functions with placeholders are
 * checked in each environment, up to 5,000 times in all.
 */
export function targetIdentifierProblems(text: string): Problem[] {
  const problems: Problem[] = [];
  const root = tolerantTree(text);
  const environments = environmentsIn(root);
  let rendered = 0;
  for (const { target, ranges } of targetsIn(root)) {
    if (problems.length >= mostProblems) break;
    if (ranges.function && hasPlaceholder(target.function)) {
      rendered += environments.size;
      const problem =
        rendered <= mostRendered && placeholderProblem(target, ranges.function, environments);
      if (problem) problems.push(problem);
    } else if (ranges.function) {
      const { region } = target;
      const found = identifierProblems(target.function, { isTarget: true, region });
      problems.push(...placed(found, text, ranges.function));
    }
    if (ranges.region && target.region) {
      const whole = { start: 0, end: target.region.length };
      const found = misspelledRegion({ text: target.region, range: whole });
      if (found) problems.push(...placed([{ ...found, severity: 'warning' }], text, ranges.region));
    }
  }
  return problems;
}

/** The first thing that is wrong with a function in one of the environments. */
function placeholderProblem(
  { function: functionIdentifier, region }: Target,
  range: TextRange,
  environments: Environments,
): Problem | undefined {
  const problem = (message: string): Problem => ({
    code: 'target.variable',
    severity: 'error',
    message,
    range,
    fixes: [],
  });
  if (environments.size === 0) {
    const rendered = renderFunction(functionIdentifier, undefined);
    if (!('unknown' in rendered)) return undefined;
    return problem(
      l10n.t(
        'The placeholder "{0}" is not filled in: there are no "environments" in this file.',
        shortened(rendered.unknown, 60),
      ),
    );
  }
  for (const [name, environment] of environments) {
    const rendered = renderFunction(functionIdentifier, { ...environment, name });
    if ('unknown' in rendered) return problem(unknownVariable(rendered.unknown, name));
    const options = { isTarget: true, region: region ?? environment.region };
    const [found] = identifierProblems(rendered.functionName, options);
    if (found) {
      const words = { name, function: rendered.functionName, reason: found.message };
      return {
        ...problem(l10n.t('In the environment {name}, {function}: {reason}', words)),
        severity: found.severity,
      };
    }
  }
  return undefined;
}

/** Says that a placeholder stands for nothing. */
export function unknownVariable(placeholder: string, environment: string): string {
  return l10n.t('{variable} is not a variable of the environment {environment}.', {
    variable: placeholder,
    environment,
  });
}

/** Problems of a value, at their places in the text of the string that it is written as. */
function placed(problems: readonly Problem[], text: string, { start, end }: TextRange): Problem[] {
  if (problems.length === 0) return [];
  const offsets = offsetsIn(text.slice(start, end));
  const shifted = (range: TextRange): TextRange => ({
    start: start + (offsets?.[range.start] ?? range.start),
    end: start + (offsets?.[range.end] ?? range.end),
  });
  return problems.map((problem) => ({
    ...problem,
    range: shifted(problem.range),
    fixes: problem.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map(({ range, newText }) => ({ range: shifted(range), newText })),
    })),
  }));
}

/** Where each UTF-16 unit of a string of JSON is written between its quotes; `undefined` when it holds no escape. */
function offsetsIn(written: string): number[] | undefined {
  if (!written.includes('\\')) return undefined;
  const offsets: number[] = [];
  let at = 0;
  while (at < written.length) {
    offsets.push(at);
    if (written[at] !== '\\') at += 1;
    else at += written[at + 1] === 'u' ? 6 : 2;
  }
  return [...offsets, written.length];
}

/** Which function is meant: the word `function`, its name, its alias or version. */
import { functionNameMaxLength } from '../limits';
import type { Problem, TextRange } from '../problem';
import type { Check } from './check';
import { spelling } from './parse';
import type { Segment } from './segments';
import {
  describeCharacter,
  partWords,
  problem,
  remove,
  replace,
  visible,
  withColon,
} from './wording';

export const checkResourceType: Check = ({ reading: { resourceType } }) => {
  if (!resourceType || resourceType.text === 'function') return [];
  const message = `This has to be "function", not "${resourceType.text}".`;
  return [
    problem(
      'identifier.malformed',
      'error',
      message,
      resourceType.range,
      replace(resourceType, 'function'),
    ),
  ];
};

export const checkName: Check = ({ reading }) => {
  const { name, arn } = reading;
  if (!name || name.text === '')
    return arn ? [] : missingName(name ?? reading.resourceType ?? reading.account);
  if (!spelling.name.test(name.text)) return [misspelledName(name)];

  const { length } = name.text;
  const isBare = !arn && !reading.region && !reading.account && !reading.resourceType;
  const problems: Problem[] = [];
  if (name.text.includes('.')) {
    const message =
      'No function can have a dot in its name: it is made of letters, digits, "-" and "_".';
    problems.push(problem('identifier.name', 'warning', message, name.range));
  }
  if (length > functionNameMaxLength) {
    const message = `A function's name has at most ${functionNameMaxLength} characters; this one has ${length}.`;
    const surplus = { start: name.range.start + functionNameMaxLength, end: name.range.end };
    const [code, severity] = isBare
      ? (['identifier.too-long', 'error'] as const)
      : (['identifier.name', 'warning'] as const);
    problems.push(problem(code, severity, message, surplus));
  }
  return problems;
};

function missingName(at: Segment | undefined): Problem[] {
  if (!at) return [];
  return [
    problem(
      'identifier.malformed',
      'error',
      `${capitalized(partWords.name)} is missing.`,
      visible(at),
    ),
  ];
}

function misspelledName(name: Segment): Problem {
  if (name.text.startsWith('$')) {
    const message = `"${name.text}" is a version; ${partWords.name} has to come before it.`;
    return problem('identifier.malformed', 'error', message, name.range);
  }
  const { character, range } = firstOther(name, /[a-zA-Z0-9_.-]/);
  const message = `A function's name is made of letters, digits, "-" and "_"; ${describeCharacter(character)} is none of them.`;
  return problem('identifier.malformed', 'error', message, range);
}

const latestVersions = ['$LATEST', '$LATEST.PUBLISHED'];

export const checkQualifier: Check = ({ reading: { qualifier, name, arn }, isTarget }) => {
  if (!qualifier || (arn && name?.text === '')) return [];
  const { text, range } = qualifier;
  if (text === '') return [trailingColon(qualifier)];
  if (!spelling.qualifier.test(text)) return [misspelledQualifier(qualifier)];
  if (/^0\d*$/.test(text)) {
    const message = `No version is "${text}": versions are numbered from 1, without leading zeros.`;
    return [problem('identifier.qualifier', 'warning', message, range)];
  }
  if (isTarget && latestVersions.includes(`$${text}`)) {
    const message = `"${text}" is read as an alias; the unpublished version is "$${text}".`;
    return [
      problem('identifier.qualifier', 'hint', message, range, {
        ...replace(qualifier, `$${text}`),
        preferred: false,
      }),
    ];
  }
  return [];
};

function misspelledQualifier(qualifier: Segment): Problem {
  const { text } = qualifier;
  const latest = latestVersions.find(
    (version) => version.slice(1) === text.replace(/^\$/, '').toUpperCase(),
  );
  if (latest !== undefined) {
    const message = `The version is spelled "${latest}", not "${text}".`;
    return problem(
      'identifier.qualifier',
      'error',
      message,
      qualifier.range,
      replace(qualifier, latest),
    );
  }
  if (text.startsWith('$')) {
    const message = `"${text}" is no version: only "$LATEST" and "$LATEST.PUBLISHED" begin with "$".`;
    return problem('identifier.qualifier', 'error', message, qualifier.range);
  }
  const { character, range } = firstOther(qualifier, /[a-zA-Z0-9_-]/);
  const message = `An alias is made of letters, digits, "-" and "_", a version of digits; ${describeCharacter(character)} is none of them.`;
  return problem('identifier.qualifier', 'error', message, range);
}

function trailingColon(empty: Segment): Problem {
  const message =
    'An alias or version has to follow the last colon; without one, leave the colon out.';
  const range = withColon(empty);
  return problem('identifier.qualifier', 'error', message, range, remove('the colon', range));
}

/** What follows the qualifier: nothing may. */
export const checkSurplus: Check = ({ reading: { qualifier, surplus } }) => {
  const [first] = surplus;
  if (!first || !qualifier || qualifier.text === '') return [];
  const rest = { start: first.range.start - 1, end: surplus.at(-1)?.range.end ?? first.range.end };
  if (surplus.length === 1 && first.text === '') return [trailingColon(first)];
  if (surplus.length === 1 && first.text === qualifier.text) {
    const message = `The qualifier "${first.text}" is given twice.`;
    return [
      problem(
        'identifier.qualifier',
        'error',
        message,
        rest,
        remove(`the second "${first.text}"`, rest),
      ),
    ];
  }
  const others = surplus.map(({ text }) => `"${text}"`).join(', ');
  const message = `Only one alias or version can follow the name; ${others} after "${qualifier.text}" is too much.`;
  const fixes = [remove(others, rest), remove(`"${qualifier.text}"`, withColon(qualifier))];
  const possible = surplus.length === 1 ? fixes.map((fix) => ({ ...fix, preferred: false })) : [];
  return [problem('identifier.qualifier', 'error', message, rest, ...possible)];
};

function firstOther(
  { text, range }: Segment,
  allowed: RegExp,
): { character: string; range: TextRange } {
  let start = range.start;
  for (const character of text) {
    const end = start + character.length;
    if (!allowed.test(character)) return { character, range: { start, end } };
    start = end;
  }
  return { character: '', range };
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

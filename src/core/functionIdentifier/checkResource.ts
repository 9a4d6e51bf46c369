/** Which function is meant: the word `function`, its name, its alias or version. */
import * as l10n from '@vscode/l10n';
import { functionNameMaxLength, qualifierMaxLength } from '../limits';
import type { Problem, TextRange } from '../problem';
import type { Check } from './check';
import { spelling } from './parse';
import type { Reading } from './reading';
import { regionDescription } from './partitions';
import type { Segment } from './segments';
import { latestMeant } from './slips';
import { problem, remove, replace, visible, visibleCharacter, withColon } from './wording';

export const checkResourceType: Check = ({ reading: { resourceType } }) => {
  if (!resourceType || resourceType.text === 'function') return [];
  const message = l10n.t('This must be "{0}", not "{1}".', 'function', resourceType.text);
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

export const checkName: Check = ({ reading, isTarget }) => {
  const { name, arn } = reading;
  const twice = functionTwice(reading);
  if (twice) return [twice];
  if (!name || name.text === '')
    return arn ? [] : missingName(name ?? reading.resourceType ?? reading.account);
  if (!spelling.name.test(name.text)) return [misspelledName(name)];

  const { length } = name.text;
  const isBare = !arn && !reading.region && !reading.account && !reading.resourceType;
  const problems: Problem[] = [];
  const neverExists = isTarget ? 'error' : 'warning';
  if (isEdgeReplica(name.text)) {
    if (isTarget) problems.push(edgeReplica(name));
  } else if (name.text.includes('.')) {
    const message = l10n.t(
      'A function name cannot contain a dot, only letters, digits, "-" and "_".',
    );
    problems.push(problem('identifier.name', neverExists, message, name.range));
  }
  if (length > functionNameMaxLength) {
    const message = l10n.t(
      'A function name can have at most {0} characters; this one has {1}.',
      functionNameMaxLength,
      length,
    );
    const surplus = { start: name.range.start + functionNameMaxLength, end: name.range.end };
    const [code, severity] = isBare
      ? (['identifier.too-long', 'error'] as const)
      : (['identifier.name', neverExists] as const);
    problems.push(problem(code, severity, message, surplus));
  }
  return problems;
};

/** `function:function:orders`, which the service reads as an alias of a function that is called "function". */
function functionTwice({ resourceType, name, qualifier, surplus }: Reading): Problem | undefined {
  if (resourceType?.text !== 'function' || name?.text !== 'function') return undefined;
  if (!qualifier?.text || qualifier.text === 'function' || surplus.length > 1) return undefined;
  const range = { start: name.range.start, end: name.range.end + 1 };
  const message = l10n.t('The word "function" is given twice.');
  const fix = remove(l10n.t('Remove the second "{0}"', 'function'), range);
  return problem('identifier.name', 'warning', message, name.range, fix);
}

/**
 * Lambda@Edge names the copies of a function by the region where it was made: `us-east-1.resize-image`.
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html
 */
function isEdgeReplica(name: string): boolean {
  const dot = name.indexOf('.');
  return (
    dot > 0 &&
    regionDescription(name.slice(0, dot)) !== undefined &&
    /^[\w-]+$/.test(name.slice(dot + 1))
  );
}

function edgeReplica({ range }: Segment): Problem {
  const message = l10n.t(
    'This is a replica of Lambda@Edge; to test the function, send to the original in its own region.',
  );
  return problem('identifier.name', 'hint', message, range);
}

function missingName(at: Segment | undefined): Problem[] {
  if (!at) return [];
  const message = l10n.t('The function name is missing.');
  return [problem('identifier.malformed', 'error', message, visible(at))];
}

function misspelledName(name: Segment): Problem {
  if (name.text.startsWith('$')) {
    const message = l10n.t('"{0}" is a version; put the function name before it.', name.text);
    return problem('identifier.malformed', 'error', message, name.range);
  }
  const { character, range } = firstOther(name, /[a-zA-Z0-9_.-]/);
  const message = l10n.t(
    'A function name can contain only letters, digits, "-" and "_", not {0}.',
    visibleCharacter(character),
  );
  return problem('identifier.malformed', 'error', message, range);
}

const latestVersions: ReadonlySet<string> = new Set(['$LATEST', '$LATEST.PUBLISHED']);

export const checkQualifier: Check = ({ reading: { qualifier, name, arn }, isTarget }) => {
  if (!qualifier || (arn && name?.text === '')) return [];
  if (qualifier.text === '') return [trailingColon(qualifier)];
  const wrong = impossibleQualifier(qualifier, isTarget);
  if (wrong) return [wrong];
  const { text, range } = qualifier;
  if (isTarget && latestVersions.has(`$${text}`)) {
    const message = l10n.t(
      '"{0}" is read as an alias; the unpublished version is "{1}".',
      text,
      `$${text}`,
    );
    return [
      problem('identifier.qualifier', 'hint', message, range, {
        ...replace(qualifier, `$${text}`),
        preferred: false,
      }),
    ];
  }
  return [];
};

/**
 * Why no alias and no version can be spelled like this, wherever it stands: as a suffix of the name or by itself.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html#lambda-CreateAlias-request-Name
 */
export function impossibleQualifier(qualifier: Segment, isTarget: boolean): Problem | undefined {
  const { text, range } = qualifier;
  if (!spelling.qualifier.test(text)) return misspelledQualifier(qualifier);
  const report = (message: string, at: TextRange) =>
    problem('identifier.qualifier', isTarget ? 'error' : 'warning', message, at);
  if (/^0\d*$/.test(text)) {
    const message = l10n.t(
      '"{0}" is not a version: versions are numbered from 1, without leading zeros.',
      text,
    );
    return report(message, range);
  }
  if (text.length > qualifierMaxLength) {
    const message = l10n.t(
      'An alias or version can have at most {0} characters; this one has {1}.',
      qualifierMaxLength,
      text.length,
    );
    return report(message, { start: range.start + qualifierMaxLength, end: range.end });
  }
  return undefined;
}

function misspelledQualifier(qualifier: Segment): Problem {
  const { text } = qualifier;
  const latest = latestMeant(text);
  if (latest !== undefined) {
    const message = l10n.t('The version is spelled "{0}", not "{1}".', latest, text);
    return problem(
      'identifier.qualifier',
      'error',
      message,
      qualifier.range,
      replace(qualifier, latest),
    );
  }
  if (text.startsWith('$')) {
    const message = l10n.t(
      '"{0}" is not a version: only "$LATEST" and "$LATEST.PUBLISHED" start with "$".',
      text,
    );
    return problem('identifier.qualifier', 'error', message, qualifier.range);
  }
  const { character, range } = firstOther(qualifier, /[a-zA-Z0-9_-]/);
  const message = l10n.t(
    'An alias can contain only letters, digits, "-" and "_", and a version only digits, not {0}.',
    visibleCharacter(character),
  );
  return problem('identifier.qualifier', 'error', message, range);
}

function trailingColon(empty: Segment): Problem {
  const message = l10n.t(
    'The last colon must be followed by an alias or version; without one, remove the colon.',
  );
  const range = withColon(empty);
  return problem(
    'identifier.qualifier',
    'error',
    message,
    range,
    remove(l10n.t('Remove the colon'), range),
  );
}

/** What follows the qualifier: nothing may. */
export const checkSurplus: Check = ({ reading: { qualifier, surplus } }) => {
  const [first] = surplus;
  if (!first || !qualifier || qualifier.text === '') return [];
  const rest = { start: first.range.start - 1, end: surplus.at(-1)?.range.end ?? first.range.end };
  if (surplus.length === 1 && first.text === '') return [trailingColon(first)];
  if (surplus.length === 1 && first.text === qualifier.text) {
    const message = l10n.t('The qualifier "{0}" is given twice.', first.text);
    return [
      problem(
        'identifier.qualifier',
        'error',
        message,
        rest,
        remove(l10n.t('Remove the second "{0}"', first.text), rest),
      ),
    ];
  }
  const others = surplus.map(({ text }) => `"${text}"`).join(', ');
  const message = l10n.t(
    'Only one alias or version can follow the name; remove {0} after "{1}".',
    others,
    qualifier.text,
  );
  const fixes = [
    remove(l10n.t('Remove {0}', others), rest),
    remove(l10n.t('Remove {0}', `"${qualifier.text}"`), withColon(qualifier)),
  ];
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

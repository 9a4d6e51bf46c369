/** One check for each part of an identifier, in the order of the text. */
import * as l10n from '@vscode/l10n';
import type { Problem } from '../problem';
import type { Check, Subject } from './check';
import { checkAccount, checkMissing, checkPartition, checkPrefix, checkRegion } from './checkPlace';
import { checkName, checkQualifier, checkResourceType, checkSurplus } from './checkResource';
import { isLambdaWord, otherResources, type Reading } from './reading';
import { insert, problem, replace } from './wording';

const partChecks: readonly Check[] = [
  checkPrefix,
  checkPartition,
  checkMissing,
  checkRegion,
  checkAccount,
  checkResourceType,
  checkName,
  checkQualifier,
  checkSurplus,
];

/** What the checks of all parts find, in the order of the text; of what is plainly something else, only that. */
export function checks(subject: Subject): readonly Problem[] {
  const plain =
    anotherResource(subject.reading) ??
    lacksArn(subject.reading) ??
    hasSlash(subject.reading) ??
    hasAtSign(subject.reading);
  if (plain) return [plain];
  return partChecks
    .flatMap((check) => check(subject))
    .toSorted((one, other) => one.range.start - other.range.start);
}

function anotherResource({ arn, service, resourceType }: Reading): Problem | undefined {
  if (arn && service && service.text !== '' && !isLambdaWord(service.text)) {
    const message = l10n.t(
      'This ARN is for the service "{0}"; a function ARN has "lambda" there.',
      service.text,
    );
    return problem('identifier.not-a-function', 'error', message, service.range);
  }
  if (!resourceType || !otherResources.has(resourceType.text)) return undefined;
  const message = l10n.t(
    'This is not a function ARN: it has "{0}" instead of "function".',
    resourceType.text,
  );
  return problem('identifier.not-a-function', 'error', message, resourceType.range);
}

/** `aws:lambda:…`: an ARN of which only the first word is missing. */
function lacksArn({ arn, name, qualifier, surplus }: Reading): Problem | undefined {
  if (arn || !name?.text.startsWith('aws') || qualifier?.text !== 'lambda' || !surplus[0])
    return undefined;
  const message = l10n.t('An ARN starts with "arn:".');
  return problem(
    'identifier.malformed',
    'error',
    message,
    name.range,
    insert(name.range.start, 'arn:'),
  );
}

/** `…:function/my-function`, as other services write their ARNs. */
function hasSlash({ name }: Reading): Problem | undefined {
  if (!name?.text.startsWith('function/')) return undefined;
  const start = name.range.start + 'function'.length;
  const slash = { text: '/', range: { start, end: start + 1 } };
  const message = l10n.t('Use a colon after "function", not a slash.');
  return problem('identifier.malformed', 'error', message, slash.range, replace(slash, ':'));
}

/** `my-function@live`, as packages have their versions. */
function hasAtSign({ name, qualifier }: Reading): Problem | undefined {
  const at = name?.text.indexOf('@') ?? -1;
  if (!name || qualifier || !/^[\w-]+@[\w$-]+$/.test(name.text)) return undefined;
  const start = name.range.start + at;
  const sign = { text: '@', range: { start, end: start + 1 } };
  const message = l10n.t('An alias or version follows a colon, not "@".');
  return problem('identifier.malformed', 'error', message, sign.range, replace(sign, ':'));
}

/** An alias or version that is given beside the function's name, as `Invoke` takes it. */
import * as l10n from '@vscode/l10n';
import type { Problem } from '../problem';
import { impossibleQualifier } from './checkResource';
import { parseFunctionIdentifier } from './parse';
import { problem } from './wording';

/**
 * Why an event must not be sent with this qualifier, in ranges of the qualifier; `undefined` when nothing speaks
 * against it, or when it is empty, which means none. A name that has a suffix of its own must have the same one: the
 * service answers InvalidParameterValueException to two that differ.
 */
export function qualifierProblem(qualifier: string, functionName: string): Problem | undefined {
  if (qualifier === '') return undefined;
  const range = { start: 0, end: qualifier.length };
  const impossible = impossibleQualifier({ text: qualifier, range }, true);
  if (impossible) return impossible;
  const parsed = parseFunctionIdentifier(functionName);
  const suffix = parsed.ok ? parsed.identifier.qualifier?.text : undefined;
  if (suffix === undefined || suffix === qualifier) return undefined;
  const message = l10n.t(
    'The name ends in ":{suffix}", and the qualifier is "{qualifier}": remove one of them.',
    { suffix, qualifier },
  );
  return problem('identifier.qualifier', 'error', message, range);
}

/** Whether a function is named with a version or alias. */
export function isQualified({
  functionName,
  qualifier,
}: {
  readonly functionName: string;
  readonly qualifier?: string | undefined;
}): boolean {
  const parsed = parseFunctionIdentifier(functionName);
  return qualifier !== undefined || (parsed.ok && parsed.identifier.qualifier !== undefined);
}

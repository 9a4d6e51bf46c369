import { parseFunctionIdentifier } from '../functionIdentifier/parse';
import type { FailureDetails } from './failedEvent';

/** A function as somebody named it. */
export interface NamedFunction {
  /** Name, ARN or partial ARN. */
  readonly functionName: string;
  /** Alias or version, unless the name has one. */
  readonly qualifier?: string | undefined;
  readonly region: string;
  readonly accountId?: string | undefined;
}

/**
 * Where a failed event of the function is sent again: to the alias or version that it was sent to. `undefined` when the
 * record is of another function.
 */
export function functionOfEvent(
  { functionName, qualifier, region, accountId }: NamedFunction,
  { functionArn }: Pick<FailureDetails, 'functionArn'>,
): { readonly functionName: string; readonly qualifier?: string } | undefined {
  const asked = { functionName, ...(qualifier !== undefined && { qualifier }) };
  if (functionArn === undefined) return asked;
  const failed = parseFunctionIdentifier(functionArn);
  const named = parseFunctionIdentifier(functionName);
  if (!failed.ok || !named.ok) return undefined;
  const { identifier } = failed;
  const { name, qualifier: suffix } = named.identifier;
  const isSame =
    identifier.name.text === name.text &&
    areSame(identifier.region?.text, named.identifier.region?.text ?? region) &&
    areSame(identifier.account?.text, named.identifier.account?.text ?? accountId);
  if (!isSame) return undefined;
  const invoked = identifier.qualifier?.text;
  // What was sent without a qualifier failed in `$LATEST`, and goes where the user says.
  if (invoked === undefined || invoked === '$LATEST' || invoked === (suffix?.text ?? qualifier)) {
    return asked;
  }
  return { functionName: functionName.slice(0, name.range.end), qualifier: invoked };
}

/** What is not known on one side differs from nothing. */
function areSame(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

import { functionNameMaxLength, identifierMaxLength } from '../core/limits';
import { currentPattern, parseFunctionIdentifier } from '../core/functionIdentifier/parse';
import type { Configuration } from './configuration';
import type { LocalFunction } from './configurationText';
import { ServiceError } from './serviceError';

/** Where Local Lambda claims to be. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** A function that exists here, and how the caller named it. */
export interface FunctionReference {
  readonly fn: LocalFunction;
  /** ARN with the qualifier that was asked for, if any. */
  readonly arn: string;
  /** The qualifier, or `$LATEST`: every alias and version is the code in the folder. */
  readonly version: string;
  /** Whether the caller named a version or alias. */
  readonly isQualified: boolean;
}

/**
 * Finds the function that a request names.
 *
 * @param text the identifier from the path, decoded
 * @param qualifier value of the query's `Qualifier`
 * @throws ServiceError as AWS answers: malformed, in another region or account, contradictory, or unknown
 */
export function findFunction(
  text: string,
  qualifier: string | undefined,
  configuration: Configuration,
  place: Place,
): FunctionReference {
  const parsed = parseFunctionIdentifier(text);
  if (!parsed.ok) throw malformed(text);
  const { region, account, name, qualifier: suffix } = parsed.identifier;
  if (name.text.length > functionNameMaxLength) throw malformed(text);
  if (region && region.text !== place.region) {
    throw new ServiceError(
      'ResourceNotFoundException',
      `Functions from '${region.text}' are not reachable in this region ('${place.region}')`,
    );
  }
  if (suffix && qualifier !== undefined && suffix.text !== qualifier) {
    throw new ServiceError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  const asked = suffix?.text ?? qualifier;
  const owner = { ...place, accountId: account?.text ?? place.accountId };
  const arn = functionArn(name.text, owner) + (asked === undefined ? '' : `:${asked}`);
  if (owner.accountId !== place.accountId) {
    throw new ServiceError(
      'AccessDeniedException',
      `User: ${callerArn(place)} is not authorized to perform: lambda:InvokeFunction on resource: ${arn} because no resource-based policy allows the lambda:InvokeFunction action`,
    );
  }
  const fn = configuration.functions().get(name.text);
  if (!fn) throw new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`);
  return { fn, arn, version: asked ?? '$LATEST', isQualified: asked !== undefined };
}

export function functionArn(name: string, { region, accountId }: Place): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${name}`;
}

/** Who every caller is: Local Lambda does not look at the keys. */
export function callerArn({ accountId }: Place): string {
  return `arn:aws:iam::${accountId}:user/local`;
}

function malformed(text: string): ServiceError {
  const constraint = constraintOf(text);
  return new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: ${constraint}`,
  );
}

function constraintOf(text: string): string {
  if (text === '') return 'Member must have length greater than or equal to 1';
  if (text.length > identifierMaxLength) {
    return `Member must have length less than or equal to ${identifierMaxLength}`;
  }
  if (currentPattern.test(text)) {
    return `Member must have length less than or equal to ${functionNameMaxLength}`;
  }
  const pattern = currentPattern.source.replace(/^\^|\$$/g, '');
  return `Member must satisfy regular expression pattern: ${pattern}`;
}

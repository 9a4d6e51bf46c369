import { DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { parseFunctionIdentifier } from '../../core/functionIdentifier/parse';
import type { ReceivingFunction } from '../../core/stepFunctions/definition';
import type { StepFunctionsConnection } from './connect';
import { StepFunctionsError } from './errors';

/** A stack of the template, as CloudFormation tells of it. */
export type FoundStack =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'ready';
      readonly stateMachineArn: string;
      readonly bucket: string;
      readonly prefix: string;
    }
  /** It is being created, updated or deleted. */
  | { readonly kind: 'busy'; readonly status: string }
  /** It could not be created, or has not what the template writes. */
  | { readonly kind: 'unusable'; readonly status: string; readonly reason: string };

/**
 * Whether a stack is there.
 * @throws {ConnectionError}
 */
export async function findStack(
  aws: StepFunctionsConnection,
  stackName: string,
): Promise<FoundStack> {
  try {
    const { Stacks = [] } = await aws.cloudFormation('cloudformation:DescribeStacks', (client) =>
      client.send(new DescribeStacksCommand({ StackName: stackName })),
    );
    const [stack] = Stacks;
    return stack ? stackOf(stack) : { kind: 'none' };
  } catch (error) {
    // There is no code of its own for it.
    const isMissing = error instanceof StepFunctionsError && error.code === 'ValidationError';
    if (isMissing && /does not exist/.test(error.message)) return { kind: 'none' };
    throw error;
  }
}

function stackOf({ StackStatus, StackStatusReason, Outputs = [] }: Stack): FoundStack {
  const status: string = StackStatus ?? '';
  const reason = StackStatusReason ?? '';
  if (status === 'DELETE_COMPLETE' || status === 'REVIEW_IN_PROGRESS') return { kind: 'none' };
  if (status.endsWith('_IN_PROGRESS')) return { kind: 'busy', status };
  const output = (key: string) => Outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  const stateMachineArn = output('StateMachineArn');
  const bucket = output('Bucket');
  // After a failed update the stack is what it was before.
  const isUsable = /^(?:CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(status);
  if (!isUsable || !stateMachineArn || !bucket) return { kind: 'unusable', status, reason };
  return { kind: 'ready', stateMachineArn, bucket, prefix: output('Prefix') ?? '' };
}

/** A function as far as it decides whether and how Step Functions can invoke it. */
export interface FunctionKind extends ReceivingFunction {
  /** It refuses every event without a tenant. */
  readonly needsTenant: boolean;
}

/**
 * What Lambda says of a function; its ARN holds the alias or version that is invoked.
 * @param functionName name, ARN or partial ARN, with or without a qualifier
 * @throws {ConnectionError}
 */
export async function readFunctionKind(
  aws: StepFunctionsConnection,
  functionName: string,
  qualifier: string | undefined,
): Promise<FunctionKind> {
  const parsed = parseFunctionIdentifier(functionName);
  const suffix = parsed.ok ? parsed.identifier.qualifier?.text : undefined;
  const wanted = suffix ?? qualifier;
  const answer = await aws.lambda('lambda:GetFunctionConfiguration', (client) =>
    client.send(
      new GetFunctionConfigurationCommand({
        FunctionName: functionName,
        ...(suffix === undefined && qualifier !== undefined && { Qualifier: qualifier }),
      }),
    ),
  );
  const { FunctionArn = functionName, DurableConfig, TenancyConfig } = answer;
  const bare = FunctionArn.split(':').slice(0, 7).join(':');
  return {
    // Lambda names the version behind an alias.
    arn: wanted === undefined ? bare : `${bare}:${wanted}`,
    isDurable: DurableConfig !== undefined,
    needsTenant: TenancyConfig !== undefined,
  };
}

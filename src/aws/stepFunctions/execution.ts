import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ListMapRunsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateMapRunCommand,
} from '@aws-sdk/client-sfn';
import type { ExecutionInput } from '../../core/stepFunctions/definition';
import type { ExecutionStatus } from '../../core/stepFunctions/execution';
import type { StepFunctionsConnection } from './connect';
import { StepFunctionsError } from './errors';

export interface ExecutionStart {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: ExecutionInput;
}

export type StartedExecution =
  | { readonly kind: 'started'; readonly executionArn: string }
  /** One of this name has been started before, and has ended, or was started with another input. */
  | { readonly kind: 'exists'; readonly executionArn: string };

/**
 * Starts an execution. The same one that is under way is not started twice.
 * @throws {ConnectionError}
 */
export async function startExecution(
  aws: StepFunctionsConnection,
  { stateMachineArn, name, input }: ExecutionStart,
): Promise<StartedExecution> {
  try {
    const { executionArn } = await aws.sfn('states:StartExecution', (client) =>
      client.send(
        new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
      ),
    );
    return { kind: 'started', executionArn: executionArn ?? arnOf(stateMachineArn, name) };
  } catch (error) {
    const isOld = error instanceof StepFunctionsError && error.code === 'ExecutionAlreadyExists';
    if (!isOld) throw error;
    return { kind: 'exists', executionArn: arnOf(stateMachineArn, name) };
  }
}

/** The ARN of an execution, as Step Functions makes it. */
function arnOf(stateMachineArn: string, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

const states = {
  RUNNING: 'running',
  PENDING_REDRIVE: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
} as const satisfies Readonly<Record<string, ExecutionStatus['state']>>;

/**
 * How far an execution is. A state of Step Functions that this version does not know counts as running.
 * @param mapRunArn when it is known already
 * @throws {ConnectionError}
 */
export async function readExecution(
  aws: StepFunctionsConnection,
  executionArn: string,
  mapRunArn?: string,
): Promise<ExecutionStatus> {
  const { status, error, cause } = await aws.sfn('states:DescribeExecution', (client) =>
    client.send(new DescribeExecutionCommand({ executionArn })),
  );
  const state = states[status ?? 'RUNNING'] ?? 'running';
  const known = { state, error, cause };
  const mapRun = mapRunArn ?? (await findMapRun(aws, executionArn));
  if (mapRun === undefined) return known;
  const described = await aws.sfn('states:DescribeMapRun', (client) =>
    client.send(new DescribeMapRunCommand({ mapRunArn: mapRun })),
  );
  const { itemCounts, maxConcurrency } = described;
  return {
    ...known,
    mapRunArn: mapRun,
    concurrency: maxConcurrency,
    ...(itemCounts && {
      counts: {
        pending: itemCounts.pending ?? 0,
        running: itemCounts.running ?? 0,
        succeeded: itemCounts.succeeded ?? 0,
        failed: itemCounts.failed ?? 0,
        timedOut: itemCounts.timedOut ?? 0,
        aborted: itemCounts.aborted ?? 0,
      },
    }),
  };
}

async function findMapRun(
  aws: StepFunctionsConnection,
  executionArn: string,
): Promise<string | undefined> {
  const { mapRuns = [] } = await aws.sfn('states:ListMapRuns', (client) =>
    client.send(new ListMapRunsCommand({ executionArn })),
  );
  return mapRuns[0]?.mapRunArn;
}

/**
 * Changes how many child executions run at once; those under way go on.
 * @param concurrency at least 1: 0 would mean no limit
 * @throws {ConnectionError}
 */
export async function setConcurrency(
  aws: StepFunctionsConnection,
  mapRunArn: string,
  concurrency: number,
): Promise<void> {
  await aws.sfn('states:UpdateMapRun', (client) =>
    client.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: concurrency })),
  );
}

/**
 * Sends no further line. What is queued stays queued.
 * @throws {ConnectionError}
 */
export async function stopExecution(
  aws: StepFunctionsConnection,
  executionArn: string,
): Promise<void> {
  await aws.sfn('states:StopExecution', (client) =>
    client.send(new StopExecutionCommand({ executionArn, cause: 'Stopped in the editor' })),
  );
}

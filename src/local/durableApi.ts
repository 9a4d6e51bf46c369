import type { DurableExecution, DurableExecutions } from './durableExecutions';
import type { FunctionError } from './invocation';
import { isRecord, parseJson } from './json';
import type { ServiceAnswer, ServiceRequest } from './server';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetDurableExecution.html */
export function getDurableExecution(
  { query }: ServiceRequest,
  arn: string,
  executions: DurableExecutions,
): ServiceAnswer {
  const execution = executions.find(arn);
  const isDataWanted = query.get('IncludeExecutionData') !== 'false';
  return json({
    DurableExecutionArn: execution.arn,
    DurableExecutionName: execution.name,
    FunctionArn: execution.functionArn,
    StartTimestamp: execution.startedAt / 1000,
    ...(execution.endedAt !== undefined && { EndTimestamp: execution.endedAt / 1000 }),
    Status: execution.status,
    Version: execution.version,
    ExecutionDataIncluded: isDataWanted && execution.input !== undefined,
    ...(isDataWanted && dataOf(execution)),
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_StopDurableExecution.html */
export function stopDurableExecution(
  { body }: ServiceRequest,
  arn: string,
  executions: DurableExecutions,
): ServiceAnswer {
  const endedAt = executions.stop(arn, errorIn(body));
  return json({ StopTimestamp: endedAt / 1000 });
}

function dataOf({ input, result, error }: DurableExecution): object {
  return {
    InputPayload: input,
    Result: result,
    ...(error && {
      Error: {
        ErrorType: error.errorType,
        ErrorMessage: error.errorMessage,
        StackTrace: error.trace ?? error.stackTrace,
      },
    }),
  };
}

/** Why the caller stops it; a body without it is fine. */
function errorIn(body: Uint8Array): FunctionError | undefined {
  const parsed = parseJson(new TextDecoder().decode(body));
  if (!parsed.ok || !isRecord(parsed.value)) return undefined;
  const { ErrorType: errorType = 'Stopped', ErrorMessage: errorMessage = '' } = parsed.value;
  return { errorType: String(errorType), errorMessage: String(errorMessage) };
}

function json(body: object): ServiceAnswer {
  return { status: 200, body: JSON.stringify(body) };
}

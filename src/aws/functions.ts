import {
  type FunctionConfiguration,
  LambdaClient,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import type { Connection } from '../core/invocation/connection';
import { readingConfig, type ReadingOptions } from './client';
import { readingError } from './errors';

export interface FunctionSummary {
  readonly name: string;
  readonly arn: string;
  readonly runtime?: string;
  readonly description?: string;
}

/**
 * The connection's functions, a page (up to 50) at a time, in the order of the service.
 * @throws ConnectionError when they cannot be listed; ends quietly when cancelled.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
 */
export async function* listFunctions(
  connection: Connection,
  options: ReadingOptions = {},
): AsyncGenerator<FunctionSummary[], void, void> {
  let client: LambdaClient | undefined;
  try {
    client = new LambdaClient(await readingConfig(connection, 'lambda', options));
    const pages = paginateListFunctions({ client }, {});
    for await (const page of pages) yield (page.Functions ?? []).map(summarize);
  } catch (error) {
    if (!options.signal?.aborted) throw readingError(error, 'lambda:ListFunctions', connection);
  } finally {
    client?.destroy();
  }
}

function summarize(configuration: FunctionConfiguration): FunctionSummary {
  const { FunctionName, FunctionArn, Runtime, Description } = configuration;
  return {
    name: FunctionName ?? '',
    arn: FunctionArn ?? '',
    ...(Runtime && { runtime: Runtime }),
    ...(Description && { description: Description }),
  };
}

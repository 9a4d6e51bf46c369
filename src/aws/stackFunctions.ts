import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import * as l10n from '@vscode/l10n';
import type { Connection } from '../core/invocation/connection';
import { ConnectionError } from '../core/invocation/connectionError';
import { readingConfig, type ReadingOptions } from './client';
import { readingError } from './errors';
import { describeError } from './failure';

/**
 * The names of the functions of a stack, by their logical IDs; nested stacks are stacks of their own.
 * @throws ConnectionError when they cannot be listed
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html
 */
export async function listStackFunctions(
  connection: Connection,
  stackName: string,
  options: ReadingOptions = {},
): Promise<ReadonlyMap<string, string>> {
  let client: CloudFormationClient | undefined;
  try {
    client = new CloudFormationClient(await readingConfig(connection, 'cloudformation', options));
    const names = new Map<string, string>();
    for await (const page of paginateListStackResources({ client }, { StackName: stackName })) {
      for (const resource of page.StackResourceSummaries ?? []) {
        const { ResourceType, LogicalResourceId, PhysicalResourceId } = resource;
        if (ResourceType === 'AWS::Lambda::Function' && LogicalResourceId && PhysicalResourceId)
          names.set(LogicalResourceId, PhysicalResourceId);
      }
    }
    return names;
  } catch (error) {
    throw (
      missingStack(error, stackName, connection) ??
      readingError(error, 'cloudformation:ListStackResources', connection)
    );
  } finally {
    client?.destroy();
  }
}

/** There is no code of its own for it. */
function missingStack(
  thrown: unknown,
  stackName: string,
  { region }: Connection,
): ConnectionError | undefined {
  const { name, message } = describeError(thrown);
  if (name !== 'ValidationError' || !/does not exist/.test(message)) return undefined;
  return new ConnectionError(
    'ListFailed',
    l10n.t('There is no stack {0} in {1}.', stackName, region),
    l10n.t('Deploy it, or select the profile and region that it is in.'),
  );
}

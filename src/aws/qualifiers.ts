import {
  LambdaClient,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { parseFunctionIdentifier } from '../core/functionIdentifier/parse';
import type { Connection } from '../core/invocation/connection';
import { readingConfig, type ReadingOptions } from './client';
import { describeError } from './failure';

/** What a function can be invoked as, as far as the credentials may read it. */
export interface FunctionQualifiers {
  readonly aliases: readonly { readonly name: string; readonly version: string }[];
  /** Published ones, newest first. */
  readonly versions: readonly { readonly version: string; readonly description: string }[];
  /** IAM actions that the credentials lack. */
  readonly missingActions: readonly string[];
}

/** The first page of each: who has more names the one that is meant. */
const pageSize = 50;

/**
 * The aliases and versions of a function. Never rejects: what cannot be read is left out.
 * @param functionName name, ARN or partial ARN
 */
export async function listQualifiers(
  connection: Connection,
  functionName: string,
  options: ReadingOptions = {},
): Promise<FunctionQualifiers> {
  const missingActions: string[] = [];
  const parsed = parseFunctionIdentifier(functionName);
  const FunctionName = parsed.ok
    ? functionName.slice(0, parsed.identifier.name.range.end)
    : functionName;
  const ask = async <Value>(
    action: string,
    list: (client: LambdaClient) => Promise<readonly Value[]>,
  ): Promise<readonly Value[]> => {
    let client: LambdaClient | undefined;
    try {
      client = new LambdaClient(await readingConfig(connection, 'lambda', options));
      return await list(client);
    } catch (error) {
      if (/^AccessDenied(?:Exception)?$/.test(describeError(error).name))
        missingActions.push(action);
      return [];
    } finally {
      client?.destroy();
    }
  };
  const [aliases, versions] = await Promise.all([
    ask('lambda:ListAliases', async (client) => {
      const { Aliases = [] } = await client.send(
        new ListAliasesCommand({ FunctionName, MaxItems: pageSize }),
      );
      return Aliases.flatMap(({ Name: name, FunctionVersion: version = '' }) =>
        name === undefined ? [] : [{ name, version }],
      );
    }),
    ask('lambda:ListVersionsByFunction', async (client) => {
      const { Versions = [] } = await client.send(
        new ListVersionsByFunctionCommand({ FunctionName, MaxItems: pageSize }),
      );
      return Versions.flatMap(({ Version: version = '', Description: description = '' }) =>
        /^\d+$/.test(version) ? [{ version, description }] : [],
      ).toReversed();
    }),
  ]);
  return { aliases, versions, missingActions };
}

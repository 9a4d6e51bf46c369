import { resolve } from 'node:path';
import { flag, positive, readWords, withValue, UsageError } from '../../cli/arguments';
import type { InvokeApi } from '../../core/invocation/outcome';
import { durableNameFault, tenantIdFault } from '../../core/invocationHeaders';
import { apiOf, destinationOptions, type DestinationArguments } from './destinationArguments';

/** What is read of the command line; what is missing is for the payload's target to say. */
export interface InvokeArguments extends Omit<DestinationArguments, 'api'> {
  /** Absolute path of the payload's file, `-` for standard input; `undefined` when it is given as text. */
  readonly file: string | undefined;
  readonly payload: string | undefined;
  readonly functionName: string | undefined;
  readonly api: InvokeApi | undefined;
  readonly tenantId: string | undefined;
  readonly durableName: string | undefined;
  readonly dryRun: boolean;
}

/** @param program how the command is called */
export const usage = (program: string) => `Usage: ${program} invoke FILE [options]
       ${program} invoke --payload JSON --function NAME [options]

Sends one event to a Lambda function, asynchronously and once. FILE holds the payload; it may be -
for standard input. What no option says comes from the file's target in .lambda/targets.json, or
from its folder in .lambda/payloads; --region, profile and endpoint else as in the AWS CLI.

  --payload JSON       the event, in the place of a file
  --function NAME      name, ARN, or partial ARN of the function
  --qualifier NAME     alias or version
  --tenant-id ID       whose event it is, for a function that isolates tenants
  --durable-name NAME  name of the durable execution that the event starts
  --api API            Invoke (default; InvocationType Event) or InvokeAsync (deprecated)
  --profile NAME       AWS profile
  --region NAME        AWS Region
  --endpoint URL       endpoint other than AWS's, such as an emulator
  --timeout SECONDS    for the request (default 30)
  --dry-run            only check that the call would be allowed; queues nothing
  --yes                send to production without asking
  --help               print this help

The outcome goes to stdout as JSON, what it means to stderr.

Exit codes:
  0  accepted: the event is queued (not: the function has run)
  1  rejected, or not sent
  2  invalid arguments; nothing was sent
  3  unknown: the event may have been queued, so check the function's log before you send it again`;

/**
 * @param words what follows `invoke`
 * @throws {UsageError}
 */
export function readInvokeArguments(words: readonly string[]): InvokeArguments {
  const { values, positionals } = readWords(words, {
    ...destinationOptions,
    payload: withValue,
    'tenant-id': withValue,
    'durable-name': withValue,
    'dry-run': flag,
  });
  const [file, ...others] = positionals;
  if (others.length > 0) throw new UsageError('Specify a single payload file.');
  const { payload } = values;
  if (file === undefined && payload === undefined) {
    throw new UsageError('No payload specified: name a file, - for standard input, or --payload.');
  }
  if (file !== undefined && payload !== undefined) {
    throw new UsageError('A file and --payload exclude each other.');
  }
  const { 'tenant-id': tenantId, 'durable-name': durableName } = values;
  const fault =
    (tenantId === undefined ? undefined : tenantIdFault(tenantId)) ??
    (durableName === undefined ? undefined : durableNameFault(durableName));
  if (fault !== undefined) throw new UsageError(fault);
  const { function: functionName, qualifier, profile, region, endpoint } = values;
  if ((file === undefined || file === '-') && !functionName) {
    throw new UsageError('Specify the function with --function.');
  }
  return {
    file: file === undefined || file === '-' ? file : resolve(file),
    payload,
    functionName,
    qualifier,
    api: apiOf(values.api),
    profile,
    region,
    endpoint,
    timeoutMs: positive('--timeout', values.timeout, 30) * 1000,
    tenantId,
    durableName,
    dryRun: values['dry-run'] ?? false,
    yes: values.yes ?? false,
  };
}

import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { flag, positive, readWords, withValue, UsageError } from '../../cli/arguments';
import { apiFor, tenantIdFault } from '../../core/invocationHeaders';
import { mostRunConcurrency } from '../../core/limits';
import { apiOf, destinationOptions, type DestinationArguments } from './destinationArguments';

/** What is read of the command line. */
export interface SendArguments extends DestinationArguments {
  /** Absolute path of the event file; `-` for standard input. */
  readonly file: string;
  readonly functionName: string;
  readonly tenantId: string | undefined;
  /** Events a second at most; `undefined` for as many as `concurrency` allows. */
  readonly rate: number | undefined;
  readonly concurrency: number;
  readonly unfinished: 'resume' | 'startOver' | undefined;
  /** Folder of the journals. */
  readonly root: string;
  readonly dryRun: boolean;
}

/** @param program how the command is called */
export const usage = (program: string) => `Usage: ${program} send FILE --function NAME [options]

Sends each line of FILE, a JSON Lines file (.jsonl, .ndjson), to a Lambda function as an
asynchronous event, once. FILE may be - for standard input, which cannot be resumed.

  --function NAME      name, ARN, or partial ARN of the function
  --qualifier NAME     alias or version
  --tenant-id ID       whose events they are, for a function that isolates tenants
  --api API            Invoke (default; InvocationType Event) or InvokeAsync (deprecated)
  --rate N             events per second, at most (default 10; max: no limit)
  --concurrency N      requests at once (default 16, at most 256)
  --profile NAME       AWS profile
  --region NAME        AWS Region
  --endpoint URL       endpoint other than AWS's, such as an emulator
  --timeout SECONDS    for each request (default 30)
  --resume             go on with the unfinished run of this file to this function
  --start-over         leave an unfinished run alone, and send every line again
  --journal DIR        folder of the journals (default: a folder of your user account)
  --dry-run            validate the file and report what would be sent; sends nothing
  --yes                send to production without asking
  --help               print this help

Progress goes to stderr, a JSON summary to stdout.

Exit codes:
    0  every line was accepted
    1  every line is done, but some were not accepted
    2  the run could not start
  130  the run was interrupted, and can be resumed`;

/**
 * @param words what follows `send`
 * @throws {UsageError}
 */
export function readSendArguments(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): SendArguments {
  const { values, positionals } = readWords(words, {
    ...destinationOptions,
    'tenant-id': withValue,
    rate: withValue,
    concurrency: withValue,
    resume: flag,
    'start-over': flag,
    journal: withValue,
    'dry-run': flag,
  });
  const [file, ...others] = positionals;
  if (file === undefined) throw new UsageError('No event file specified.');
  if (others.length > 0) throw new UsageError('Specify a single event file.');
  if (!values.function) throw new UsageError('Specify the function with --function.');
  if (values.resume && values['start-over']) {
    throw new UsageError('--resume and --start-over exclude each other.');
  }
  if (values.resume && file === '-') throw new UsageError('Standard input cannot be resumed.');
  const { 'tenant-id': tenantId } = values;
  const fault = tenantId === undefined ? undefined : tenantIdFault(tenantId);
  if (fault !== undefined) throw new UsageError(fault);
  return {
    file: file === '-' ? file : resolve(file),
    functionName: values.function,
    qualifier: values.qualifier,
    tenantId,
    api: apiFor(apiOf(values.api) ?? 'Invoke', { tenantId }),
    rate: values.rate === 'max' ? undefined : positive('--rate', values.rate, 10),
    concurrency: concurrencyOf(values.concurrency),
    profile: values.profile,
    region: values.region,
    endpoint: values.endpoint,
    timeoutMs: positive('--timeout', values.timeout, 30) * 1000,
    unfinished: unfinishedOf(values),
    root: values.journal === undefined ? defaultRoot(environment) : resolve(values.journal),
    dryRun: values['dry-run'] ?? false,
    yes: values.yes ?? false,
  };
}

function concurrencyOf(text: string | undefined): number {
  const number = positive('--concurrency', text, 16);
  if (Number.isInteger(number) && number <= mostRunConcurrency) return number;
  throw new UsageError(`--concurrency must be a whole number up to ${mostRunConcurrency}.`);
}

function unfinishedOf(values: { resume?: boolean; 'start-over'?: boolean }) {
  if (values.resume) return 'resume';
  return values['start-over'] ? 'startOver' : undefined;
}

/** Where programs of this system keep what they must not forget. */
function defaultRoot(environment: NodeJS.ProcessEnv): string {
  const home = homedir();
  const folders: Partial<Record<NodeJS.Platform, string>> = {
    win32: environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'),
    darwin: join(home, 'Library', 'Application Support'),
  };
  const state = environment['XDG_STATE_HOME'] || join(home, '.local', 'state');
  return join(folders[process.platform] ?? state, 'lambda-invoke-async', 'runs');
}

import * as l10n from '@vscode/l10n';
import { isRecord } from '../../core/isRecord';
import type { Connection } from '../../core/invocation/connection';
import { ConnectionError } from '../../core/invocation/connectionError';
import { readingError } from '../errors';
import { describeError } from '../failure';

/** An error of S3 or Step Functions, by its code, for those who know what to do about it. */
export class StepFunctionsError extends ConnectionError {
  constructor(
    /** Such as `NoSuchUpload`. */
    readonly code: string,
    message: string,
    remedy: string,
    /** Whether the service has answered so to the only request there was: then nothing has been done. */
    readonly isRefusal = false,
  ) {
    super('ListFailed', message, remedy);
  }
}

type Words = readonly [cause: string, remedy: string];

/** Words for what Lambda does not answer; the service's own message stands in `message`. */
function wordsOf(code: string, message: string, region: string): Words | undefined {
  const words: Readonly<Record<string, () => Words>> = {
    NoSuchBucket: () => [
      l10n.t('The bucket does not exist.'),
      l10n.t('Deploy the template again, or name another bucket in it.'),
    ],
    PermanentRedirect: () => [
      l10n.t('The bucket is in another region than {0}.', region),
      l10n.t('Step Functions needs a bucket in the region of the function.'),
    ],
    AuthorizationHeaderMalformed: () => [
      l10n.t('The bucket is in another region than {0}.', region),
      l10n.t('Step Functions needs a bucket in the region of the function.'),
    ],
    NoSuchKey: () => [
      l10n.t('The results are not in the bucket.'),
      l10n.t('They may have expired, or the execution ended before it wrote them.'),
    ],
    StateMachineDoesNotExist: () => [
      l10n.t('The state machine does not exist.'),
      l10n.t('Deploy the template, then try again.'),
    ],
    ExecutionDoesNotExist: () => [
      l10n.t('The execution does not exist any more.'),
      l10n.t('Step Functions keeps executions for 90 days after they end.'),
    ],
    ExecutionLimitExceeded: () => [
      l10n.t('The account has too many executions under way: {0}', message),
      l10n.t('Wait until some have ended, then try again.'),
    ],
    StateMachineDeleting: () => [
      l10n.t('The state machine is being deleted.'),
      l10n.t('Deploy the template again once it is gone.'),
    ],
  };
  return Object.hasOwn(words, code) ? words[code]?.() : undefined;
}

/** What a call has thrown, as an error in words. */
export function stepFunctionsError(
  thrown: unknown,
  action: string,
  connection: Connection,
): ConnectionError {
  if (thrown instanceof ConnectionError) return readingError(thrown, action, connection);
  const { name, message } = describeError(thrown);
  const words = wordsOf(name, message, connection.region);
  if (words) return new StepFunctionsError(name, ...words, isRefused(thrown));
  const error = readingError(thrown, action, connection);
  return error.name === 'ListFailed'
    ? new StepFunctionsError(name, error.message, error.remedy, isRefused(thrown))
    : error;
}

function isRefused(thrown: unknown): boolean {
  const metadata = isRecord(thrown) ? thrown['$metadata'] : undefined;
  if (!isRecord(metadata)) return false;
  const { httpStatusCode: status, attempts } = metadata;
  return typeof status === 'number' && status >= 400 && status < 500 && attempts === 1;
}

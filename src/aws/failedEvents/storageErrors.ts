import * as l10n from '@vscode/l10n';
import type { ErrorTable } from '../errorTable';
import { pages } from '../pages';

/** What SQS and S3 report about a queue or bucket, by the code of the error. */
export const storageErrors: ErrorTable = {
  QueueDoesNotExist: (words) => ({
    cause: l10n.t('The queue does not exist: {message}', words),
    remedy: l10n.t(
      'Check the function’s dead-letter queue and failure destination: Lambda loses failed events while the queue is missing.',
    ),
    link: pages.failedEvents,
  }),
  QueueDeletedRecently: (words) => ({
    cause: l10n.t('The queue has just been deleted: {message}', words),
    remedy: l10n.t('Wait a minute, then try again.'),
    link: pages.failedEvents,
  }),
  NoSuchBucket: (words) => ({
    cause: l10n.t('The bucket does not exist: {message}', words),
    remedy: l10n.t(
      'Check the function’s failure destination: Lambda loses failed events while the bucket is missing.',
    ),
    link: pages.failedEvents,
  }),
  NoSuchKey: (words) => ({
    cause: l10n.t('The object has been deleted: {message}', words),
    remedy: l10n.t('Refresh the list.'),
    link: pages.failedEvents,
  }),
  OverLimit: (words) => ({
    cause: l10n.t('Too many messages of the queue are being read at once: {message}', words),
    remedy: l10n.t('Close other lists of this queue, or wait until its consumers are done.'),
    link: pages.failedEvents,
  }),
  KmsAccessDenied: (words, { connection: { profile = 'default' } }) => ({
    cause: l10n.t(
      'The queue is encrypted, and the caller (profile "{profile}") lacks the permission kms:Decrypt on its key: {message}',
      { ...words, profile },
    ),
    remedy: l10n.t('An administrator has to allow kms:Decrypt in the policy of the key.'),
    link: pages.queueKeys,
  }),
  KmsDisabled: keyUnusable,
  KmsInvalidKeyUsage: keyUnusable,
  KmsInvalidState: keyUnusable,
  KmsNotFound: keyUnusable,
  KmsOptInRequired: keyUnusable,
  KmsThrottled: (words) => ({
    cause: l10n.t('AWS KMS is throttling the requests for the queue’s key: {message}', words),
    remedy: l10n.t('Wait a moment, then try again.'),
    link: pages.queueKeys,
  }),
};

function keyUnusable(words: Parameters<ErrorTable[string]>[0]) {
  return {
    cause: l10n.t('The queue’s key cannot be used: {message}', words),
    remedy: l10n.t('Check in AWS KMS that the key exists and is enabled.'),
    link: pages.queueKeys,
  };
}

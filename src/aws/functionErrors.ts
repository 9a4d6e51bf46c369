import * as l10n from '@vscode/l10n';
import type { ErrorTable } from './errorTable';
import { pages } from './pages';

/** What Lambda reports about the function's own surroundings: the same request fails until they are changed. */
export const functionErrors: ErrorTable = {
  CodeArtifactUserDeletedException: (words) => ({
    cause: l10n.t('Lambda cannot load the function’s code: it has been deleted.'),
    remedy: l10n.t('Deploy the code of {function} again.', words),
    link: pages.packages,
  }),
  CodeArtifactUserFailedException: (words) => ({
    cause: l10n.t('Lambda could not prepare the function’s code: {message}', words),
    remedy: l10n.t('Fix the problem, then deploy {function} again.', words),
    link: pages.packages,
  }),
  CodeArtifactUserPendingException: () => ({
    cause: l10n.t('Lambda is still preparing the function’s code.'),
    remedy: l10n.t('Wait until the function is Active, then send again.'),
    link: pages.states,
    action: 'retry',
  }),
  EC2AccessDeniedException: (words) => ({
    cause: l10n.t(
      'The execution role of {function} is not allowed to set up its network interfaces.',
      words,
    ),
    remedy: l10n.t('Attach the policy AWSLambdaVPCAccessExecutionRole to the role.'),
    link: pages.vpc,
  }),
  EC2ThrottledException: (words) => ({
    cause: l10n.t('Amazon EC2 throttled Lambda while it set up the network of {function}.', words),
    remedy: l10n.t('Send again in a few minutes.'),
    link: pages.vpc,
    action: 'retry',
  }),
  EC2UnexpectedException: (words) => ({
    cause: l10n.t('Amazon EC2 failed while Lambda set up the network of {function}.', words),
    remedy: l10n.t(
      'Check the subnets and security groups of the function; send again if they are right.',
    ),
    link: pages.vpc,
    action: 'retry',
  }),
  EFSIOException: (words) => ({
    cause: l10n.t('Lambda could not read or write the file system of {function}.', words),
    remedy: l10n.t('Check the throughput and burst credits of the EFS file system.'),
    link: pages.efs,
  }),
  EFSMountConnectivityException: (words) => ({
    cause: l10n.t('Lambda could not reach the file system of {function}.', words),
    remedy: l10n.t(
      'Allow NFS (TCP port 2049) between the function’s security group and the mount target.',
    ),
    link: pages.efs,
  }),
  EFSMountFailureException: (words) => ({
    cause: l10n.t('Lambda could not mount the file system of {function}.', words),
    remedy: l10n.t(
      'Check the access point and the execution role’s elasticfilesystem permissions.',
    ),
    link: pages.efs,
  }),
  EFSMountTimeoutException: (words) => ({
    cause: l10n.t('Mounting the file system of {function} took too long.', words),
    remedy: l10n.t('Check the load of the EFS file system, then send again.'),
    link: pages.efs,
    action: 'retry',
  }),
  ENILimitReachedException: (words) => ({
    cause: l10n.t('The VPC of {function} has no network interfaces left.', words),
    remedy: l10n.t('Delete unused interfaces, or request a quota increase from AWS.'),
    link: pages.vpc,
  }),
  ENINotReadyException: (words) => ({
    cause: l10n.t('The network interface of {function} is still being set up.', words),
    remedy: l10n.t('Wait until the function is Active, then send again.'),
    link: pages.states,
    action: 'retry',
  }),
  InvalidRuntimeException: (words) => ({
    cause: l10n.t('The runtime of {function} is not supported.', words),
    remedy: l10n.t('Move the function to a supported runtime.'),
    link: pages.runtimes,
  }),
  InvalidSecurityGroupIDException: (words) => ({
    cause: l10n.t('A security group of {function} does not exist.', words),
    remedy: l10n.t('Correct the function’s VPC configuration.'),
    link: pages.vpc,
  }),
  InvalidSubnetIDException: (words) => ({
    cause: l10n.t('A subnet of {function} does not exist.', words),
    remedy: l10n.t('Correct the function’s VPC configuration.'),
    link: pages.vpc,
  }),
  InvalidZipFileException: (words) => ({
    cause: l10n.t('Lambda could not unzip the code of {function}.', words),
    remedy: l10n.t('Build the deployment package again and deploy it.'),
    link: pages.packages,
  }),
  KMSAccessDeniedException: (words) => ({
    cause: l10n.t(
      'Lambda is not allowed to decrypt the environment variables of {function}.',
      words,
    ),
    remedy: l10n.t('Allow the execution role kms:Decrypt on the function’s KMS key.'),
    link: pages.kms,
  }),
  KMSDisabledException: (words) => ({
    cause: l10n.t('The KMS key of {function} is disabled.', words),
    remedy: l10n.t('Enable the key, or assign another one to the function.'),
    link: pages.kms,
  }),
  KMSInvalidStateException: (words) => ({
    cause: l10n.t('The KMS key of {function} is in a state that does not allow decryption.', words),
    remedy: l10n.t('Check whether the key is waiting for deletion or import.'),
    link: pages.kms,
  }),
  KMSNotFoundException: (words) => ({
    cause: l10n.t('The KMS key of {function} does not exist.', words),
    remedy: l10n.t('Assign another key to the function and set its environment variables again.'),
    link: pages.kms,
  }),
  NoPublishedVersionException: (words) => ({
    cause: l10n.t('The function {function} has no published version.', words),
    remedy: l10n.t('Publish a version, or invoke the function without $LATEST.PUBLISHED.'),
    link: pages.versions,
  }),
  ResourceNotReadyException: (words) => ({
    cause: l10n.t('The function {function} is inactive; Lambda is reactivating it.', words),
    remedy: l10n.t('Wait until the function is Active, then send again.'),
    link: pages.states,
    action: 'retry',
  }),
  S3FilesMountConnectivityException: (words) => ({
    cause: l10n.t('Lambda could not reach the S3 Files access point of {function}.', words),
    remedy: l10n.t('Check the function’s VPC, security groups and the mount target.'),
    link: pages.troubleshooting,
  }),
  S3FilesMountFailureException: (words) => ({
    cause: l10n.t('Lambda could not mount the S3 Files access point of {function}.', words),
    remedy: l10n.t('Check the access point and the permissions of the execution role.'),
    link: pages.troubleshooting,
  }),
  S3FilesMountTimeoutException: (words) => ({
    cause: l10n.t('Mounting the S3 Files access point of {function} took too long.', words),
    remedy: l10n.t('Send again; if the problem persists, check the access point’s network.'),
    link: pages.troubleshooting,
    action: 'retry',
  }),
  SnapStartException: (words) => ({
    cause: l10n.t(
      'Lambda could not restore the snapshot of {function}: its runtime hook failed.',
      words,
    ),
    remedy: l10n.t('Check the function’s log for the afterRestore hook.'),
    link: pages.snapStart,
  }),
  SnapStartNotReadyException: (words) => ({
    cause: l10n.t('The snapshot of {function} is still being created.', words),
    remedy: l10n.t('Wait until the version is Active, then send again.'),
    link: pages.snapStart,
    action: 'retry',
  }),
  SnapStartRegenerationFailureException: (words) => ({
    cause: l10n.t('Lambda could not recreate the snapshot of {function}.', words),
    remedy: l10n.t('Publish a new version of the function.'),
    link: pages.snapStart,
  }),
  SnapStartTimeoutException: (words) => ({
    cause: l10n.t('Restoring the snapshot of {function} took too long.', words),
    remedy: l10n.t('Shorten the afterRestore hook, then send again.'),
    link: pages.snapStart,
    action: 'retry',
  }),
  SubnetIPAddressLimitReachedException: (words) => ({
    cause: l10n.t('A subnet of {function} has no IP addresses left.', words),
    remedy: l10n.t('Use larger subnets for the function, or free up addresses.'),
    link: pages.vpc,
  }),
};

import type { ErrorRow } from './explanation';
import { pages } from './pages';

/** What Lambda reports about the function's own surroundings: the same request fails until they are changed. */
export const functionErrors: Readonly<Record<string, ErrorRow>> = {
  CodeArtifactUserDeletedException: {
    cause: 'Lambda cannot load the function’s code: it has been deleted.',
    remedy: 'Deploy the code of {function} again.',
    link: pages.packages,
  },
  CodeArtifactUserFailedException: {
    cause: 'Lambda could not prepare the function’s code.',
    remedy: 'Read the reason in {message}, then deploy {function} again.',
    link: pages.packages,
  },
  CodeArtifactUserPendingException: {
    cause: 'Lambda is still preparing the function’s code.',
    remedy: 'Wait until the function is Active, then send again.',
    link: pages.states,
    action: 'retry',
  },
  EC2AccessDeniedException: {
    cause: 'The execution role of {function} may not set up its network interfaces.',
    remedy: 'Attach the policy AWSLambdaVPCAccessExecutionRole to the role.',
    link: pages.vpc,
  },
  EC2ThrottledException: {
    cause: 'Amazon EC2 throttled Lambda while it set up the network of {function}.',
    remedy: 'Send again in a few minutes.',
    link: pages.vpc,
    action: 'retry',
  },
  EC2UnexpectedException: {
    cause: 'Amazon EC2 failed while Lambda set up the network of {function}.',
    remedy: 'Check the subnets and security groups of the function; send again if they are right.',
    link: pages.vpc,
    action: 'retry',
  },
  EFSIOException: {
    cause: 'Lambda could not read or write the file system of {function}.',
    remedy: 'Check the throughput and burst credits of the EFS file system.',
    link: pages.efs,
  },
  EFSMountConnectivityException: {
    cause: 'Lambda could not reach the file system of {function}.',
    remedy: 'Allow NFS (TCP port 2049) between the function’s security group and the mount target.',
    link: pages.efs,
  },
  EFSMountFailureException: {
    cause: 'Lambda could not mount the file system of {function}.',
    remedy: 'Check the access point and the execution role’s elasticfilesystem permissions.',
    link: pages.efs,
  },
  EFSMountTimeoutException: {
    cause: 'Mounting the file system of {function} took too long.',
    remedy: 'Check the load of the EFS file system, then send again.',
    link: pages.efs,
    action: 'retry',
  },
  ENILimitReachedException: {
    cause: 'The VPC of {function} has no network interface left.',
    remedy: 'Delete interfaces that nothing uses, or ask AWS to raise the quota.',
    link: pages.vpc,
  },
  ENINotReadyException: {
    cause: 'The network interface of {function} is still being set up.',
    remedy: 'Wait until the function is Active, then send again.',
    link: pages.states,
    action: 'retry',
  },
  InvalidRuntimeException: {
    cause: 'The runtime of {function} is not supported.',
    remedy: 'Move the function to a runtime that is.',
    link: pages.runtimes,
  },
  InvalidSecurityGroupIDException: {
    cause: 'A security group of {function} does not exist.',
    remedy: 'Correct the function’s VPC configuration.',
    link: pages.vpc,
  },
  InvalidSubnetIDException: {
    cause: 'A subnet of {function} does not exist.',
    remedy: 'Correct the function’s VPC configuration.',
    link: pages.vpc,
  },
  InvalidZipFileException: {
    cause: 'Lambda could not unzip the code of {function}.',
    remedy: 'Build the deployment package again and deploy it.',
    link: pages.packages,
  },
  KMSAccessDeniedException: {
    cause: 'Lambda may not decrypt the environment variables of {function}.',
    remedy: 'Allow the execution role kms:Decrypt on the function’s KMS key.',
    link: pages.kms,
  },
  KMSDisabledException: {
    cause: 'The KMS key of {function} is disabled.',
    remedy: 'Enable the key, or give the function another one.',
    link: pages.kms,
  },
  KMSInvalidStateException: {
    cause: 'The KMS key of {function} is in a state in which it cannot decrypt.',
    remedy: 'Check whether the key is waiting for deletion or import.',
    link: pages.kms,
  },
  KMSNotFoundException: {
    cause: 'The KMS key of {function} does not exist.',
    remedy: 'Give the function another key and set its environment variables again.',
    link: pages.kms,
  },
  NoPublishedVersionException: {
    cause: 'The function {function} has no published version.',
    remedy: 'Publish a version, or call the function without $LATEST.PUBLISHED.',
    link: pages.versions,
  },
  ResourceNotReadyException: {
    cause: 'The function {function} is inactive, and Lambda is waking it up.',
    remedy: 'Wait until the function is Active, then send again.',
    link: pages.states,
    action: 'retry',
  },
  S3FilesMountConnectivityException: {
    cause: 'Lambda could not reach the S3 Files access point of {function}.',
    remedy: 'Check the function’s VPC, security groups and the mount target.',
    link: pages.troubleshooting,
  },
  S3FilesMountFailureException: {
    cause: 'Lambda could not mount the S3 Files access point of {function}.',
    remedy: 'Check the access point and the permissions of the execution role.',
    link: pages.troubleshooting,
  },
  S3FilesMountTimeoutException: {
    cause: 'Mounting the S3 Files access point of {function} took too long.',
    remedy: 'Send again; if it stays so, check the access point’s network.',
    link: pages.troubleshooting,
    action: 'retry',
  },
  SnapStartException: {
    cause: 'Lambda could not restore the snapshot of {function}: its runtime hook failed.',
    remedy: 'Read the function’s log for the afterRestore hook.',
    link: pages.snapStart,
  },
  SnapStartNotReadyException: {
    cause: 'The snapshot of {function} is still being made.',
    remedy: 'Wait until the version is Active, then send again.',
    link: pages.snapStart,
    action: 'retry',
  },
  SnapStartRegenerationFailureException: {
    cause: 'Lambda could not make the snapshot of {function} again.',
    remedy: 'Publish a new version of the function.',
    link: pages.snapStart,
  },
  SnapStartTimeoutException: {
    cause: 'Restoring the snapshot of {function} took too long.',
    remedy: 'Shorten the afterRestore hook, then send again.',
    link: pages.snapStart,
    action: 'retry',
  },
  SubnetIPAddressLimitReachedException: {
    cause: 'A subnet of {function} has no IP address left.',
    remedy: 'Give the function larger subnets, or free addresses.',
    link: pages.vpc,
  },
};

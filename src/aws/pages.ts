const guide = 'https://docs.aws.amazon.com/lambda/latest/dg';
/** The pages of AWS that say more about an error. */
export const pages = {
  invoke: 'https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html',
  invokeAsync: 'https://docs.aws.amazon.com/lambda/latest/api/API_InvokeAsync.html',
  limits: `${guide}/gettingstarted-limits.html`,
  concurrency: `${guide}/lambda-concurrency.html`,
  permissions: `${guide}/access-control-identity-based.html`,
  troubleshooting: `${guide}/troubleshooting-invocation.html`,
  vpc: `${guide}/configuration-vpc.html`,
  efs: `${guide}/configuration-filesystem-efs.html`,
  kms: `${guide}/configuration-envvars-encryption.html`,
  runtimes: `${guide}/lambda-runtimes.html`,
  snapStart: `${guide}/snapstart-troubleshooting.html`,
  states: `${guide}/functions-states.html`,
  recursion: `${guide}/invocation-recursion.html`,
  versions: `${guide}/configuration-versions.html`,
  durable: `${guide}/durable-functions.html`,
  tenants: `${guide}/tenant-isolation-invoke.html`,
  packages: `${guide}/gettingstarted-package.html`,
  invocation: `${guide}/lambda-invocation.html`,
  failedEvents: `${guide}/invocation-async-retain-records.html`,
  queueKeys:
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html',
  credentials:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-signing-troubleshooting.html',
  signIn: 'https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-authentication.html',
  credentialProcess:
    'https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html',
  health: 'https://health.aws.amazon.com/health/status',
} as const;

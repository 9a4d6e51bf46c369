import * as l10n from '@vscode/l10n';
import type { ProblemCode } from '../core/problem';

/**
 * The SDKs and tools that carry InvokeAsync, as data: what each is called in messages and what its users call instead.
 * How a use is recognised stands in `languages/`, one small file a language.
 */

interface Sdk {
  readonly name: string;
  /** The deprecated call, in this SDK's own words. */
  readonly deprecated: string;
  /** What to call instead, in this SDK's own words. */
  readonly replacement: string;
  /** What has to be given with the call. */
  readonly parameter?: string;
  /** The call of Invoke that drops what InvokeAsync calls InvokeArgs. */
  readonly payloadLost?: string;
}

export const sdks = {
  cli: {
    name: 'AWS CLI',
    deprecated: 'aws lambda invoke-async',
    replacement: 'aws lambda invoke --invocation-type Event',
  },
  'javascript-v3': {
    name: 'AWS SDK for JavaScript v3',
    deprecated: 'InvokeAsyncCommand',
    replacement: 'InvokeCommand',
    parameter: "InvocationType: 'Event'",
  },
  'javascript-v2': {
    name: 'AWS SDK for JavaScript v2',
    deprecated: 'invokeAsync()',
    replacement: 'invoke()',
    parameter: "InvocationType: 'Event'",
  },
  boto3: {
    name: 'AWS SDK for Python',
    deprecated: 'invoke_async()',
    replacement: 'invoke()',
    parameter: "InvocationType='Event'",
  },
  boto2: {
    name: 'boto 2',
    deprecated: 'invoke_async()',
    replacement: 'invoke() (boto3)',
    parameter: "InvocationType='Event'",
  },
  'java-v1': {
    name: 'AWS SDK for Java v1',
    deprecated: 'InvokeAsyncRequest',
    replacement: 'InvokeRequest',
    parameter: 'InvocationType.Event',
  },
  kotlin: {
    name: 'AWS SDK for Kotlin',
    deprecated: 'invokeAsync',
    replacement: 'invoke',
    parameter: 'InvocationType.Event',
  },
  dotnet: {
    name: 'AWS SDK for .NET v3',
    deprecated: 'InvokeAsyncRequest',
    replacement: 'InvokeRequest',
    parameter: 'InvocationType.Event',
  },
  powershell: {
    name: 'AWS Tools for PowerShell',
    deprecated: 'Invoke-LMFunctionAsync',
    replacement: 'Invoke-LMFunction -InvocationType Event',
  },
  'go-v1': {
    name: 'AWS SDK for Go v1',
    deprecated: 'InvokeAsync',
    replacement: 'Invoke',
    parameter: 'InvocationTypeEvent',
  },
  'go-v2': {
    name: 'AWS SDK for Go v2',
    deprecated: 'InvokeAsync',
    replacement: 'Invoke',
    parameter: 'types.InvocationTypeEvent',
  },
  'php-v3': {
    name: 'AWS SDK for PHP v3',
    deprecated: 'InvokeAsync',
    replacement: 'Invoke',
    parameter: "'InvocationType' => 'Event', 'Payload'",
    payloadLost: 'invokeAsync()',
  },
  'php-v2': {
    name: 'AWS SDK for PHP v2',
    deprecated: 'invokeAsync()',
    replacement: 'invoke()',
    parameter: "'InvocationType' => 'Event', 'Payload'",
  },
  ruby: {
    name: 'AWS SDK for Ruby',
    deprecated: 'invoke_async',
    replacement: 'invoke',
    parameter: "invocation_type: 'Event'",
  },
  rust: {
    name: 'AWS SDK for Rust',
    deprecated: 'invoke_async()',
    replacement: 'invoke()',
    parameter: 'InvocationType::Event',
  },
  rusoto: {
    name: 'Rusoto',
    deprecated: 'invoke_async()',
    replacement: 'invoke() (aws-sdk-lambda)',
    parameter: 'InvocationType::Event',
  },
  soto: {
    name: 'Soto for Swift',
    deprecated: 'invokeAsync',
    replacement: 'invoke',
    parameter: 'invocationType: .event',
  },
  swift: {
    name: 'AWS SDK for Swift',
    deprecated: 'invokeAsync',
    replacement: 'invoke',
    parameter: 'invocationType: .event',
  },
  paws: {
    name: 'Paws for Perl',
    deprecated: 'InvokeAsync',
    replacement: 'Invoke',
    parameter: "InvocationType => 'Event'",
  },
  'ex-aws': {
    name: 'ExAws for Elixir',
    deprecated: 'ExAws.Lambda.invoke_async',
    replacement: 'ExAws.Lambda.invoke',
    parameter: 'invocation_type: :event',
  },
  'aws-elixir': {
    name: 'aws-elixir',
    deprecated: 'AWS.Lambda.invoke_async',
    replacement: 'AWS.Lambda.invoke',
    parameter: '"InvocationType" => "Event"',
  },
  amazonica: {
    name: 'Amazonica for Clojure',
    deprecated: 'invoke-async',
    replacement: 'invoke',
    parameter: ':invocation-type "Event"',
  },
  cognitect: {
    name: 'Cognitect aws-api for Clojure',
    deprecated: ':op :InvokeAsync',
    replacement: ':op :Invoke',
    parameter: ':InvocationType "Event"',
  },
  'r-paws': {
    name: 'Paws for R',
    deprecated: 'invoke_async()',
    replacement: 'invoke()',
    parameter: 'InvocationType = "Event"',
  },
  'aws-jl': {
    name: 'AWS.jl',
    deprecated: 'Lambda.invoke_async',
    replacement: 'Lambda.invoke',
    parameter: 'the header X-Amz-Invocation-Type: Event',
  },
  dart: {
    name: 'aws_lambda_api for Dart',
    deprecated: 'invokeAsync()',
    replacement: 'invoke()',
    parameter: 'invocationType: InvocationType.event',
  },
  amazonka: {
    name: 'Amazonka for Haskell',
    deprecated: 'newInvokeAsync',
    replacement: 'newInvoke',
    parameter: 'InvocationType_Event',
  },
  erlcloud: {
    name: 'erlcloud',
    deprecated: 'erlcloud_lambda:invoke_async',
    replacement: 'erlcloud_lambda:invoke',
    parameter: 'the invocation type event',
  },
  'aws-erlang': {
    name: 'aws-erlang',
    deprecated: 'aws_lambda:invoke_async',
    replacement: 'aws_lambda:invoke',
    parameter: '<<"InvocationType">> => <<"Event">>',
  },
  cdk: {
    name: 'AWS CDK',
    deprecated: "action: 'invokeAsync'",
    replacement: "action: 'invoke'",
    parameter: "InvocationType: 'Event'",
  },
  'operation-name': {
    name: 'AWS SDK call by name',
    deprecated: "action: 'invokeAsync'",
    replacement: "action: 'invoke'",
    parameter: "InvocationType: 'Event'",
  },
  iam: {
    name: 'AWS IAM',
    deprecated: 'lambda:InvokeAsync',
    replacement: 'lambda:InvokeFunction',
  },
  http: {
    name: 'Lambda HTTP API',
    deprecated: '/2014-11-13/functions/…/invoke-async',
    replacement: 'Invoke',
    parameter: 'X-Amz-Invocation-Type: Event',
  },
} as const satisfies Record<string, Sdk>;

export type SdkId = keyof typeof sdks;

export type DeprecationCode = Extract<ProblemCode, `deprecated.${string}`>;

/**
 * Every use matches this: the prefilter, and what a search over a workspace looks for (in ripgrep's syntax too).
 * It compares case, which costs a third; where a language ignores case (PowerShell, IAM), its usual spellings are here.
 */
export const candidatePattern = /nvoke[-_]?(?:Async|async|Args|LMF|lmf)/;

/** The names of the deprecated calls alone, and not of their input: it is lost where Invoke gets it. */
export const usePattern = /nvoke[-_]?(?:Async|async|LMF|lmf)/;

/** What is wrong and what is right; `manualReason` says what a person has to do where no fix is certain. */
export function deprecationMessage(
  code: DeprecationCode,
  sdk: SdkId,
  manualReason?: string,
): string {
  const message = messages[code](sdks[sdk]);
  return manualReason === undefined
    ? message
    : l10n.t('{0} Not replaced automatically: {1}.', message, manualReason);
}

const messages: Record<DeprecationCode, (sdk: Sdk) => string> = {
  'deprecated.invoke-async': (sdk) =>
    l10n.t(
      'Use {replacement}: {deprecated} ({sdk}) is deprecated, limits payloads to 256 KB (1 MB with Invoke), drops the X-Ray trace and ignores reserved concurrency.',
      { deprecated: sdk.deprecated, sdk: sdk.name, replacement: replacementOf(sdk) },
    ),
  'deprecated.iam-action': (sdk) =>
    l10n.t(
      'Use {replacement}: the IAM action {deprecated} is deprecated, and Lambda checks {replacement} for both calls.',
      { deprecated: sdk.deprecated, replacement: replacementOf(sdk) },
    ),
  'deprecated.payload-lost': (sdk) =>
    l10n.t(
      'Pass this as Payload: {call} of the {sdk} runs Invoke, which has no InvokeArgs, so the payload is silently dropped.',
      { call: sdk.payloadLost ?? sdk.replacement, sdk: sdk.name },
    ),
};

export function fixTitle(sdk: SdkId): string {
  return l10n.t('Replace with {0}', replacementOf(sdks[sdk]));
}

function replacementOf({ replacement, parameter }: Sdk): string {
  return parameter === undefined ? replacement : l10n.t('{0} with {1}', replacement, parameter);
}

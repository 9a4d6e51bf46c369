import { withQualifier } from './functionIdentifier/withQualifier';
import type { InvokeApi } from './invocation/outcome';
import type { InvocationHeaders } from './invocationHeaders';

/** One invocation in the words of the AWS CLI. */
export interface CliInvocation extends InvocationHeaders {
  readonly api: InvokeApi;
  /** Waits for the function, and writes what it returns to a file. */
  readonly waits?: boolean | undefined;
  /** Name, ARN or partial ARN. */
  readonly functionName: string;
  /** Alias or version that is not part of the name. */
  readonly qualifier?: string | undefined;
  /** Path of the file that holds the payload. */
  readonly payloadFile: string;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
}

/** `powershell` also serves Windows, whose terminals are PowerShell. */
export type Shell = 'posix' | 'powershell';

/**
 * The command that sends the same event, for the AWS CLI 1 and 2 alike: with `fileb://` neither takes the payload for
 * Base64, and `invoke` wants a file for the answer, which is empty unless the function is waited for.
 * @see https://docs.aws.amazon.com/cli/latest/reference/lambda/invoke.html
 */
export function awsCliCommand(invocation: CliInvocation, shell: Shell): string {
  const { api, waits, profile, region, endpoint } = invocation;
  const place = Object.entries({ profile, region, 'endpoint-url': endpoint }).flatMap(
    ([option, value]) => (value ? [`--${option}`, value] : []),
  );
  const nowhere = shell === 'posix' ? '/dev/null' : 'NUL';
  const words =
    api === 'InvokeAsync'
      ? ['invoke-async', ...invokeAsyncOptions(invocation), ...place]
      : ['invoke', ...invokeOptions(invocation), ...place, waits ? 'response.json' : nowhere];
  return ['aws', 'lambda', ...words].map((word) => shellQuoted(word, shell)).join(' ');
}

/** InvokeAsync takes a path as it is, and knows a qualifier only as a part of the name. */
function invokeAsyncOptions({ functionName, qualifier, payloadFile }: CliInvocation): string[] {
  return ['--function-name', withQualifier(functionName, qualifier), '--invoke-args', payloadFile];
}

function invokeOptions(invocation: CliInvocation): string[] {
  const { functionName, waits, qualifier, tenantId, durableName, payloadFile } = invocation;
  const suffix = qualifier === undefined ? [] : ['--qualifier', qualifier];
  const payload = `fileb://${payloadFile}`;
  return [
    '--function-name',
    functionName,
    ...suffix,
    '--invocation-type',
    ...(waits ? ['RequestResponse', '--log-type', 'Tail'] : ['Event']),
    ...(tenantId === undefined ? [] : ['--tenant-id', tenantId]),
    ...(durableName === undefined ? [] : ['--durable-execution-name', durableName]),
    '--payload',
    payload,
  ];
}

/** What each shell reads as one plain word, and what stands for a quote inside quotes. */
const shells: Record<Shell, { plain: RegExp; quote: string }> = {
  posix: { plain: /^[\w@%+=:,./-]+$/, quote: String.raw`'\''` },
  powershell: { plain: /^[\w+=:./\\-]+$/, quote: "''" },
};

/** One word for the shell, whatever is in it. */
export function shellQuoted(word: string, shell: Shell): string {
  const { plain, quote } = shells[shell];
  return plain.test(word) ? word : `'${word.replaceAll("'", quote)}'`;
}

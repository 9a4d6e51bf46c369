import assert from 'node:assert/strict';
import { startLocalWorkspace } from './localLambda';

/** What a handler should make of `{"n":1}`: a result, or an error. */
export interface HandlerCase {
  readonly what: string;
  readonly handler?: string;
  readonly result?: unknown;
  readonly error?: { readonly type: string; readonly message: RegExp };
}

/** The name of the test of a case. */
export function titleOf({ what, result, error }: HandlerCase): string {
  return `${what}: ${error?.type ?? JSON.stringify(result)}`;
}

/** Invokes a handler through the real SDK, in a workspace of these files, and compares what comes back. */
export async function checkHandler(
  { handler = 'one.handler', result, error }: HandlerCase,
  files: Record<string, string>,
): Promise<void> {
  const timeout = error?.type === 'Sandbox.Timedout' ? 1 : 60;
  const workspace = await startLocalWorkspace({ functions: { one: { handler, timeout } }, files });
  try {
    const answer = await workspace.sdk.invoke({ FunctionName: 'one', Payload: '{"n":1}' });
    const body = JSON.parse(answer.Payload?.transformToString() ?? '');
    if (error) {
      assert.equal(answer.FunctionError, 'Unhandled');
      assert.equal(body.errorType, error.type);
      assert.match(body.errorMessage, error.message);
    } else {
      assert.equal(answer.FunctionError, undefined, body?.errorMessage);
      assert.deepEqual(body, result);
    }
  } finally {
    await workspace.stop();
  }
}

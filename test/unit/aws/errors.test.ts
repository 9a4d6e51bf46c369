import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorTable, readingError } from '../../../src/aws/errors';
import { explainError } from '../../../src/aws/main';
import type { Connection } from '../../../src/core/invocation/connection';
import type { Outcome } from '../../../src/core/invocation/outcome';
import { speak } from '../../support/language';
import { repository } from '../../support/repository';

const commands = join(repository, 'node_modules/@aws-sdk/client-lambda/dist-types/commands');

/** The errors of an operation in the service model that the installed SDK was made from. */
function modelledErrors(operation: string): string[] {
  const types = readFileSync(join(commands, `${operation}Command.d.ts`), 'utf8');
  const named = [...types.matchAll(/@throws \{@link (\w+)\}/g)].map(([, name = '']) => name);
  return named.filter((name) => name !== 'LambdaServiceException');
}

const connection: Connection = {
  region: 'eu-west-1',
  regionSource: 'setting',
  profile: 'dev',
  timeoutMs: 30_000,
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  environment: {},
};

function explain(name: string, message: string, more: Partial<Outcome> = {}) {
  const outcome: Outcome = {
    kind: 'rejected',
    api: 'InvokeAsync',
    functionName: 'orders',
    error: { name, message },
    durationMs: 1,
    payloadBytes: 10,
    attempts: 1,
    ...more,
  };
  return explainError(outcome, connection);
}

describe('the words for errors', () => {
  afterEach(() => speak('en'));

  it('name the service that was asked, and the endpoint only where it is Lambda’s', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const toLocal = { ...connection, endpoint: 'http://localhost:4566' };
    const said = (action: string) => readingError(refused, action, toLocal).message;
    assert.match(said('lambda:ListFunctions'), /localhost:4566/);
    assert.match(said('sts:GetCallerIdentity'), /STS in eu-west-1/);
    assert.match(said('logs:FilterLogEvents'), /CloudWatch Logs in eu-west-1/);
  });

  it('cover every error that the SDK knows for both calls', () => {
    const names = [...modelledErrors('InvokeAsync'), ...modelledErrors('Invoke')];
    assert.ok(names.length > 60, `only ${names.length} errors were found`);
    assert.deepEqual(
      names.filter((name) => !Object.hasOwn(errorTable, name)),
      [],
    );
  });

  for (const language of ['en', 'de']) {
    it(`leave no placeholder open in any row, in ${language}`, () => {
      speak(language);
      for (const name of Object.keys(errorTable)) {
        const { cause, remedy } = explain(name, 'as the service says');
        assert.doesNotMatch(`${cause} ${remedy}`, /\{\w+\}|undefined/, name);
        assert.match(cause, /^\S.*[^ ]$/, name);
      }
    });
  }

  it('say everything otherwise in German than in English', () => {
    const english = new Map(
      Object.keys(errorTable).map((name) => [name, explain(name, 'AWS says so')]),
    );
    speak('de');
    for (const [name, { cause, remedy }] of english) {
      const german = explain(name, 'AWS says so');
      assert.notEqual(german.remedy, remedy, name);
      if (cause !== 'AWS says so') assert.notEqual(german.cause, cause, name);
    }
  });

  it('name the permission that a message names, with the statement that grants it', () => {
    const resource = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
    const { policy, action } = explain(
      'AccessDeniedException',
      `User: arn:aws:iam::123456789012:user/dev is not authorized to perform: lambda:InvokeFunction on resource: ${resource} because no identity-based policy allows the lambda:InvokeFunction action`,
    );
    assert.deepEqual(JSON.parse(policy ?? ''), {
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: resource,
    });
    assert.equal(action, 'copyPolicy');
  });

  it('offer the region in which the function is', () => {
    const { action, region } = explain(
      'ResourceNotFoundException',
      "Functions from 'us-west-2' are not reachable in this region ('eu-west-1')",
    );
    assert.deepEqual({ action, region }, { action: 'useRegion', region: 'us-west-2' });
  });

  it('offer Invoke for a large payload only where it helps', () => {
    const name = 'RequestTooLargeException';
    assert.equal(explain(name, 'large', { payloadBytes: 300_000 }).action, 'useInvoke');
    assert.equal(explain(name, 'large', { payloadBytes: 2_000_000 }).action, undefined);
    assert.equal(
      explain(name, 'large', { api: 'Invoke', payloadBytes: 300_000 }).action,
      undefined,
    );
  });

  it('name the command that refreshes a session', () => {
    const { remedy, action, profile } = explain(
      'CredentialsExpired',
      'The SSO session associated with this profile has expired.',
    );
    assert.equal(remedy, 'Run: aws sso login --profile dev');
    assert.deepEqual({ action, profile }, { action: 'ssoLogin', profile: 'dev' });
  });

  it('quote an error that no table knows', () => {
    assert.match(explain('BrandNewException', 'It is new.', { status: 400 }).cause, /It is new\./);
  });
});

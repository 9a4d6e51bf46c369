import assert from 'node:assert/strict';
import {
  type LocalWorkspace,
  type RawRequest,
  sendRaw,
  startLocalWorkspace,
} from '../../support/localLambda';

const invocations = '/2015-03-31/functions/hello/invocations';

interface Refusal {
  readonly what: string;
  readonly request: RawRequest;
  readonly status: number;
  readonly error: string;
  readonly message: RegExp;
}

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:hello';

/** Every request asks for a function that exists, unless its name is what is wrong. */
const refusals: readonly Refusal[] = [
  {
    what: 'a foreign Host, as DNS rebinding sends it',
    request: { path: invocations, headers: { host: 'evil.example:80' } },
    status: 403,
    error: 'AccessDeniedException',
    message: /not to "evil\.example:80"/,
  },
  {
    what: 'the Host of another port',
    request: { path: invocations, headers: { host: '127.0.0.1:1' } },
    status: 403,
    error: 'AccessDeniedException',
    message: /answers to the host 127\.0\.0\.1:\d+ alone/,
  },
  {
    what: 'an Origin',
    request: { path: invocations, headers: { origin: 'https://evil.example' } },
    status: 403,
    error: 'AccessDeniedException',
    message: /does not answer web pages.*https:\/\/evil\.example/,
  },
  {
    what: 'the Origin of a sandboxed page',
    request: { path: invocations, headers: { origin: 'null' } },
    status: 403,
    error: 'AccessDeniedException',
    message: /web pages/,
  },
  {
    what: 'a preflight',
    request: { path: invocations, method: 'OPTIONS', headers: { origin: 'http://localhost' } },
    status: 403,
    error: 'AccessDeniedException',
    message: /web pages/,
  },
  {
    what: 'no signature',
    request: { path: invocations, headers: { authorization: undefined } },
    status: 403,
    error: 'MissingAuthenticationTokenException',
    message: /AWS4-HMAC-SHA256/,
  },
  {
    what: 'a password',
    request: { path: invocations, headers: { authorization: 'Basic bG9jYWw6bG9jYWw=' } },
    status: 403,
    error: 'MissingAuthenticationTokenException',
    message: /sign the request/,
  },
  {
    what: 'an unknown path',
    request: { path: '/2015-03-31/layers' },
    status: 404,
    error: 'UnknownOperationException',
    message: /does not know POST \/2015-03-31\/layers/,
  },
  {
    what: 'a known path with another method',
    request: { path: invocations, method: 'DELETE' },
    status: 404,
    error: 'UnknownOperationException',
    message: /DELETE/,
  },
  {
    what: 'a path of slashes',
    request: { path: '//' },
    status: 404,
    error: 'UnknownOperationException',
    message: /POST \/\//,
  },
  {
    what: 'a name of dots',
    request: { path: '/2015-03-31/functions/../invocations' },
    status: 404,
    error: 'ResourceNotFoundException',
    message: /function:\.\.$/,
  },
  {
    what: 'an unknown action',
    request: { path: '/', body: 'Action=GetSessionToken&Version=2011-06-15' },
    status: 404,
    error: 'UnknownOperationException',
    message: /POST \//,
  },
  {
    what: 'an unknown function',
    request: { path: '/2014-11-13/functions/goodbye/invoke-async/', body: '{}' },
    status: 404,
    error: 'ResourceNotFoundException',
    message: /^Function not found: arn:aws:lambda:us-east-1:123456789012:function:goodbye$/,
  },
  {
    what: 'an unknown function with a qualifier',
    request: { path: '/2015-03-31/functions/goodbye/invocations?Qualifier=live', body: '{}' },
    status: 404,
    error: 'ResourceNotFoundException',
    message: /function:goodbye:live$/,
  },
  {
    what: "another region's ARN",
    request: { path: `/2015-03-31/functions/${arn.replace('us-east-1', 'eu-west-1')}/invocations` },
    status: 404,
    error: 'ResourceNotFoundException',
    message: /^Functions from 'eu-west-1' are not reachable in this region \('us-east-1'\)$/,
  },
  {
    what: "another account's ARN",
    request: { path: '/2015-03-31/functions/210987654321:function:hello/invocations' },
    status: 403,
    error: 'AccessDeniedException',
    message: /not authorized to perform: lambda:InvokeFunction on resource: .*:210987654321:/,
  },
  {
    what: 'a name with a space',
    request: { path: '/2015-03-31/functions/hello%20world/invocations' },
    status: 400,
    error: 'ValidationException',
    message: /Value 'hello world' at 'functionName' .* regular expression pattern: \(arn:/,
  },
  {
    what: 'a name with a broken escape',
    request: { path: '/2015-03-31/functions/hello%zz/invocations' },
    status: 400,
    error: 'ValidationException',
    message: /Value 'hello%zz'/,
  },
  {
    what: 'an empty name',
    request: { path: '/2015-03-31/functions//invocations' },
    status: 400,
    error: 'ValidationException',
    message: /length greater than or equal to 1$/,
  },
  {
    what: 'a name of 65 characters',
    request: { path: `/2015-03-31/functions/${'n'.repeat(65)}/invocations` },
    status: 400,
    error: 'ValidationException',
    message: /length less than or equal to 64$/,
  },
  {
    what: 'an identifier of 257 characters',
    request: { path: `/2015-03-31/functions/${'n'.repeat(257)}/invocations` },
    status: 400,
    error: 'ValidationException',
    message: /length less than or equal to 256$/,
  },
  {
    what: 'a suffix and a Qualifier that differ',
    request: { path: '/2015-03-31/functions/hello:1/invocations?Qualifier=2' },
    status: 400,
    error: 'InvalidParameterValueException',
    message: /derived qualifier from the function name does not match/,
  },
  {
    what: 'an unknown invocation type',
    request: { path: invocations, headers: { 'x-amz-invocation-type': 'Later' } },
    status: 400,
    error: 'ValidationException',
    message: /'Later' at 'invocationType' .*\[Event, RequestResponse, DryRun\]/,
  },
  {
    what: 'half an object',
    request: { path: '/2014-11-13/functions/hello/invoke-async', body: '{"a":' },
    status: 400,
    error: 'InvalidRequestContentException',
    message: /^Could not parse request body into json: ./,
  },
  {
    what: 'a byte order mark',
    request: { path: invocations, body: '\ufeff{}' },
    status: 400,
    error: 'InvalidRequestContentException',
    message: /^Could not parse request body into json: ./,
  },
  {
    what: 'bytes that are no UTF-8',
    request: { path: invocations, body: Uint8Array.of(0x22, 0xff, 0x22) },
    status: 400,
    error: 'InvalidRequestContentException',
    message: /into json: Invalid UTF-8$/,
  },
  {
    what: 'a page size of 0',
    request: { path: '/2015-03-31/functions?MaxItems=0', method: 'GET' },
    status: 400,
    error: 'ValidationException',
    message: /'0' at 'maxItems'/,
  },
];

describe('Local Lambda refuses', () => {
  let workspace: LocalWorkspace;
  before(async () => {
    workspace = await startLocalWorkspace({
      functions: { hello: { handler: 'hello.handler' } },
      files: { 'hello.js': 'exports.handler = () => "hello";' },
    });
  });
  after(() => workspace.stop());
  afterEach(() => assert.deepEqual(workspace.log.lines, [], 'nothing may have run'));

  for (const { what, request, status, error, message } of refusals) {
    it(`${what}: ${status} ${error}`, async () => {
      const answer = await sendRaw(workspace.local.endpoint, request);
      assert.equal(answer.status, status);
      assert.equal(answer.headers['x-amzn-errortype'], error);
      assert.match(String(answer.headers['x-amzn-requestid']), /^[\da-f-]{36}$/);
      const { Message, message: unmodelled, Type } = JSON.parse(answer.body);
      assert.match(Message ?? unmodelled, message);
      assert.equal(Type, Message === undefined ? undefined : 'User');
    });
  }
});

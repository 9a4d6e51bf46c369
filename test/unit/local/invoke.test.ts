import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { payloadLimitBytes } from '../../../src/core/limits';
import { type LocalWorkspace, sendRaw, startLocalWorkspace } from '../../support/localLambda';

const fullArn = 'arn:aws:lambda:us-east-1:123456789012:function:echo';

describe('Local Lambda invokes', () => {
  let workspace: LocalWorkspace;
  before(async () => {
    workspace = await startLocalWorkspace({
      functions: {
        echo: { handler: 'echo.handler' },
        fail: { handler: 'echo.fail' },
        says: { handler: 'echo.says' },
        shouts: { handler: 'echo.shouts' },
      },
      files: {
        'echo.mjs': `
          export const handler = (event) => event;
          export const says = () => console.log('grün');
          export const shouts = () => console.log('é'.repeat(9000));
          export const fail = () => { throw new RangeError('out of stock'); };`,
      },
    });
  });
  after(() => workspace.stop());

  for (const slash of ['', '/']) {
    it(`through InvokeAsync at …/invoke-async${slash}: 202, then the exact bytes`, async () => {
      const body = '{ "name": "Zoë",\r\n  "id": 12345678901234567890, "emoji": "🦊" }\n';
      const path = `/2014-11-13/functions/echo/invoke-async${slash}`;
      const answer = await sendRaw(workspace.local.endpoint, { path, body });
      assert.equal(answer.status, 202);
      assert.equal(answer.body, '');
      const requestId = String(answer.headers['x-amzn-requestid']);
      const { text } = await workspace.log.until(/^Payload/, requestId);
      const digest = createHash('sha256').update(body).digest('hex');
      assert.equal(text, `Payload: ${Buffer.byteLength(body)} bytes, SHA-256 ${digest}`);
    });
  }

  for (const name of ['echo', fullArn, `${fullArn}:live`, '123456789012:function:echo:7']) {
    it(`what the SDK names ${name}`, async () => {
      const event = { FunctionName: name, InvokeArgs: '{}' };
      const { Status, $metadata } = await workspace.sdk.invokeAsync(event);
      assert.equal(Status, 202);
      await workspace.log.until(/^END/, $metadata.requestId);
    });
  }

  it('with Event: 202, and the run carries the id of the request', async () => {
    const { StatusCode, $metadata } = await workspace.sdk.invoke({
      FunctionName: 'echo',
      InvocationType: 'Event',
      Payload: '{}',
    });
    assert.equal(StatusCode, 202);
    await workspace.log.until(/^REPORT/, $metadata.requestId);
    const [start] = workspace.log.textsOf($metadata.requestId);
    assert.equal(start, `START RequestId: ${$metadata.requestId} Version: $LATEST`);
  });

  it('with RequestResponse: 200 and the result', async () => {
    const answer = await workspace.sdk.invoke({ FunctionName: 'echo', Payload: '{"a":[1,"ü"]}' });
    assert.equal(answer.StatusCode, 200);
    assert.equal(answer.FunctionError, undefined);
    assert.equal(answer.ExecutedVersion, '$LATEST');
    assert.equal(answer.Payload?.transformToString(), '{"a":[1,"ü"]}');
  });

  it('with RequestResponse and LogType Tail: the end of the log, at most 4 KB', async () => {
    const told = async (FunctionName: string) => {
      const answer = await workspace.sdk.invoke({ FunctionName, LogType: 'Tail' });
      const tail = Buffer.from(answer.LogResult ?? '', 'base64');
      return { tail, text: tail.toString(), requestId: answer.$metadata.requestId };
    };
    const short = await told('says');
    assert.match(short.text, new RegExp(`^START RequestId: ${short.requestId} Version`));
    assert.match(short.text, /\tINFO\tgrün\nEND RequestId: .*\nREPORT RequestId: .*\n$/);
    const long = await told('shouts');
    assert.equal(long.tail.byteLength, 4096);
    assert.match(long.text, /é\nEND RequestId: .*\nREPORT RequestId: .*\n$/);
    const asked = await workspace.sdk.invoke({ FunctionName: 'says' });
    assert.equal(asked.LogResult, undefined, 'nobody asked for it');
  });

  it('an empty payload as an empty object', async () => {
    const answer = await workspace.sdk.invoke({ FunctionName: 'echo' });
    assert.equal(answer.Payload?.transformToString(), '{}');
  });

  it('with RequestResponse a function that fails: 200 and a function error', async () => {
    const answer = await workspace.sdk.invoke({ FunctionName: 'fail', Payload: '{}' });
    assert.equal(answer.StatusCode, 200);
    assert.equal(answer.FunctionError, 'Unhandled');
    const { errorType, errorMessage, trace } = JSON.parse(
      answer.Payload?.transformToString() ?? '',
    );
    assert.equal(errorType, 'RangeError');
    assert.equal(errorMessage, 'out of stock');
    assert.equal(trace.length, 2, 'the message and one frame, none of the runtime');
  });

  it('nothing with DryRun: 204', async () => {
    const before = workspace.log.lines.length;
    const answer = await workspace.sdk.invoke({ FunctionName: 'echo', InvocationType: 'DryRun' });
    assert.equal(answer.StatusCode, 204);
    await workspace.sdk.invoke({ FunctionName: 'echo' });
    const starts = workspace.log.lines.slice(before).filter(({ text }) => text.startsWith('START'));
    assert.equal(starts.length, 1, 'only the second call ran');
  });
});

/** JSON of so many bytes, and half as many characters: the limit is one of bytes. */
const payload = (bytes: number): string => JSON.stringify('é'.repeat((bytes - 2) / 2));

describe('the payload limit of Local Lambda', () => {
  let workspace: LocalWorkspace;
  before(async () => {
    workspace = await startLocalWorkspace({
      functions: { size: { handler: 'size.handler' } },
      files: { 'size.js': 'exports.handler = async (event) => event.length;' },
    });
  });
  after(() => workspace.stop());

  const invokeAsync = '/2014-11-13/functions/size/invoke-async';
  const invoke = '/2015-03-31/functions/size/invocations';
  const event = { 'x-amz-invocation-type': 'Event' };
  const calls = [
    { call: 'InvokeAsync', path: invokeAsync, headers: {}, accepted: 202 },
    { call: 'Event', path: invoke, headers: event, accepted: 202 },
    { call: 'RequestResponse', path: invoke, headers: {}, accepted: 200 },
  ] as const;
  for (const { call, path, headers, accepted } of calls) {
    const limit = payloadLimitBytes[call];
    it(`of ${call} lets ${limit} bytes in`, async () => {
      const request = { path, headers, body: payload(limit) };
      assert.equal((await sendRaw(workspace.local.endpoint, request)).status, accepted);
    });

    it(`of ${call} refuses two bytes more`, async () => {
      const request = { path, headers, body: payload(limit + 2) };
      const answer = await sendRaw(workspace.local.endpoint, request);
      assert.equal(answer.status, 413);
      const error = answer.headers['x-amzn-errortype'];
      const { Message } = JSON.parse(answer.body);
      if (call === 'RequestResponse') {
        assert.equal(error, 'RequestTooLargeException');
        assert.match(Message, /smaller than 6291456 bytes/);
      } else {
        assert.equal(error, 'RequestEntityTooLargeException');
        const size = `${limit + 2} byte payload is too large for the Event invocation type`;
        assert.equal(Message, `${size} (limit ${limit} bytes)`);
      }
    });
  }

  it('counts a body that is far over it without keeping it', async () => {
    const request = { path: invokeAsync, body: Buffer.alloc(20_000_000, ' ') };
    const answer = await sendRaw(workspace.local.endpoint, request);
    assert.match(JSON.parse(answer.body).Message, /^20000000 byte payload/);
  });
});

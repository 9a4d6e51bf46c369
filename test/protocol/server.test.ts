import assert from 'node:assert/strict';
import type {
  CodeAction,
  Diagnostic,
  InitializeParams,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { findDeprecated, type FindDeprecatedResult } from '../../src/protocol/messages';
import { Session } from './session';

describe('language server over stdio', () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
  });
  after(() => session.stop());

  it('underlines a malformed function ARN in any document, with the reason and a documentation link', async () => {
    const [found] = await session.open(
      'deploy.sh',
      'shellscript',
      'aws lambda get-function --function-name arn:aws:lambda:us-east-1:12345:function:orders\n',
    );
    assert.equal(found?.code, 'identifier.malformed');
    assert.equal(found.source, 'invoke-async');
    assert.match(plainText(found), /12 digits/);
    assert.match(found.codeDescription?.href ?? '', /^https:\/\/docs\.aws\.amazon\.com\//);
    assert.deepEqual(found.range.start.line, 0);
  });

  it('checks the functions of .lambda/targets.json, names included', async () => {
    const text = '{ "targets": [{ "payloads": "events/*.json", "function": "my function" }] }';
    const found = await session.open('.lambda/targets.json', 'json', text);
    const wrongName = found.find(({ code }) => code === 'identifier.malformed');
    assert.ok(wrongName, codes(found).join());
    assert.equal(marked(text, wrongName), ' ', 'the character that no name has');
  });

  it('checks the JSON of payload files, and of no other JSON', async () => {
    const text = '{ "id": 1, }';
    assert.deepEqual(codes(await session.open('events/a.json', 'json', text)), ['payload.syntax']);
    assert.deepEqual(codes(await session.open('a/events/b/c.json', 'json', text)), [
      'payload.syntax',
    ]);
    for (const path of ['tsconfig.json', 'events/tsconfig.json', 'node_modules/a/events/b.json'])
      assert.deepEqual(await session.open(path, 'json', text), [], path);
    assert.deepEqual(await session.open('events/comments.json', 'jsonc', text), []);
  });

  it('follows what is typed', async () => {
    await session.open('events/b.json', 'json', '{');
    assert.deepEqual(codes(await session.change('events/b.json', '{ "id": }')), ['payload.syntax']);
    assert.deepEqual(await session.change('events/b.json', '{ "id": 1 }'), []);
  });

  it('strikes through InvokeAsync and offers the Invoke call', async () => {
    const text = `import { InvokeAsyncCommand, LambdaClient } from '@aws-sdk/client-lambda';
await new LambdaClient({}).send(new InvokeAsyncCommand({ FunctionName: 'orders', InvokeArgs: '{}' }));
`;
    const found = await session.open('src/send.mjs', 'javascript', text);
    const call = found.find(({ range }) => range.start.line === 1);
    assert.equal(call?.code, 'deprecated.invoke-async');
    assert.deepEqual(call.tags, [2], 'tagged Deprecated (2)');
    assert.match(plainText(call), /InvokeCommand/);
    const [fix] = await session.fixes('src/send.mjs', call);
    assert.ok(
      JSON.stringify(fix?.edit).includes('InvocationType'),
      'the fix writes the Event call',
    );
  });

  it('offers no fix of a text that was edited while it was looked at', async () => {
    const { connection } = session;
    const uri = session.uri('src/typed.py');
    const text =
      "import boto3\nboto3.client('lambda').invoke_async(FunctionName='f', InvokeArgs=b)\n";
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 80 } };
    void connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'python', version: 1, text },
    });
    // Python's grammar is still being loaded when the next message arrives.
    const asked = connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [] },
    });
    void connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: `# A line more.\n${text}` }],
    });
    const versions = (await asked).flatMap(({ edit }) => versionsOf(edit));
    assert.deepEqual(
      versions.filter((version) => version !== 1),
      [],
    );
  });

  for (const path of ['%zz.json', 'a%2Fb.json']) {
    it(`checks what any document is checked for when its URI names no file: ${path}`, async () => {
      const uri = session.uri('events/malformed').replace('malformed', path);
      const { connection } = session;
      const text = '{ "id": "arn:aws:lambda:us-east-1:12345:function:orders" }';
      const found = await session.openUri(uri, 'json', text);
      assert.deepEqual(codes(found), ['identifier.malformed']);
      const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 20 } };
      const params = { textDocument: { uri }, range, context: { diagnostics: [] } };
      await connection.sendRequest('textDocument/codeAction', params);
      const payload = await session.open('events/beside.json', 'json', '{');
      assert.deepEqual(codes(payload), ['payload.syntax'], 'others are checked as ever');
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
      const { files } = await connection.sendRequest<FindDeprecatedResult>(findDeprecated);
      assert.equal(files, 0);
    });
  }

  it('strikes through lambda.invokeAsync of the SDK v2', async () => {
    const text = `const AWS = require('aws-sdk');
new AWS.Lambda().invokeAsync({ FunctionName: 'orders', InvokeArgs: '{}' }, done);
`;
    assert.ok(
      codes(await session.open('src/old.js', 'javascript', text)).includes(
        'deprecated.invoke-async',
      ),
    );
  });
});

describe('language server with settings', () => {
  it('takes globs, severities and the API in force from the editor', async () => {
    const session = await Session.start({
      settings: {
        api: 'Invoke',
        payloads: { include: ['my/*.json'] },
        deprecation: { severity: 'off' },
        identifiers: { severity: 'hint' },
      },
    });
    try {
      const large = JSON.stringify({ text: 'x'.repeat(300 * 1024) });
      assert.deepEqual(await session.open('my/large.json', 'json', large), []);
      assert.deepEqual(await session.open('events/a.json', 'json', '{'), []);
      const deprecated = "import { InvokeAsyncCommand } from '@aws-sdk/client-lambda';";
      assert.deepEqual(await session.open('a.ts', 'typescript', deprecated), []);
      const [arn] = await session.open(
        'a.txt',
        'plaintext',
        '"arn:aws:lambda:us-east-1:1:function:f"',
      );
      assert.equal(arn?.severity, 4, 'a hint');
    } finally {
      await session.stop();
    }
  });

  it('takes the default for a word that is none of the setting', async () => {
    const session = await Session.start({
      settings: {
        api: 'Send',
        deprecation: { severity: 'loud' },
        identifiers: { severity: 'quiet' },
      },
    });
    try {
      const large = JSON.stringify({ text: 'x'.repeat(300 * 1024) });
      assert.deepEqual(codes(await session.open('events/a.json', 'json', large)), [
        'payload.too-large',
      ]);
      const text = 'aws lambda invoke-async --function-name arn:aws:lambda:us-east-1:1:function:f';
      const found = await session.open('a.sh', 'shellscript', text);
      assert.deepEqual(
        found.map(({ code, severity }) => [code, severity]),
        [
          ['deprecated.invoke-async', 2],
          ['identifier.malformed', 1],
        ],
      );
    } finally {
      await session.stop();
    }
  });

  it('finds the target of a payload in .lambda/targets.json on disk', async () => {
    const large = JSON.stringify({ text: 'x'.repeat(300 * 1024) });
    const session = await Session.start({
      files: {
        '.lambda/targets.json': JSON.stringify({
          targets: [{ payloads: 'events/**/*.json', function: 'orders', api: 'Invoke' }],
        }),
      },
    });
    try {
      assert.deepEqual(await session.open('events/a.json', 'json', large), []);
      const found = await session.open('.lambda/payloads/orders/a.json', 'json', large);
      assert.deepEqual(codes(found), ['payload.too-large']);
      await session.remove('.lambda');
      const now = await session.eventually('events/a.json', (problems) => problems.length > 0);
      assert.deepEqual(codes(now), ['payload.too-large'], 'the target has gone with its folder');
    } finally {
      await session.stop();
    }
  });
});

describe('language server of an editor that says nothing of folders and language', () => {
  it('checks what needs neither', async () => {
    const nothing = { rootUri: undefined, workspaceFolders: undefined, locale: null };
    const session = await Session.start({
      initialize: () => nothing as unknown as Partial<InitializeParams>,
    });
    try {
      const arn = '"arn:aws:lambda:us-east-1:1:function:f"';
      assert.equal((await session.open('a.txt', 'plaintext', arn)).length, 1);
    } finally {
      await session.stop();
    }
  });
});

function versionsOf(edit: WorkspaceEdit | undefined) {
  return (edit?.documentChanges ?? []).flatMap((change) =>
    'textDocument' in change ? [change.textDocument.version] : [],
  );
}

function codes(found: readonly Diagnostic[]): unknown[] {
  return found.map(({ code }) => code);
}

function marked(text: string, { range }: Diagnostic): string {
  return (text.split('\n')[range.start.line] ?? '').slice(
    range.start.character,
    range.end.character,
  );
}

/** Our messages are plain text; LSP allows markup, too. */
function plainText({ message }: Diagnostic): string {
  return typeof message === 'string' ? message : message.value;
}

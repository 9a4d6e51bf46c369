import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompletionItem, InitializeParams } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { repository } from '../support/repository';
import { positionAt, Session } from './session';

const shop = join(repository, 'examples/orders');
const fixtures = join(repository, 'test/fixtures/editors');

/** What each editor says of itself when it starts the server, recorded from the editor. */
const editors = readdirSync(fixtures).map((file) => ({
  name: file.replace('.json', ''),
  params: JSON.parse(readFileSync(join(fixtures, file), 'utf8')) as Partial<InitializeParams>,
}));

for (const { name, params } of editors) {
  describe(`the language server in ${name}`, () => {
    let session: Session;
    before(async () => {
      session = await Session.start({
        files: { '.lambda/targets.json': text('.lambda/targets.json') },
        initialize: () => params,
        settings: { api: 'Invoke' },
      });
    });
    after(() => session.stop());

    it('fixes a deprecated call', async () => {
      const code = text('src/placeOrder.mjs');
      const [use] = await session.open('src/placeOrder.mjs', 'javascript', code);
      assert.equal(use?.code, 'deprecated.invoke-async');
      const [fix] = await session.fixes('src/placeOrder.mjs', use);
      const [change] = fix?.edit?.documentChanges ?? [];
      assert(change && 'edits' in change);
      const fixed = TextDocument.applyEdits(
        TextDocument.create('', 'javascript', 0, code),
        change.edits.filter((edit) => 'newText' in edit),
      );
      assert.match(fixed, /new InvokeCommand\({\s+FunctionName: 'process-order',\s+InvocationType/);
    });

    it('underlines a wrong ARN where its account stands', async () => {
      const code = text('src/functions.mjs');
      const [problem] = await session.open('src/functions.mjs', 'javascript', code);
      assert.equal(problem?.message, 'An account ID has 12 digits; this one has 11.');
      assert.deepEqual(problem.range.start, positionAt(code, code.indexOf('12345678901:')));
    });

    it('holds a payload against the schema of its target', async () => {
      const payload = text('events/orderQueue.json').replace('"us-east-1"', '7');
      const found = await session.open('events/orderQueue.json', 'json', payload);
      assert.deepEqual(
        found.map(({ message }) => message),
        ['Must be a string, is the number 7.'],
      );
    });

    it('completes the schema of a target', async () => {
      const targets = text('.lambda/targets.json');
      await session.open('.lambda/targets.json', 'json', targets);
      const items = await session.connection.sendRequest<CompletionItem[]>(
        'textDocument/completion',
        {
          textDocument: { uri: session.uri('.lambda/targets.json') },
          position: positionAt(targets, targets.indexOf('aws:sqs')),
        },
      );
      assert(items.some(({ label }) => label === 'aws:sns'));
    });
  });
}

/** Languages that editors call otherwise than VS Code does, with a use of the deprecated call. */
const uses = [
  {
    ids: ['sh', 'bash', 'zsh'],
    code: 'aws lambda invoke-async --function-name f --invoke-args f.json\n',
  },
  {
    ids: ['dosbatch'],
    code: 'aws lambda invoke-async --function-name f --invoke-args f.json\n',
  },
  { ids: ['coffee'], code: "lambda.invokeAsync FunctionName: 'f', InvokeArgs: '{}'\n" },
  { ids: ['ps1'], code: 'Invoke-LMFunctionAsync -FunctionName f -InvokeArg $payload\n' },
  {
    ids: ['make'],
    code: 'send:\n\taws lambda invoke-async --function-name f --invoke-args f.json\n',
  },
  {
    ids: ['yaml.docker-compose'],
    code: 'command: aws lambda invoke-async --function-name f --invoke-args f.json\n',
  },
  {
    ids: ['cs', 'c-sharp'],
    code: `using Amazon.Lambda;
class C {
  void M(AmazonLambdaClient client) {
    client.InvokeAsyncAsync(new InvokeAsyncRequest { FunctionName = "f" });
  }
}
`,
  },
];

describe('the language server under the names that editors give to languages', () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
  });
  after(() => session.stop());

  for (const { ids, code } of uses) {
    for (const id of ids) {
      it(`finds a use in ${id}`, async () => {
        const found = await session.open(`file-in-${id}`, id, code);
        assert.equal(found[0]?.code, 'deprecated.invoke-async');
      });
    }
  }
});

describe('the language server in an editor that cannot be asked', () => {
  const invokeAsync = { identifiers: { severity: 'hint' } };
  const code = 'const f = "arn:aws:lambda:us-east-1:12345678901:function:reserve-stock";\n';

  it('knows the root folder and the settings that it starts with', async () => {
    const session = await Session.start({
      initializationOptions: { invokeAsync },
      initialize: (rootUri) => ({ rootUri, workspaceFolders: null, capabilities: {} }),
    });
    const [problem] = await session.open('f.js', 'javascript', code);
    assert.equal(problem?.severity, 4);
    const [payload] = await session.open('events/f.json', 'json', '{,}');
    assert.equal(payload?.code, 'payload.syntax');
    await session.stop();
  });

  it('takes the settings that it is told', async () => {
    const session = await Session.start({ initialize: () => ({ capabilities: {} }) });
    const [before] = await session.open('f.js', 'javascript', code);
    assert.equal(before?.severity, 1);
    await session.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { invokeAsync },
    });
    await session.eventually('f.js', ([problem]) => problem?.severity === 4);
    await session.stop();
  });
});

function text(path: string): string {
  return readFileSync(join(shop, path), 'utf8');
}

import assert from 'node:assert/strict';
import type { CompletionItem, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { eventSchemas } from '../../src/core/payload/eventSchemas';
import { accountFunctions } from '../../src/protocol/messages';
import { positionAt, Session } from './session';

describe('completion in .lambda/targets.json', () => {
  let session: Session;
  let asked = 0;
  before(async () => {
    session = await Session.start({ initializationOptions: { answersAccountRequests: true } });
    session.connection.onRequest(accountFunctions, () => {
      asked++;
      return [
        { name: 'orders', detail: 'invoked recently' },
        { name: 'billing', detail: 'nodejs22.x' },
      ];
    });
  });
  after(() => session.stop());

  it('offers the functions that the client knows, in its order, and replaces what stands there', async () => {
    const text = '{ "targets": [{ "payloads": "a.json", "function": "ord|" }] }';
    const items = await complete(session, text);
    assert.deepEqual(
      items.map(({ label, detail }) => [label, detail]),
      [
        ['orders', 'invoked recently'],
        ['billing', 'nodejs22.x'],
      ],
    );
    assert.equal(
      applied(text, items[0]),
      '{ "targets": [{ "payloads": "a.json", "function": "orders" }] }',
    );
  });

  it('writes the quotes where there are none yet, and closes them', async () => {
    const bare = '{ "targets": [{ "function": | }] }';
    assert.equal(
      applied(bare, (await complete(session, bare))[1]),
      '{ "targets": [{ "function": "billing" }] }',
    );
    const unclosed = '{ "targets": [{ "function": "b|\n}] }';
    assert.equal(
      applied(unclosed, (await complete(session, unclosed))[1]),
      '{ "targets": [{ "function": "billing"\n}] }',
    );
  });

  it("offers AWS's events as schemas and the two calls as API", async () => {
    const schemas = await complete(session, '{ "targets": [{ "schema": "|" }] }');
    assert.deepEqual(
      schemas.map(({ label }) => label),
      eventSchemas.map(({ name }) => name),
    );
    const apis = await complete(session, '{ "targets": [{ "api": "|" }] }');
    assert.deepEqual(
      apis.map(({ label }) => label),
      ['InvokeAsync', 'Invoke'],
    );
  });

  it('offers nothing for keys, for other values, and in other files', async () => {
    const before = asked;
    assert.deepEqual(await complete(session, '{ "targets": [{ "func|" }] }'), []);
    assert.deepEqual(await complete(session, '{ "targets": [{ "payloads": "|" }] }'), []);
    assert.deepEqual(await complete(session, '{ "function": "|" }'), []);
    assert.deepEqual(
      await complete(session, '{ "targets": [{ "function": "|" }] }', 'other.json'),
      [],
    );
    assert.equal(asked, before, 'and does not ask for functions');
  });

  it('asks no client that does not answer', async () => {
    const other = await Session.start();
    try {
      other.connection.onRequest(accountFunctions, () => assert.fail('asked'));
      assert.deepEqual(await complete(other, '{ "targets": [{ "function": "|" }] }'), []);
    } finally {
      await other.stop();
    }
  });
});

/** The items at `|`. */
async function complete(
  session: Session,
  marked: string,
  path = '.lambda/targets.json',
): Promise<CompletionItem[]> {
  const text = marked.replace('|', '');
  await session.open(path, 'json', text);
  const items = await session.connection.sendRequest<CompletionItem[] | null>(
    'textDocument/completion',
    { textDocument: { uri: session.uri(path) }, position: positionAt(text, marked.indexOf('|')) },
  );
  await session.close(path);
  return items ?? [];
}

function applied(marked: string, item: CompletionItem | undefined): string {
  const document = TextDocument.create('', 'json', 0, marked.replace('|', ''));
  return TextDocument.applyEdits(document, [item?.textEdit as TextEdit]);
}

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getLanguageService, type JSONSchema } from 'vscode-json-languageservice';
import type { CompletionItem, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { awsEvents } from '../../src/core/events/events';
import { accountFunctions } from '../../src/protocol/messages';
import { repository } from '../support/repository';
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

  const values: readonly (readonly [key: string, values: readonly string[]])[] = [
    ['function', ['orders', 'billing']],
    ['schema', awsEvents.map(({ name }) => name)],
    ['api', ['InvokeAsync', 'Invoke']],
  ];
  for (const [key, expected] of values) {
    it(`offers each value of "${key}" once, together with the editor's own JSON Schema`, async () => {
      const marked = `{ "targets": [{ "${key}": "|" }] }`;
      const labels = [...(await complete(session, marked)), ...(await completeBySchema(marked))];
      assert.deepEqual(
        labels.map(({ label }) => label.replaceAll('"', '')),
        expected,
      );
    });
  }

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

/** The items of an editor that knows the JSON Schema that the extension contributes. */
async function completeBySchema(marked: string): Promise<CompletionItem[]> {
  const service = getLanguageService({});
  const schema = await readFile(join(repository, 'media/schemas/targets.schema.json'), 'utf8');
  const fileMatch = ['targets.json'];
  service.configure({
    schemas: [{ uri: 'schema:targets', fileMatch, schema: JSON.parse(schema) as JSONSchema }],
  });
  const document = TextDocument.create('file:///targets.json', 'json', 0, marked.replace('|', ''));
  const position = document.positionAt(marked.indexOf('|'));
  const json = service.parseJSONDocument(document);
  return (await service.doComplete(document, position, json))?.items ?? [];
}

function applied(marked: string, item: CompletionItem | undefined): string {
  const document = TextDocument.create('', 'json', 0, marked.replace('|', ''));
  return TextDocument.applyEdits(document, [item?.textEdit as TextEdit]);
}

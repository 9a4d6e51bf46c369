import assert from 'node:assert/strict';
import type {
  CompletionItem,
  Diagnostic,
  DocumentLink,
  TextDocumentEdit,
  TextEdit,
} from 'vscode-languageserver/node';
import { Session } from './session';

const path = '.lambda/local.json';

/** A configuration with one function for each handler. */
function configuration(...handlers: readonly string[]): string {
  const functions = handlers.map((handler, index) => `"f${index}": { "handler": "${handler}" }`);
  return `{\n  "functions": {\n    ${functions.join(',\n    ')}\n  }\n}\n`;
}

describe('.lambda/local.json', () => {
  let session: Session;
  before(async () => {
    session = await Session.start({
      files: {
        'handlers/orders.js': 'exports.place = async () => {};\nexports.cancel = async () => {};',
        'src/bills.ts':
          'export const handler = async (event: unknown): Promise<void> => {};\nexport type Bill = string;',
        'src/bills.test.ts': 'export const handler = 1;',
        'src/all.mjs': "export * from './other.mjs';",
        'src/dotted.name.js': 'exports.handler = () => {};',
        'shop/app.py':
          'import json\n\ndef lambda_handler(event, context):\n    return 1\n\ndef _own():\n    pass\n',
        '.venv/lib/site.py': 'def handler(event, context): pass',
        'node_modules/x/index.js': 'exports.handler = () => {};',
      },
    });
  });
  afterEach(() => session.close(path));
  after(() => session.stop());

  const said = async (...handlers: readonly string[]) =>
    (await session.open(path, 'json', configuration(...handlers))).map(
      ({ code, message, range }) => `${range.start.line - 1} ${code}: ${wordsOf(message)}`,
    );

  it('says nothing of handlers that are there', async () => {
    const right = [
      'handlers/orders.place',
      'src/bills.handler',
      'shop/app.lambda_handler',
      'shop.app.lambda_handler',
      // It may export anything.
      'src/all.whatever',
      // For the JSON Schema to tell.
      'handlers/orders',
      '',
    ];
    assert.deepEqual(await said(...right), []);
  });

  it('says which handlers have no file, and which are not exported', async () => {
    const endings = '.js, .mjs, .cjs, .ts, .mts, .cts, .py';
    assert.deepEqual(
      await said('handlers/order.place', 'handlers/orders.remove', 'shop/app.handle'),
      [
        `1 local.handler: There is no file handlers/order with one of the endings ${endings}.`,
        '2 local.handler: handlers/orders.js does not export remove.',
        '3 local.handler: shop/app.py does not export handle.',
      ],
    );
  });

  for (const { wrong, right } of [
    { wrong: 'handlers/order.place', right: 'handlers/orders.place' },
    { wrong: 'handlers/orders.cancle', right: 'handlers/orders.cancel' },
    { wrong: 'shop.app.lambda_handlr', right: 'shop.app.lambda_handler' },
  ]) {
    it(`replaces ${wrong} with ${right}`, async () => {
      const [problem] = await session.open(path, 'json', configuration(wrong));
      assert.ok(problem);
      const [fix] = await session.fixes(path, problem);
      const [change] = (fix?.edit?.documentChanges ?? []) as TextDocumentEdit[];
      const [edit] = (change?.edits ?? []) as TextEdit[];
      assert.equal(edit?.newText, right);
    });
  }

  it('follows files as they come and change', async () => {
    assert.equal((await said('late/new.handler')).length, 1);
    await session.eventuallyWatches((globs) => globs.includes('**/new.ts'));
    await session.write('late/new.ts', 'export const other = 1;', 'created');
    await session.eventually(path, ([one]) => /does not export/.test(wordsOf(one?.message)));
    await session.write('late/new.ts', 'export const handler = 1;');
    await session.eventually(path, (found) => found.length === 0);
  });

  const complete = async (marked: string) => {
    const text = marked.replace('|', '');
    await session.open(path, 'json', text);
    const before = text.slice(0, marked.indexOf('|')).split('\n');
    return session.connection.sendRequest<CompletionItem[] | null>('textDocument/completion', {
      textDocument: { uri: session.uri(path) },
      position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
    });
  };

  for (const typed of ['"|"', '"handlers/|"', '|']) {
    it(`completes the handlers of the project at ${typed}`, async () => {
      const items = await complete(`{ "functions": { "f": { "handler": ${typed} } } }`);
      const offered = items?.map(({ label, detail }) => `${label} (${detail})`).toSorted();
      assert.deepEqual(offered, [
        'handlers/orders.cancel (handlers/orders.js)',
        'handlers/orders.place (handlers/orders.js)',
        'late/new.handler (late/new.ts)',
        'shop/app.lambda_handler (shop/app.py)',
        'src/bills.handler (src/bills.ts)',
      ]);
      const [first] = items ?? [];
      assert.equal((first?.textEdit as TextEdit | undefined)?.newText, `"${first?.label}"`);
    });
  }

  it('links handlers to the lines that export them, as they are typed', async () => {
    const linked = async (...handlers: readonly string[]) => {
      const text = configuration(...handlers);
      const links = await session.connection.sendRequest<DocumentLink[]>(
        'textDocument/documentLink',
        { textDocument: { uri: session.uri(path) } },
      );
      return links.map(({ range: { start, end }, target, tooltip }) => {
        const line = text.split('\n')[start.line] ?? '';
        assert.equal(start.line, end.line);
        const to = target?.replace(`${session.uri('')}/`, '');
        return `${line.slice(start.character, end.character)} → ${to} (${tooltip})`;
      });
    };
    const first = ['handlers/orders.cancel', 'src/bills.handler', 'src/all.whatever', 'src/none.a'];
    await session.open(path, 'json', configuration(...first));
    assert.deepEqual(await linked(...first), [
      'handlers/orders.cancel → handlers/orders.js#L2 (handlers/orders.js)',
      'src/bills.handler → src/bills.ts#L1 (src/bills.ts)',
      'src/all.whatever → src/all.mjs (src/all.mjs)',
    ]);
    const typed = ['shop.app.lambda_handler', 'src/listed.handler', ''];
    await session.write(
      'src/listed.js',
      '// handler\nasync function handler() {}\nmodule.exports = { handler };',
      'created',
    );
    await session.change(path, configuration(...typed));
    assert.deepEqual(await linked(...typed), [
      'shop.app.lambda_handler → shop/app.py#L3 (shop/app.py)',
      'src/listed.handler → src/listed.js#L2 (src/listed.js)',
    ]);
    await session.open('handlers.json', 'json', configuration('handlers/orders.place'));
    assert.deepEqual(
      await session.connection.sendRequest('textDocument/documentLink', {
        textDocument: { uri: session.uri('handlers.json') },
      }),
      [],
    );
    await session.remove('src/listed.js');
  });

  it('completes nothing where no handler belongs', async () => {
    for (const text of ['{ "functions": { "f": { "timeout": | } } }', '{ "functions": { "|" } }']) {
      assert.deepEqual(await complete(text), []);
      await session.close(path);
    }
  });
});

function wordsOf(message: Diagnostic['message'] = ''): string {
  return typeof message === 'string' ? message : message.value;
}

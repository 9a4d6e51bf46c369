import assert from 'node:assert/strict';
import type { Hover, TextDocumentEdit, TextEdit } from 'vscode-languageserver/node';
import { Session } from './session';

const targets = `{
  "targets": [
    { "payloads": "events/a.json", "function": "a" },
    { "payloads": "events/*.json", "function": "b", "schema": "schemas/order.json" },
    { "payloads": "events/c.json", "function": "c" },
    { "payloads": "orders/*.json", "function": "d", "schema": "aws:sqs" }
  ]
}
`;

describe('.lambda/targets.json', () => {
  let session: Session;
  before(async () => {
    session = await Session.start({
      files: { 'events/a.json': '{}', 'events/b.json': '{}', 'events/c.json': '{}' },
    });
  });
  after(() => session.stop());

  it('says which globs match nothing, which targets never win, which schemas are not there', async () => {
    const found = await session.open('.lambda/targets.json', 'json', targets);
    assert.deepEqual(
      found.map(({ code, range }) => [code, range.start.line]),
      [
        ['payload.schema', 3],
        ['target.shadowed', 4],
        ['target.no-match', 5],
      ],
    );
  });

  it('follows files and schemas as they come', async () => {
    await session.write('orders/new.json', '{}', 'created');
    await session.eventually('.lambda/targets.json', (found) => found.length === 2);
    await session.write('schemas/order.json', '{}', 'created');
    await session.eventually('.lambda/targets.json', (found) => found.length === 1);
  });

  it('follows folders as they go, of which editors tell alone', async () => {
    await session.remove('orders');
    const noMatch = await session.eventually('.lambda/targets.json', (found) => found.length === 2);
    assert.equal(noMatch[1]?.code, 'target.no-match');
    await session.remove('schemas');
    const noSchema = await session.eventually('.lambda/targets.json', (found) => found.length > 2);
    assert.equal(noSchema[0]?.code, 'payload.schema');
  });

  it('tells on a glob which files it matches and which go to another target', async () => {
    const hover = await session.connection.sendRequest<Hover>('textDocument/hover', {
      textDocument: { uri: session.uri('.lambda/targets.json') },
      position: { line: 3, character: 22 },
    });
    const { value } = hover.contents as { value: string };
    assert.match(value, /Matches 3 files\.\n\n.*1 file goes to `events\/a\.json` above/s);
    assert.match(
      value,
      /- `events\/b\.json`\n- `events\/c\.json`\n\nGo to an earlier target:\n\n- `events\/a\.json`/,
    );
    assert.equal(hover.range?.start.line, 3);
  });
});

describe('names of files and globs of others', () => {
  it('stay text in the hover over a glob', async function () {
    // Windows has no such names.
    if (process.platform === 'win32') this.skip();
    const files = {
      'events/b\n\n[x](command:invokeAsync.openExample)\n\n.json': '{}',
      'events/`` [y](command:z) ``.json': '{}',
      'events/a.json': '{}',
    };
    const hostileGlob = '{events/a.json,events/a*\n\n![z](command:z)\n}';
    const text = JSON.stringify({
      targets: [
        { payloads: hostileGlob, function: 'f' },
        { payloads: 'events/*.json', function: 'f' },
      ],
    });
    const session = await Session.start({ files });
    try {
      await session.open('.lambda/targets.json', 'json', text);
      const hover = await session.hover('.lambda/targets.json', text, 'events/*.json');
      assert.ok(hover);
      const paragraphs = (hover.contents as { value: string }).value.split('\n\n');
      assert.equal(
        paragraphs[1],
        'The first matching target wins: 1 file goes to `{events/a.json,events/a*\\n\\n![z](command:z)\\n}` above.',
      );
      assert.equal(
        paragraphs[2],
        [
          '- ```events/`` [y](command:z) ``.json```',
          '- `events/b\\n\\n[x](command:invokeAsync.openExample)\\n\\n.json`',
        ].join('\n'),
      );
      assert.equal(paragraphs.length, 5);
    } finally {
      await session.stop();
    }
  });
});

describe('a schema that is typed in .lambda/targets.json', () => {
  const naming = (schema: string) =>
    JSON.stringify({ targets: [{ payloads: 'events/*.json', function: 'f', schema }] });

  it('is watched for as long as it is named, whatever it was on the way', async () => {
    const session = await Session.start({ files: { 'events/a.json': '{}' } });
    try {
      await session.open('.lambda/targets.json', 'json', naming('ty'));
      await session.open('events/a.json', 'json', '{}');
      await session.eventuallyWatches((globs) => globs.includes('**/ty'));
      await session.change('.lambda/targets.json', naming('types/order.schema'));
      await session.eventuallyWatches(
        (globs) => globs.includes('**/order.schema') && !globs.includes('**/ty'),
      );
      await session.close('events/a.json');
      await session.change('.lambda/targets.json', naming('aws:sqs'));
      await session.close('.lambda/targets.json');
      await session.eventuallyWatches((globs) => !globs.includes('**/events'));
    } finally {
      await session.stop();
    }
  });
});

describe('a glob that leads out of the workspace folder, or is spelled as no path of it is', () => {
  it('matches nothing, as no payload gets it for a target', async () => {
    const session = await Session.start({
      folders: ['app'],
      files: { 'app/events/a.json': '{}', 'other/a.json': '{}' },
    });
    try {
      const globs = [
        '/events/*.json',
        '../other/*.json',
        'events/../events/a.json',
        'events//a.json',
      ];
      const entries = globs.map((payloads) => ({ payloads, function: 'f' }));
      const found = await session.open(
        'app/.lambda/targets.json',
        'json',
        JSON.stringify({ targets: entries }),
      );
      assert.deepEqual(
        found.map(({ code }) => code),
        globs.map(() => 'target.no-match'),
      );
    } finally {
      await session.stop();
    }
  });
});

describe('a .lambda/targets.json that is nested too deeply to be read', () => {
  it('names no target, and payloads are checked as ever', async () => {
    const text = `{"targets":${'['.repeat(50_000)}`;
    const session = await Session.start({ files: { '.lambda/targets.json': text } });
    try {
      const [found] = await session.open('events/a.json', 'json', '{');
      assert.equal(found?.code, 'payload.syntax');
      assert.deepEqual(await session.open('.lambda/targets.json', 'json', text), []);
    } finally {
      await session.stop();
    }
  });
});

describe('a payload that is too large for InvokeAsync', () => {
  const large = JSON.stringify({ text: 'x'.repeat(300 * 1024) });

  it('can be sent with Invoke by a fix that begins .lambda/targets.json', async () => {
    const session = await Session.start();
    try {
      const path = '.lambda/payloads/orders/large.json';
      const [found] = await session.open(path, 'json', large);
      assert.ok(found);
      const [fix] = await session.fixes(path, found);
      assert.equal(fix?.title, 'Use Invoke for this payload');
      const [create, edit] = fix.edit?.documentChanges ?? [];
      assert.deepEqual(create, {
        kind: 'create',
        uri: session.uri('.lambda/targets.json'),
        options: { ignoreIfExists: true },
      });
      const newText = (edit as TextDocumentEdit).edits
        .map((one) => (one as TextEdit).newText)
        .join('');
      await session.open('.lambda/targets.json', 'json', newText);
      await session.eventually(path, (diagnostics) => diagnostics.length === 0);
    } finally {
      await session.stop();
    }
  });

  it('can be sent with Invoke by a command of a client that writes the file itself', async () => {
    const session = await Session.start({ initializationOptions: { useInvokeCommand: true } });
    try {
      const path = '.lambda/payloads/orders/large.json';
      const [found] = await session.open(path, 'json', large);
      assert.ok(found);
      const [fix] = await session.fixes(path, found);
      assert.equal(fix?.edit, undefined);
      assert.deepEqual(fix?.command, {
        title: 'Use Invoke for this payload',
        command: 'invokeAsync.useInvoke',
        arguments: [{ uri: session.uri(path) }],
      });
    } finally {
      await session.stop();
    }
  });

  it('has no such fix when it is too large for Invoke, too', async () => {
    const session = await Session.start();
    try {
      const path = '.lambda/payloads/orders/huge.json';
      const [found] = await session.open(path, 'json', JSON.stringify('x'.repeat(1_100_000)));
      assert.equal(found?.code, 'payload.too-large');
      assert.deepEqual(await session.fixes(path, found), []);
    } finally {
      await session.stop();
    }
  });
});

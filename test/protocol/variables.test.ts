import assert from 'node:assert/strict';
import type { CompletionItem } from 'vscode-languageserver/node';
import { positionAt, Session } from './session';

const targets = `{
  "environments": {
    "dev": { "variables": { "alias": "latest" } },
    "prod": { "variables": { "alias": "live", "tier": "gold" } }
  },
  "targets": [
    { "payloads": "events/a*.json", "function": "orders-\${env}:\${alias}", "schema": "a.schema.json", "variables": true },
    { "payloads": "events/*.json", "function": "orders" }
  ]
}
`;
const schema = '{ "properties": { "n": { "type": "integer" }, "at": { "format": "date-time" } } }';

describe('variables', () => {
  let session: Session;
  before(async () => {
    session = await Session.start({
      files: { '.lambda/targets.json': targets, 'a.schema.json': schema },
    });
  });
  after(() => session.stop());

  it('are checked as they are typed, and what they stand for is not', async () => {
    const text = '{ "at": "${now}", "n": "x", "who": "${env.USER} ${tier} ${alias} ${gone}" }';
    const found = await session.open('events/a.json', 'json', text);
    const written = found.map(({ code, range }) => [
      code,
      text.slice(range.start.character, range.end.character),
    ]);
    assert.deepEqual(written, [
      ['payload.schema', '"x"'],
      ['payload.variable', '${tier}'],
      ['payload.variable', '${gone}'],
    ]);
  });

  it('are text where the target does not say so', async () => {
    assert.deepEqual(await session.open('events/b.json', 'json', '{ "a": "${gone}" }'), []);
    assert.deepEqual(await labelsIn('events/c.json', '{ "a": "${|" }'), []);
  });

  /** The labels at the bar. */
  const labelsIn = async (path: string, marked: string) => {
    const text = marked.replace('|', '');
    await session.open(path, 'json', text);
    const items = await session.connection.sendRequest<CompletionItem[] | null>(
      'textDocument/completion',
      {
        textDocument: { uri: session.uri(path) },
        position: positionAt(text, marked.indexOf('|')),
      },
    );
    return (items ?? []).map(({ label }) => label);
  };

  it('are completed in payloads, and in the functions of targets', async () => {
    assert.deepEqual(await labelsIn('events/a2.json', '{ "a": "x ${u|}" }'), [
      '${uuid}',
      '${now}',
      '${input:Question}',
      '${env.NAME}',
      '${env}',
      '${alias}',
      '${tier}',
    ]);
    assert.deepEqual(await labelsIn('.lambda/targets.json', targets.replace('${alias}', '${|}')), [
      '${env}',
      '${alias}',
      '${tier}',
    ]);
  });

  it('are explained', async () => {
    await session.open('events/a3.json', 'json', '{ "a": "${alias}" }');
    const hover = await session.hover('events/a3.json', '{ "a": "${alias}" }', '${alias}');
    const { value } = (hover?.contents ?? { value: '' }) as { readonly value: string };
    assert.equal(
      value,
      'A variable of the selected environment\n\n- `dev`: `latest`\n- `prod`: `live`',
    );
  });
});

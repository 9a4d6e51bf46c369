import assert from 'node:assert/strict';
import type { Hover } from 'vscode-languageserver/node';
import {
  functionAt,
  type FunctionAtResult,
  type PlaceOfFunction,
} from '../../src/protocol/messages';
import { Session } from './session';

const arn = 'arn:aws-cn:lambda:cn-north-1:123456789012:function:orders:live';
const script = `# deploys\naws lambda get-function --function-name "${arn}"\n`;
const targets = `{ "targets": [
  { "payloads": "events/a.json", "function": "orders", "region": "eu-central-1", "profile": "dev (new)" },
  { "payloads": "events/b.json", "function": "orders:7" }
] }`;

describe('hover over a function identifier', () => {
  let session: Session;
  before(async () => {
    session = await Session.start({
      settings: { region: 'us-west-2' },
      initializationOptions: { commandLinks: true },
    });
    await session.open('deploy.sh', 'shellscript', script);
    await session.open('.lambda/targets.json', 'json', targets);
  });
  after(() => session.stop());

  it('names the parts of an ARN in any document, over the whole of it and nowhere else', async () => {
    const hover = await session.hover('deploy.sh', script, 'function:orders');
    assert.match(value(hover), /- account `123456789012`/);
    assert.match(value(hover), /- alias `live`/);
    const start = script.split('\n')[1]?.indexOf(arn) ?? -1;
    assert.deepEqual(hover?.range, {
      start: { line: 1, character: start },
      end: { line: 1, character: start + arn.length },
    });
    assert.equal(await session.hover('deploy.sh', script, 'deploys'), null);
    assert.equal(await session.hover('deploy.sh', script, 'get-function'), null);
  });

  it("links to the console of the ARN's partition, and to the command with the function", async () => {
    const text = value(await session.hover('deploy.sh', script, 'function:orders'));
    assert.match(text, /\(https:\/\/cn-north-1\.console\.amazonaws\.cn\/lambda\/home/);
    const [place, ...more] = commandArguments(text);
    assert.deepEqual(more, []);
    assert.ok(place);
    // The place of the identifier, and nothing that decides where an event goes.
    const { version } = place;
    const offset = script.indexOf(arn);
    assert.deepEqual(place, { uri: session.uri('deploy.sh'), version, offset });
    assert.deepEqual(await asked(place), { functionName: arn });
  });

  it('tells nothing of a place in another version, outside an identifier, or in no open document', async () => {
    const text = value(await session.hover('deploy.sh', script, 'function:orders'));
    const [place] = commandArguments(text);
    assert.ok(place);
    for (const other of [
      { ...place, version: place.version - 1 },
      { ...place, offset: 0 },
      { ...place, uri: session.uri('elsewhere.sh') },
    ]) {
      assert.equal(await asked(other), null);
    }
  });

  it('takes region and profile of a target along, and else the region of the settings', async () => {
    const first = value(await session.hover('.lambda/targets.json', targets, 'orders"'));
    assert.match(first, /eu-central-1\.console/);
    const [place] = commandArguments(first);
    assert.ok(place);
    assert.deepEqual(await asked(place), {
      functionName: 'orders',
      profile: 'dev (new)',
      region: 'eu-central-1',
    });
    const second = value(await session.hover('.lambda/targets.json', targets, 'orders:7'));
    assert.match(second, /- version `7`/);
    assert.match(second, /us-west-2\.console/);
  });

  async function asked(place: PlaceOfFunction): Promise<FunctionAtResult | null> {
    return session.connection.sendRequest<FunctionAtResult | null>(functionAt, place);
  }

  it('has no command link for an editor that has no such command', async () => {
    const other = await Session.start();
    try {
      await other.open('deploy.sh', 'shellscript', script);
      const text = value(await other.hover('deploy.sh', script, 'function:orders'));
      assert.match(text, /- alias `live`/);
      assert.doesNotMatch(text, /command:/);
    } finally {
      await other.stop();
    }
  });
});

function value(hover: Hover | null): string {
  assert.ok(hover, 'there is a hover');
  return (hover.contents as { value: string }).value;
}

/** What the link of a hover hands to its command. */
function commandArguments(markdown: string): PlaceOfFunction[] {
  const link = /\(command:invokeAsync\.invokeHovered\?([^()]*)\)/.exec(markdown)?.[1];
  return JSON.parse(decodeURIComponent(link ?? '[]')) as PlaceOfFunction[];
}

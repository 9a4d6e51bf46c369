import assert from 'node:assert/strict';
import { LanguageServer } from '../../../src/client/languageServer/languageServer';
import { EventEmitter, standIn, Uri } from '../../support/vscode';
import { FakeUi } from './fakeUi';

const noTargets = async () => false;

const program = { module: 'server.js', compileCache: 'compileCache' };

const answers = {
  accountFunctions: async () => [],
  chosenRegion: () => undefined,
  onDidChooseRegion: new EventEmitter<void>().event,
};

describe('a language server that does not start', () => {
  beforeEach(() => standIn.reset());

  it('holds no event back, and the output has the reason', async () => {
    const user = new FakeUi();
    // The language client needs an editor, which there is none of here.
    const server = new LanguageServer(program, answers, user.ui, noTargets);
    const params = { uri: 'file:///a.json', text: '{}', api: 'Invoke' } as const;
    assert.equal(await server.checkPayload(params, 60_000), undefined);
    assert.equal(user.lines.length, 1);
    assert.match(user.lines[0] ?? '', /^The language server failed: ./);
    await server.stop();
    server.dispose();
  });
});

describe('the language server', () => {
  beforeEach(() => standIn.reset());

  const cases: readonly (readonly [path: string, hasTarget: boolean, starts: boolean])[] = [
    ['events/a.jsonl', false, true],
    ['.lambda/payloads/orders/a.ndjson', false, true],
    ['data/train.jsonl', false, false],
    ['data/train.jsonl', true, true],
    ['data/train.json', true, false],
  ];
  for (const [path, hasTarget, starts] of cases) {
    const target = hasTarget ? ', which has a target' : '';
    it(`${starts ? 'starts for' : 'does not start for'} ${path}${target}`, async () => {
      const uri = Uri.file(`${standIn.open('/workspace').uri.path}/${path}`);
      standIn.documents = [{ uri, getText: () => '{}', isDirty: false, encoding: 'utf8' }];
      const user = new FakeUi();
      const targets = Promise.resolve(hasTarget);
      const server = new LanguageServer(program, answers, user.ui, () => targets);
      await targets;
      // Whoever asks for it is told that it cannot start here: the document that it was to start for, and we.
      await server.checkPayload({ text: '{}', api: 'Invoke' }, 60_000);
      assert.equal(user.lines.length, starts ? 2 : 1);
      await server.stop();
      server.dispose();
    });
  }
});

import assert from 'node:assert/strict';
import { LanguageServer } from '../../../src/client/languageServer/languageServer';
import { standIn } from '../../support/vscode';
import { FakeUi } from './fakeUi';

const noTargets = async () => false;

describe('a language server that does not start', () => {
  beforeEach(() => standIn.reset());

  it('holds no event back, and the output has the reason', async () => {
    const user = new FakeUi();
    // The language client needs an editor, which there is none of here.
    const server = new LanguageServer(
      'server.js',
      { accountFunctions: () => [] },
      user.ui,
      noTargets,
    );
    const params = { uri: 'file:///a.json', text: '{}', api: 'Invoke' } as const;
    assert.equal(await server.checkPayload(params, 60_000), undefined);
    assert.equal(user.lines.length, 1);
    assert.match(user.lines[0] ?? '', /^The language server failed: ./);
    await server.stop();
    server.dispose();
  });
});

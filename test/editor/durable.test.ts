import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import { type AnswerLoser, startAnswerLoser } from '../support/answerLoser';
import { invoke, workspaceFile } from './commands';
import { resetTo } from './reset';
import { Screen } from './screen';

const view = 'Invocations';
const handlers = `
import { appendFileSync } from 'node:fs';
export const charge = async ({ order }) => {
  appendFileSync('charged.txt', order + ' ');
  return { charged: order };
};
export const settle = () => new Promise(() => setInterval(() => {}, 1000));
`;

describe('a durable execution', () => {
  let screen: Screen;
  let reset: () => Promise<void>;
  let endpoint: string;
  before(async function () {
    screen = Screen.of(this);
    reset = await resetTo();
    const functions = {
      charge: { handler: 'charges.charge', durable: true, concurrency: 1 },
      settle: { handler: 'charges.settle', durable: true, timeout: 900 },
    };
    await write('charges.mjs', handlers);
    await write('.lambda/local.json', JSON.stringify({ functions }));
    await commands.executeCommand('invokeAsync.startLocal');
    // The output may still end with what an earlier suite has started.
    const listening = /listening on\s+(http\S+)\s+with\s+charge,\s+settle/;
    endpoint = listening.exec(await screen.waitForOutput(listening))?.[1] ?? '';
    await screen.openView('Lambda');
  });
  beforeEach(async () => {
    await commands.executeCommand('notifications.clearAll');
    await commands.executeCommand('invokeAsync.clearInvocations', { ask: false });
  });
  after(async () => {
    await commands.executeCommand('invokeAsync.stopLocal');
    await reset();
  });

  const write = async (path: string, text: string) =>
    workspace.fs.writeFile(workspaceFile(path), Buffer.from(text));
  const send = (durableName: string, payload: object, more: object = {}) =>
    invoke({
      functionName: 'charge:live',
      payload: JSON.stringify(payload),
      durableName,
      region: 'us-east-1',
      ...more,
    });
  const follow = async (row: string) => {
    await screen.contextMenu(row, view);
    await screen.chooseMenuItem('Follow Durable Execution');
  };

  it('is followed to its result, with what it was given', async () => {
    const outcome = await send('charge-7', { order: 7 });
    assert.deepEqual([outcome.kind, outcome.api], ['accepted', 'Invoke']);
    await screen.waitForRow(/^charge:live, /, view);
    await follow('charge:live');
    await screen.waitForOutput(/Durable execution charge-7: SUCCEEDED/);
    const output = await screen.waitForOutput(/Result: \{"charged":7\}/);
    assert.match(output, /Durable execution charge-7: .*input \{"order":7\}/);
    await screen.waitForRow(/^charge:live, Succeeded/, view);
  });

  it('is stopped after a question', async () => {
    await send('settle-7', {}, { functionName: 'settle:live' });
    await screen.waitForRow(/^settle:live, /, view);
    await screen.contextMenu('settle:live', view);
    await screen.chooseMenuItem('Stop Durable Execution…');
    await screen.pressDialogButton(/Stop the durable execution settle-7\?/, 'Stop');
    await screen.waitForOutput(/Durable execution settle-7 was stopped/);
    await screen.waitForRow(/^settle:live, Failed/, view);
    await follow('settle:live');
    await screen.waitForOutput(/Durable execution settle-7: STOPPED · after /);
  });

  it('whose outcome is unknown is sent again safely: its handler runs once', async () => {
    const lossy: AnswerLoser = await startAnswerLoser(endpoint);
    try {
      const lost = await send('charge-8', { order: 8 }, { endpoint: lossy.url });
      assert.equal(lost.kind, 'unknown');
      await screen.waitForRow(/^charge:live, Outcome unknown/, view);
      await screen.contextMenu('charge:live', view);
      await screen.chooseMenuItem('Send Again Safely');
      await screen.waitForRow(/^charge:live, Queued/, view);
      // Its events run one after the other.
      await send('charge-9', { order: 9 }, { endpoint: lossy.url });
      await screen.waitForRows(['charge:live', 'charge:live', 'charge:live'], view);
      await follow('charge:live');
      await screen.waitForOutput(/Durable execution charge-9: SUCCEEDED/);
      const charged = await workspace.fs.readFile(workspaceFile('charged.txt'));
      assert.match(charged.toString(), /\b8 9 $/);
      assert.equal(
        charged
          .toString()
          .split(' ')
          .filter((order) => order === '8').length,
        1,
      );
    } finally {
      await lossy.stop();
    }
  });
});

import assert from 'node:assert/strict';
import { commands, type LanguageModelTextPart, lm } from 'vscode';
import { contributes } from '../../package.json';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { set } from './commands';
import { Screen } from './screen';

describe('the tools for agents', () => {
  let screen: Screen;
  let server: FaultServer;
  let restore: () => Promise<void>;
  before(async function () {
    screen = Screen.of(this);
    server = await startFaultServer(faults.accepts);
    restore = await set(
      { endpoint: server.url, region: 'eu-west-1', 'agents.send': false },
      { ofUser: true },
    );
  });
  after(async () => {
    await restore();
    await server.stop();
  });

  const event = { functionName: 'orders', payload: '{"n": 1}' };
  const call = async (name: string, input: object = {}) => {
    const tool = `invokeAsync_${name}`;
    const { content } = await lm.invokeTool(tool, { input, toolInvocationToken: undefined });
    const [part] = content as readonly LanguageModelTextPart[];
    return JSON.parse(part?.value ?? '') as Readonly<Record<string, unknown>>;
  };
  const allow = async () => set({ 'agents.send': true }, { ofUser: true });

  it('are all known to the editor', () => {
    const known = new Set(lm.tools.map(({ name }) => name));
    const missing = contributes.languageModelTools.filter(({ name }) => !known.has(name));
    assert.deepEqual(missing, []);
  });

  it('list the payloads of the workspace', async () => {
    const { payloads } = await call('list_payloads');
    assert.ok((payloads as readonly { readonly path: string }[]).length > 1);
  });

  it('validate a payload', async () => {
    const { lambdaAccepts } = await call('check_payload', { payload: '{ n: 1 }' });
    assert.equal(lambdaAccepts, false);
  });

  it('send nothing while the setting forbids it, and ask nothing', async () => {
    const { kind, meaning } = await call('send_event', event);
    assert.equal(kind, 'notSent');
    assert.match(String(meaning), /invokeAsync\.agents\.send/);
    assert.deepEqual(server.requests, []);
  });

  it('have the editor ask before an event, with where it goes', async () => {
    await allow();
    const refused = call('send_event', event);
    const text = await screen.dialogText(/Send this event to orders\?/);
    assert.match(text, /JSON written by the agent, 8 bytes, with InvokeAsync · eu-west-1/);
    await screen.pressDialogButton(/Send this event to orders\?/, 'Cancel');
    await assert.rejects(refused, /Canceled/);
    assert.deepEqual(server.requests, []);
  });

  it('send what the user agrees to, once', async () => {
    await allow();
    const sent = call('send_event', event);
    await screen.pressDialogButton(/Send this event to orders\?/, 'Yes');
    const { kind, maySendAgain } = await sent;
    assert.deepEqual([kind, maySendAgain], ['accepted', false]);
    assert.deepEqual(
      server.requests.map(({ body }) => body.toString()),
      ['{"n": 1}'],
    );
    await screen.openView('Lambda');
    await screen.waitForRow(/orders/, 'Invocations');
  });

  it('are offered by a server, too, which the editor finds', async () => {
    void commands.executeCommand('workbench.mcp.listServer');
    await screen.waitForPick(/Lambda Invoke Async/);
    await screen.press('Escape');
  });
});

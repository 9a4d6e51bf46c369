import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Uri } from 'vscode';
import { LocalConfiguration } from '../../../src/client/localLambda/localConfiguration';
import { parseConfiguration } from '../../../src/local/configurationText';
import type { LocalFunctionsResult } from '../../../src/protocol/messages';
import { buildHandlerProcess } from '../../support/localLambda';
import { type Client, startClient } from './client';

describe('Lambda: Configure Local Lambda', () => {
  let client: Client;
  beforeEach(async () => {
    client = await startClient({ handlerProcess: await buildHandlerProcess() });
  });
  afterEach(() => client.dispose());

  const file = () => join(client.folder.uri.fsPath, '.lambda/local.json');
  const opened = () =>
    client.user.ran.filter(({ id }) => id === 'show').map(({ given }) => (given[0] as Uri).fsPath);
  const configuration = (found: Partial<LocalFunctionsResult>, onAsked?: () => void) =>
    new LocalConfiguration(
      { running: undefined },
      {
        localFunctions: async () => {
          onAsked?.();
          return { functions: [], files: [], leftOut: [], ...found };
        },
      },
      client.user.ui,
    );
  const read = () => readFileSync(file(), 'utf8');
  const faults = () => {
    const place = { folder: client.folder.uri.fsPath, lastModified: 0 };
    return parseConfiguration(read(), place).faults;
  };

  it('writes what the project declares, and opens it', async () => {
    client.write('template.yaml', '');
    await configuration({
      functions: [
        { name: 'orders', handler: 'orders/app.handler', timeout: 7, environment: { TABLE: 't' } },
        { name: 'bills', handler: 'bills.handler' },
      ],
      files: ['template.yaml'],
      leftOut: ['Java (java21)'],
    }).configure();
    assert.deepEqual(JSON.parse(read()), {
      functions: {
        orders: { handler: 'orders/app.handler', timeout: 7, environment: { TABLE: 't' } },
        bills: { handler: 'bills.handler' },
      },
    });
    assert.deepEqual(faults(), []);
    assert.deepEqual(opened(), [file()]);
    assert.equal(
      client.user.shown.at(-1),
      '.lambda/local.json has 2 functions, from template.yaml. Left out: Java (java21).',
    );
  });

  it('writes an example where the project declares nothing', async () => {
    await client.commands['invokeAsync.configureLocal']();
    assert.deepEqual(Object.keys((JSON.parse(read()) as { functions: object }).functions), [
      'my-function',
    ]);
    assert.deepEqual(faults(), []);
    assert.match(client.user.shown.at(-1) ?? '', /has an example/);
  });

  it('opens a file that is there, and never writes over it', async () => {
    client.write('.lambda/local.json', 'mine');
    await client.commands['invokeAsync.configureLocal']();
    assert.deepEqual(opened(), [file()]);
    assert.equal(read(), 'mine');
    assert.deepEqual(client.user.shown, []);
  });

  it('leaves one that somebody writes meanwhile', async () => {
    client.write('template.yaml', '');
    await configuration({}, () => client.write('.lambda/local.json', 'theirs')).configure();
    assert.equal(read(), 'theirs');
    assert.deepEqual(opened(), [file()]);
  });

  it('is offered where Local Lambda starts without the file, which it then reads', async () => {
    await client.commands['invokeAsync.startLocal']();
    await client.user.offered(/^Local Lambda has no functions yet\./);
    assert.ok(!existsSync(file()), 'nothing is written before the user says so');
    await client.user.press('Write local.json');
    assert.deepEqual(opened(), [file()]);
    assert.deepEqual(client.known.localLambda.running?.functions(), ['my-function']);
  });

  it('is not offered where the file is there', async () => {
    client.write('.lambda/local.json', '{ "functions": {} }');
    await client.commands['invokeAsync.startLocal']();
    const { running } = client.known.localLambda;
    const offers = { running };
    const { ui } = client.user;
    const server = { localFunctions: async () => assert.fail('nobody asked') };
    await new LocalConfiguration(offers, server, ui).offer();
    assert.deepEqual(client.user.shown, []);
  });
});

import assert from 'node:assert/strict';
import { startFaultServer } from '../support/faultServer';
import { faults } from '../support/faults';
import { invoke } from './commands';
import { Screen } from './screen';
import { writtenFiles } from './writtenFiles';

/** After all other suites, as index.ts has it. */
describe('what is written by the end', () => {
  const sessionToken = 'session-token-that-nobody-may-see';
  const event = 'event-that-nobody-may-see';

  before(async function () {
    const screen = Screen.of(this);
    process.env['AWS_SESSION_TOKEN'] = sessionToken;
    try {
      for (const fault of ['accepts', 'nullMessage', 'resetsBeforeHeaders'] as const) {
        const server = await startFaultServer(faults[fault]);
        await invoke({
          functionName: 'orders',
          payload: { event },
          region: 'us-east-1',
          endpoint: server.url,
        });
        await server.stop();
      }
    } finally {
      delete process.env['AWS_SESSION_TOKEN'];
    }
    await screen.waitForOutput(/Outcome unknown/);
  });

  it('tells of the invocations', async () => {
    const texts = (await writtenFiles()).map(({ text }) => text);
    assert.ok(
      texts.some((text) => text.includes('"functionName":"orders"')),
      'the history',
    );
    assert.ok(
      texts.some((text) => text.includes('InvokeAsync → orders')),
      'the output',
    );
  });

  const secrets = {
    'secret key': process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
    'session token': sessionToken,
    'text of a payload': event,
  };
  for (const [what, secret] of Object.entries(secrets)) {
    it(`holds no ${what}`, async () => {
      assert.notEqual(secret, '');
      const holding = (await writtenFiles()).filter(({ text }) => text.includes(secret));
      assert.deepEqual(
        holding.map(({ path }) => path),
        [],
      );
    });
  }
});

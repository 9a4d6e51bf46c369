import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mock } from 'node:test';
import type { AwsCredentialIdentity } from '@smithy/types';
import { KeptCredentials } from '../../../src/aws/keptCredentials';
import { resolveConnection } from '../../../src/aws/main';
import { Sender } from '../../../src/aws/sender';
import { type AwsFiles, awsFiles } from '../../support/awsFiles';
import { answer, errorAnswer, type Fault, startFaultServer } from '../../support/faultServer';
import { faults } from '../../support/faults';

const minute = 60_000;
const event = { api: 'Invoke', functionName: 'f', payload: Buffer.from('{}') } as const;

describe('the credentials of many events', () => {
  let files: AwsFiles;
  const stopped: (() => unknown)[] = [];
  beforeEach(async () => {
    files = await awsFiles();
    stopped.push(files.remove);
  });
  afterEach(async () => {
    for (const stop of stopped.splice(0).toReversed()) await stop();
  });

  async function start(fault: Fault) {
    const server = await startFaultServer(fault);
    const connection = await resolveConnection({
      endpoint: server.url,
      region: 'eu-west-1',
      profile: 'p',
      timeoutMs: 5000,
      environment: files.environment,
    });
    const sender = new Sender(connection, { connections: 8 });
    stopped.push(server.stop, () => sender.close());
    const signers = () =>
      server.requests.map(
        ({ headers }) => /Credential=([^/]+)/.exec(headers['authorization'] ?? '')?.[1],
      );
    return { sender, signers };
  }
  const keys = (id: string) => `[p]\naws_access_key_id = ${id}\naws_secret_access_key = s\n`;

  it('are looked up once', async () => {
    const runs = join(files.configPath, '../runs');
    const found = `{"Version":1,"AccessKeyId":"AKPROC","SecretAccessKey":"s"}`;
    await files.write({
      config: `[profile p]\ncredential_process = sh -c 'echo run >> "${runs}"; echo '"'"'${found}'"'"\n`,
    });
    const { sender, signers } = await start(faults.accepts);
    await Promise.all(Array.from({ length: 50 }, () => sender.send(event)));
    assert.deepEqual(new Set(signers()), new Set(['AKPROC']));
    assert.equal(await readFile(runs, 'utf8'), 'run\n');
  });

  for (const name of ['ExpiredTokenException', 'UnrecognizedClientException']) {
    it(`are looked up again after ${name}; the event is worth another try only with others`, async () => {
      await files.write({ credentials: keys('AKONE') });
      const refused = [errorAnswer(403, name)];
      const { sender, signers } = await start({
        answers: [[answer(202)], refused, refused, [answer(202)]],
      });
      await sender.send(event);
      const { kind, resend } = await sender.send(event);
      assert.deepEqual([kind, resend], ['rejected', false]);
      await files.write({ credentials: keys('AKTWO') });
      const rotated = await sender.send(event);
      assert.deepEqual(
        [rotated.kind, rotated.resend, rotated.error?.name],
        ['rejected', true, name],
      );
      assert.equal((await sender.send(event)).kind, 'accepted');
      assert.deepEqual(signers(), ['AKONE', 'AKONE', 'AKONE', 'AKTWO']);
    });
  }

  it('are not looked up again after an error that others would get, too', async () => {
    await files.write({ credentials: keys('AKONE') });
    const { sender } = await start({
      answers: [[answer(202)], [errorAnswer(403, 'AccessDeniedException')]],
    });
    await sender.send(event);
    await files.write({ credentials: keys('AKTWO') });
    assert.equal((await sender.send(event)).resend, false);
  });

  describe('by the clock', () => {
    beforeEach(() => mock.timers.enable({ apis: ['Date'], now: 0 }));
    afterEach(() => mock.timers.reset());

    const lasting = (minutes: number): AwsCredentialIdentity => ({
      accessKeyId: 'k',
      secretAccessKey: 's',
      expiration: new Date(Date.now() + minutes * minute),
    });

    it('are looked up five minutes before they expire, and once a minute then', async () => {
      let searches = 0;
      const kept = new KeptCredentials(() => {
        searches++;
        return Promise.resolve(lasting(searches === 1 ? 60 : 2));
      });
      const counts: number[] = [];
      for (const at of [0, 54, 55, 55.5, 56, 56.5, 57]) {
        mock.timers.setTime(at * minute);
        await kept.get();
        counts.push(searches);
      }
      assert.deepEqual(counts, [1, 1, 2, 2, 3, 3, 4]);
    });

    it('serve until they expire when there are no others yet', async () => {
      let fails = false;
      const first = lasting(60);
      const kept = new KeptCredentials(async () => {
        if (fails) throw new Error('offline');
        return first;
      });
      await kept.get();
      fails = true;
      mock.timers.setTime(58 * minute);
      assert.equal(await kept.get(), first);
      mock.timers.setTime(60 * minute);
      await assert.rejects(kept.get(), { message: 'offline' });
    });
  });

  it('are waited for by each event until that is cancelled, and searched while one waits', async () => {
    const searches: AbortSignal[] = [];
    let find: ((found: AwsCredentialIdentity) => void) | undefined;
    const kept = new KeptCredentials((signal) => {
      searches.push(signal);
      return new Promise((resolve) => {
        find = resolve;
      });
    });
    const [one, other] = [new AbortController(), new AbortController()];
    const waiting = [kept.get(one.signal), kept.get(other.signal)] as const;
    one.abort();
    await assert.rejects(waiting[0], { name: 'AbortError' });
    assert.equal(searches[0]?.aborted, false);
    other.abort();
    await assert.rejects(waiting[1], { name: 'AbortError' });
    assert.equal(searches[0]?.aborted, true);
    const third = kept.get();
    const found = { accessKeyId: 'k', secretAccessKey: 's' };
    find?.(found);
    assert.equal(await third, found);
    assert.equal(searches.length, 2);
    kept.close();
    await assert.rejects(kept.get(), { name: 'AbortError' });
  });
});

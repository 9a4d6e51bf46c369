import assert from 'node:assert/strict';
import { invoke, resolveConnection } from '../../../src/aws/main';
import type { OutcomeKind } from '../../../src/core/invocation/outcome';
import { answer, type FaultServer, startFaultServer } from '../../support/faultServer';
import { type ProxyServer, startProxyServer } from '../../support/proxyServer';

const questions = { InvokeAsync: {}, Event: { api: 'Invoke' }, DryRun: { dryRun: true } } as const;
type Question = keyof typeof questions;
type Place = 'this machine' | 'another host';

const statuses = [200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 299];
const types = ['application/json', 'text/html; charset=utf-8', ''];
const bodies = {
  empty: '',
  'of JSON': '{"login":"https://guest.example/"}',
  'of text': 'Welcome to the guest network',
  'that is a page': '\r\n<!DOCTYPE html><html><body>Sign in</body></html>',
  'that is XML': '\uFEFF<?xml version="1.0"?><Result/>',
} as const;
type Body = keyof typeof bodies;
const noPage: readonly Body[] = ['empty', 'of JSON', 'of text'];

/** All that Lambda or an emulator is known to say; everything else below 300 leaves the event's fate open. */
const accepted: readonly {
  readonly to: readonly Question[];
  readonly status: number;
  readonly from?: Place;
  readonly id?: true;
  readonly bodies?: readonly Body[];
}[] = [
  { to: ['InvokeAsync', 'Event'], status: 202, bodies: noPage },
  { to: ['InvokeAsync', 'Event'], status: 200, from: 'this machine', bodies: noPage },
  // The body of an answer with an id is not even read.
  { to: ['InvokeAsync', 'Event'], status: 202, id: true },
  { to: ['InvokeAsync', 'Event'], status: 200, id: true },
  { to: ['DryRun'], status: 204 },
];

describe('an answer below 300', () => {
  const stops: (() => Promise<void>)[] = [];
  after(async () => {
    for (const stop of stops) await stop();
  });

  for (const to of Object.keys(questions) as Question[]) {
    for (const from of ['this machine', 'another host'] as const) {
      it(`to ${to} from ${from} is accepted only where Lambda or an emulator gives it`, async () => {
        const cases = everyAnswer();
        const server = await startFaultServer({
          answers: cases.map(({ status, type, id, body }) => [
            answer(status, status === 204 || status === 205 ? '' : bodies[body], {
              'content-type': type,
              'x-amzn-requestid': id ? 'e0f1' : '',
              connection: 'close',
            }),
            { finish: 'end' },
          ]),
        });
        stops.push(server.stop);
        const connection = await connect(server, from);
        const wrong: string[] = [];
        for (const { status, type, id, body } of cases) {
          const outcome = await invoke(connection, {
            api: 'InvokeAsync',
            functionName: 'f',
            payload: '{}',
            ...questions[to],
          });
          const bare = status === 204 || status === 205;
          const expected: OutcomeKind = accepted.some(
            (row) =>
              row.to.includes(to) &&
              row.status === status &&
              (row.from ?? from) === from &&
              (row.id ?? id) === id &&
              (bare || (row.bodies?.includes(body) ?? true)),
          )
            ? 'accepted'
            : 'unknown';
          const name = expected === 'accepted' ? undefined : 'NotLambda';
          if (outcome.kind !== expected || outcome.error?.name !== name) {
            const told = `${outcome.kind} ${outcome.error?.name}`;
            wrong.push(`${status} "${type}" ${id ? 'with' : 'without'} an id, ${body}: ${told}`);
          }
        }
        assert.deepEqual(wrong, []);
        assert.equal(server.requests.length, cases.length);
      });
    }
  }

  async function connect(server: FaultServer, from: Place) {
    const environment = { HOME: '/nowhere', AWS_ACCESS_KEY_ID: 'k', AWS_SECRET_ACCESS_KEY: 's' };
    const choice = { region: 'eu-west-1', timeoutMs: 10_000, environment };
    if (from === 'this machine') return resolveConnection({ ...choice, endpoint: server.url });
    const proxy: ProxyServer = await startProxyServer();
    stops.push(proxy.stop);
    return resolveConnection({
      ...choice,
      endpoint: server.url.replace('127.0.0.1', 'lambda.example'),
      proxy: { url: proxy.url },
    });
  }
});

function everyAnswer() {
  return statuses.flatMap((status) =>
    types.flatMap((type) =>
      [true, false].flatMap((id) =>
        (Object.keys(bodies) as Body[]).map((body) => ({ status, type, id, body })),
      ),
    ),
  );
}

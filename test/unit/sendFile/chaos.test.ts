import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConnection } from '../../../src/aws/connection';
import { FileToSend } from '../../../src/sendFile/sendFile';
import { type Answer, startEventServer } from '../../support/eventServer';
import { oneAtRandom, randomOf } from '../../support/random';

/** What an endpoint may do to an event, and whether it may have queued it. */
const behaviors: readonly (Answer & { readonly mayQueue: boolean })[] = [
  { status: 202, mayQueue: true },
  { status: 202, mayQueue: true },
  { status: 202, mayQueue: true, delayMs: 20 },
  { status: 202, mayQueue: true, headers: { connection: 'close' } },
  { status: 202, mayQueue: true, hangUp: true },
  { status: 202, mayQueue: true, hangUp: true, delayMs: 5 },
  { status: 500, mayQueue: true, code: 'ServiceException' },
  { status: 504, mayQueue: true },
  { status: 429, mayQueue: false, code: 'TooManyRequestsException' },
  { status: 400, mayQueue: false, code: 'InvalidParameterValueException' },
  { status: 413, mayQueue: false, code: 'RequestEntityTooLargeException' },
];

describe('a run against an endpoint that does anything', () => {
  for (const seed of [1, 2, 3, 4]) {
    it(`queues no line twice and loses none (seed ${seed})`, async () => {
      const random = randomOf(seed);
      const folder = await mkdtemp(join(tmpdir(), 'invoke-async-chaos-'));
      /** How often each line may have been queued, and was certainly queued. */
      const maybe = new Map<string, number>();
      const certainly = new Set<string>();
      const server = await startEventServer((body) => {
        const behavior = oneAtRandom(random, behaviors);
        if (behavior.mayQueue) maybe.set(body, (maybe.get(body) ?? 0) + 1);
        if (behavior.status === 202 && !behavior.hangUp) certainly.add(body);
        return behavior;
      });
      try {
        const path = join(folder, 'events.jsonl');
        const lines = Array.from({ length: 300 }, (_, n) => `{"n":${n}}`);
        await writeFile(path, lines.join('\n'));
        const file = await FileToSend.open(path);
        const begun = await file.begin(
          {
            api: oneAtRandom(random, ['Invoke', 'InvokeAsync']),
            functionName: 'orders',
            connection: await resolveConnection({
              region: 'us-east-1',
              endpoint: server.url,
              timeoutMs: 20_000,
              environment: { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' },
            }),
            rate: undefined,
            concurrency: 1 + Math.floor(random() * 12),
            root: join(folder, 'runs'),
          },
          { limits: { unknownInARow: Infinity, rejectedInARow: Infinity } },
        );
        // Throttling would slow it down, which is not what is tried here.
        const { run } = begun;
        const unthrottled = setInterval(() => (run.rate = undefined), 50);
        const summary = await begun.toTheEnd();
        clearInterval(unthrottled);
        await file.close();

        assert.equal(summary.progress.state, 'finished');
        const rejected = await linesOf(summary.rejectedLines);
        const unknown = await linesOf(summary.unknownLines);
        assert.deepEqual(summary.progress.counts, {
          accepted: lines.length - rejected.size - unknown.size,
          rejected: rejected.size,
          unknown: unknown.size,
          invalid: 0,
        });
        for (const line of lines) {
          const times = maybe.get(line) ?? 0;
          assert.ok(times <= 1, `${line} may have been queued ${times} times`);
          if (rejected.has(line))
            assert.equal(times, 0, `${line} was queued, and said to be rejected`);
          else assert.equal(times, 1, `${line} is lost`);
          assert.equal(certainly.has(line), !rejected.has(line) && !unknown.has(line), line);
        }
      } finally {
        await server.stop();
        await rm(folder, { recursive: true });
      }
    });
  }
});

async function linesOf(path: string | undefined): Promise<Set<string>> {
  const text = path === undefined ? '' : await readFile(path, 'utf8');
  return new Set(text.split('\n').slice(0, -1));
}

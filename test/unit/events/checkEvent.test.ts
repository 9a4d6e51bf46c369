import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { eventProblems } from '../../../src/core/events/checkEvent';
import { awsEvent, awsEvents, recognizedEvent } from '../../../src/core/events/events';
import type { Problem } from '../../../src/core/problem';
import { applyFixes } from '../payload/applyFixes';
import { mistakes, mutated } from './mistakes';
import { packageEvents } from './packageEvents';
import { shapeOf } from './shapeOf';

describe('AWS events', () => {
  it('that AWS documents or sends have no problem', async () => {
    for (const file of await readdir('test/fixtures/events')) {
      const text = await readFile(`test/fixtures/events/${file}`, 'utf8');
      const event = recognizedEvent(JSON.parse(text));
      assert.ok(event, `${file} is recognized`);
      assert.deepEqual(await problems(event.name, text), [], file);
    }
  });

  for (const [what, sample, mistake, message, fixed] of mistakes) {
    it(`with a mistake are told: ${what} in ${sample}`, async () => {
      const right = await readFile(`media/samples/${sample}.json`, 'utf8');
      const name = recognizedEvent(JSON.parse(right))?.name ?? '';
      const text = JSON.stringify(mutated(JSON.parse(right), mistake), undefined, 2);
      const [found, ...others] = await problems(name, text);
      assert.match(found?.message ?? '', message);
      assert.equal(found?.severity, 'warning');
      assert.deepEqual(others, [], 'and nothing else is');
      if (fixed === undefined) return;
      const after: unknown = JSON.parse(applyFixes(text, [found]));
      assert.deepEqual(after, fixed === 'as before' ? JSON.parse(right) : fixed);
    });
  }

  it('are more than sixty mistakes', () => {
    assert.ok(mistakes.length >= 60, String(mistakes.length));
  });

  for (const { event, name, expected } of packageEvents) {
    it(`of packages: ${name}`, async () => {
      const text = JSON.stringify(event, undefined, 2);
      const recognized = recognizedEvent(event);
      const found = recognized ? await problems(recognized.name, text) : [];
      assert.deepEqual(
        [
          recognized?.name,
          // The packages write the time of now.
          ...found.map(({ severity, message }) =>
            `${severity}: ${message}`.replace(/\d{4}[\d:TZ.-]*\d[Z]?/, '…'),
          ),
        ],
        expected,
      );
    });
  }

  it('have a word for each key that is missing, and no more than information', async () => {
    for (const { name } of awsEvents.filter((event) => event.name !== 'aws:appsync-batch')) {
      const found = await problems(name, '{}');
      assert.ok(
        found.every(({ severity }) => severity === 'information'),
        name,
      );
    }
    const [missing] = await problems('aws:sqs', '{ "Records": [{ "body": "x" }] }');
    assert.match(missing?.message ?? '', /^Missing: "messageId", "receiptHandle", "attributes", /);
  });

  it('are told from others by what only they have', async () => {
    const s3 = await readFile('media/samples/s3-put.json', 'utf8');
    const [found] = await problems('aws:sqs', s3);
    assert.equal(found?.message, 'This is the event "S3 event notification", not "SQS".');
    assert.equal(recognizedEvent({ Records: [] }), undefined);
    assert.equal(recognizedEvent({ orderId: 1, source: 'shop', detail: {} }), undefined);
    assert.equal(recognizedEvent([1]), undefined);
    assert.equal(recognizedEvent('aws:sqs'), undefined);
  });

  it('may have keys that AWS adds', async () => {
    const sqs = JSON.parse(await readFile('media/samples/sqs.json', 'utf8')) as object;
    const text = JSON.stringify({ ...sqs, constructor: 1, brandNew: { a: 1 } });
    assert.deepEqual(await problems('aws:sqs', text), []);
  });

  it('show a hundred problems at most', async () => {
    const text = JSON.stringify({ Records: Array(5000).fill(0) });
    assert.equal((await problems('aws:sqs', text)).length, 100);
  });
});

async function problems(name: string, text: string): Promise<Problem[]> {
  const event = awsEvent(name);
  assert.ok(event, name);
  return eventProblems(text, JSON.parse(text), event, await shapeOf(event));
}

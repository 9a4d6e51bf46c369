import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Configuration } from '../../../src/local/configuration';
import { parseConfiguration } from '../../../src/local/configurationText';

const place = { folder: '/work', lastModified: 0 };

function parse(content: unknown): { names: string[]; faults: string[] } {
  const source = typeof content === 'string' ? content : JSON.stringify(content);
  const { functions, faults } = parseConfiguration(source, place);
  return {
    names: functions.map((fn) => fn.name),
    faults: faults.map(({ functionName = 'all', reason }) => `${functionName}: ${reason}`),
  };
}

describe('the configuration of Local Lambda', () => {
  it('fills in what Lambda would', () => {
    const source = '{"functions":{"orders":{"handler":"handlers/orders.handler"}}}';
    assert.deepEqual(parseConfiguration(source, place).functions, [
      {
        name: 'orders',
        folder: '/work',
        lastModified: 0,
        handler: 'handlers/orders.handler',
        timeoutSeconds: 3,
        environment: {},
        logGroup: '/aws/lambda/orders',
        logFormat: 'Text',
      },
    ]);
  });

  it('keeps what a function says of tenants, durable executions and limits', () => {
    const said = { tenant: true, durable: true, concurrency: 0, maximumEventAge: 60 };
    const source = JSON.stringify({ functions: { orders: { handler: 'a.b', ...said } } });
    const [{ tenant, durable, concurrency, maximumEventAge } = {}] = parseConfiguration(
      source,
      place,
    ).functions;
    assert.deepEqual({ tenant, durable, concurrency, maximumEventAge }, said);
  });

  it('is read past a byte order mark', () => {
    const { names, faults } = parse('\uFEFF{"functions":{"orders":{"handler":"a.b"}}}');
    assert.deepEqual([names, faults], [['orders'], []]);
  });

  it('that cannot be read is empty, and the log says why', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'local-configuration-'));
    try {
      await mkdir(join(folder, '.lambda/local.json'), { recursive: true });
      const told: string[] = [];
      const configuration = new Configuration([folder], ({ text }) => told.push(text));
      assert.equal(configuration.functions().size, 0);
      assert.match(told.join(), /local\.json: It is a folder, not a file\.$/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('over 1 MB is not read, and the log says why', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'local-configuration-'));
    try {
      await mkdir(join(folder, '.lambda'));
      const functions = { good: { handler: 'a.b' } };
      const padding = ' '.repeat(1024 * 1024);
      await writeFile(join(folder, '.lambda/local.json'), JSON.stringify({ functions }) + padding);
      const told: string[] = [];
      const configuration = new Configuration([folder], ({ text }) => told.push(text));
      assert.equal(configuration.functions().size, 0);
      assert.match(told.join(), /local\.json: It is larger than 1 MB\.$/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('stays in force while somebody types, function by function', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'local-configuration-'));
    const file = join(folder, '.lambda/local.json');
    try {
      await mkdir(join(folder, '.lambda'));
      const told: string[] = [];
      const configuration = new Configuration([folder], ({ text }) => told.push(text));
      const handlers = (text: string) => {
        writeFileSync(file, text);
        return [...configuration.functions()].map(([name, { handler }]) => `${name}=${handler}`);
      };
      const both = (handler: string) =>
        `{"functions":{"bills":{"handler":"bills.handler"},"orders":{"handler":"${handler}"}}}`;
      assert.deepEqual(handlers(both('one.a')), ['bills=bills.handler', 'orders=one.a']);
      assert.deepEqual(handlers(''), ['bills=bills.handler', 'orders=one.a']);
      assert.match(told.join(), /not JSON: .* What it said before stays in force\.$/);
      assert.deepEqual(handlers('{"functions":{"orders":{"handler":"two"}}}'), ['orders=one.a']);
      assert.match(told.at(-1) ?? '', /function "orders": "handler" must be .* stays in force\.$/);
      assert.deepEqual(handlers(both('three.a')), ['bills=bills.handler', 'orders=three.a']);
      await rm(file);
      assert.equal(configuration.functions().size, 0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  const faulty: [why: string, entry: unknown, message: RegExp][] = [
    ['no object', 'handlers/orders.handler', /expected \{ "handler"/],
    ['no handler', {}, /"handler" must be a string such as/],
    ['a handler without an export', { handler: 'handlers/orders' }, /"handler" must be/],
    ['a handler outside', { handler: '../other/orders.handler' }, /must be inside the folder/],
    ['a handler without a name', { handler: '..x.handler' }, /"handler" must be a string such as/],
    ['a folder without a name', { handler: 'a/.x.handler' }, /"handler" must be a string such as/],
    ['a detour outside', { handler: 'a/../../b.handler' }, /must be inside the folder/],
    [
      'the separators of Windows',
      { handler: 'a\\b.handler' },
      /"handler" must be a string such as/,
    ],
    ['an absolute handler', { handler: '/etc/orders.handler' }, /must be inside the folder/],
    ['a time-out of 0', { handler: 'a.b', timeout: 0 }, /whole number of seconds from 1 to 900/],
    ['a time-out of 901', { handler: 'a.b', timeout: 901 }, /from 1 to 900/],
    ['half a second', { handler: 'a.b', timeout: 0.5 }, /whole number/],
    [
      'a number in the environment',
      { handler: 'a.b', environment: { A: 1 } },
      /values are strings/,
    ],
    ['no name in the environment', { handler: 'a.b', environment: { '=': '' } }, /names contain/],
    [
      'more than 4 KB of environment',
      { handler: 'a.b', environment: { A: 'x'.repeat(4096) } },
      /at most 4 KB/,
    ],
    ['a NUL in the environment', { handler: 'a.b', environment: { A: '\0' } }, /without NUL/],
    ['a NUL in the handler', { handler: 'a\0.b' }, /"handler" must be/],
    [
      'a misspelled member',
      { handler: 'a.b', timout: 9 },
      /unknown key "timout"; allowed: handler, timeout/,
    ],
    ['a log group with a space', { handler: 'a.b', logGroup: 'a b' }, /name of a log group/],
    ['an unknown log format', { handler: 'a.b', logFormat: 'XML' }, /"Text" or "JSON"/],
    ['a tenant by name', { handler: 'a.b', tenant: 'blue' }, /"tenant" must be true or false/],
    ['durable as text', { handler: 'a.b', durable: 'yes' }, /"durable" must be true or false/],
    ['a concurrency below 0', { handler: 'a.b', concurrency: -1 }, /number from 0 to 16/],
    ['a concurrency of 17', { handler: 'a.b', concurrency: 17 }, /number from 0 to 16/],
    ['an event age of 0', { handler: 'a.b', maximumEventAge: 0 }, /from 1 to 21600/],
    ['an event age over 6 hours', { handler: 'a.b', maximumEventAge: 21_601 }, /from 1 to 21600/],
  ];
  for (const [why, entry, message] of faulty) {
    it(`leaves out a function with ${why}, and keeps the others`, () => {
      const { names, faults } = parse({ functions: { bad: entry, good: { handler: 'a.b' } } });
      assert.deepEqual(names, ['good']);
      assert.equal(faults.length, 1);
      assert.match(faults[0] ?? '', /^bad: /);
      assert.match(faults[0] ?? '', message);
    });
  }

  it('refuses a name that no function can have', () => {
    const long = 'n'.repeat(65);
    const functions = { 'a b': { handler: 'a.b' }, [long]: { handler: 'a.b' } };
    assert.equal(parse({ functions }).faults.length, 2);
  });

  for (const content of ['', '{', '[]', '{}', '{"functions":[]}', 'null']) {
    it(`says why nothing can be read from ${JSON.stringify(content)}`, () => {
      const { names, faults } = parse(content);
      assert.deepEqual(names, []);
      assert.equal(faults.length, 1);
    });
  }
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DeprecationFinder } from '../../../src/migration/find';
import { languageIdOfPath, languages } from '../../../src/migration/languages';
import { applyEdits } from '../../../src/core/edits';
import { fixAll } from '../../../src/migration/rewrite';
import { createFinder, fixtures, grammarLoader } from './finder';

const call = "lambda.invokeAsync({ FunctionName: 'f', InvokeArgs: '{}' });";

const find = async (
  finder: DeprecationFinder,
  languageId: string,
  text: string,
  deadline = 20_000,
) => finder.find({ uri: `file:///${languageId}`, version: 1, languageId, text }, { deadline });

/** Every fixture in its own language. */
function fixtureTexts(): { name: string; languageId: string; text: string }[] {
  return readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
    .map((name) => ({ name, languageId: languageIdOfPath(name) ?? '' }))
    .filter(({ languageId }) => languageId !== '')
    .map((file) => ({ ...file, text: readFileSync(path.join(fixtures, file.name), 'utf8') }));
}

describe('hostile documents', () => {
  const finder = createFinder();

  it('says that a binary file was skipped', async () => {
    const { problems, skipped } = await find(finder, 'javascript', `\0\0${call}`);
    assert.deepEqual(problems, []);
    assert.equal(skipped, 'the file is binary');
  });

  it('says that a minified file was skipped', async () => {
    const { problems, skipped } = await find(finder, 'javascript', call.repeat(50_000));
    assert.deepEqual(problems, []);
    assert.match(skipped ?? '', /a line of more than 50000 characters/);
  });

  it('says that a huge file was skipped', async () => {
    const { skipped } = await find(finder, 'javascript', `${call}\n`.repeat(100_000));
    assert.match(skipped ?? '', /larger than 4 MB/);
  });

  it('breaks off a parse that runs out of time, and parses the next document anew', async () => {
    const long = `${call}\n`.repeat(20_000);
    const { problems, skipped } = await find(finder, 'javascript', long, 1);
    assert.deepEqual(problems, []);
    assert.equal(skipped, 'reading it took longer than 1 ms');
    assert.equal((await find(finder, 'javascript', call)).problems.length, 1);
  });

  it('breaks off when reading takes too long after the parse', async () => {
    const { text } = fixtureTexts().find(({ name }) => name.endsWith('v3/orders.ts')) ?? {
      text: '',
    };
    const { problems, skipped } = await find(finder, 'typescript', text.repeat(200), 500);
    assert.deepEqual(problems, []);
    assert.equal(skipped, 'reading it took longer than 500 ms');
  });

  it('never throws for text that is cut off anywhere, and never gives edits that overlap', async () => {
    for (const { name, languageId, text } of fixtureTexts()) {
      for (let end = 0; end < text.length; end += 17) {
        const half = text.slice(0, end);
        const { problems } = await find(finder, languageId, half);
        const edits = fixAll(problems);
        edits.reduce((before, { range }) => {
          assert.ok(before <= range.start && range.end <= end, `${name} cut at ${end}`);
          return range.end;
        }, 0);
        applyEdits(half, edits);
      }
    }
  }).timeout(120_000);

  it('never throws for text of any other language', async () => {
    const texts = fixtureTexts().map(({ text }) => text);
    for (const { ids } of languages) {
      for (const text of texts) await find(finder, ids[0] ?? '', text);
    }
  }).timeout(120_000);

  it('offers no fix for half-typed code that it cannot rewrite', async () => {
    const text = [
      'package orders',
      'import "github.com/aws/aws-sdk-go-v2/service/lambda"',
      'func send(client *lambda.Client) {',
      '\tclient.InvokeAsync(ctx, &lambda.InvokeAsyncInput{',
      '\t\tFunctionName aws.String("resize"),',
      '\t\tInvokeArgs:   bytes.NewReader(body),',
      '\t})',
      '}',
    ].join('\n');
    const { problems } = await find(finder, 'go', text);
    assert.deepEqual(
      problems.map(({ fixes }) => fixes),
      [[]],
    );
    assert.match(problems[0]?.message ?? '', /the code around it is not complete/);
  });

  it('fixes two uses that lie in each other without overlap', async () => {
    const head =
      'import aws.sdk.kotlin.services.lambda.LambdaClient\nfun f(lambda: LambdaClient) {\n';
    const inner = 'lambda.invokeAsync { functionName = "g"; invokeArgs = a.toByteArray() }';
    const text = `${head}lambda.invokeAsync { functionName = "f"; invokeArgs = a.also { ${inner}; 1 }.toByteArray() }\n}`;
    const { problems } = await find(finder, 'kotlin', text);
    assert.deepEqual(
      problems.map(({ fixes }) => fixes.length),
      [1, 1],
    );
    const edits = fixAll(problems);
    assert.ok(edits.length > 0);
    edits.reduce((before, { range }) => {
      assert.ok(before <= range.start && range.start <= range.end);
      return range.end;
    }, 0);
  });

  it('finds nothing in a language that it does not know', async () => {
    assert.deepEqual(await find(finder, 'plaintext', call), { problems: [] });
  });
});

describe('grammars', () => {
  it('are not loaded for text without a candidate', async () => {
    const finder = new DeprecationFinder({
      runtime: () => assert.fail('the runtime was loaded'),
      grammar: (name) => assert.fail(`${name} was loaded`),
    });
    assert.deepEqual(await find(finder, 'javascript', "lambda.invoke({ FunctionName: 'f' })"), {
      problems: [],
    });
    assert.deepEqual(await find(finder, 'csharp', 'await js.InvokeAsync<string>("alert");'), {
      problems: [],
    });
  });

  it('may be asked for again when a load failed', async () => {
    const working = createFinder();
    let fails = true;
    const finder = new DeprecationFinder({
      ...grammarLoader,
      grammar: (name) => {
        if (fails) throw new Error('being written');
        return grammarLoader.grammar(name);
      },
    });
    await assert.rejects(find(finder, 'javascript', call), /being written/);
    fails = false;
    const again = await find(finder, 'javascript', call);
    assert.equal(again.problems.length, (await find(working, 'javascript', call)).problems.length);
  });
});

describe('incremental parsing', () => {
  it('finds the same as a fresh parse after every edit', async () => {
    const kept = createFinder();
    for (const { name, languageId, text } of fixtureTexts().filter(({ name: file }) =>
      /orders|Orders|sender|handler/.test(file),
    )) {
      const fresh = createFinder();
      for (let at = 0; at < text.length; at += 97) {
        const typed = `${text.slice(0, at)}x\n${text.slice(at + (at % 5))}`;
        const expected = await find(fresh, languageId, typed);
        fresh.forget(`file:///${languageId}`);
        assert.deepEqual(await find(kept, languageId, typed), expected, `${name} edited at ${at}`);
      }
    }
  }).timeout(120_000);

  it('finds the same as a fresh parse where the text has errors', async () => {
    const kept = createFinder();
    const half = 'aws lambda -async -<<EOF\n';
    const text = `${half}EOF\nfor f in *; do aws lambda invoke-async --function-name f --invoke-args "$f" & done`;
    await find(kept, 'shellscript', `${half}echo "aws lambda invoke-async --invoke-args e.json"`);
    assert.deepEqual(
      await find(kept, 'shellscript', text),
      await find(createFinder(), 'shellscript', text),
    );
  });
});

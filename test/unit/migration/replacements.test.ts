import assert from 'node:assert/strict';
import { replacementsOf } from '../../../src/migration/replacements';
import { createFinder } from './finder';

const finder = createFinder();

describe('the replacements of a preview', () => {
  it('are one for a call, however many edits it takes', async () => {
    assert.deepEqual(await replaced(call('orders'), call('refunds')), [
      ['invokeAsync', 'invoke'],
      ['invokeAsync', 'invoke'],
    ]);
  });

  it('leave by itself what several calls share', async () => {
    const [first, ...others] = await replaced(
      "import { InvokeAsyncCommand, LambdaClient } from '@aws-sdk/client-lambda';",
      'const client = new LambdaClient({});',
      "await client.send(new InvokeAsyncCommand({ FunctionName: 'a', InvokeArgs: x }));",
      "await client.send(new InvokeAsyncCommand({ FunctionName: 'b', InvokeArgs: y }));",
    );
    assert.deepEqual(first, ['InvokeAsyncCommand', 'InvokeCommand']);
    assert.deepEqual(others, [
      ['InvokeAsyncCommand', 'InvokeCommand'],
      ['InvokeAsyncCommand', 'InvokeCommand'],
    ]);
  });

  it('stay apart over more lines than can be looked over', async () => {
    const between = '// nothing\n'.repeat(30);
    const far = `const input = { FunctionName: 'a', InvokeArgs: '{}' };\n${between}lambda.invokeAsync(input);`;
    assert.equal((await replaced(far)).length, 2);
    assert.equal((await replaced(far.replace(between, ''))).length, 1);
  });
});

/** Of each replacement, the first word of what it takes away and of what it writes. */
async function replaced(...lines: readonly string[]): Promise<unknown[]> {
  const start = "import AWS from 'aws-sdk';\nconst lambda = new AWS.Lambda();";
  const text = [start, ...lines, ''].join('\n');
  const document = { uri: 'file:///a', version: 1, languageId: 'javascript', text };
  const { problems } = await finder.find(document, { deadline: 60_000 });
  return replacementsOf(text, problems).map(({ range, newText }) => [
    firstWord(text.slice(range.start, range.end)),
    firstWord(newText),
  ]);
}

function call(name: string): string {
  return `lambda.invokeAsync({
  FunctionName: '${name}',
  InvokeArgs: JSON.stringify(${name}),
}, done);`;
}

const firstWord = (text: string) => /\w+/.exec(text)?.[0];

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { applyEdits } from '../../../src/core/edits';
import { ignoreEdit } from '../../../src/migration/ignored';
import { languageIdOfPath } from '../../../src/migration/languages';
import type { DeprecatedUse } from '../../../src/migration/use';
import { createFinder, fixtures } from './finder';

const finder = createFinder();

async function uses(languageId: string, text: string): Promise<readonly DeprecatedUse[]> {
  const document = { uri: 'file:///a', version: 1, languageId, text };
  return (await finder.find(document, { deadline: 60_000 })).problems;
}

/** What is said of each use, by the number of its line. */
async function lines(languageId: string, text: string): Promise<number[]> {
  const found = await uses(languageId, text);
  return found.map(({ range }) => text.slice(0, range.start).split('\n').length);
}

const call = "new AWS.Lambda().invokeAsync({ FunctionName: 'a', InvokeArgs: '{}' });";
const javascript = (...after: string[]) =>
  ["const AWS = require('aws-sdk');", ...after, ''].join('\n');

describe('invoke-async-ignore', () => {
  it('silences the uses on its line', async () => {
    const text = javascript(`${call} // invoke-async-ignore: measured on purpose`, call);
    assert.deepEqual(await lines('javascript', text), [3]);
  });

  it('silences those on the next line, on a line of its own', async () => {
    for (const comment of ['// invoke-async-ignore', '  /* invoke-async-ignore, see ADR 7 */']) {
      assert.deepEqual(await lines('javascript', javascript(comment, call, call)), [4], comment);
    }
    const shell = '# invoke-async-ignore\naws lambda invoke-async --function-name a\n';
    assert.deepEqual(await lines('shellscript', shell), []);
    assert.deepEqual(await lines('shellscript', shell.replaceAll('\n', '\r\n')), []);
    const batch = 'REM invoke-async-ignore\naws lambda invoke-async --function-name a\n';
    assert.deepEqual(await lines('bat', batch), []);
  });

  it('is no part of another word', async () => {
    for (const word of ['invoke-async-ignored', 'no-invoke-async-ignore']) {
      assert.deepEqual(await lines('javascript', javascript(`// ${word}`, call)), [3], word);
    }
  });

  it('is read in linear time', async () => {
    const line = `// ${'invoke-async-ignore '.repeat(2000)}\n`;
    assert.deepEqual(await lines('javascript', javascript(line.repeat(50), call, call)), [53, 54]);
  });
});

describe('the comment that ignores a use', () => {
  const commented = (languageId: string, text: string, name = 'nvoke') => {
    const start = text.indexOf(name);
    const edit = ignoreEdit(text, languageId, { start, end: start });
    return edit && applyEdits(text, [edit]);
  };

  it('stands above it, as far in, with the line ends of the file', () => {
    assert.equal(
      commented('python', 'if x:\r\n    c.invoke_async()\r\n'),
      'if x:\r\n    # invoke-async-ignore\r\n    c.invoke_async()\r\n',
    );
    assert.equal(
      commented('go', '\tc.InvokeAsync()'),
      '\t// invoke-async-ignore\n\tc.InvokeAsync()',
    );
  });

  for (const [why, languageId, text] of [
    ['a string', 'javascript', 'const a = `\ninvokeAsync`;'],
    ['a string that is not closed', 'python', '"""\ninvoke_async'],
    ['a command', 'shellscript', 'aws lambda \\\n  invoke-async --function-name a'],
    ['a command of PowerShell', 'powershell', 'Start-Job `\n  Invoke-LMFunctionAsync'],
    ['a command of a batch file', 'bat', 'aws lambda ^\n  invoke-async'],
    ['a here document', 'shellscript', 'cat <<EOF\n{\n"lambda:InvokeAsync"}\nEOF'],
    ['JSX', 'typescriptreact', '<p>\n  {client.invokeAsync()}\n</p>'],
    ['JSON', 'json', '{\n"a": "lambda:InvokeAsync" }'],
    ['a block of YAML', 'yaml', 'a: |\n  {\n  "lambda:InvokeAsync" }'],
    ['Markdown', 'markdown', '```js\nclient.invokeAsync()\n```'],
  ] as const) {
    it(`is not offered in ${why}`, () => {
      assert.equal(commented(languageId, text), undefined);
    });
  }

  it('silences the uses on one line of a file, and nothing else', async () => {
    const languages = new Set<string>();
    for (const folder of readdirSync(fixtures)) {
      for (const name of readdirSync(path.join(fixtures, folder))) {
        const languageId = languageIdOfPath(name);
        if (languageId === undefined || /\.(?:fixed|expected)$/.test(name)) continue;
        const text = readFileSync(path.join(fixtures, folder, name), 'utf8');
        const found = await uses(languageId, text);
        const use = found.at(-1);
        const edit = use && ignoreEdit(text, languageId, use.range);
        if (!use || !edit) continue;
        languages.add(languageId);
        const told = (problems: readonly DeprecatedUse[]) => problems.map(({ message }) => message);
        assert.deepEqual(
          told(await uses(languageId, applyEdits(text, [edit]))),
          told(found.filter(({ range }) => range.start < edit.range.start)),
          `${folder}/${name}`,
        );
      }
    }
    assert.ok(languages.size >= 20, `only in ${[...languages].join(', ')}`);
  });
});

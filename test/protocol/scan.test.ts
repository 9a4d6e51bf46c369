import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CancellationTokenSource, type CodeAction } from 'vscode-languageserver/node';
import {
  findDeprecated,
  type FindDeprecatedResult,
  migrateDeprecated,
  type MigrateDeprecatedResult,
  scanProgress,
} from '../../src/protocol/messages';
import { textHash } from '../../src/files/textHash';
import { Session } from './session';

const javascript = `const AWS = require('aws-sdk');
new AWS.Lambda().invokeAsync({ FunctionName: 'orders', InvokeArgs: '{}' }, done);
`;
const clean = javascript.replace('invokeAsync', 'invoke').replace('InvokeArgs', 'Payload');
const shell = 'aws lambda invoke-async --function-name orders --invoke-args event.json out.json\n';
const opaque = `const AWS = require('aws-sdk');
new AWS.Lambda().invokeAsync(input, done);
`;

describe('search of the workspace for InvokeAsync', () => {
  let session: Session;
  before(async () => {
    session = await Session.start({
      settings: {},
      folders: ['app', 'tools'],
      files: {
        'app/src/send.js': javascript,
        'app/src/open.js': javascript,
        'app/src/byHand.js': opaque,
        'app/src/clean.js': clean,
        'app/.gitignore': 'node_modules\n/built/\n',
        'app/built/send.js': javascript,
        'app/node_modules/other/index.js': javascript,
        'app/nested/.gitignore': '*.js\n!kept.js\n',
        'app/nested/dropped.js': javascript,
        'app/nested/kept.js': javascript,
        'tools/deploy': `#!/usr/bin/env bash\n${shell}`,
        'tools/binary.js': `\0${javascript}`,
      },
    });
  });
  after(() => session.stop());

  it('publishes uses in files of all folders that git does not ignore, and sums them up by SDK', async () => {
    const found = await find(session);
    assert.deepEqual(summary(found), {
      files: 5,
      uses: 5,
      certain: 4,
      sdks: [
        { name: 'AWS SDK for JavaScript v2', uses: 4 },
        { name: 'AWS CLI', uses: 1 },
      ],
      cancelled: false,
    });
    assert.deepEqual(found.skipped, [
      { uri: session.uri('tools/binary.js'), reason: 'the file is binary' },
    ]);
    for (const path of ['app/src/send.js', 'app/nested/kept.js', 'tools/deploy']) {
      const [use] = await session.eventually(path, (problems) => problems.length === 1);
      assert.equal(use?.code, 'deprecated.invoke-async', path);
      assert.deepEqual(use.tags, [2]);
      assert.equal(use.range.start.line, 1);
    }
  });

  it('takes the text of an open document as it stands, and lets its own checks speak', async () => {
    await session.open('app/src/open.js', 'javascript', clean);
    assert.equal((await find(session)).files, 4);
    assert.equal((await session.change('app/src/open.js', javascript)).length, 1);
    assert.equal((await find(session)).files, 5);
    await session.close('app/src/open.js');
    await session.eventually('app/src/open.js', (problems) => problems.length === 0);
    const [use] = await session.eventually('app/src/open.js', (problems) => problems.length === 1);
    assert.equal(use?.range.start.line, 1, 'closed without saving: what the disk holds');
  });

  it('tells of a use that came while a file was open, once it is closed, unless git ignores it', async () => {
    await session.write('app/src/clean.js', javascript);
    for (const path of ['app/built/send.js', 'app/src/clean.js']) {
      await session.open(path, 'javascript', javascript);
      await session.close(path);
    }
    await session.eventually('app/src/clean.js', (problems) => problems.length === 0);
    await session.eventually('app/src/clean.js', (problems) => problems.length === 1);
    assert.deepEqual(await session.eventually('app/built/send.js', () => true), []);
    await session.write('app/src/clean.js', clean);
    await session.eventually('app/src/clean.js', (problems) => problems.length === 0);
  });

  it('follows changes of the files that it found something in', async () => {
    await session.write('app/src/send.js', clean);
    await session.eventually('app/src/send.js', (problems) => problems.length === 0);
    await session.write('app/src/send.js', `\n${javascript}`);
    const [use] = await session.eventually('app/src/send.js', (problems) => problems.length === 1);
    assert.equal(use?.range.start.line, 2);
  });

  it('takes back what a later search does not find any more', async () => {
    await writeFile(join(session.folder, 'app/nested/kept.js'), clean);
    assert.equal((await find(session)).files, 4);
    await session.eventually('app/nested/kept.js', (problems) => problems.length === 0);
  });

  it('makes one migration of all certain replacements, and says what is left and why', async () => {
    const { files, left } =
      await session.connection.sendRequest<MigrateDeprecatedResult>(migrateDeprecated);
    assert.deepEqual(
      files.map(({ uri }) => uri),
      ['app/src/open.js', 'app/src/send.js', 'tools/deploy'].map((path) => session.uri(path)),
    );
    assert.ok(JSON.stringify(files[0]?.edits).includes('InvocationType'));
    assert.equal(files[2]?.textHash, textHash(`#!/usr/bin/env bash\n${shell}`));
    assert.deepEqual(
      files.map(({ uses }) => uses),
      [1, 1, 1],
    );
    assert.deepEqual(
      left.map(({ uri }) => uri),
      [session.uri('app/src/byHand.js')],
    );
    assert.match(left[0]?.message ?? '', /Not replaced automatically: /);
  });

  it('takes back what stood in a folder that goes', async () => {
    await session.remove('app/src');
    await session.eventually('app/src/byHand.js', (problems) => problems.length === 0);
  });

  it('takes back what stood in a folder that is taken out of the workspace', async () => {
    await session.eventually('tools/deploy', (problems) => problems.length === 1);
    const removed = [{ uri: session.uri('tools'), name: 'tools' }];
    await session.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed },
    });
    await session.eventually('tools/deploy', (problems) => problems.length === 0);
  });
});

describe('search of a large workspace for InvokeAsync', () => {
  it('reports progress and can be cancelled, and keeps what it found until then', async () => {
    const files = Array.from({ length: 2000 }, (_, index) => [`src/${index}.js`, javascript]);
    const session = await Session.start({ files: Object.fromEntries(files) });
    try {
      const cancel = new CancellationTokenSource();
      const counts: number[] = [];
      session.connection.onNotification(scanProgress, ({ filesDone }: { filesDone: number }) => {
        counts.push(filesDone);
        cancel.cancel();
      });
      const found = await session.connection.sendRequest<FindDeprecatedResult>(
        findDeprecated,
        cancel.token,
      );
      assert.equal(found.cancelled, true);
      assert.ok(counts.length > 0);
      assert.ok(found.filesDone < 2000, `${found.filesDone} of 2,000 files`);
      assert.equal(found.uses, found.filesDone);
    } finally {
      await session.stop();
    }
  });
});

describe('a search for InvokeAsync after one that was cancelled', () => {
  it('takes back what neither of them finds any more', async () => {
    // Enough of them that the cancellation comes before the end.
    const others = Array.from({ length: 1000 }, (_, index) => [`other/${index}.js`, clean]);
    const files = { ...Object.fromEntries(others), 'send.js': javascript };
    const session = await Session.start({ files });
    try {
      await find(session);
      await session.eventually('send.js', (problems) => problems.length === 1);
      await writeFile(join(session.folder, 'send.js'), clean);
      const cancel = new CancellationTokenSource();
      const cancelled = session.connection.sendRequest<FindDeprecatedResult>(
        findDeprecated,
        cancel.token,
      );
      cancel.cancel();
      assert.equal((await cancelled).cancelled, true);
      await find(session);
      await session.eventually('send.js', (problems) => problems.length === 0);
    } finally {
      await session.stop();
    }
  });
});

describe('fix all in a file', () => {
  it('replaces every certain use at once, and only where it is asked for', async () => {
    const session = await Session.start();
    try {
      const text = `${javascript}${javascript.split('\n')[1]}\n`;
      await session.open('two.js', 'javascript', text);
      const ask = async (only: string[]) =>
        session.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
          textDocument: { uri: session.uri('two.js') },
          range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
          context: { diagnostics: [], only },
        });
      const [action, ...others] = await ask(['source.fixAll']);
      assert.equal(action?.kind, 'source.fixAll.invokeAsync');
      assert.deepEqual(others, []);
      const edits = JSON.stringify(action.edit).match(/InvocationType/g);
      assert.equal(edits?.length, 2);
      assert.deepEqual(await ask(['source.organizeImports']), []);
    } finally {
      await session.stop();
    }
  });
});

describe('the quick fixes of a use', () => {
  const titles = async (session: Session, text: string) => {
    const [first, ...others] = await session.open('uses.js', 'javascript', text);
    assert.ok(first);
    const quick = await session.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: session.uri('uses.js') },
      range: first.range,
      context: { diagnostics: [], only: ['quickfix'] },
    });
    return { others: others.length, titles: quick.map(({ title }) => title) };
  };
  const one = "Replace with invoke() with InvocationType: 'Event'";
  const file = 'Replace all uses of InvokeAsync in this file';
  const workspace = 'Replace all uses of InvokeAsync in the workspace…';
  const ignore = 'Ignore this use of InvokeAsync';
  const two = `${javascript}${javascript.split('\n')[1]}\n`;

  it('go from the use to the file and the workspace, and to a comment that keeps it', async () => {
    const initializationOptions = { migrateCommand: true };
    const session = await Session.start({ initializationOptions });
    try {
      assert.deepEqual(await titles(session, two), {
        others: 1,
        titles: [one, file, workspace, ignore],
      });
    } finally {
      await session.stop();
    }
  });

  it('leave out what there is no more of, and what the client cannot run', async () => {
    const session = await Session.start();
    try {
      assert.deepEqual(await titles(session, javascript), { others: 0, titles: [one, ignore] });
    } finally {
      await session.stop();
    }
  });
});

async function find(session: Session): Promise<FindDeprecatedResult> {
  return session.connection.sendRequest<FindDeprecatedResult>(findDeprecated);
}

function summary({ files, uses, certain, sdks, cancelled }: FindDeprecatedResult) {
  return { files, uses, certain, sdks, cancelled };
}

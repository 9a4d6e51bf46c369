import assert from 'node:assert/strict';
import type { Candidate } from '../../../src/server/search/candidates';
import { type Job, Work, type Worker } from '../../../src/server/search/work';

const worker = (): Worker => ({ grammars: new Set() });
const candidates = (grammar: string | undefined, count: number): Candidate[] =>
  Array.from({ length: count }, (_, at) => ({ path: `/${grammar}/${at}`, grammar }));

function filesOf(job: Job | undefined): readonly string[] {
  assert.ok(job?.kind === 'files', job?.kind);
  return job.paths;
}

describe('the work of a search', () => {
  it('has files of one language searched by one thread, and those of others by others', () => {
    const [first, second] = [worker(), worker()];
    const work = new Work([], [], [first, second]);
    work.add([...candidates('python', 17), ...candidates('go', 1)], []);
    assert.match(filesOf(work.next(first)).join(' '), /^(?:\/python\/\d+ ?){16}$/);
    assert.deepEqual(filesOf(work.next(second)), ['/go/0']);
    assert.equal(work.next(second), undefined, 'one more file is not worth a grammar');
    assert.deepEqual(filesOf(work.next(first)), ['/python/16']);
    assert.equal(work.next(first), undefined);
  });

  it('has a language searched by every thread when it has very many files', () => {
    const [first, second] = [worker(), worker()];
    const work = new Work([], [], [first, second]);
    work.add(candidates('python', 100), []);
    const found = [first, second, first, second].flatMap((one) => filesOf(work.next(one)));
    assert.equal(new Set(found).size, 64);
    assert.ok(second.grammars.has('python'));
  });

  it('reads on in folders before a thread loads what another one has', () => {
    const [first, second] = [worker(), worker()];
    const work = new Work([], ['/top'], [first, second]);
    assert.deepEqual(work.next(first), { kind: 'folders', folders: [{ path: '/top' }] });
    assert.equal(work.next(second), undefined, 'nothing to do until the folder is read');
    work.add(candidates('python', 100), [{ path: '/top/a', above: [] }]);
    assert.equal(work.next(first)?.kind, 'files');
    assert.equal(work.next(second)?.kind, 'folders');
    assert.equal(work.next(second)?.kind, 'files');
  });

  it('begins with the files that are named, and gives those without a grammar to anyone', () => {
    const [first, second] = [worker(), worker()];
    const work = new Work(['/named.py'], ['/top'], [first, second]);
    work.add(candidates(undefined, 1), []);
    assert.deepEqual(work.next(first), { kind: 'files', paths: ['/named.py'], isNamed: true });
    assert.deepEqual(filesOf(work.next(second)), ['/undefined/0']);
    assert.equal(first.grammars.size + second.grammars.size, 0);
  });
});

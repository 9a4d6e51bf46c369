import assert from 'node:assert/strict';
import { parseTargets, targetOf, targetsAtPace } from '../../../src/core/targets';
import { oneAtRandom, randomOf } from '../../support/random';

describe('the targets of many paths', () => {
  it('are those of each path alone, whatever the globs', async () => {
    const random = randomOf(7);
    const joined = (parts: readonly string[], most: number) =>
      Array.from({ length: 1 + Math.floor(random() * most) }, () =>
        oneAtRandom(random, parts),
      ).join('');
    const globParts = ['a', 'b', '/', '/', '*', '**/', '?', '{a,b}', '{a}', '[ab]', '\\a', '\\'];
    const pathParts = ['a', 'b', '/', '{a}', '\\a', '.json'];
    let found = 0;
    for (let round = 0; round < 500; round++) {
      const entries = Array.from({ length: 6 }, (_, index) => ({
        payloads: `${oneAtRandom(random, ['', '', './', '!', '!!'])}${joined(globParts, 6)}`,
        function: `f${index}`,
      }));
      const targets = parseTargets(JSON.stringify({ targets: entries }));
      // A glob matches the path that is spelled as it is, too.
      const paths = [
        ...Array.from({ length: 40 }, () => joined(pathParts, 6)),
        ...entries.map(({ payloads }) => payloads),
      ].toSorted();
      const alone = paths.map((path) => targetOf(path, targets));
      assert.deepEqual(await targetsAtPace(paths, targets), alone, JSON.stringify(entries));
      found += alone.filter((target) => target !== undefined).length;
    }
    assert.ok(found > 1000, String(found));
  });
});

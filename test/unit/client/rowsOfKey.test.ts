import assert from 'node:assert/strict';
import { rowsOfKey } from '../../../src/client/payloads/payloadSelection';
import manifest from '../../../package.json';

describe('a key in a view', () => {
  it('is for the focused row, and for all that are selected when it is one of them', () => {
    const shown = () => false;
    assert.deepEqual(rowsOfKey('b', ['a'], shown), ['b']);
    assert.deepEqual(rowsOfKey('b', [], shown), ['b']);
    assert.deepEqual(rowsOfKey('b', ['a', 'b', 'c'], shown), ['a', 'b', 'c']);
    assert.deepEqual(rowsOfKey('d', ['a', 'b', 'c'], shown), ['d']);
  });

  it('is for no row that the user does not see marked', () => {
    const isHidden = (row: string) => row === 'hidden';
    assert.deepEqual(rowsOfKey(undefined, ['a'], isHidden), []);
    assert.deepEqual(rowsOfKey('hidden', ['hidden', 'a'], isHidden), []);
    assert.deepEqual(rowsOfKey('a', ['hidden', 'a'], isHidden), ['a']);
  });

  it('is told the focused row of its view', () => {
    const ofViews = manifest.contributes.keybindings.flatMap((binding) => {
      const view = /focusedView == (\S+)/.exec(binding.when)?.[1];
      return view === undefined ? [] : [{ view, ...binding }];
    });
    assert.ok(ofViews.length > 0);
    for (const { view, command, ...binding } of ofViews) {
      const args = 'args' in binding ? binding.args : undefined;
      assert.deepEqual(args, [{ $treeViewId: view, $focusedTreeItem: true }], command);
    }
  });
});

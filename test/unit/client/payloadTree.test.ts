import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import type { SavedPayload } from '../../../src/client/payloads/payloadLibrary';
import { PayloadTree } from '../../../src/client/payloads/payloadTree';
import { standIn, Uri as StandInUri } from '../../support/vscode';

describe('the rows of the Payloads view', () => {
  beforeEach(() => standIn.reset());

  const saved = (path: string, functionName?: string): SavedPayload => ({
    uri: fileOf(path),
    folder: standIn.folders[0] ?? standIn.open('/w'),
    path,
    target: functionName === undefined ? undefined : { function: functionName },
  });
  const fileOf = (path: string): Uri => StandInUri.file(`/w/${path}`);
  const drawn = (tree: PayloadTree, payloads: readonly SavedPayload[]) =>
    tree
      .build(payloads)
      .map((row) => [row.item().label, row.children().map((child) => child.item().label)]);

  it('are functions by name, those without one last, and numbers in their order', () => {
    assert.deepEqual(
      drawn(new PayloadTree(), [
        saved('events/lonely.json'),
        saved('p/order10.json', 'orders'),
        saved('p/order2.json', 'orders'),
        saved('p/a.json', 'arn:aws:lambda:eu-west-1:123456789012:function:billing:live'),
      ]),
      [
        ['billing:live', ['a']],
        ['orders', ['order2', 'order10']],
        ['No target function', ['lonely']],
      ],
    );
  });

  it('stay the same objects while they stand for the same', () => {
    const tree = new PayloadTree();
    const [orders] = tree.build([saved('p/a.json', 'orders')]);
    const row = tree.payload(fileOf('p/a.json'));
    assert.equal(tree.change(fileOf('p/b.json'), saved('p/b.json', 'orders')), orders);
    assert.equal(tree.size, 2);
    const [again] = tree.build([saved('p/a.json', 'orders'), saved('p/b.json', 'orders')]);
    assert.equal(again, orders);
    assert.equal(tree.payload(fileOf('p/a.json')), row);
  });

  it('are made anew when a function comes or goes', () => {
    const tree = new PayloadTree();
    tree.build([saved('p/a.json', 'orders')]);
    assert.equal(tree.change(fileOf('p/b.json'), saved('p/b.json', 'billing')), undefined);
    assert.equal(tree.change(fileOf('p/a.json'), undefined), undefined);
  });

  it('say instead of a function that nobody knows where they go', () => {
    const fault = {
      kind: 'fault',
      uri: fileOf('.lambda/targets.json'),
      reason: 'Line 1: "payloads" is missing.',
      selection: undefined,
    } as const;
    const [row] = new PayloadTree().build([{ ...saved('p/a.json'), fault }]);
    assert.equal(row?.item().label, 'Not sent: targets.json has an error');
    assert.equal(row?.item().tooltip, fault.reason);
  });

  it('are below their folders where there are several', () => {
    const first = standIn.open('/w');
    const second = standIn.open('/v');
    const tree = new PayloadTree();
    const rows = tree.build([saved('p/a.json', 'orders')]);
    assert.deepEqual(
      rows.map((row) => row.item().label),
      [first.name, second.name],
    );
    assert.equal(rows[0]?.children().length, 1);
  });
});

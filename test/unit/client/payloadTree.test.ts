import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import type { SavedPayload } from '../../../src/client/payloads/savedPayload';
import { PayloadTree } from '../../../src/client/payloads/payloadTree';
import { standIn, TreeItemCollapsibleState, Uri as StandInUri } from '../../support/vscode';

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

  describe('of sub-folders', () => {
    const inOrders = (...names: readonly string[]) =>
      names.map((name) => saved(`.lambda/payloads/orders/${name}.json`, 'orders'));
    interface Row {
      item(): { label?: unknown; id?: string };
      children(): readonly Row[];
      readonly parent: Row | undefined;
    }
    /** Labels, with those below in an array behind their row. */
    const outline = (row: Row): unknown[] => {
      for (const child of row.children()) assert.equal(child.parent, row);
      const below = row.children().flatMap(outline);
      return [row.item().label, ...(below.length > 0 ? [below] : [])];
    };

    it('come before payloads, and are one where each holds nothing but the next', () => {
      const payloads = inOrders(
        'z',
        'eu/west/b',
        'eu/west/a',
        'retry/10/a',
        'retry/9/a',
        'retry/x',
      );
      assert.deepEqual(new PayloadTree().build(payloads).flatMap(outline), [
        'orders',
        ['eu/west', ['a', 'b'], 'retry', ['9', ['a'], '10', ['a'], 'x'], 'z'],
      ]);
    });

    it('are those of the function, whatever alias it has, and no others', () => {
      const alias = 'arn:aws:lambda:eu-west-1:123456789012:function:orders:live';
      const payloads = [
        saved('.lambda/payloads/orders/eu/a.json', alias),
        saved('.lambda/payloads/billing/eu/b.json', alias),
        saved('events/eu/c.json', alias),
      ];
      const [row] = new PayloadTree().build(payloads);
      assert.deepEqual(row && outline(row), ['orders:live', ['eu', ['a'], 'b', 'c']]);
      const places = row?.children().map((child) => child.item().description);
      assert.deepEqual(places, ['1', '.lambda/payloads/billing/eu', 'events/eu']);
    });

    it('stay the same rows, come and go with their payloads, and have ids of their own', () => {
      const tree = new PayloadTree();
      const [orders] = tree.build(inOrders('eu/west/a', 'eu/west/b'));
      assert.ok(orders);
      const [before] = orders.children();
      const add = (name: string) => {
        const [payload] = inOrders(name);
        assert.ok(payload);
        return tree.change(payload.uri, payload);
      };
      assert.equal(add('eu/west/c'), orders);
      assert.equal(orders.children()[0], before);
      add('eu/d');
      assert.deepEqual(outline(orders), ['orders', ['eu', ['west', ['a', 'b', 'c'], 'd']]]);
      const ids = (row: Row): unknown[] => [row.item().id, ...row.children().flatMap(ids)];
      assert.equal(new Set(ids(orders)).size, ids(orders).length);
      for (const name of ['a', 'b', 'c'])
        tree.change(fileOf(`.lambda/payloads/orders/eu/west/${name}.json`), undefined);
      assert.deepEqual(outline(orders), ['orders', ['eu', ['d']]]);
    });

    it('say how many payloads are in them', () => {
      const [orders] = new PayloadTree().build(inOrders('eu/a', 'eu/west/b'));
      const item = orders?.children()[0]?.item();
      assert.equal(item?.description, '2');
      assert.equal(item.tooltip, '.lambda/payloads/orders/eu');
      assert.equal(item.accessibilityInformation?.label, 'eu, folder, 2 payloads');
    });
  });

  describe('of functions', () => {
    const { Collapsed, Expanded } = TreeItemCollapsibleState;
    const many = (count: number, functionName: string) =>
      Array.from({ length: count }, (_, n) => saved(`p/${functionName}/${n}.json`, functionName));
    const states = (tree: PayloadTree, payloads: readonly SavedPayload[]) =>
      tree.build(payloads).map((row) => row.item().collapsibleState);

    it('are closed at first from 20 payloads on', () => {
      const payloads = [...many(19, 'few'), ...many(20, 'many')];
      assert.deepEqual(states(new PayloadTree(), payloads), [Expanded, Collapsed]);
    });

    it('stay as they are when payloads come: what the user did with them holds', () => {
      const tree = new PayloadTree();
      states(tree, many(19, 'orders'));
      assert.deepEqual(states(tree, many(25, 'orders')), [Expanded]);
      assert.deepEqual(states(tree, [...many(25, 'orders'), ...many(20, 'new')]), [
        Collapsed,
        Expanded,
      ]);
    });
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

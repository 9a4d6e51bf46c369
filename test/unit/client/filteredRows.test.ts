import assert from 'node:assert/strict';
import { TreeItem } from 'vscode';
import { askForFilter, filteredRows } from '../../../src/client/invocations/filteredRows';
import { InvocationFilter } from '../../../src/client/invocations/invocationFilter';
import { FakeUi } from './fakeUi';

describe('the filter of the Invocations view', () => {
  const item = ({ label, description, tooltip }: Record<string, string>): TreeItem =>
    Object.assign(new TreeItem(label ?? ''), { description, tooltip });
  const rows = [
    { label: 'orders', description: 'refund · Failed', tooltip: 'Request ID 1a2b' },
    { label: 'orders', description: 'order · Succeeded', tooltip: 'Request ID 3c4d' },
    { label: 'billing', description: 'refund · Failed', tooltip: 'Request ID 5e6f' },
  ];
  const shownBy = async (filter: string) => {
    const { shown, message } = await filteredRows(rows, filter, async (row) => item(row));
    return [shown.map((row) => rows.indexOf(row)), message] as const;
  };

  it('leaves the rows that have all of its words, wherever a person reads them', async () => {
    assert.deepEqual(await shownBy('failed'), [[0, 2], '2 of 3 match "failed"']);
    assert.deepEqual(await shownBy('REFUND  orders'), [[0], '1 of 3 match "REFUND  orders"']);
    assert.deepEqual(await shownBy('3c4d'), [[1], '1 of 3 match "3c4d"']);
    assert.deepEqual(await shownBy('orders billing'), [[], '0 of 3 match "orders billing"']);
  });

  it('is typed by the user, empty to show all, and stays when they press Escape', async () => {
    const told: boolean[] = [];
    const filter = new InvocationFilter({ set: (value) => told.push(value) });
    const user = new FakeUi(' failed ', undefined, '');
    for (const expected of ['failed', 'failed', '']) {
      await askForFilter(filter, user.ui);
      assert.equal(filter.text, expected);
    }
    assert.deepEqual(told, [true, false]);
  });
});

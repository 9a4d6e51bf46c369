import assert from 'node:assert/strict';
import { FunctionRows } from '../../../src/client/invoke/functionRows';
import type { Row } from '../../../src/client/invoke/typedRow';

const functionsOf = 'arn:aws:lambda:us-east-1:123456789012';

describe('the rows of the function pick', () => {
  const listed = (...names: string[]) => names.map((name) => ({ name, detail: 'nodejs22.x' }));
  const named = (rows: readonly Row[], name: string) => {
    const found = rows.find((row) => row.kind === 'function' && row.functionName === name);
    assert.ok(found, name);
    return found;
  };
  /** A pick in which something is typed; the editor has drawn it, with this row active. */
  const typed = (rows: FunctionRows, text: string, active?: string) => {
    rows.type(text);
    const drawn = rows.draw();
    rows.activate(active === undefined ? drawn.rows[0] : named(drawn.rows, active));
    return drawn;
  };

  it('leaves a filter to the functions that match, and offers what is typed', () => {
    const rows = new FunctionRows(['orders']);
    rows.list(listed('payments'));
    const drawn = typed(rows, 'paym', 'payments');
    assert.equal(drawn.active, undefined, 'the first that is shown');
    assert.deepEqual(drawn.rows[0], {
      kind: 'typed',
      functionName: 'paym',
      detail: 'function paym',
    });
    assert.deepEqual(rows.choose(named(drawn.rows, 'payments')), { functionName: 'payments' });
    assert.deepEqual(rows.choose(drawn.rows[0]), { functionName: 'paym' });
  });

  it('keeps the place of every function while pages arrive and text is typed', () => {
    const rows = new FunctionRows(['orders', 'archive']);
    const placesOf = (all: readonly Row[]) =>
      all.flatMap((row, place) => (row.kind === 'function' ? [[row.functionName, place]] : []));
    rows.list(listed('a', 'orders', 'b'));
    const before = placesOf(rows.draw().rows);
    rows.list([...listed('a', 'orders', 'b'), ...listed('c', 'a')]);
    for (const text of ['', 'a', 'orders', `${functionsOf}:function:orders`, 'my function']) {
      rows.type(text);
      assert.deepEqual(placesOf(rows.draw().rows).slice(0, before.length), before, text);
    }
    assert.deepEqual(
      before.map(([name]) => name),
      ['orders', 'archive', 'a', 'b'],
      'each name once',
    );
  });

  it('takes what is typed for the function of that name that has just been listed', () => {
    const rows = new FunctionRows([]);
    const before = typed(rows, 'record').rows[0];
    rows.list(listed('record', 'recorder'));
    rows.draw(before);
    // The editor knows of no row yet, or of that of the typed text.
    assert.deepEqual(rows.choose(undefined), { functionName: 'record' });
    assert.deepEqual(rows.choose(before), { functionName: 'record' });
    rows.type('');
    assert.equal(rows.choose(undefined), undefined);
  });

  it('shows the functions that the workspace names before those that are listed', () => {
    const rows = new FunctionRows(['orders']);
    rows.nameProject([
      { name: 'orders', detail: 'template.yaml' },
      { name: 'billing', detail: 'main.tf' },
      { name: 'not a function', detail: 'main.tf' },
    ]);
    rows.list(listed('audit', 'billing'));
    assert.deepEqual(
      rows
        .draw()
        .rows.filter(({ kind }) => kind !== 'place')
        .map((row) => ('label' in row ? row.label : row)),
      [
        '',
        'Recent',
        { kind: 'function', functionName: 'orders', detail: '' },
        'In This Workspace',
        { kind: 'function', functionName: 'billing', detail: 'main.tf' },
        'Functions',
        { kind: 'function', functionName: 'audit', detail: 'nodejs22.x' },
      ],
    );
  });

  it('makes the function with exactly the typed name active, and offers it once', () => {
    const rows = new FunctionRows(['orders-archive']);
    typed(rows, 'orders', 'orders-archive');
    rows.list(listed('old-orders', 'orders'));
    const { rows: all, active } = rows.draw(named(rows.draw().rows, 'orders-archive'));
    assert.deepEqual(active, { kind: 'function', functionName: 'orders', detail: 'nodejs22.x' });
    assert.ok(all.includes(active), 'it is one of those that are drawn');
    assert.deepEqual(all[0], { kind: 'heading', label: '' });
  });

  it('makes a typed ARN active, though a longer one is known', () => {
    for (const arn of [
      `${functionsOf}:function:orders`,
      '123456789012:function:orders',
      '123456789012:orders',
    ]) {
      const rows = new FunctionRows([`${arn}:live`]);
      const { active } = typed(rows, arn);
      assert.equal(active?.kind === 'typed' && active.functionName, arn);
    }
  });

  it('takes an ARN that is not complete for a filter', () => {
    const rows = new FunctionRows([`${functionsOf}:function:orders`]);
    for (const text of ['', ':', ':f', ':function', ':function:']) {
      assert.equal(typed(rows, functionsOf + text).active, undefined, text);
    }
  });

  it('lists no function that it would refuse when it is typed', () => {
    const rows = new FunctionRows(['my.orders', `${functionsOf}:Function:orders`, 'orders']);
    rows.list(listed(`${functionsOf}:layer:l`, 'billing'));
    assert.deepEqual(
      rows.draw().rows.flatMap((row) => (row.kind === 'function' ? [row.functionName] : [])),
      ['orders', 'billing'],
    );
  });

  it('takes no other function for the named one when Enter is quicker than the page that has it', () => {
    const rows = new FunctionRows(['orders-archive']);
    const { rows: all } = typed(rows, 'orders', 'orders-archive');
    const archive = named(all, 'orders-archive');
    rows.list(listed('orders'));
    rows.draw(archive);
    assert.equal(rows.choose(archive), undefined);
  });

  it('takes no longer ARN for a typed one when Enter is quicker than its row', () => {
    const rows = new FunctionRows([`${functionsOf}:function:orders:live`]);
    rows.type(`${functionsOf}:function:orders`);
    const { rows: all } = rows.draw();
    const longer = named(all, `${functionsOf}:function:orders:live`);
    assert.equal(rows.choose(longer), undefined, 'nobody saw the row of the typed one yet');
    rows.activate(all[0]);
    rows.activate(longer);
    assert.deepEqual(rows.choose(longer), { functionName: `${functionsOf}:function:orders:live` });
  });

  it('lets the user go from a known ARN that is typed to a longer one', () => {
    const rows = new FunctionRows([
      `${functionsOf}:function:orders`,
      `${functionsOf}:function:orders:live`,
    ]);
    const { rows: all } = typed(
      rows,
      `${functionsOf}:function:orders`,
      `${functionsOf}:function:orders`,
    );
    const longer = named(all, `${functionsOf}:function:orders:live`);
    rows.activate(longer);
    assert.deepEqual(rows.choose(longer), { functionName: `${functionsOf}:function:orders:live` });
  });

  it('takes a pasted name when there is no row yet', () => {
    const rows = new FunctionRows([]);
    rows.draw();
    rows.type('orders');
    assert.deepEqual(rows.choose(undefined), { functionName: 'orders' });
    rows.type('my function');
    assert.equal(rows.choose(undefined), undefined);
    rows.type('');
    assert.equal(rows.choose(undefined), undefined);
  });

  it('takes what stands in the box, and not what its row said before', () => {
    const rows = new FunctionRows([]);
    const before = typed(rows, 'pay');
    rows.type('payx');
    assert.deepEqual(rows.choose(before.rows[0]), { functionName: 'payx' });
  });

  it('keeps the row that the user went to when a page arrives, and no other', () => {
    const rows = new FunctionRows(['aardvark', 'antelope']);
    const { rows: all } = typed(rows, 'a', 'aardvark');
    const antelope = named(all, 'antelope');
    rows.list(listed('a'));
    const better = rows.draw(named(all, 'aardvark')).active;
    assert.equal(better?.kind === 'function' && better.functionName, 'a');
    rows.activate(better);
    rows.activate(antelope);
    rows.list(listed('a', 'b'));
    const kept = rows.draw(antelope).active;
    assert.equal(kept?.kind === 'function' && kept.functionName, 'antelope');
  });

  it('keeps the typed text active when a page brings a match only where the user went to it', () => {
    const rows = new FunctionRows([]);
    const { rows: all } = typed(rows, 'paym');
    rows.list(listed('payments'));
    assert.equal(rows.draw(all[0]).active, undefined, 'the first that is shown: the match');
    const drawn = rows.draw(all[0]);
    rows.activate(named(drawn.rows, 'payments'));
    rows.activate(drawn.rows[0]);
    rows.list(listed('payments', 'paymaster'));
    assert.equal(rows.draw(drawn.rows[0]).active?.kind, 'typed');
  });

  it('refuses what is wrong, with the reason', () => {
    const rows = new FunctionRows([]);
    const [row] = typed(rows, 'my function').rows;
    assert.equal(row?.kind, 'wrong');
    assert.match(row.kind === 'wrong' ? row.detail : '', /not " "/);
    assert.equal(rows.choose(row), undefined);
  });

  it('says what comes next in an ARN that is not complete, and does not send to it', () => {
    const rows = new FunctionRows([]);
    for (const text of ['arn:', 'arn:aws:lambda:us-east-1', functionsOf]) {
      const [row] = typed(rows, text).rows;
      assert.equal(row?.kind, 'incomplete', text);
      assert.match(row.kind === 'incomplete' ? row.detail : '', /next: /);
      assert.equal(rows.choose(row), undefined);
    }
  });

  it('offers what is certainly meant, and sends only to what the user has seen', () => {
    const rows = new FunctionRows([`${functionsOf}:function:orders-archive`]);
    const wrong = `${functionsOf}:Function:orders`;
    const [row] = typed(rows, wrong).rows;
    assert.deepEqual(row, {
      kind: 'correction',
      functionName: `${functionsOf}:function:orders`,
      detail: 'This must be "function", not "Function".',
    });
    assert.deepEqual(rows.choose(row), { correctTo: `${functionsOf}:function:orders` });
    rows.correct(`${functionsOf}:function:orders`);
    const { active } = rows.draw();
    assert.deepEqual(rows.choose(active), { functionName: `${functionsOf}:function:orders` });
  });

  it('makes a corrected name active, though a longer one is known', () => {
    const rows = new FunctionRows(['orders-archive']);
    const [row] = typed(rows, 'orders:').rows;
    assert.deepEqual(rows.choose(row), { correctTo: 'orders' });
    rows.correct('orders');
    assert.equal(rows.draw().active?.kind, 'typed');
  });

  it('tells of the list in rows that are no choice', () => {
    const rows = new FunctionRows([]);
    rows.list([], { kind: 'warning', text: 'The functions could not be listed', detail: 'why' });
    const note = rows.draw().rows.find(({ kind }) => kind === 'warning');
    assert.ok(note);
    assert.equal(rows.choose(note), undefined);
    rows.list([], { kind: 'note', text: 'No functions yet.', detail: '' });
    const last = rows.draw().rows.at(-1);
    assert.equal(last?.kind, 'note');
    assert.equal(rows.choose(last), undefined);
    rows.type('ord');
    assert.ok(!rows.rows().some(({ kind }) => kind === 'note'), 'a filter hides it');
  });

  it('shows why no functions are listed before all others, and has another row ready for Enter', () => {
    const rows = new FunctionRows(['orders']);
    rows.list(listed('billing'), { kind: 'warning', text: 'not listed', detail: 'why' });
    const { rows: all, active } = rows.draw();
    const shown = all.filter(({ kind }) => kind !== 'place' && kind !== 'heading');
    assert.deepEqual(
      shown.map(({ kind }) => kind),
      ['warning', 'function', 'function'],
    );
    assert.equal(active, named(all, 'orders'));
    rows.type('bill');
    assert.equal(rows.draw().active, undefined, 'the first that is shown: the match');
  });

  it('has a warning about what is typed before its parts', () => {
    const [row] = typed(
      new FunctionRows([]),
      'arn:aws:lambda:us-east-9:123456789012:function:a',
    ).rows;
    assert.ok(row?.kind === 'typed' && !row.isWarned, 'AWS adds regions');
    const text = 'arn:aws:lambda:cn-north-1:123456789012:function:a';
    const [warned] = typed(new FunctionRows([]), text).rows;
    assert.ok(warned?.kind === 'typed' && warned.isWarned);
    assert.match(warned.detail, /^[^·]*cn-north-1.* · .*account 123456789012/);
  });

  it('takes the address of a page in the console for its function', () => {
    const rows = new FunctionRows(['orders']);
    const address =
      'https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/orders/aliases/live?tab=code';
    const { rows: all, active } = typed(rows, ` ${address}\n`);
    assert.deepEqual(all[0], {
      kind: 'page',
      functionName: 'orders:live',
      region: 'eu-west-1',
      detail: 'function orders · alias live · region eu-west-1',
    });
    assert.equal(active, all[0]);
    assert.deepEqual(rows.choose(undefined), { functionName: 'orders:live', region: 'eu-west-1' });
  });

  it('shows the likely function first, which takes neither the place of another nor its Enter', () => {
    const rows = new FunctionRows(['orders']);
    const before = rows.draw().rows;
    const orders = named(before, 'orders');
    const likely = { name: 'billing', detail: 'template.yaml' };
    rows.nameProject([likely], likely);
    const { rows: all, active } = rows.draw(orders);
    assert.equal(
      all.findIndex((row) => row.kind === 'function' && row.functionName === 'orders'),
      before.indexOf(orders),
    );
    assert.deepEqual(
      all.flatMap((row) => (row.kind === 'function' ? [row.functionName] : [])),
      ['billing', 'orders'],
    );
    assert.deepEqual(active, orders);
    assert.deepEqual(rows.choose(named(all, 'billing')), { functionName: 'billing' });
    const bare = new FunctionRows([]);
    bare.nameProject([likely], likely);
    assert.equal(bare.draw().active, undefined, 'the first that is shown');
  });

  it('shows a function whose name its stack tells by its logical ID, and takes a typed one for a name', () => {
    const rows = new FunctionRows([]);
    const [first, second] = ['a/template.yaml', 'b/template.yaml'].map((uri) => ({
      name: 'Orders',
      detail: uri,
      ofStack: { logicalId: 'Orders', uri },
    }));
    assert.ok(first && second);
    rows.nameProject([first, second]);
    const shown = rows.draw().rows.filter(({ kind }) => kind === 'function');
    assert.deepEqual(
      shown.map((row) => rows.choose(row)),
      [first, second].map(({ ofStack }) => ({ functionName: 'Orders', ofStack })),
    );
    const { rows: all, active } = typed(rows, 'Orders');
    assert.equal(active, undefined, 'the first that is shown: the logical ID');
    assert.deepEqual(rows.choose(all[0]), { functionName: 'Orders' });
  });

  it('leads on to the versions and aliases of a function that is named completely', () => {
    const rows = new FunctionRows(['orders', 'orders:live']);
    const leads = (text: string) => {
      const { rows: all } = typed(rows, text);
      return all.find(({ kind }) => kind === 'qualifiers');
    };
    for (const text of ['', 'ord', 'orders:live', 'my function'])
      assert.equal(leads(text), undefined, text);
    assert.deepEqual(rows.choose(leads(`${functionsOf}:function:a`)), {
      functionName: `${functionsOf}:function:a`,
      wantsQualifier: true,
    });
    const row = leads('orders');
    assert.equal(row?.kind === 'qualifiers' && row.text, 'Version or alias of orders…');
    assert.deepEqual(rows.choose(row), { functionName: 'orders', wantsQualifier: true });
  });

  it('offers to ask the account, and has no other choice in the place of that row afterwards', () => {
    const rows = new FunctionRows(['orders']);
    rows.list(listed('billing'));
    rows.offerAccount();
    const before = rows.draw().rows;
    const offer = before.findIndex(({ kind }) => kind === 'account');
    assert.deepEqual(rows.choose(before[offer]), { asksAccount: true });
    rows.listAccount(listed('audit', 'billing'));
    const after = rows.draw().rows;
    assert.equal(after[offer - 1]?.kind, 'place');
    assert.deepEqual(after[offer], { kind: 'heading', label: 'In the Account' });
    assert.deepEqual(after.slice(offer + 1), [
      { kind: 'function', functionName: 'audit', detail: 'nodejs22.x' },
    ]);
  });
});

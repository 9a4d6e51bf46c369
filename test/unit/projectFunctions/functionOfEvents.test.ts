import assert from 'node:assert/strict';
import { functionOfEvents } from '../../../src/core/projectFunctions/functionOfEvents';

describe('the function that the events of a folder are for', () => {
  const of = (payload: string, ...files: readonly (string | undefined)[]) =>
    functionOfEvents(
      payload,
      files.map((file, index) => ({ index, ...(file !== undefined && { file }) })),
    )?.index;

  it('is the only one of the project beside the folder', () => {
    assert.equal(of('file:///shop/events/a.json', 'file:///shop/template.yaml'), 0);
    assert.equal(of('file:///shop/events/orders/a.json', 'file:///shop/template.yaml'), 0);
    const others = ['file:///other/template.yaml', undefined, 'file:///shop/template.yaml'];
    assert.equal(of('file:///shop/events/a.json', ...others), 2);
  });

  it('is the one of the nearest project', () => {
    const files = ['file:///template.yaml', 'file:///events/shop/template.yaml'];
    assert.equal(of('file:///events/shop/events/a.json', ...files), 1);
    assert.equal(of('file:///events/a.json', ...files), 0);
  });

  it('is none where there are several, or where the events stand elsewhere', () => {
    const file = 'file:///shop/template.yaml';
    assert.equal(of('file:///shop/events/a.json', file, file), undefined);
    assert.equal(of('file:///shop/a.json', file), undefined);
    assert.equal(of('file:///shop/eventsource/a.json', file), undefined);
    assert.equal(of('file:///shop/src/events/a.json', file), undefined);
    assert.equal(of('file:///shop/events/a.json'), undefined);
  });
});

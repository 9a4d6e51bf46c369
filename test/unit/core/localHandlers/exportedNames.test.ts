import assert from 'node:assert/strict';
import { exportedNames, mayExport } from '../../../../src/core/localHandlers/exportedNames';
import { handlerCandidates, handlerOf } from '../../../../src/core/localHandlers/handlerPath';

describe('the exports of a module', () => {
  const cases: readonly [text: string, names: readonly string[]][] = [
    ['export const handler = 1;\nexport async function place() {}', ['handler', 'place']],
    ['export function* all() {}\nexport let one, two;', ['all', 'one']],
    ['exports.handler = () => {};\nmodule.exports.place = 1;', ['handler', 'place']],
    ['if (exports.handler === 1) {}', []],
    ['const a = 1, b = 2;\nexport { a, b as handler, type C };', ['a', 'handler']],
    ['module.exports = { handler, place: other, go() {} };', ['handler', 'place']],
    ['export default handler;\nexport interface Order {}', []],
    ['// nothing', []],
  ];
  for (const [text, names] of cases) {
    it(`${JSON.stringify(text)}: ${names.join(', ')}`, () => {
      const found = exportedNames(text, 'node');
      for (const name of names) assert.ok(found.includes(name), found.join());
      for (const name of found) assert.ok(mayExport(text, name, 'node'), name);
      if (names.length === 0) assert.deepEqual(found, []);
    });
  }

  it('of Python', () => {
    const text = 'def handler(event, context):\n  def inner(): pass\n\napp_handler = Mangum(app)\n';
    assert.deepEqual(exportedNames(text, 'python'), ['handler', 'app_handler']);
  });

  it('may be any where the text does not tell', () => {
    for (const text of ["export * from './a';", 'module.exports = make();', '__exportStar(a);'])
      assert.ok(mayExport(text, 'handler', 'node'), text);
    assert.ok(mayExport('from shop import *', 'handler', 'python'));
    assert.ok(!mayExport('exports.handlers = 1', 'handler', 'node'));
    assert.ok(mayExport('exports.$on = 1', '$on', 'node'));
  });
});

describe('the path of a handler', () => {
  it('is looked for as the runtimes of Lambda do', () => {
    assert.deepEqual(
      handlerCandidates('src/app.v1.handler')
        .map(({ file, exportPath }) => `${file} ${exportPath}`)
        .filter((_, index) => index % 6 === 0),
      ['src/app.js v1.handler', 'src/app/v1.py handler'],
    );
  });

  it('is written from a file, unless its name has a dot', () => {
    assert.equal(handlerOf('src/app.ts', 'handler'), 'src/app.handler');
    assert.equal(handlerOf('v1.2/app.py', 'handler'), 'v1.2/app.handler');
    assert.equal(handlerOf('src/app.test.ts', 'handler'), undefined);
    assert.equal(handlerOf('README.md', 'handler'), undefined);
  });
});

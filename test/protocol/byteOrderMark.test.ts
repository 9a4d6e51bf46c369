import assert from 'node:assert/strict';
import { Session } from './session';

const path = 'events/order.json';
const text = '{"a": 1}';

describe('the byte order mark of a payload file', () => {
  let session: Session;
  before(async () => {
    session = await Session.start({ files: { [path]: `\ufeff${text}` } });
  });
  after(() => session.stop());

  const messages = (found: readonly { readonly message: unknown }[]) =>
    found.map(({ message }) => String(message).slice(0, 55));

  it('is reported where the editor leaves it out of the text, until the file is saved without', async () => {
    const found = await session.open(path, 'json', text);
    assert.deepEqual(messages(found), ['On disk, the file begins with a byte order mark (U+FEFF']);
    assert.deepEqual(await session.fixes(path, found[0] ?? assert.fail()), []);
    await session.write(path, text);
    await session.eventually(path, (diagnostics) => diagnostics.length === 0);
    await session.write(path, `\ufeff${text}`);
    await session.eventually(path, (diagnostics) => diagnostics.length === 1);
  });

  it('is reported once, with its fix, where the editor shows it', async () => {
    const found = await session.open(path, 'json', `\ufeff${text}`);
    assert.deepEqual(messages(found), ['The file begins with a byte order mark (U+FEFF), which ']);
    const [fix] = await session.fixes(path, found[0] ?? assert.fail());
    assert.equal(fix?.title, 'Delete the byte order mark');
  });

  it('is none of a file that is no payload', async () => {
    await session.write('other.json', `\ufeff${text}`);
    assert.deepEqual(await session.open('other.json', 'json', text), []);
  });
});

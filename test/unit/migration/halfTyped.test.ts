import assert from 'node:assert/strict';
import { FinderThread } from './finderThread';

/** Far above what any of them takes, on any machine. */
const mostMilliseconds = 30_000;

/** A name that is not there yet: the parser puts a node without text in its place. */
const nameless = {
  rust: 'let  = client.invoke_async().function_name("f").invoke_args(ByteStream::from(b)).send().await?;',
  ruby: '@client=begin\n.invoke_async(function_name: "f", invoke_args: "{}").status\n',
  typescript: "import {\n  InvokeAsyncCommandOutput as\n} from '@aws-sdk/client-lambda';",
  javascript: `var lambda = new */AWS.Lambda();\nlambda.invokeAsync({ FunctionName: 'f' });\n`,
};

describe('half-typed documents', () => {
  const thread = new FinderThread();
  before(() => thread.start());
  after(() => thread.dispose());

  for (const [languageId, text] of Object.entries(nameless)) {
    it(`have an answer without a name in ${languageId}`, async () => {
      const reading = await thread.read(
        { languageId, text, deadline: mostMilliseconds / 2 },
        mostMilliseconds,
      );
      assert.notEqual(reading, 'hung');
      assert.equal(reading !== 'hung' && reading.fault, undefined);
    }).timeout(2 * mostMilliseconds);
  }
});

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ProjectFunction, projectFunctions } from '../../src/protocol/messages';
import { Session } from './session';

describe('the functions that files of the workspace name', () => {
  let session: Session;
  before(async () => {
    session = await Session.start({
      files: {
        'my app/template.yaml':
          'Resources:\n  A:\n    Type: AWS::Serverless::Function\n    Properties: { FunctionName: orders }\n',
        'main.tf': 'resource "aws_lambda_function" "b" { function_name = "billing" }',
        'shop 1/my template.template.json': JSON.stringify({
          Resources: { Orders: { Type: 'AWS::Lambda::Function', Properties: {} } },
        }),
        'shop 1/manifest.json': JSON.stringify({
          artifacts: {
            Shop: {
              properties: { templateFile: 'my template.template.json' },
              environment: 'aws://123456789012/eu-west-1',
            },
          },
        }),
        'bare/template.yaml':
          'Resources:\n  Audit:\n    Type: AWS::Serverless::Function\n    Properties: { Handler: a.b }\n',
        'sam/template.yaml':
          'Resources:\n  Audit:\n    Type: AWS::Serverless::Function\n    Properties: { Handler: a.b }\n',
        'sam/samconfig.toml': '[default.deploy.parameters]\nstack_name = "audit"\n',
        'large/main.tf': `resource "aws_lambda_function" "c" { function_name = "c" }${' '.repeat(300 * 1024)}`,
      },
    });
  });
  after(() => session.stop());

  const uriOf = (path: string) => session.uri(path);
  const ask = async (...uris: readonly string[]) =>
    session.connection.sendRequest<readonly ProjectFunction[]>(projectFunctions, { uris });

  it('are told with their files', async () => {
    const [template, terraform] = [uriOf('my app/template.yaml'), uriOf('main.tf')];
    assert.deepEqual(await ask(template, terraform), [
      { name: 'orders', uri: template, line: 1 },
      { name: 'billing', uri: terraform, line: 0 },
    ]);
  });

  it('are told by their logical IDs where their stack has the name, with what is known of the stack', async () => {
    const [bare, sam, cdk] = [
      uriOf('bare/template.yaml'),
      uriOf('sam/template.yaml'),
      uriOf('shop 1/my template.template.json'),
    ];
    assert.deepEqual(await ask(bare, sam, cdk), [
      { logicalId: 'Audit', uri: bare, line: 1 },
      { logicalId: 'Audit', stack: { stackName: 'audit' }, uri: sam, line: 1 },
      {
        logicalId: 'Orders',
        stack: { stackName: 'Shop', region: 'eu-west-1' },
        uri: cdk,
        line: 0,
      },
    ]);
  });

  it('are those of a file as it stands in the editor', async () => {
    const uri = uriOf('main.tf');
    const text = '# ours\nresource "aws_lambda_function" "b" { function_name = "typed" }';
    await session.open('main.tf', 'terraform', text);
    assert.deepEqual(await ask(uri), [{ name: 'typed', uri, line: 1 }]);
  });

  it('are none where nothing can be read', async () => {
    const outside = pathToFileURL(join(session.folder, '../main.tf')).href;
    assert.deepEqual(
      await ask(uriOf('missing.tf'), uriOf('large/main.tf'), outside, 'not a uri', '%'),
      [],
    );
  });
});

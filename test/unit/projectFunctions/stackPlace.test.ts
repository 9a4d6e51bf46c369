import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { projectFunctions } from '../../../src/core/projectFunctions/projectFunctions';
import { stackFiles, stackPlace } from '../../../src/core/projectFunctions/stackPlace';

describe('the stack of a template', () => {
  const samConfig = `
version = 0.1

[default]
[default.global.parameters]
stack_name = "shared"   # of all commands
region = 'eu-west-1'

[default.build.parameters]
cached = true

[default.deploy.parameters]
capabilities = ["CAPABILITY_IAM"]
stack_name = "shop-dev"

[prod.deploy.parameters]
stack_name = "shop-prod"
region = "us-east-1"
`;

  it('is that of SAM’s default environment', () => {
    const shop = { stackName: 'shop-dev', region: 'eu-west-1' };
    assert.deepEqual(stackPlace('samconfig.toml', samConfig, 'template.yaml'), shop);
    const crlf = samConfig.replaceAll('\n', '\r\n');
    assert.deepEqual(stackPlace('samconfig.toml', crlf, 'template.yaml'), shop);
    const yaml =
      'version: 0.1\ndefault:\n  deploy:\n    parameters: { stack_name: shop-dev, region: eu-west-1 }\n';
    assert.deepEqual(stackPlace('samconfig.yaml', yaml, 'template.yaml'), shop);
  });

  it('is not known where the file does not say it', () => {
    for (const text of [
      '',
      '[default.deploy.parameters]\nregion = "${REGION}"\n# stack_name = "a"',
      '[prod.deploy.parameters]\nstack_name = "a"',
      '[default.deploy.parameters]\nstack_name = ["a"]\nregion = 1',
      '[default.deploy.parameters\nstack_name = "a"',
      'stack_name = "a"',
    ]) {
      assert.equal(stackPlace('samconfig.toml', text, 'template.yaml'), undefined, text);
    }
  });

  const manifest = JSON.stringify({
    artifacts: {
      Tree: { type: 'cdk:tree' },
      ShopStack: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://123456789012/eu-west-1',
        properties: { templateFile: 'ShopStack.template.json' },
      },
      AuditStack: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/unknown-region',
        properties: { templateFile: 'AuditStack.template.json', stackName: 'audit' },
      },
    },
  });

  it('is that of CDK’s manifest', () => {
    assert.deepEqual(stackPlace('manifest.json', manifest, 'ShopStack.template.json'), {
      stackName: 'ShopStack',
      region: 'eu-west-1',
    });
    assert.deepEqual(stackPlace('manifest.json', manifest, 'AuditStack.template.json'), {
      stackName: 'audit',
    });
    assert.equal(stackPlace('manifest.json', manifest, 'Other.template.json'), undefined);
    assert.equal(stackPlace('manifest.json', '{', 'Other.template.json'), undefined);
  });

  it('stands in a file beside it', () => {
    assert.deepEqual(stackFiles('file:///a/cdk.out/Shop.template.json'), ['manifest.json']);
    assert.ok(stackFiles('file:///a/template.yaml').includes('samconfig.toml'));
  });

  it('is that of service and stage in serverless.yml, for a function whose name has a variable', () => {
    const text = `
service: shop
provider: { name: aws, stage: test, region: eu-west-1 }
functions:
  send-mail_now: { handler: a.b, name: "\${ssm:/name}" }
`;
    assert.deepEqual(projectFunctions('serverless.yml', text), [
      {
        logicalId: 'SendDashmailUnderscorenowLambdaFunction',
        stack: { stackName: 'shop-test', region: 'eu-west-1' },
        code: { handler: 'a.b', folder: '.', timeoutSeconds: 6 },
        offset: text.indexOf('send-mail_now'),
      },
    ]);
    const named = text.replace('name: aws', "name: aws, stackName: 'our-${sls:stage}'");
    const [own] = projectFunctions('serverless.yml', named);
    assert.equal(own && 'logicalId' in own && own.stack?.stackName, 'our-test');
  });

  it('is found without an error in any text, in no time', () => {
    const words = ['[', ']', '.', 'default', '= "', '"', '\n', '#', '__proto__', '{', ': '];
    const some = fc.array(fc.oneof(fc.constantFrom(...words), fc.string()));
    const files = fc.constantFrom('samconfig.toml', 'samconfig.yaml', 'manifest.json');
    fc.assert(
      fc.property(files, some, (file, parts) => {
        stackPlace(file, parts.join(''), 'template.yaml');
      }),
    );
    for (const part of ['[', '[a.', 'a = "', 'a.', ' ', '#'])
      stackPlace('samconfig.toml', part.repeat(100_000), 'template.yaml');
    assert.equal(stackPlace('samconfig.toml', `[${'a.'.repeat(50_000)}a]`, ''), undefined);
  });
});

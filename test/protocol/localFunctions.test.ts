import assert from 'node:assert/strict';
import { localFunctions, type LocalFunctionsResult } from '../../src/protocol/messages';
import { Session } from './session';

const code = 'exports.handler = async () => {};';
const sam = (properties: string, id = 'Orders') =>
  `Resources:\n  ${id}:\n    Type: AWS::Serverless::Function\n    Properties: { ${properties} }\n`;

describe('the functions of the project that Local Lambda can run', () => {
  let session: Session;
  before(async () => {
    session = await Session.start({
      files: {
        'sam/template.yaml': sam(
          'CodeUri: orders/, Handler: app.handler, Timeout: 7, Environment: { Variables: { TABLE: t } }',
        ),
        'sam/orders/app.ts': 'export const handler = async () => {};',
        'shop/serverless.yml':
          'service: shop\nfunctions:\n  bill:\n    handler: src/bill.handler\n  gone:\n    handler: src/gone.handler\n',
        'shop/src/bill.py': 'def handler(event, context):\n    return 1\n',
        'infra/main.tf':
          'resource "aws_lambda_function" "a" {\n function_name = "audit"\n handler = "audit.handler"\n filename = "audit.zip"\n}\nresource "aws_lambda_function" "b" {\n function_name = "bills"\n handler = "bill.handler"\n}\n',
        'services/audit.js': code,
        'left/template.yaml': `${sam('Handler: a.B::c, Runtime: java21', 'Java')}  Image:\n    Type: AWS::Serverless::Function\n    Properties: { PackageType: Image }\n`,
        'up/template.yaml': sam('CodeUri: ../../.., Handler: up.handler', 'Up'),
        'twice/template.yaml': sam('CodeUri: ., Handler: other.handler'),
        'large/template.yaml': sam(
          `Handler: big.handler, Environment: { Variables: { A: ${'a'.repeat(5000)} } }`,
          'Large',
        ),
      },
    });
  });
  after(() => session.stop());

  const ask = async (...paths: readonly string[]) =>
    session.connection.sendRequest<LocalFunctionsResult>(localFunctions, {
      folder: session.uri(''),
      uris: paths.map((path) => session.uri(path)),
    });

  it('have handlers from the workspace folder on, with time and variables', async () => {
    assert.deepEqual(await ask('sam/template.yaml'), {
      functions: [
        {
          name: 'Orders',
          handler: 'sam/orders/app.handler',
          timeout: 7,
          environment: { TABLE: 't' },
        },
      ],
      files: ['sam/template.yaml'],
      leftOut: [],
    });
  });

  it('keep the handler that is declared where its file is missing', async () => {
    const { functions } = await ask('shop/serverless.yml');
    assert.deepEqual(functions, [
      { name: 'shop-dev-bill', handler: 'shop/src/bill.handler', timeout: 6 },
      { name: 'shop-dev-gone', handler: 'shop/src/gone.handler', timeout: 6 },
    ]);
  });

  it('are looked for where a file does not say where its code is', async () => {
    const { functions } = await ask('infra/main.tf');
    assert.deepEqual(functions, [
      { name: 'audit', handler: 'services/audit.handler' },
      { name: 'bills', handler: 'shop/src/bill.handler' },
    ]);
  });

  it('are told with a reason where it cannot run them', async () => {
    assert.deepEqual(await ask('left/template.yaml'), {
      functions: [],
      files: [],
      leftOut: ['Java (java21)', 'Image (no handler)'],
    });
  });

  it('never leave the workspace folder, and are named once', async () => {
    const { functions, files } = await ask(
      'up/template.yaml',
      'sam/template.yaml',
      'twice/template.yaml',
    );
    assert.deepEqual(
      functions.map(({ name, handler }) => `${name}: ${handler}`),
      ['Up: up.handler', 'Orders: sam/orders/app.handler'],
    );
    assert.deepEqual(files, ['up/template.yaml', 'sam/template.yaml']);
  });

  it('come without variables that are too large', async () => {
    const { functions } = await ask('large/template.yaml');
    assert.deepEqual(functions, [{ name: 'Large', handler: 'large/big.handler' }]);
  });

  it('are none of another folder, or where nothing can be read', async () => {
    const none = { functions: [], files: [], leftOut: [] };
    assert.deepEqual(await ask('missing.tf', 'services/audit.js'), none);
    const elsewhere = await session.connection.sendRequest(localFunctions, {
      folder: 'file:///elsewhere',
      uris: [session.uri('sam/template.yaml')],
    });
    assert.deepEqual(elsewhere, none);
  });
});

import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import { ProjectLens } from '../../../src/client/invoke/projectLens';
import type { ProjectFunction } from '../../../src/protocol/messages';
import { standIn, Uri } from '../../support/vscode';

describe('the lenses of the project’s functions', () => {
  const asked: string[] = [];
  const orders: ProjectFunction = { name: 'orders', uri: 'file:///shop/template.yaml', line: 3 };
  let found: ProjectFunction = orders;
  const lens = new ProjectLens({
    projectFunctions: async (uris) => {
      asked.push(...uris.map(({ path }) => path));
      return [found];
    },
  });
  beforeEach(() => {
    standIn.reset();
    standIn.open('/shop');
    asked.length = 0;
    found = orders;
  });
  afterEach(() => standIn.reset());

  const template = 'Type: AWS::Serverless::Function';
  const lensesOf = async (path: string, text: string) => {
    const document = { uri: Uri.file(path), getText: () => text } as unknown as TextDocument;
    return lens.provideCodeLenses(document);
  };

  it('invoke a function, and make a payload for it', async () => {
    const lenses = await lensesOf('/shop/template.yaml', template);
    const [folder] = standIn.folders;
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command]),
      [
        [
          3,
          {
            command: 'invokeAsync.invokeFunction',
            title: 'Invoke Async…',
            arguments: [{ folder, functionIdentifier: 'orders' }],
          },
        ],
        [
          3,
          {
            command: 'invokeAsync.newPayload',
            title: 'New Payload…',
            arguments: [{ folder, functionIdentifier: 'orders' }],
          },
        ],
      ],
    );
  });

  it('know a function whose name its stack tells', async () => {
    const uri = 'file:///shop/template.yaml';
    found = { logicalId: 'Orders', stack: { stackName: 'shop' }, uri, line: 0 };
    const lenses = await lensesOf('/shop/template.yaml', template);
    const [folder] = standIn.folders;
    const ofStack = { logicalId: 'Orders', stack: { stackName: 'shop' }, uri };
    for (const { command } of lenses)
      assert.deepEqual(command?.arguments, [{ folder, functionIdentifier: 'Orders', ofStack }]);
  });

  it('name the call that the setting chooses', async () => {
    standIn.set('api', 'Invoke');
    const [invoke] = await lensesOf('/shop/template.yaml', template);
    assert.equal(invoke?.command?.title, 'Invoke (Event)…');
  });

  it('ask no server about a file that declares no function, is generated, too long, or of no folder', async () => {
    assert.deepEqual(await lensesOf('/shop/template.yaml', 'Type: AWS::S3::Bucket'), []);
    assert.deepEqual(await lensesOf('/shop/.aws-sam/build/template.yaml', template), []);
    assert.deepEqual(await lensesOf('/shop/template.yaml', template + ' '.repeat(65_536)), []);
    assert.deepEqual(await lensesOf('/other/template.yaml', template), []);
    assert.deepEqual(asked, []);
  });

  it('stand in the templates that CDK writes', async () => {
    assert.equal((await lensesOf('/shop/cdk.out/Shop.template.json', template)).length, 2);
  });
});

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getLanguageService, TextDocument } from 'amazon-states-language-service';
import { billedUnits } from '../../../src/core/stepFunctions/cost';
import { partitionWithoutDistributedMap } from '../../../src/core/stepFunctions/availability';
import { stateMachineDefinition } from '../../../src/core/stepFunctions/definition';
import {
  executionName,
  isBucketName,
  isPrefix,
  normalizedPrefix,
  otherStackNames,
  stackNames,
} from '../../../src/core/stepFunctions/names';
import {
  deployCommand,
  type StackPlan,
  stackReadme,
  stackTemplate,
} from '../../../src/core/stepFunctions/template';
import { textHash } from '../../../src/files/textHash';
import { repository } from '../../support/repository';

/** Folder of the snapshots; `UPDATE_FIXTURES=1` writes them, for a person to read. */
const snapshots = join(repository, 'test/fixtures/stepFunctions');
const update = process.env['UPDATE_FIXTURES'] === '1';

const plain: StackPlan = {
  function: { arn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders:live', isDurable: false },
  stack: 'lambda-events-orders-live',
  prefix: 'events-of-june/',
  options: { concurrency: 100, toleratedFailurePercentage: 100 },
  region: 'eu-west-1',
};

const plans: Readonly<Record<string, StackPlan>> = {
  'own-bucket': plain,
  'existing-bucket': { ...plain, bucket: 'my-events', prefix: '' },
  china: {
    ...plain,
    function: {
      arn: 'arn:aws-cn:lambda:cn-north-1:123456789012:function:orders',
      isDurable: false,
    },
    stack: 'lambda-events-orders',
    options: { concurrency: 10_000, toleratedFailurePercentage: 5 },
    region: 'cn-north-1',
  },
  durable: {
    ...plain,
    function: { arn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders:7', isDurable: true },
    stack: 'lambda-events-orders-7',
  },
};

describe('the state machine that sends events', () => {
  for (const [name, plan] of Object.entries(plans)) {
    it(`is valid by AWS's own language service: ${name}`, async () => {
      assert.deepEqual(await problemsOf(stateMachineDefinition(plan.function, plan.options)), []);
    });
  }

  it('would not be valid with a mistake in it, by the same service', async () => {
    const { States, ...rest } = stateMachineDefinition(plain.function, plain.options);
    const { Retry: _, ...map } = { ...States['Send events'], Retry: [], Next: 'Nowhere' };
    const problems = await problemsOf({ ...rest, States: { 'Send events': map } });
    assert.ok(problems.length > 0);
  });

  it('retries throttling alone: after any other error the event may be queued', () => {
    const { Retry } = stateMachineDefinition(plain.function, plain.options).States['Send events']
      .ItemProcessor.States.Send;
    assert.deepEqual(
      Retry.flatMap(({ ErrorEquals }) => ErrorEquals),
      ['Lambda.TooManyRequestsException'],
    );
  });

  it('names each event of a durable function, and no other', () => {
    const sent = (plan: StackPlan | undefined) =>
      JSON.stringify(plan && stateMachineDefinition(plan.function, plan.options));
    assert.match(sent(plans['durable']), /"DurableExecutionName":"{% \$states\.context/);
    assert.doesNotMatch(sent(plain), /Durable/);
  });
});

describe('the CloudFormation template', () => {
  for (const [name, plan] of Object.entries(plans)) {
    it(`is as it was reviewed: ${name}`, () => {
      compareWith(`${name}.template.yaml`, stackTemplate(plan));
      compareWith(`${name}.README.md`, stackReadme(plan));
    });

    it(`holds the definition: ${name}`, () => {
      const block = /DefinitionString: \|\n((?: {8}.*\n)+)/.exec(stackTemplate(plan))?.[1] ?? '';
      assert.deepEqual(JSON.parse(block), stateMachineDefinition(plan.function, plan.options));
    });

    it(`gives its role no more than it needs: ${name}`, () => {
      const template = stackTemplate(plan);
      const actions = template.match(/\b(?:s3|lambda|states|sts|logs|iam):[A-Za-z*]+$/gm);
      assert.deepEqual(actions, [
        'sts:AssumeRole',
        's3:GetObject',
        's3:PutObject',
        's3:GetObject',
        's3:ListMultipartUploadParts',
        's3:AbortMultipartUpload',
        'lambda:InvokeFunction',
        'states:StartExecution',
        'states:DescribeExecution',
        'states:StopExecution',
        'states:RedriveExecution',
      ]);
      assert.doesNotMatch(template, /(?:Resource|Action): '?\*/);
      assert.match(template, new RegExp(`Resource: ${plan.function.arn}\n`));
    });
  }

  it('makes a bucket that is private, encrypted and emptied, unless there is one', () => {
    assert.match(stackTemplate(plain), /SSEAlgorithm: AES256/);
    assert.match(stackTemplate(plain), /ExpirationInDays: 30/);
    assert.doesNotMatch(stackTemplate({ ...plain, bucket: 'mine' }), /AWS::S3::Bucket/);
  });

  it('is deployed by a command that names everything', () => {
    const command = deployCommand({ ...plain, template: 'a/template.yaml', profile: 'work' });
    assert.equal(
      command.join(' '),
      'aws cloudformation deploy --stack-name lambda-events-orders-live --template-file a/template.yaml --capabilities CAPABILITY_IAM --region eu-west-1 --profile work',
    );
  });
});

describe('names for Step Functions', () => {
  const arn = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;

  it('are those of the function, in the letters that a stack may have', () => {
    assert.deepEqual(stackNames(arn('orders_v2:live'), textHash), {
      folder: 'orders-v2-live',
      stack: 'lambda-events-orders-v2-live',
    });
  });

  it('stay within the 80 characters of a state machine, and apart', () => {
    const long = (alias: string) => stackNames(arn(`${'a'.repeat(64)}:${alias}`), textHash).stack;
    assert.equal(long('b'.repeat(100)).length, 80);
    assert.notEqual(long('b'.repeat(100)), long('b'.repeat(101)));
    const other = otherStackNames(arn(`${'a'.repeat(64)}:${'b'.repeat(100)}`), textHash);
    assert.ok(other.stack.length <= 80);
    assert.notEqual(other.stack, long('b'.repeat(100)));
  });

  it('of an execution are the same for the same file and function, and legal', () => {
    const hash = textHash('file and function');
    assert.equal(executionName(hash), executionName(hash));
    assert.notEqual(executionName(hash, 2), executionName(hash));
    for (const name of [executionName(hash), executionName(hash, 12)])
      assert.match(name, /^[0-9A-Za-z_-]{1,80}$/);
  });

  it('of buckets and prefixes are checked before AWS refuses them', () => {
    assert.ok(isBucketName('my-events.eu'));
    for (const wrong of ['', 'ab', 'My-events', 'a..b', '192.168.1.1', 'a_b', '-ab'])
      assert.equal(isBucketName(wrong), false, wrong);
    assert.equal(normalizedPrefix(' /in/june// '), 'in/june/');
    assert.equal(normalizedPrefix('/'), '');
    assert.ok(isPrefix('in/june-2026'));
    for (const wrong of ['in/*', 'in?', 'in/$x', 'it is', "it's", 'a'.repeat(300)])
      assert.equal(isPrefix(wrong), false, wrong);
  });
});

describe('what Step Functions costs and where it is', () => {
  it('is two transitions for each event and one for the map', () => {
    assert.deepEqual(billedUnits(1_000_000, 20), {
      stateTransitions: 2_000_001,
      lambdaRequests: 1_000_000,
      s3Requests: 22,
    });
  });

  it('is known to be missing in the isolated partitions alone', () => {
    for (const region of ['eu-west-1', 'cn-north-1', 'us-gov-west-1', 'eusc-de-east-1', 'new-1'])
      assert.equal(partitionWithoutDistributedMap(region), undefined, region);
    assert.equal(partitionWithoutDistributedMap('us-iso-east-1'), 'aws-iso');
    assert.equal(partitionWithoutDistributedMap('us-isob-east-1'), 'aws-iso-b');
  });
});

async function problemsOf(definition: object): Promise<string[]> {
  const text = JSON.stringify(definition, null, 2);
  const document = TextDocument.create('memory://definition.asl.json', 'asl', 1, text);
  const service = getLanguageService({});
  const json = service.parseJSONDocument(document);
  const problems = await service.doValidation(document, json);
  return problems.map(({ message }) => message);
}

function compareWith(name: string, text: string): void {
  const path = join(snapshots, name);
  if (update) {
    mkdirSync(snapshots, { recursive: true });
    writeFileSync(path, text);
  }
  assert.equal(text, readFileSync(path, 'utf8'));
}

import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StackFunctions } from '../../../src/client/invoke/stackFunctions';
import type { ConnectionRequest } from '../../../src/client/connection/destinations';
import { ConnectionError } from '../../../src/core/invocation/connectionError';
import { FakeUi, memory } from './fakeUi';

/** With the real client of CloudFormation, over HTTP. */
describe('the name of a function that its stack tells', () => {
  let server: Server;
  let bodies: string[];
  /** What is answered, in turn; the last one again and again. */
  let answers: { status: number; xml: string }[];
  let user: FakeUi;
  let stacks: StackFunctions;
  let connects: (string | undefined)[];

  const resource = (logicalId: string, physicalId: string, type = 'AWS::Lambda::Function') =>
    `<member><LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${physicalId}</PhysicalResourceId><ResourceType>${type}</ResourceType></member>`;
  const page = (resources: string, next = '') => ({
    status: 200,
    xml: `<ListStackResourcesResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><ListStackResourcesResult><StackResourceSummaries>${resources}</StackResourceSummaries>${next && `<NextToken>${next}</NextToken>`}</ListStackResourcesResult></ListStackResourcesResponse>`,
  });
  const fault = (status: number, code: string, message: string) => ({
    status,
    xml: `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  });

  beforeEach(async () => {
    bodies = [];
    connects = [];
    user = new FakeUi();
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        bodies.push(body);
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        response.writeHead(answer?.status ?? 500, { 'content-type': 'text/xml' });
        response.end(answer?.xml);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const environment = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' };
    stacks = new StackFunctions(
      {
        connect: async ({ given: { region } }: ConnectionRequest) => {
          connects.push(region);
          return {
            region: region ?? 'eu-west-1',
            regionSource: 'setting',
            endpoint: `http://127.0.0.1:${port}`,
            endpointSource: 'setting',
            timeoutMs: 30_000,
            useFipsEndpoint: false,
            useDualstackEndpoint: false,
            environment,
          };
        },
      },
      memory(),
      user.ui,
    );
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const request = { given: {}, endpoint: '', scope: undefined };
  const uri = 'file:///shop/template.yaml';
  const find = async (logicalId: string, stack?: { stackName?: string; region?: string }) =>
    stacks.find({ logicalId, uri, ...(stack && { stack }) }, request);

  it('is asked for once, in the region of the stack', async () => {
    answers = [
      page(
        resource('Orders', 'shop-Orders-1A2B') +
          resource('Table', 'shop-table', 'AWS::DynamoDB::Table'),
        'more',
      ),
      page(resource('Billing', 'shop-Billing-3C4D')),
    ];
    const stack = { stackName: 'shop', region: 'us-east-1' };
    assert.deepEqual(await find('Orders', stack), {
      functionName: 'shop-Orders-1A2B',
      region: 'us-east-1',
    });
    assert.deepEqual(await find('Billing', stack), {
      functionName: 'shop-Billing-3C4D',
      region: 'us-east-1',
    });
    assert.equal(bodies.length, 2, 'two pages');
    assert.match(
      bodies[0] ?? '',
      /Action=ListStackResources&.*StackName=shop\b|StackName=shop\b.*Action=ListStackResources/,
    );
    assert.deepEqual(connects, ['us-east-1', 'us-east-1']);
  });

  it('is asked for anew when it is not among those that are known, and missed when it is not there', async () => {
    answers = [
      page(resource('Orders', 'shop-Orders-1A2B')),
      page(resource('Orders', 'shop-Orders-1A2B') + resource('Audit', 'shop-Audit-5E6F')),
    ];
    const stack = { stackName: 'shop' };
    assert.equal((await find('Orders', stack))?.functionName, 'shop-Orders-1A2B');
    assert.equal((await find('Audit', stack))?.functionName, 'shop-Audit-5E6F');
    assert.equal(await find('Table', stack), undefined);
    assert.equal(bodies.length, 3);
    assert.equal(user.shown.at(-1), 'The stack shop has no function Table. Deploy it first.');
  });

  it('is looked for in the stack that the user names, where no file does, and in the same one offered again', async () => {
    answers = [page(resource('Orders', 'shop-Orders-1A2B'))];
    user.answer(' shop-dev ', undefined);
    assert.equal((await find('Orders'))?.functionName, 'shop-Orders-1A2B');
    assert.match(bodies[0] ?? '', /StackName=shop-dev(?:&|$)/);
    assert.equal(await find('Orders', { region: 'us-east-1' }), undefined, 'cancelled');
    assert.deepEqual(user.suggested, ['', 'shop-dev']);
  });

  it('is not told by a stack that is not there, or that the credentials may not read, which is said', async () => {
    answers = [fault(400, 'ValidationError', 'Stack with id shop does not exist')];
    assert.equal(await find('Orders', { stackName: 'shop' }), undefined);
    assert.match(
      user.shown.at(-1) ?? '',
      /^The stack shop does not tell the name of Orders: There is no stack shop in eu-west-1\. Deploy it/,
    );
    answers = [fault(403, 'AccessDenied', 'User may not')];
    assert.equal(await find('Orders', { stackName: 'shop' }), undefined);
    assert.match(user.shown.at(-1) ?? '', /cloudformation:ListStackResources/);
    assert.equal(bodies.length, 2, 'what failed is not kept, and not tried again by itself');
  });

  it('is not asked for without a connection, and the reason is said', async () => {
    const reason = new ConnectionError('NoRegion', 'No region is set.', 'Set one.');
    const none = new StackFunctions(
      { connect: async () => Promise.reject(reason) },
      memory(),
      user.ui,
    );
    const declared = { logicalId: 'Orders', uri, stack: { stackName: 'shop' } };
    assert.equal(await none.find(declared, request), undefined);
    assert.match(user.shown.at(-1) ?? '', /No region is set\. Set one\.$/);
  });
});

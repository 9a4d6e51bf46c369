import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { commands, window } from 'vscode';
import { close, listen } from '../../support/loopback';
import { set, workspaceFile } from '../commands';
import { eventually } from '../eventually';
import { resetTo } from '../reset';
import { Screen } from '../screen';

/** A project as its framework makes it, in which nothing of this extension was ever used. */
interface Project {
  readonly title: string;
  /** The file of an event, and the folders around it. */
  readonly folders: readonly string[];
  readonly file: string;
  /** What is typed of the function's name, where it is not the only one. */
  readonly typed?: string;
  /** The row of the pick that the event is meant for, and the function that it goes to. */
  readonly row: RegExp;
  readonly functionName: string;
}

const projects: Readonly<Record<string, Project>> = {
  'template.yaml': {
    title: 'SAM',
    folders: ['events'],
    file: 'event.json',
    row: /^HelloWorldFunction/,
    functionName: 'hello-world-HelloWorldFunction-1A2B3C',
  },
  'serverless.yml': {
    title: 'Serverless Framework',
    folders: ['events'],
    file: 'order.json',
    typed: 'create',
    row: /^shop-staging-createOrder/,
    functionName: 'shop-staging-createOrder',
  },
  'cdk.out': {
    title: 'CDK',
    folders: ['events'],
    file: 'shipment.json',
    row: /^ship-order/,
    functionName: 'ship-order',
  },
  services: {
    title: 'Terraform, a monorepo',
    folders: ['services', 'billing', 'events'],
    file: 'invoice.json',
    typed: 'invoice',
    row: /^billing-invoice/,
    functionName: 'billing-invoice',
  },
};

const [, project] =
  Object.entries(projects).find(([path]) => existsSync(workspaceFile(path).fsPath)) ?? [];
assert.ok(project, 'the window has one of the projects open');
const { title, folders, file, typed, row, functionName } = project;

/** CloudFormation's answer to ListStackResources, with the name that it gave the function of the template. */
const stackResources = `<ListStackResourcesResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><ListStackResourcesResult><StackResourceSummaries><member><LogicalResourceId>HelloWorldFunction</LogicalResourceId><PhysicalResourceId>hello-world-HelloWorldFunction-1A2B3C</PhysicalResourceId><ResourceType>AWS::Lambda::Function</ResourceType></member></StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`;

describe(`a newcomer in a project of ${title}`, () => {
  let screen: Screen;
  let server: Server;
  let endpoint: string;
  let reset: () => Promise<void>;
  let invoked: string[];
  /** What the newcomer has done, in order. */
  let actions: string[];

  before(async function () {
    screen = Screen.of(this);
    server = createServer((request, response) => void answer(request, response));
    endpoint = await listen(server);
  });
  beforeEach(async () => {
    invoked = [];
    actions = [];
    reset = await resetTo();
    await set({ endpoint, region: 'eu-west-1' }, { ofUser: true });
  });
  afterEach(async () => {
    await commands.executeCommand('notifications.clearAll');
    await reset();
  });
  after(async () => close(server));

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    if (body.includes('Action=ListStackResources')) {
      response.end(stackResources);
    } else if (request.method === 'GET') {
      // The pick lists the account, which has no functions.
      response.end('{}');
    } else {
      invoked.push(decodeURIComponent(request.url ?? ''));
      response.writeHead(202).end();
    }
  };
  const acts = async (action: string, done: Promise<unknown>) => {
    actions.push(action);
    await done;
  };
  const isSent = async () => {
    await eventually(
      () => invoked,
      ({ length }) => length > 0,
    );
    await screen.waitForOutput(/202 Accepted/);
    assert.deepEqual(invoked, [`/2014-11-13/functions/${functionName}/invoke-async/`]);
    // oxlint-disable-next-line no-console -- the figure is what a reader of the run looks for
    console.log(`${title}: ${actions.length} actions to 202: ${actions.join(', ')}`);
  };

  it('sends an event by mouse', async () => {
    await screen.openView('Explorer');
    for (const folder of folders)
      await acts(`click ${folder}`, screen.clickRow(folder, 'Explorer Section'));
    await acts(`right-click ${file}`, screen.contextMenu(file, 'Explorer Section'));
    await acts(
      'click Invoke Async',
      screen.chooseMenuItemForInput('Invoke Async', /Select a function/),
    );
    if (typed !== undefined) await acts(`type ${typed}`, screen.type(typed));
    await screen.waitForActivePick(row);
    await acts('press Enter', screen.press('Enter'));
    await isSent();
  });

  it('sends an event by keys alone', async () => {
    await acts('press Ctrl+P', screen.press('Control+P'));
    await acts(`type ${file}`, screen.type(file));
    await screen.waitForActivePick(new RegExp(`^${file}`));
    await acts('press Enter', screen.press('Enter'));
    await eventually(
      () => window.activeTextEditor?.document.uri.path,
      (path) => path?.endsWith(file) ?? false,
    );
    await acts('press Ctrl+Alt+Enter', screen.press('Control+Alt+Enter'));
    await screen.waitForInput(/Select a function/);
    if (typed !== undefined) await acts(`type ${typed}`, screen.type(typed));
    // By now it is a recent one, by its own name.
    await screen.waitForActivePick(new RegExp(`${row.source}|^${functionName}`));
    await acts('press Enter', screen.press('Enter'));
    await isSent();
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../support/repository';
import { fixtures } from '../unit/migration/finder';

/** How many lines a file has. */
export const lines = 5000;

export interface LongFile {
  readonly path: string;
  readonly text: string;
}

/** A file with uses of each main language, and code that has nothing to do with them. */
const mainFiles = [
  { uses: 'javascript-v2/handler.js', ordinary: 'orders.js' },
  { uses: 'javascript-v3/orders.ts', ordinary: 'orders.ts' },
  { uses: 'boto3/orders.py', ordinary: 'orders.py' },
  { uses: 'java-v1/Orders.java', ordinary: 'Orders.java' },
  { uses: 'dotnet/Orders.cs', ordinary: 'Orders.cs' },
  { uses: 'go-v1/sender.go', ordinary: 'orders.go' },
  { uses: 'php-v3/orders.php', ordinary: 'orders.php' },
  { uses: 'ruby/orders.rb', ordinary: 'orders.rb' },
  { uses: 'rust/main.rs', ordinary: 'orders.rs' },
  { uses: 'kotlin/Orders.kt', ordinary: 'Orders.kt' },
];

/** Files of a few uses and much ordinary code, and one of little but uses. */
export const longFiles = (): LongFile[] => [
  ...mainFiles.map(({ uses, ordinary }) => ({
    path: uses,
    text: filled(
      readFileSync(path.join(fixtures, uses), 'utf8'),
      readFileSync(path.join(repository, 'test/fixtures/ordinary', ordinary), 'utf8'),
    ),
  })),
  { path: 'queue.ts', text: filled(queueHead, queueCode) },
];

const queueHead = `import { InvokeAsyncCommand, LambdaClient } from '@aws-sdk/client-lambda';

const client = new LambdaClient({});
`;

const queueCode = `
export async function send0(orders: readonly { readonly id: string }[]) {
  let queued = 0;
  for (const order of orders) {
    const params = { FunctionName: 'ship', InvokeArgs: JSON.stringify(order) };
    const response = await client.send(new InvokeAsyncCommand(params));
    if (response.Status === 202) queued++;
    else console.error('not queued', order.id);
  }
  return queued === orders.length;
}
${'// What is sent here is only queued.\n'.repeat(40)}`;

/** `code` over and over, with another number in the names that end in 0: nothing is declared twice. */
function filled(beginning: string, code: string): string {
  const count = Math.ceil((lines - lineCount(beginning)) / lineCount(code));
  const copies = Array.from({ length: count }, (_, number) =>
    code.replaceAll(/(?<=[a-z]_?)0\b/gi, `${number}`),
  );
  return beginning + copies.join('');
}

const lineCount = (text: string) => text.split('\n').length - 1;

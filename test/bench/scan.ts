import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { candidatePattern } from '../../src/migration/rules';
import { repository } from '../support/repository';
import type { BenchRow } from './row';
import { inTurn } from './timing';

const files = 20_000;
const filesInFolder = 20;
const usesInFile = 2;
/** In bytes, as often as each stands here. Data is what makes a repository large: 20 KB a file over all. */
const codeSizes = [2_000, 4_000, 4_000, 8_000, 8_000, 12_000, 20_000, 40_000];
const dataSizes = [1_000, 4_000, 20_000, 120_000];
const memoryBudgetMb = 500;

interface Case {
  /** One file in so many has uses. */
  readonly usesEvery: number;
  /** How much longer than ripgrep a search may take that parses what it finds. */
  readonly timeBudget: number;
}

const cases: readonly Case[] = [
  { usesEvery: 200, timeBudget: 2 },
  { usesEvery: 100, timeBudget: 4 },
];

/**
 * The search of a large tree on the command line, against ripgrep listing the files with a candidate; no row where
 * there is no ripgrep.
 */
export async function rows(): Promise<BenchRow[]> {
  const program = ripgrep();
  if (program === undefined) return [];
  return (await inTurn(cases, async (one) => rowsOf(one, program))).flat();
}

async function rowsOf({ usesEvery, timeBudget }: Case, program: string): Promise<BenchRow[]> {
  const uses = (files / usesEvery) * usesInFile;
  const tree = await mkdtemp(join(tmpdir(), 'invoke-async-scan-'));
  try {
    const bytes = await writeTree(tree, usesEvery);
    const words = [tree];
    const checks = await inTurns(
      () => run(process.execPath, ['-e', measured, '--', 'check', ...words]),
      () => run(program, ['--files-with-matches', '--regexp', candidatePattern.source, tree]),
    );
    const [ours, theirs] = checks;
    const found = /^(\d+) uses found in (\d+) files \(([\d,]+) files/m.exec(ours.error);
    if (found?.[1] !== String(uses)) throw new Error(`Not all uses were found: ${ours.error}`);
    const megabytes = Number(/^maxRSS (\d+)$/m.exec(ours.error)?.[1]) / 1024;
    const name = `scan, ${files.toLocaleString('en-US')} files, ${Math.round(bytes / 1e6)} MB, ${uses} uses`;
    return [
      {
        name,
        value: ours.ms,
        unit: 'ms',
        reference: `ripgrep, ${Math.round(theirs.ms)} ms`,
        ratio: ours.ms / theirs.ms,
        budget: timeBudget,
      },
      {
        name: `${name}: memory`,
        value: megabytes,
        unit: 'MB',
        reference: `budget of ${memoryBudgetMb} MB`,
        ratio: megabytes / memoryBudgetMb,
        budget: 1,
      },
    ];
  } finally {
    await rm(tree, { recursive: true });
  }
}

/** Runs the command line as it is, and says at the end what it took. */
const measured = `
process.on('exit', () => process.stderr.write('\\nmaxRSS ' + process.resourceUsage().maxRSS));
require(${JSON.stringify(join(repository, 'dist/check.js'))}).runCheck(process.argv.slice(2), 'check');
`;

interface Kind {
  readonly extension: string;
  /** Two uses. */
  readonly use?: string;
  /** Text that has nothing to do with them, numbered. */
  readonly filler: (index: number) => string;
}

const code: readonly Kind[] = [
  {
    extension: 'js',
    use: `const AWS = require('aws-sdk');
new AWS.Lambda().invokeAsync({ FunctionName: 'orders', InvokeArgs: '{}' }).promise();
new AWS.Lambda().invokeAsync({ FunctionName: 'bills', InvokeArgs: '{}' }).promise();
`,
    filler: (index) =>
      `async function step${index}(client) {\n  return client.send({ id: ${index}, items: [1, 2, 3] }); // invoke\n}\n`,
  },
  {
    extension: 'ts',
    use: `import { Lambda } from '@aws-sdk/client-lambda';
await new Lambda({}).invokeAsync({ FunctionName: 'orders', InvokeArgs: '{}' });
await new Lambda({}).invokeAsync({ FunctionName: 'bills', InvokeArgs: '{}' });
`,
    filler: (index) =>
      `export function step${index}(value: number): string {\n  return \`order-\${value + ${index}}\`;\n}\n`,
  },
  {
    extension: 'py',
    use: `import boto3
client = boto3.client('lambda')
client.invoke_async(FunctionName='orders', InvokeArgs='{}')
client.invoke_async(FunctionName='bills', InvokeArgs='{}')
`,
    filler: (index) =>
      `def step${index}(client, items):\n    return client.put(Key=${index}, Items=[item.name for item in items])\n\n`,
  },
  {
    extension: 'go',
    use: `package orders

import "github.com/aws/aws-sdk-go/service/lambda"

func send(client *lambda.Lambda, orders, bills *lambda.InvokeAsyncInput) {
	client.InvokeAsync(orders)
	client.InvokeAsync(bills)
}
`,
    filler: (index) =>
      `func step${index}(value int) (int, error) {\n\treturn value + ${index}, nil\n}\n\n`,
  },
  {
    extension: 'sh',
    use: `aws lambda invoke-async --function-name orders --invoke-args event.json out.json
aws lambda invoke-async --function-name bills --invoke-args event.json out.json
`,
    filler: (index) => `echo "step ${index}"\ncp "file-${index}.txt" target/\n`,
  },
];

const data: readonly Kind[] = [
  {
    extension: 'json',
    filler: (index) => `"item${index}": { "name": "order", "amount": ${index} },\n`,
  },
  { extension: 'yaml', filler: (index) => `- name: order ${index}\n  amount: ${index}\n` },
  { extension: 'md', filler: (index) => `Step ${index}: invoke the function, async.\n\n` },
];

/** Returns how many bytes it wrote. */
async function writeTree(tree: string, usesEvery: number): Promise<number> {
  let bytes = 0;
  for (let index = 0; index < files; index++) {
    const folder = join(tree, `package${index % 40}`, `module${Math.floor(index / filesInFolder)}`);
    await mkdir(folder, { recursive: true });
    const hasUses = index % usesEvery === 0;
    const number = hasUses ? index / usesEvery : index;
    const kind = at(hasUses ? code : index % 3 === 0 ? data : code, number);
    const text = textOf(
      kind,
      at(kind.use ? codeSizes : dataSizes, Math.floor(number / 7)),
      hasUses,
    );
    await writeFile(join(folder, `file${index}.${kind.extension}`), text);
    bytes += text.length;
  }
  return bytes;
}

function textOf({ use, filler }: Kind, size: number, hasUses: boolean): string {
  let text = hasUses && use ? use : '';
  for (let index = 0; text.length < size; index++) text += filler(index);
  return text;
}

function at<Item>(items: readonly Item[], index: number): Item {
  return items[index % items.length] as Item;
}

interface Run {
  readonly ms: number;
  readonly error: string;
}

/** The median of each, run after each other so that both meet the same files in memory. */
async function inTurns(...programs: (() => Promise<Run>)[]): Promise<[Run, Run]> {
  const runs: Run[][] = programs.map(() => []);
  for (let turn = 0; turn < 6; turn++) {
    for (const [index, program] of programs.entries()) {
      const result = await program();
      // The first turn reads from the disk.
      if (turn > 0) runs[index]?.push(result);
    }
  }
  return runs.map((own) => own.toSorted((a, b) => a.ms - b.ms)[2]) as [Run, Run];
}

async function run(program: string, args: readonly string[]): Promise<Run> {
  const start = performance.now();
  return new Promise((resolve) => {
    execFile(program, args, (_, _out, error) => resolve({ ms: performance.now() - start, error }));
  });
}

/** The ripgrep of the cached editor, or of this machine. */
function ripgrep(): string | undefined {
  const cache = join(homedir(), '.cache', 'lambda-invoke-async');
  const inEditor = `node_modules/code-server/lib/vscode/node_modules/@vscode/ripgrep-universal/bin/${process.platform}-${process.arch}/rg`;
  const editors = existsSync(cache) ? readdirSync(cache) : [];
  const programs = [...editors.map((name) => join(cache, name, inEditor)), 'rg'];
  return programs.find((program) => spawnSync(program, ['--version']).status === 0);
}

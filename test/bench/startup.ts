import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Session } from '../protocol/session';
import { repository } from '../support/repository';
import type { BenchRow } from './row';
import { medians } from './timing';

const kibibyte = 1024;
/** What the server may take until it has answered `initialize`, in milliseconds. */
const initializeBudgetMs = 250;
/** What activation may read, in bytes. */
const extensionBudget = 60 * kibibyte;

/** What stands between opening a folder and the first diagnostics. */
export async function rows(): Promise<BenchRow[]> {
  const [initialize = 0, firstDiagnostics = 0, bareNode = 1] = await medians(
    [
      async () => (await Session.start()).stop(),
      async () => {
        const session = await Session.start();
        await session.open('events/a.json', 'json', '{ "id": }');
        await session.stop();
      },
      async () => promisify(execFile)(process.execPath, ['-e', '0']),
    ],
    7,
  );
  const { size } = statSync(join(repository, 'dist/extension.js'));
  const serverRow = (name: string, value: number): BenchRow => ({
    name,
    value,
    unit: 'ms',
    reference: `start and end of a bare Node (${bareNode.toFixed(0)} ms)`,
    ratio: value / bareNode,
    budget: (initializeBudgetMs + bareNode) / bareNode,
  });
  return [
    serverRow('language server: start, initialize, end', initialize),
    serverRow('language server: start, first diagnostics, end', firstDiagnostics),
    {
      name: 'what activation reads: dist/extension.js',
      value: size / kibibyte,
      unit: 'KiB',
      reference: 'budget of 60 KiB',
      ratio: size / extensionBudget,
      budget: 1,
    },
  ];
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Session } from '../protocol/session';
import type { BenchRow } from './row';
import { medians } from './timing';

/** What the server may take until it has answered `initialize`, in milliseconds. */
const initializeBudgetMs = 250;

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
  ];
}

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Session } from '../protocol/session';
import { repository } from '../support/repository';
import type { BenchRow } from './row';
import { medians } from './timing';

/** What may be taken, in starts and ends of a bare Node. */
const budgets = { initialize: 2.2, firstDiagnostics: 2.5, help: 1.5 };

/** What stands between opening a folder and the first diagnostics, and before a command does its work. */
export async function rows(): Promise<BenchRow[]> {
  const [initialize = 0, firstDiagnostics = 0, help = 0, bareNode = 1] = await medians(
    [
      async () => (await Session.start()).stop(),
      async () => {
        const session = await Session.start();
        await session.open('events/a.json', 'json', '{ "id": }');
        await session.stop();
      },
      async () => run(join(repository, 'dist/cli.js'), '--help'),
      async () => run('-e', '0'),
    ],
    7,
  );
  const row = (name: string, value: number, budget: number): BenchRow => ({
    name,
    value,
    unit: 'ms',
    reference: `start and end of a bare Node (${bareNode.toFixed(0)} ms)`,
    ratio: value / bareNode,
    budget,
  });
  return [
    row('language server: start, initialize, end', initialize, budgets.initialize),
    row(
      'language server: start, first diagnostics, end',
      firstDiagnostics,
      budgets.firstDiagnostics,
    ),
    row('command line: --help', help, budgets.help),
  ];
}

const run = async (...words: readonly string[]) => promisify(execFile)(process.execPath, words);

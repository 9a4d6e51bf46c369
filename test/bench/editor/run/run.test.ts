import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { commands } from 'vscode';
import type { RunSummary } from '../../../../src/core/fileRun/run';
import { workspaceFile } from '../../../editor/commands';
import { Screen } from '../../../editor/screen';
import { Pulse } from '../../../support/pulse';

/** What the extension host computes at a time during a run, in milliseconds. */
export interface RunFigures {
  readonly mostComputed: number;
}

/** The first has the code loaded, the others find it compiled. */
const rounds = 3;

/** Measures for test/bench/run.ts, which writes the event file and says where the figures go. */
describe('a run of an event file', () => {
  it('is measured', async function () {
    const screen = Screen.of(this);
    const { BENCH_FIGURES: figuresFile, BENCH_ENDPOINT: endpoint } = process.env;
    if (!figuresFile || !endpoint) throw new Error('test/bench/run.ts runs this.');
    await screen.openView('Lambda');
    const pulse = new Pulse(5);
    for (let round = 0; round < rounds; round++) await run(screen, endpoint, pulse);
    const figures: RunFigures = { mostComputed: pulse.mostComputedMs };
    await writeFile(figuresFile, JSON.stringify(figures));
  });
});

/** Feels the pulse from the choice to send to the end of the run. */
async function run(screen: Screen, endpoint: string, pulse: Pulse): Promise<void> {
  const sent = commands.executeCommand<RunSummary | undefined>('invokeAsync.sendFile', {
    uri: workspaceFile('events.jsonl'),
    functionName: 'orders',
    region: 'us-east-1',
    endpoint,
  });
  await screen.waitForActivePick(/Send [\d,]+ events to orders/);
  pulse.start('run');
  await screen.press('Enter');
  const summary = await sent;
  pulse.stop();
  assert.equal(summary?.progress.counts.accepted, summary?.file.lines);
  await commands.executeCommand('notifications.clearAll');
}

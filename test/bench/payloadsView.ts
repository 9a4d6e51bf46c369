import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PayloadsViewFigures } from './editor/payloadsView.test';
import type { BenchRow } from './row';
import { medianOf } from './timing';
import { figuresOf } from './window';

const functions = 100;
const payloadsOfFunction = 100;
const windows = 3;
/** A click, the rules of the targets and the rows come on top of the search. */
const firstPaintBudget = 3;
/** The row is redrawn after the event has come. */
const changeBudget = 2;

/** The Payloads view over 10,000 files, in the real editor: from the user's action to what the screen shows. */
export async function rows(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'invoke-async-payloads-'));
  try {
    await writePayloads(folder);
    const figures: PayloadsViewFigures[] = [];
    for (let window = 0; window < windows; window++)
      figures.push(await figuresOf(folder, 'test/bench/editor'));
    const of = (name: keyof PayloadsViewFigures) => medianOf(figures.map((each) => each[name]));
    const name = `${(functions * payloadsOfFunction).toLocaleString('en-US')} payload files`;
    return [
      row(`${name}: first paint of the tree`, of('firstPaint'), of('findFiles'), {
        reference: 'workspace.findFiles of the same globs, warm',
        budget: firstPaintBudget,
      }),
      row(`${name}: one comes or goes, until its row tells`, of('change'), of('event'), {
        reference: 'event of a bare FileSystemWatcher',
        budget: changeBudget,
      }),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Half of them by the names of their folders, half by targets. */
async function writePayloads(folder: string): Promise<void> {
  const targets: object[] = [];
  for (let index = 0; index < functions; index++) {
    const name = `function-${String(index).padStart(2, '0')}`;
    const isByTarget = index >= functions / 2;
    const place = isByTarget ? `events/${name}` : `.lambda/payloads/${name}`;
    if (isByTarget) targets.push({ payloads: `${place}/**`, function: name });
    await mkdir(join(folder, place), { recursive: true });
    for (let event = 0; event < payloadsOfFunction; event++) {
      await writeFile(join(folder, place, `event${event}.json`), `{ "id": ${event} }\n`);
    }
  }
  await writeFile(join(folder, '.lambda/targets.json'), JSON.stringify({ targets }));
}

function row(
  name: string,
  value: number,
  other: number,
  { reference, budget }: { reference: string; budget: number },
): BenchRow {
  return {
    name,
    value,
    unit: 'ms',
    reference: `${reference}, ${other.toFixed(0)} ms`,
    ratio: value / other,
    budget,
  };
}

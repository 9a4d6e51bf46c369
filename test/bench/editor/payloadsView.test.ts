import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { Uri, workspace } from 'vscode';
import { Screen } from '../../editor/screen';
import { median, medianOf } from '../timing';

/** What is measured in the window of a workspace with many payloads, in milliseconds. */
export interface PayloadsViewFigures {
  /** From the click on the view's icon to its first row on the screen. */
  readonly firstPaint: number;
  /** The editor's own search for the same files. */
  readonly findFiles: number;
  /** From the start of writing, or deleting, a file to the new count of its function on the screen. */
  readonly change: number;
  /** From there to the event of a bare watcher. */
  readonly event: number;
}

const globs = ['.lambda/payloads/**/*.json', '**/events/**/*.json'];
const rounds = 11;
/** The editor lets 200 ms pass before it draws a view once more: what comes later is drawn at once. */
const redrawPauseMs = 300;
const screenTimes: number[] = [];
const eventTimes: number[] = [];

/** Measures for test/bench/payloadsView.ts, which prepares the workspace and says where the figures go. */
describe('the Payloads view of a large workspace', () => {
  it('is measured', async function () {
    const screen = Screen.of(this);
    const [folder] = workspace.workspaceFolders ?? [];
    const figuresFile = process.env['BENCH_FIGURES'];
    if (!folder || !figuresFile) throw new Error('test/bench/payloadsView.ts runs this.');
    await screen.openView('Explorer');
    const findFiles = await median(
      () => Promise.all(globs.map((glob) => workspace.findFiles(glob))),
      5,
    );
    const firstPaint = await took(async () => {
      await screen.openView('Lambda');
      await screen.waitForRow(/^function-00, 100 payloads/, 'Payloads');
    });

    const added = Uri.joinPath(folder.uri, '.lambda/payloads/function-00/added.json');
    const changed = (text: string | undefined, count: number) =>
      change(added, text, () =>
        screen.waitForRow(new RegExp(`^function-00, ${count} payloads`), 'Payloads'),
      );
    for (let round = 0; round < rounds; round++) {
      await changed('{}', 101);
      await changed(undefined, 100);
    }
    const figures: PayloadsViewFigures = {
      firstPaint,
      findFiles,
      change: medianOf(screenTimes),
      event: medianOf(eventTimes),
    };
    await writeFile(figuresFile, JSON.stringify(figures));
  });
});

/** Writes or deletes a file, and notes how long the screen and a bare watcher take to tell. */
async function change(
  file: Uri,
  text: string | undefined,
  shown: () => Promise<void>,
): Promise<void> {
  await setTimeout(redrawPauseMs);
  const watcher = workspace.createFileSystemWatcher('**/added.json');
  const started = performance.now();
  const told = new Promise<void>((resolve) => {
    const note = () => {
      eventTimes.push(performance.now() - started);
      resolve();
    };
    watcher.onDidCreate(note);
    watcher.onDidDelete(note);
  });
  if (text === undefined) await workspace.fs.delete(file);
  else await workspace.fs.writeFile(file, Buffer.from(text));
  await shown();
  screenTimes.push(performance.now() - started);
  await told;
  watcher.dispose();
}

async function took(task: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await task();
  return performance.now() - started;
}

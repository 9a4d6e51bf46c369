import { isRecord } from '../../core/isRecord';
import type { PickRow, Ui } from '../ui/ui';

/** Which run or execution a command is about when it is told none. */
export interface Filter<Run> {
  readonly fits: (run: Run) => boolean;
  /** Told when none fits. */
  readonly none: string;
}

interface Shown<Run> {
  /** Of the pick. */
  readonly title: string;
  readonly rowOf: (run: Run) => PickRow;
}

/** The run of a row, or of a button; else the only one that fits, or the one that the user picks of several. */
export async function chooseRun<Run extends { readonly folder: string }>(
  argument: unknown,
  all: readonly Run[],
  { fits, none }: Filter<Run>,
  { title, rowOf }: Shown<Run>,
  ui: Pick<Ui, 'pickRow' | 'tell'>,
): Promise<Run | undefined> {
  const folder = folderIn(argument);
  const found = all.filter((run) => (folder === undefined || run.folder === folder) && fits(run));
  const [only, ...others] = found;
  if (others.length === 0) {
    if (!only) ui.tell('information', none);
    return only;
  }
  const rows = found.map((run) => ({ ...rowOf(run), run }));
  return (await ui.pickRow(rows, { title }))?.run;
}

/** Of a row of the view, or of what a button passes. */
function folderIn(argument: unknown): string | undefined {
  const run = isRecord(argument) ? argument['run'] : undefined;
  const folder = isRecord(run) ? run['folder'] : undefined;
  return typeof folder === 'string' ? folder : undefined;
}

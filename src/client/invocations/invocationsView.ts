import {
  type Disposable,
  EventEmitter,
  type TreeDataProvider,
  type TreeItem,
  window,
} from 'vscode';
import type { History } from './history';
import type { HistoryEntry } from './historyEntry';
import type { InvocationFilter } from './invocationFilter';
import { Batches } from '../ui/batches';
import { answer } from '../ui/editorUi';
import type { ViewId } from '../contributions';
import type { LogFollower } from './logFollower';
import type { Runs } from '../runs/runs';
import type { Executions } from '../stepFunctions/executions';
import { InvocationRow, RunRow } from './rows';

type Row = InvocationRow | RunRow;

/** The editor draws after 200 ms without a change: a row that changes more often would not be drawn before its end. */
const redrawMs = 500;

/** The list of what was sent, newest first. */
export class InvocationsView implements TreeDataProvider<Row>, Disposable {
  readonly #changed = new EventEmitter<Row | Row[] | undefined>();
  /** A node stays the same object, so that a change redraws its row alone. */
  readonly #nodes = new Map<string, InvocationRow>();
  readonly #runNodes = new Map<string, RunRow>();
  readonly #changedRuns = new Batches<RunRow>(redrawMs, (rows) => this.#changed.fire(rows));
  /** What the filter leaves out. */
  readonly #hidden = new Set<Row>();

  readonly onDidChangeTreeData = this.#changed.event;
  // The editor asks the provider for its events now, so they have to be there.
  readonly #view = window.createTreeView('invokeAsync.invocations' satisfies ViewId, {
    treeDataProvider: this,
    canSelectMany: true,
  });
  readonly onDidChangeVisibility = this.#view.onDidChangeVisibility;

  constructor(
    private readonly history: History,
    private readonly follower: LogFollower,
    private readonly runs: Runs,
    private readonly executions: Executions,
    private readonly filter: InvocationFilter,
  ) {
    filter.onDidChange(() => this.#changed.fire(undefined));
    history.onDidChange((entry) => this.#update(entry));
    runs.onDidChange((run) => this.#updateRun(run));
    executions.onDidChange((execution) => this.#updateRun(execution));
  }

  async getTreeItem(node: Row): Promise<TreeItem> {
    if (node instanceof RunRow) {
      const { runOrExecutionItem } = await import('../stepFunctions/runOrExecutionItem');
      return runOrExecutionItem(node.run);
    }
    const { invocationItem } = await import('./invocationRow');
    return invocationItem(node.entry, {
      isFollowing: this.follower.isFollowing(node.entry.id),
      hasPayloadText: this.history.payloadText(node.entry) !== undefined,
    });
  }

  async getChildren(node?: Row): Promise<Row[]> {
    if (node) return [];
    const [entries, runs, executions] = await answer(() =>
      Promise.all([this.history.entries(), this.runs.all(), this.executions.all()]),
    );
    const nodes = entries.map((entry) => this.#node(entry));
    const runNodes = [...runs, ...executions].map((run) => this.#runNode(run));
    this.#nodes.clear();
    this.#runNodes.clear();
    for (const one of nodes) this.#nodes.set(one.entry.id, one);
    for (const one of runNodes) this.#runNodes.set(one.run.folder, one);
    // What is under way stays in sight.
    const current = runNodes.filter(({ run }) => run.control);
    const others = runNodes.filter(({ run }) => !run.control);
    return this.#filtered([...current, ...merged(nodes, others)]);
  }

  dispose(): void {
    this.#changedRuns.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  async #filtered(rows: Row[]): Promise<Row[]> {
    this.#hidden.clear();
    if (this.filter.text === '') {
      this.#view.message = '';
      return rows;
    }
    const { filteredRows } = await import('./filteredRows');
    const { shown, message } = await filteredRows(rows, this.filter.text, async (row) =>
      this.getTreeItem(row),
    );
    for (const row of rows) if (!shown.includes(row)) this.#hidden.add(row);
    this.#view.message = message;
    return shown;
  }

  #node(entry: HistoryEntry): InvocationRow {
    const node = this.#nodes.get(entry.id) ?? new InvocationRow(entry);
    node.entry = entry;
    return node;
  }

  #runNode(run: RunRow['run']): RunRow {
    const node = this.#runNodes.get(run.folder) ?? new RunRow(run);
    node.run = run;
    return node;
  }

  #updateRun(run: RunRow['run'] | undefined): void {
    const node = run && this.#runNodes.get(run.folder);
    if (!node) {
      this.#changed.fire(undefined);
      return;
    }
    node.run = run;
    // Its words may be those of the filter only at its end: while it changes all the time the view stays as it is.
    if (this.filter.text !== '' && !run.control) this.#changed.fire(undefined);
    else if (!this.#hidden.has(node)) this.#changedRuns.add(node);
  }

  #update(entry: HistoryEntry | undefined): void {
    const node = entry && this.#nodes.get(entry.id);
    if (entry && node) node.entry = entry;
    this.#changed.fire(this.filter.text === '' ? node : undefined);
  }
}

/** Both by their time, each in its own order. */
function merged(invocations: readonly InvocationRow[], runs: readonly RunRow[]): Row[] {
  const rows: Row[] = [...invocations];
  for (const row of runs) {
    const at = rows.findIndex((other) => sentAt(other) < sentAt(row));
    rows.splice(at < 0 ? rows.length : at, 0, row);
  }
  return rows;
}

function sentAt(row: Row): number {
  return row instanceof RunRow ? Date.parse(row.run.startedAt) : row.entry.sentAt;
}

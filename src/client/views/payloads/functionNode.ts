import * as l10n from '@vscode/l10n';
import { ThemeIcon, TreeItem, TreeItemCollapsibleState, type WorkspaceFolder } from 'vscode';
import { functionLabel } from '../../functionLabel';
import type { TargetsFault } from '../../payloads/targetStore';
import type { FolderNode } from './folderNode';
import type { PayloadNode } from './payloadNode';

/** The payloads of one target function in one workspace folder, or those without a target. */
export class FunctionNode {
  #payloads: PayloadNode[] = [];
  /** Why nobody can say where these payloads go. */
  fault: TargetsFault | undefined;

  constructor(
    readonly folder: WorkspaceFolder,
    readonly functionIdentifier: string | undefined,
    public parent: FolderNode | undefined,
    /** Until the user opens it, or closes it: that stays. */
    private readonly startsCollapsed: boolean,
  ) {}

  /** In the order of their names, `order2` before `order10`. */
  children(): readonly PayloadNode[] {
    // Kept, because sorting what is nearly sorted costs next to nothing.
    this.#payloads = this.#payloads.toSorted(
      (a, b) => inOrder.compare(a.label, b.label) || inOrder.compare(a.saved.path, b.saved.path),
    );
    return this.#payloads;
  }

  get isEmpty(): boolean {
    return this.#payloads.length === 0;
  }

  add(payload: PayloadNode): void {
    this.#payloads.push(payload);
  }

  delete(payload: PayloadNode): void {
    this.#payloads.splice(this.#payloads.indexOf(payload), 1);
  }

  clear(): void {
    this.#payloads = [];
  }

  item(): TreeItem {
    const { functionIdentifier } = this;
    const label = labelOf(this);
    const { region, account } = functionLabel(functionIdentifier ?? '');
    const place = [region, account].filter((part) => part !== undefined);
    const count = this.#payloads.length;
    const { Collapsed, Expanded } = TreeItemCollapsibleState;
    const item = new TreeItem(label, this.startsCollapsed ? Collapsed : Expanded);
    item.id = `${this.folder.uri.toString()} ${this.fault ? 'no targets' : (functionIdentifier ?? '')}`;
    item.iconPath = new ThemeIcon(iconOf(this));
    item.description = [String(count), ...place].join(' · ');
    item.tooltip = functionIdentifier ?? l10n.t('Nothing names a function for these payloads yet.');
    item.contextValue = functionIdentifier === undefined ? 'noFunction' : 'function';
    item.accessibilityInformation = {
      label: [
        label,
        ...place,
        count === 1 ? l10n.t('1 payload') : l10n.t('{0} payloads', count),
      ].join(', '),
    };
    if (this.fault) {
      const { uri, reason, selection } = this.fault;
      item.tooltip = reason;
      const title = l10n.t('Open targets.json');
      item.command = { command: 'vscode.open', title, arguments: [uri, { selection }] };
    }
    return item;
  }
}

const inOrder = new Intl.Collator(undefined, { numeric: true });

/** Functions in the order of their names; payloads without one come last. */
export function functionsInOrder(nodes: Iterable<FunctionNode>): FunctionNode[] {
  return [...nodes].toSorted(
    (a, b) =>
      Number(a.functionIdentifier === undefined) - Number(b.functionIdentifier === undefined) ||
      inOrder.compare(labelOf(a), labelOf(b)),
  );
}

function iconOf({ functionIdentifier, fault }: FunctionNode): string {
  if (fault) return 'error';
  return functionIdentifier === undefined ? 'circle-slash' : 'symbol-function';
}

function labelOf({ functionIdentifier, fault }: FunctionNode): string {
  if (fault) return l10n.t('Not sent: targets.json has an error');
  return functionIdentifier === undefined
    ? l10n.t('No target function')
    : functionLabel(functionIdentifier).label;
}

import * as l10n from '@vscode/l10n';
import { languages, TreeItem, TreeItemCollapsibleState, type Uri } from 'vscode';
import { oneLine } from '../../../core/foreignText';
import type { SavedPayload } from '../../payloads/payloadLibrary';
import type { FunctionNode } from './functionNode';

/** One payload file. It is what its menu passes to commands, which read `uri` of it. */
export class PayloadNode {
  /** How many problems the row tells of; `undefined` until it is drawn. */
  #toldProblems: number | undefined;

  constructor(
    public saved: SavedPayload,
    public parent: FunctionNode,
  ) {}

  get uri(): Uri {
    return this.saved.uri;
  }

  /** The file's name without `.json`. */
  get label(): string {
    const { path } = this.saved;
    return path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '');
  }

  get tellsOldProblems(): boolean {
    return this.#toldProblems !== undefined && this.#toldProblems !== this.#problems;
  }

  get #problems(): number {
    return languages.getDiagnostics(this.uri).length;
  }

  children(): [] {
    return [];
  }

  item(): TreeItem {
    const { path, target, fault } = this.saved;
    // The file's URI brings its icon, and its problems as decorations.
    const item = new TreeItem(this.uri, TreeItemCollapsibleState.None);
    const place = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    // Below another function it is another row: the editor would take it for the focused one, and not mark it.
    item.id = `${this.uri.toString()} ${target?.function ?? ''}`;
    item.label = this.label;
    if (place !== `.lambda/payloads/${target?.function}`) item.description = place;
    item.contextValue = 'payload';
    const goesTo = target
      ? l10n.t('Target: {0}', target.function)
      : (fault?.reason ?? l10n.t('No target function yet'));
    item.tooltip = [path, goesTo].map(oneLine).join('\n');
    item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [this.uri] };
    item.accessibilityInformation = { label: [this.label, ...this.#spoken(item)].join(', ') };
    return item;
  }

  /** What the row shows by its place, its color and a number beside it, in words. */
  #spoken({ description }: TreeItem): string[] {
    const { target } = this.saved;
    const problems = this.#problems;
    this.#toldProblems = problems;
    return [
      target
        ? l10n.t('payload for {0}', target.function)
        : l10n.t('payload without a target function'),
      ...(typeof description === 'string' ? [description] : []),
      ...(problems === 0
        ? []
        : [problems === 1 ? l10n.t('1 problem') : l10n.t('{0} problems', problems)]),
    ];
  }
}

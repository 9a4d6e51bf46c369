import { ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { SavedPayload } from '../../payloads/payloadLibrary';
import { PayloadNode } from './payloadNode';

/** The payloads of one target function, or those without a target. */
export class FunctionNode {
  constructor(
    private readonly functionName: string | undefined,
    private readonly payloads: readonly SavedPayload[],
  ) {}

  children(): PayloadNode[] {
    return this.payloads.map((payload) => new PayloadNode(payload));
  }

  item(): TreeItem {
    const { functionName, payloads } = this;
    const item = new TreeItem(
      functionName ?? 'No target function',
      TreeItemCollapsibleState.Expanded,
    );
    item.id = `${payloads[0]?.folder.uri.toString()} ${functionName ?? ''}`;
    item.iconPath = new ThemeIcon(functionName === undefined ? 'circle-slash' : 'symbol-function');
    item.description = String(payloads.length);
    item.contextValue = functionName === undefined ? 'noFunction' : 'function';
    item.accessibilityInformation = {
      label: `${functionName ?? 'No target function'}, ${payloads.length} payloads`,
    };
    return item;
  }
}

/** Groups payloads by function, in the order of the functions' names; those without a target come last. */
export function functionNodes(payloads: readonly SavedPayload[]): FunctionNode[] {
  const groups = new Map<string | undefined, SavedPayload[]>();
  for (const payload of payloads) {
    const group = groups.get(payload.target?.function);
    if (group) group.push(payload);
    else groups.set(payload.target?.function, [payload]);
  }
  return [...groups]
    .toSorted(([a], [b]) => (a ?? '\uffff').localeCompare(b ?? '\uffff'))
    .map(([functionName, members]) => new FunctionNode(functionName, members));
}

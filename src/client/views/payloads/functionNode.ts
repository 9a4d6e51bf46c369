import { ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { parseFunctionIdentifier } from '../../../core/functionIdentifier/parse';
import type { SavedPayload } from '../../payloads/payloadLibrary';
import { PayloadNode } from './payloadNode';

/** The payloads of one target function, or those without a target. */
export class FunctionNode {
  constructor(
    private readonly functionIdentifier: string | undefined,
    private readonly payloads: readonly SavedPayload[],
  ) {}

  children(): PayloadNode[] {
    return this.payloads.map((payload) => new PayloadNode(payload));
  }

  item(): TreeItem {
    const { functionIdentifier, payloads } = this;
    const { label, place } = names(functionIdentifier);
    const item = new TreeItem(label, TreeItemCollapsibleState.Expanded);
    item.id = `${payloads[0]?.folder.uri.toString()} ${functionIdentifier ?? ''}`;
    item.iconPath = new ThemeIcon(
      functionIdentifier === undefined ? 'circle-slash' : 'symbol-function',
    );
    item.description = [String(payloads.length), ...place].join(' · ');
    item.tooltip = functionIdentifier ?? 'Nothing names a function for these payloads yet.';
    item.contextValue = functionIdentifier === undefined ? 'noFunction' : 'function';
    item.accessibilityInformation = {
      label: [label, ...place, `${payloads.length} payloads`].join(', '),
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
    .toSorted(([a], [b]) => sortKey(a).localeCompare(sortKey(b)))
    .map(([functionIdentifier, members]) => new FunctionNode(functionIdentifier, members));
}

function sortKey(functionIdentifier: string | undefined): string {
  return functionIdentifier === undefined ? '\uffff' : names(functionIdentifier).label;
}

/** The function's name, and where an ARN says that it is. */
function names(functionIdentifier: string | undefined): { label: string; place: string[] } {
  if (functionIdentifier === undefined) return { label: 'No target function', place: [] };
  const parsed = parseFunctionIdentifier(functionIdentifier);
  if (!parsed.ok) return { label: functionIdentifier, place: [] };
  const { name, qualifier, region, account } = parsed.identifier;
  return {
    label: [name, ...(qualifier ? [qualifier] : [])].map(({ text }) => text).join(':'),
    place: [region, account].flatMap((part) => part?.text ?? []),
  };
}

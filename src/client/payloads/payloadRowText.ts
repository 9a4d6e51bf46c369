import * as l10n from '@vscode/l10n';
import { functionLabel } from '../../core/functionIdentifier/label';
import type { TargetsFault } from './targetReading';

/** What a row of the Payloads view says of a function; without an identifier it is for payloads without a target. */
interface FunctionOfRow {
  readonly functionIdentifier: string | undefined;
  /** Why nobody can say where its payloads go. */
  readonly fault: TargetsFault | undefined;
}

/** Name of the editor's icon for a function's row. */
export function iconOf({ functionIdentifier, fault }: FunctionOfRow): string {
  if (fault) return 'error';
  return functionIdentifier === undefined ? 'circle-slash' : 'symbol-function';
}

/** What the row of a function says. */
export function labelOf({ functionIdentifier, fault }: FunctionOfRow): string {
  if (fault) return l10n.t('Not sent: targets.json has an error');
  return functionIdentifier === undefined
    ? l10n.t('No target function')
    : functionLabel(functionIdentifier).label;
}

export function countOf(payloads: number): string {
  return payloads === 1 ? l10n.t('1 payload') : l10n.t('{0} payloads', payloads);
}

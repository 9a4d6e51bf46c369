import type { OutcomeKind } from '../../core/invocation/outcome';
import { type HistoryEntry, windowClosed } from './historyEntry';

/** What has become of an invocation, as far as it is known. */
export type InvocationState =
  | Exclude<OutcomeKind, 'accepted'>
  | 'queued'
  | 'running'
  | 'succeeded'
  | 'retrying'
  | 'failed'
  | 'sending'
  | 'interrupted';

/** What the answer said; of an accepted event, what the function's log told last. */
export function stateOf({
  kind,
  followed,
  errorName,
}: Pick<HistoryEntry, 'kind' | 'followed' | 'errorName'>): InvocationState {
  if (kind === 'unknown' && errorName === windowClosed) return 'interrupted';
  if (kind !== 'accepted') return kind;
  return followed === undefined || followed === 'notStarted' ? 'queued' : followed;
}

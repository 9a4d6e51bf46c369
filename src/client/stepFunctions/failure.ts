import { ConnectionError } from '../../core/invocation/connectionError';
import { messageOf } from '../../core/messageOf';
import { remediesOfReason } from '../invoke/remedies';
import { causeAndRemedy } from '../invoke/reportText';
import { type Choice, showOutput, type Ui } from '../ui/ui';

/** What there is in AWS after something failed. */
export interface Remains {
  /** A sentence, or several. */
  readonly left: string;
  /** What the user can do with it. */
  readonly choices?: readonly Choice[];
}

/** Something failed that had begun. */
export class HalfDone extends Error {
  override readonly name = 'HalfDone';

  constructor(
    readonly reason: unknown,
    readonly remains: Remains,
  ) {
    super(messageOf(reason));
  }
}

/**
 * Says why something failed, what helps, and what is left of it.
 * @param label what failed, for people: the name of a file
 */
export function tellFailure(
  ui: Pick<Ui, 'offer' | 'output' | 'run'>,
  label: string,
  error: unknown,
): void {
  const { reason, remains } =
    error instanceof HalfDone ? error : { reason: error, remains: { left: '' } };
  const remedy = reason instanceof ConnectionError ? reason.remedy : '';
  const sentences = [causeAndRemedy(messageOf(reason), remedy), remains.left];
  const message = `${label}: ${sentences.filter(Boolean).join(' ')}`;
  ui.output.error(message);
  ui.offer(
    'error',
    message,
    ...(remains.choices ?? []),
    ...remediesOfReason(reason, ui),
    showOutput(ui.output),
  );
}

import * as l10n from '@vscode/l10n';
import type { Memento } from 'vscode';
import { functionLabel } from '../../core/functionIdentifier/label';
import type { InvokeArguments } from '../invoke/invokeArguments';
import type { Ui } from '../ui/ui';

/** Whose log is shown, and what of it: the argument of Tail Logs…. */
export interface OpenTail
  extends Pick<InvokeArguments, 'functionName' | 'qualifier' | 'profile' | 'region' | 'endpoint'> {
  readonly functionName: string;
  readonly filter: string;
}

/** The logs that a window shows. They end with it, and what is left of them then is offered by the next. */
export class OpenTails {
  constructor(private readonly memory: Pick<Memento, 'get' | 'update'>) {}

  async add(tail: OpenTail): Promise<void> {
    await this.#keep([...this.#all, tail]);
  }

  async delete(tail: OpenTail): Promise<void> {
    const key = JSON.stringify(tail);
    await this.#keep(this.#all.filter((one) => JSON.stringify(one) !== key));
  }

  /** Forgets them. */
  async take(): Promise<readonly OpenTail[]> {
    const all = this.#all;
    if (all.length > 0) await this.#keep([]);
    return all;
  }

  get #all(): readonly OpenTail[] {
    return this.memory.get<readonly OpenTail[]>('openTails', []);
  }

  async #keep(tails: readonly OpenTail[]): Promise<void> {
    await this.memory.update('openTails', tails);
  }
}

/** Offers the logs that the last window showed: reading them takes credentials, which the user has to want. */
export function offerTails(
  tails: readonly OpenTail[],
  ui: Pick<Ui, 'offer'>,
  again: (tail: OpenTail) => unknown,
): void {
  const labels = tails.map(
    ({ functionName, qualifier }) => functionLabel(functionName, qualifier).label,
  );
  ui.offer(
    'information',
    l10n.t(
      'The log of {0} is no longer shown: its window was closed.',
      [...new Set(labels)].join(', '),
    ),
    { title: l10n.t('Tail Again'), run: () => tails.map(again) },
  );
}

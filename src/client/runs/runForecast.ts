import * as l10n from '@vscode/l10n';
import type { FunctionHealthCache } from '../../aws/main';
import { fewEvents } from '../../core/capacity';
import { functionLabel } from '../../core/functionIdentifier/label';
import { aws } from '../lazy';
import type { Ui } from '../ui/ui';
import { eventsOf, type RunPlan } from './runPlan';

/** How long a run may be kept waiting for its forecast, in milliseconds. */
const longestWaitMs = 5000;

/** Reads what tells whether a function will keep up with a run. */
export class RunForecast {
  #cache: FunctionHealthCache | undefined;

  constructor(private readonly ui: Pick<Ui, 'withProgress'>) {}

  /**
   * The plan with how its function does. Local Lambda is not asked, nor is anybody about a few events.
   * What cannot be read, or not in time, is left unknown: it keeps no event from being sent. The user may skip it.
   */
  async withHealth(plan: RunPlan): Promise<RunPlan> {
    const { functionName, qualifier, connection, isLocal, check } = plan;
    if (isLocal || eventsOf(check) < fewEvents) return plan;
    const { FunctionHealthCache: Cache } = await aws();
    const cache = (this.#cache ??= new Cache());
    const title = l10n.t(
      'Checking whether {0} keeps up',
      functionLabel(functionName, qualifier).label,
    );
    return this.ui.withProgress(
      { title, location: 'notification', cancellable: true },
      async (_progress, token) => {
        const skipped = new AbortController();
        token.onCancellationRequested(() => skipped.abort());
        const signal = AbortSignal.any([skipped.signal, AbortSignal.timeout(longestWaitMs)]);
        const options = { timeoutMs: longestWaitMs, signal };
        const health = await cache.get(connection, { functionName, qualifier }, options);
        return { ...plan, health };
      },
    );
  }
}

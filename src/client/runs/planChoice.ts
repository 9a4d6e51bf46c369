import * as l10n from '@vscode/l10n';
import { Range, type Uri } from 'vscode';
import type { InvokeApi } from '../../core/invocation/outcome';
import { shownNumber } from '../../core/shownNumber';
import type { EventFileCheck } from '../../files/eventFileCheck';
import { apiLabel } from '../invoke/callText';
import { functionKey } from '../invoke/confirmation';
import type { Ui } from '../ui/ui';
import { planRows } from './planRows';
import { askForConcurrency, askForRate, type RunPaces } from './runPaces';
import { eventsOf, type RunPlan } from './runPlan';
import { placeOfConnection } from './runPlace';

/** What the user wants done with a file. */
export interface PlanDecision {
  readonly kind: 'send' | 'sendFirst';
  readonly plan: RunPlan;
}

/** Checks the file anew, for another API. `undefined` when the user cancelled. */
type Check = (api: InvokeApi) => Promise<EventFileCheck | undefined>;

/** Shows what will happen, and lets the user change it. */
export class PlanChoice {
  constructor(
    private readonly paces: Pick<RunPaces, 'set'>,
    private readonly ui: Pick<Ui, 'askForText' | 'pickRow' | 'run' | 'tell'>,
  ) {}

  /** `undefined` when nothing is to be sent. */
  async decide(first: RunPlan, check: Check): Promise<PlanDecision | undefined> {
    let plan = first;
    for (;;) {
      if (eventsOf(plan.check) === 0) {
        this.#tellNothingToSend(plan);
        return undefined;
      }
      const row = await this.ui.pickRow(planRows(plan), {
        title: l10n.t('Lambda: Send {0}', plan.label),
        placeHolder: l10n.t('What will be sent; select a row to change it'),
        ignoreFocusOut: true,
      });
      switch (row?.choice) {
        case 'send':
        case 'sendFirst':
          return { kind: row.choice, plan };
        case 'changeRate':
          plan = await this.#withPace(plan, await askForRate(plan.pace.rate, this.ui));
          break;
        case 'useSafeRate':
          plan = await this.#withPace(plan, { rate: row.rate });
          break;
        case 'changeConcurrency': {
          const concurrency = await askForConcurrency(plan.pace.concurrency, this.ui);
          plan = await this.#withPace(
            plan,
            concurrency === undefined ? undefined : { concurrency },
          );
          break;
        }
        case 'changeApi':
          plan = await this.#withApi(plan, check);
          break;
        case 'useStepFunctions': {
          const { file, functionName, qualifier, connection, isLocal } = plan;
          await this.ui.run('invokeAsync.sendDistributed', {
            uri: file,
            functionName,
            ...(qualifier === undefined ? {} : { qualifier }),
            ...placeOfConnection(connection, isLocal),
          });
          return undefined;
        }
        case 'nothing':
          break;
        case 'showInvalid':
          await this.#showLine(plan.file, plan.check.problems[0]?.line);
          return undefined;
        case 'showLargest':
          await this.#showLine(plan.file, plan.check.largest?.line);
          return undefined;
        case undefined:
          return undefined;
      }
    }
  }

  async #withPace(plan: RunPlan, change: Partial<RunPlan['pace']> | undefined): Promise<RunPlan> {
    if (!change) return plan;
    const pace = { ...plan.pace, ...change };
    await this.paces.set(functionKey(plan), pace);
    return { ...plan, pace };
  }

  async #withApi(plan: RunPlan, check: Check): Promise<RunPlan> {
    const rows = (['Invoke', 'InvokeAsync'] as const).map((api) => ({ label: apiLabel(api), api }));
    const title = l10n.t('Lambda: API');
    const api = (await this.ui.pickRow(rows, { title, ignoreFocusOut: true }))?.api;
    const checked = api && (await check(api));
    return checked ? { ...plan, api, check: checked } : plan;
  }

  /** @param line counted from 1 */
  async #showLine(file: Uri, line = 1): Promise<void> {
    await this.ui.run('vscode.open', file, { selection: new Range(line - 1, 0, line - 1, 0) });
  }

  #tellNothingToSend({ label, check }: RunPlan): void {
    const [first] = check.problems;
    const message = first
      ? l10n.t('{file} has no valid events. Line {line}: {problem}', {
          file: label,
          line: shownNumber(first.line),
          problem: first.message,
        })
      : l10n.t('{0} contains no events. Write one JSON value on each line.', label);
    this.ui.tell('error', message);
  }
}

import * as l10n from '@vscode/l10n';
import type { Memento } from 'vscode';
import { mostRunConcurrency } from '../../core/limits';
import type { Ui } from '../ui/ui';
import { wholeNumberProblem } from '../ui/wholeNumber';

/** How fast the events of a file are sent. */
export interface Pace {
  /** Events a second at most; `undefined` for as many as `concurrency` allows. */
  readonly rate: number | undefined;
  /** Requests at once. */
  readonly concurrency: number;
}

export const defaultConcurrency = 16;

const memoryKey = 'runPaces';
const mostRemembered = 100;

type Remembered = readonly (readonly [
  functionKey: string,
  pace: { readonly rate: number | null; readonly concurrency: number },
])[];

/** The paces that the user chose, by function. */
export class RunPaces {
  constructor(private readonly memory: Memento) {}

  /** @param functionKey says which function at which place */
  get(functionKey: string): Pace | undefined {
    const pace = this.#all.find(([key]) => key === functionKey)?.[1];
    return pace && { ...pace, rate: pace.rate ?? undefined };
  }

  async set(functionKey: string, { rate, concurrency }: Pace): Promise<void> {
    const others = this.#all.filter(([key]) => key !== functionKey);
    const all: Remembered = [[functionKey, { rate: rate ?? null, concurrency }], ...others];
    await this.memory.update(memoryKey, all.slice(0, mostRemembered));
  }

  get #all(): Remembered {
    return this.memory.get<Remembered>(memoryKey, []);
  }
}

/** Asks for a rate. `undefined` when the user cancelled. */
export async function askForRate(
  current: number | undefined,
  ui: Pick<Ui, 'askForText'>,
): Promise<{ readonly rate: number | undefined } | undefined> {
  const noLimit = 'max';
  const typed = await ui.askForText({
    title: l10n.t('Lambda: Rate'),
    prompt: l10n.t('Events per second, at most; {0} for no limit', noLimit),
    value: current === undefined ? noLimit : String(current),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === noLimit || isPositive(value)
        ? undefined
        : l10n.t('Enter a number above 0, or {0}.', noLimit),
  });
  if (typed === undefined) return undefined;
  return { rate: typed.trim() === noLimit ? undefined : Number(typed) };
}

/** Asks for a number of requests. `undefined` when the user cancelled. */
export async function askForConcurrency(
  current: number,
  ui: Pick<Ui, 'askForText'>,
): Promise<number | undefined> {
  const typed = await ui.askForText({
    title: l10n.t('Lambda: Concurrency'),
    prompt: l10n.t('Requests at once'),
    value: String(current),
    ignoreFocusOut: true,
    validateInput: (value) => wholeNumberProblem(value, 1, mostRunConcurrency),
  });
  return typed === undefined ? undefined : Number(typed);
}

function isPositive(text: string): boolean {
  const number = Number(text);
  return Number.isFinite(number) && number > 0;
}

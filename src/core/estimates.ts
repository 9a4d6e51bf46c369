/** Numbers of estimates, as they are shown: no more of them than is known. */
import * as l10n from '@vscode/l10n';

/** What is left of an estimate's digits: two, without more of them in the fraction; `down` never says too much. */
export function rounded(number: number, direction: 'nearest' | 'down' = 'nearest'): number {
  if (number === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(number))) - 1);
  const count = number / unit;
  const whole = direction === 'down' ? Math.floor(count + 1e-9) : Math.round(count);
  // Tenths and the like cannot be written in binary: 44 * 0.1 is 4.4 and something.
  return Number((whole * unit).toPrecision(2));
}

/** Units of time, from the largest, and the seconds from which each is used. */
const timeUnits = [
  { unit: 'day', seconds: 86_400, from: 2 * 86_400 },
  { unit: 'hour', seconds: 3600, from: 2 * 3600 },
  { unit: 'minute', seconds: 60, from: 2 * 60 },
  { unit: 'second', seconds: 1, from: 0 },
] as const;

/** About how long something takes: `11 hours`, `90 minutes`, `20 seconds`. */
export function shownDuration(seconds: number): string {
  const chosen = timeUnits.find(({ from }) => seconds >= from) ?? timeUnits[3];
  return Math.round(seconds / chosen.seconds).toLocaleString(l10n.t('en-US'), {
    style: 'unit',
    unit: chosen.unit,
    unitDisplay: 'long',
  });
}

import type { BenchRow } from './row';

/** The ratios of one row, measured one after the other with the same code. */
export type Ratios = readonly number[];

/** Two measurements may agree by luck: a change by less than this factor is noise. */
const leastNoise = 1.05;

/** A name for each row that stays from run to run: without figures, and numbered where rows would share it. */
export function keysOf(rows: readonly BenchRow[]): string[] {
  const counts = new Map<string, number>();
  return rows.map(({ name, reference }) => {
    const key = `${name}, against ${reference}`.replaceAll(/\d[\d,.]*/g, '#');
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 ? key : `${key} (${count})`;
  });
}

/** By which factor a row differs from itself; 1 when it does not. */
export function noiseOf(ratios: Ratios): number {
  return Math.max(...ratios) / Math.min(...ratios);
}

/**
 * By which factor a row has changed since its ratios were kept: above 1 it is slower now, below 1 faster. `undefined`
 * for a change within the noise of both.
 */
export function changeSince(kept: Ratios, now: Ratios): number | undefined {
  const change = middleOf(now) / middleOf(kept);
  const noise = Math.max(noiseOf(kept) * noiseOf(now), leastNoise);
  return Math.max(change, 1 / change) > noise ? change : undefined;
}

/** Over budget only when every measurement is: what else the machine does may spoil one. */
export function isOverBudget(measurements: readonly BenchRow[]): boolean {
  return measurements.every(({ ratio, budget }) => budget !== undefined && ratio > budget);
}

/** The geometric mean: twice as much and half as much are equally far from it. */
function middleOf(ratios: Ratios): number {
  return ratios.reduce((product, ratio) => product * ratio, 1) ** (1 / ratios.length);
}

/**
 * Median milliseconds of each task. The tasks take turns, so that a busy machine slows all of them alike; the first
 * three rounds warm up and do not count. A task gets the number of its round.
 */
export async function medians(
  tasks: readonly ((round: number) => unknown)[],
  rounds = 25,
): Promise<number[]> {
  const times = tasks.map((): number[] => []);
  for (let round = -3; round < rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      const started = performance.now();
      await task(round);
      if (round >= 0) times[index]?.push(performance.now() - started);
    }
  }
  return times.map(medianOf);
}

export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** One row after the other: what is measured at the same time slows each other down. */
export async function inTurn<T, R>(
  items: readonly T[],
  measure: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await measure(item));
  return results;
}

export async function median(task: (round: number) => unknown, rounds = 11): Promise<number> {
  return (await medians([task], rounds))[0] ?? Number.NaN;
}

/**
 * How long the fuzz tests run, and from which seed: the same in every run, so that a run fails for a change alone.
 * `FUZZ_SECONDS=600` runs longer and begins somewhere else; `FUZZ_SEED` repeats the run that a failure names.
 */
export function fuzzRun(defaultSeconds: number): {
  readonly seconds: number;
  readonly seed: number;
} {
  const { FUZZ_SECONDS: seconds, FUZZ_SEED: seed } = process.env;
  const start = seconds === undefined ? 1 : Date.now() % 2 ** 31;
  return { seconds: Number(seconds ?? defaultSeconds), seed: Number(seed ?? start) };
}

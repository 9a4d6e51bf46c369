/** One line of the table that `npm run bench` prints. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the value is measured against, in the same run. */
  readonly reference: string;
  /** `value` divided by the reference's value. */
  readonly ratio: number;
  /** Largest ratio that is still acceptable. */
  readonly budget?: number;
}

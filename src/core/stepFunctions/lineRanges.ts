/** Numbers of lines that follow each other, both included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** The first ones of many line numbers, which come in order. */
export class LineRanges {
  readonly #ranges: { from: number; to: number }[] = [];

  /** @param most how many ranges are held */
  constructor(private readonly most: number) {}

  get all(): readonly LineRange[] {
    return this.#ranges;
  }

  add(line: number): void {
    const last = this.#ranges.at(-1);
    if (last?.to === line - 1) last.to = line;
    else if (this.#ranges.length < this.most) this.#ranges.push({ from: line, to: line });
  }
}

/** Such as `2, 7–9`, and how many lines that are. */
export function rangesText(ranges: readonly LineRange[]): {
  readonly text: string;
  readonly lines: number;
} {
  return {
    text: ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', '),
    lines: ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0),
  };
}

/**
 * The one candidate that is nearest to the text, at most `most` slips away: a letter missing, added, changed, or
 * two neighbors swapped. `undefined` when none is that near, or two are equally near.
 */
export function closest(
  text: string,
  candidates: readonly string[],
  most: number,
): string | undefined {
  const near = candidates
    .filter(({ length }) => Math.abs(length - text.length) <= most)
    .map((candidate) => ({ candidate, slips: slipsBetween(text, candidate) }))
    .filter(({ slips }) => slips <= most)
    .toSorted((one, other) => one.slips - other.slips);
  return near[0] && near[0].slips !== near[1]?.slips ? near[0].candidate : undefined;
}

/** The optimal string alignment distance. Time grows with the product of the lengths: for short words only. */
function slipsBetween(one: string, other: string): number {
  let twoAbove: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        at(above, column) + 1,
        at(current, column - 1) + 1,
        at(above, column - 1) + (same ? 0 : 1),
        swapped ? at(twoAbove, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [twoAbove, above] = [above, current];
  }
  return at(above, other.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

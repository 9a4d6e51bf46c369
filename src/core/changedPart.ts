/** What two versions of a text do not share, between their common beginning and their common end. */
export interface ChangedPart {
  readonly start: number;
  /** Where it ends in the version before. */
  readonly oldEnd: number;
  readonly newEnd: number;
}

export function changedPart(before: string, after: string): ChangedPart {
  const shorter = Math.min(before.length, after.length);
  const start = sameUpTo(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const tail = sameUpTo(
    shorter - start,
    (from, to) => fromEnd(before, from, to) === fromEnd(after, from, to),
  );
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

/** How much of a length is the same, which is asked part by part: texts compare faster than their characters. */
function sameUpTo(length: number, isSame: (from: number, to: number) => boolean): number {
  let same = 0;
  for (let step = 4096; step >= 1; step >>= 4) {
    while (same < length && isSame(same, Math.min(same + step, length)))
      same = Math.min(same + step, length);
  }
  return same;
}

const fromEnd = (text: string, from: number, to: number) =>
  text.slice(text.length - to, text.length - from);

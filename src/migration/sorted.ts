/** The index of the first item whose offset is a given one or after it; the items are in the order of their offsets. */
export function firstFrom<Item>(
  items: ArrayLike<Item>,
  offset: number,
  offsetOf: (item: Item) => number,
): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && offsetOf(item) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The rows of a view that a key is for: the focused one, which the editor marks and the keys move, or all that are
 * selected when it is one of them. None while no row is marked: the editor keeps the focus of a row that is hidden.
 */
export function rowsOfKey<Row>(
  focused: Row | undefined,
  selected: readonly Row[],
  isHidden: (row: Row) => boolean,
): readonly Row[] {
  if (focused === undefined || isHidden(focused)) return [];
  return selected.includes(focused) ? selected.filter((row) => !isHidden(row)) : [focused];
}

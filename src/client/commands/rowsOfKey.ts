/**
 * The rows of a view that a key is for: the focused one, which the editor marks and the keys move, or all that are
 * selected when it is one of them. None while no row is focused.
 */
export function rowsOfKey<Row>(focused: Row | undefined, selected: readonly Row[]): readonly Row[] {
  if (focused === undefined) return [];
  return selected.includes(focused) ? selected : [focused];
}

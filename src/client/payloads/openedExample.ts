/** Remembers the address of the folder that was opened by Lambda: Open Example…, until its window has started. */
export const openedExample = 'openedExample';

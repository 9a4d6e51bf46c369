import { walkJson } from './walk';

/** Blanks for each level. */
const step = '  ';

/**
 * A JSON text with each member and element on a line of its own. Everything but the white space between its parts stays
 * as it is: numbers keep all of their digits. `undefined` when the result would have more than so many UTF-16 units, as
 * that of deep nesting has.
 * @param text strict JSON
 */
export function formattedJson(text: string, mostCharacters: number): string | undefined {
  const parts: string[] = [];
  let length = 0;
  let depth = 0;
  /** Of the part before: a bracket that opens, a key, or a value. */
  let before: 'nothing' | 'open' | 'key' | 'value' = 'nothing';
  const add = (part: string) => {
    length += part.length;
    if (length <= mostCharacters) parts.push(part);
  };
  const newLine = () => {
    length += 1 + depth * step.length;
    if (length <= mostCharacters) parts.push(`\n${step.repeat(depth)}`);
  };
  const begin = () => {
    if (before === 'value') add(',');
    if (before === 'value' || before === 'open') newLine();
    if (before === 'key') add(': ');
  };
  walkJson(text, {
    open(start) {
      begin();
      add(text.charAt(start));
      depth++;
      before = 'open';
    },
    close(end) {
      depth--;
      if (before !== 'open') newLine();
      add(text.charAt(end - 1));
      before = 'value';
    },
    key(start, end) {
      begin();
      add(text.slice(start, end));
      before = 'key';
    },
    scalar(start, end) {
      begin();
      add(text.slice(start, end));
      before = 'value';
    },
  });
  return length <= mostCharacters ? parts.join('') : undefined;
}

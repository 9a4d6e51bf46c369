import { walkJson } from './walk';

/**
 * The elements of a JSON array as the lines of an event file, each as it is written: numbers and escapes stay what they
 * are. Only the line breaks between its tokens are left out, with the indentation that follows them.
 * @returns without line ends; `undefined` for a text that is no JSON array
 */
export function elementLines(text: string): readonly string[] | undefined {
  if (!Array.isArray(parsed(text))) return undefined;
  const lines: string[] = [];
  let depth = 0;
  let start = 0;
  const begin = (at: number) => {
    if (depth === 1) start = at;
  };
  const end = (at: number) => {
    // JSON has line breaks between tokens alone: in strings they are escaped.
    if (depth === 1) lines.push(text.slice(start, at).replaceAll(/[\r\n][ \t\r\n]*/g, ''));
  };
  walkJson(text, {
    open(at) {
      begin(at);
      depth++;
    },
    close(at) {
      depth--;
      end(at);
    },
    key() {},
    scalar(from, to) {
      begin(from);
      end(to);
    },
  });
  return lines;
}

/** How many elements a JSON array has; 0 for a text that is none. */
export function elementCount(text: string): number {
  const value = parsed(text);
  return Array.isArray(value) ? value.length : 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Text that others wrote (answers of servers, names of files and functions, logs), made safe for the place that shows
 * it: it stays text, whatever the place would make of links, icons, Markdown or line ends.
 */

/** More of one line helps nobody. In UTF-16 units. */
const longestLine = 2000;
const longestTag = 200;

/**
 * What has no look of its own, but changes what a reader takes the text around it for: line ends, control characters
 * (those of terminals among them), marks that turn the direction of writing, blanks without width, halves of surrogate
 * pairs. Tabs, and the joiners that words and emoji need, are not among them.
 */
const invisible = /(?!\t)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\u200B\u2060-\u2064\uFEFF]/gu;

const escapes: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r` };

/** One line of at most 2,000 UTF-16 units, for a log or a terminal: `\n` and `\u001b` are written out. */
export function oneLine(text: string): string {
  const line = visible(text.slice(0, longestLine + 1));
  return line.length <= longestLine ? line : `${cut(line, longestLine - 1)}…`;
}

/**
 * All of a text that may have many lines, each behind the tag that says whose it is and a bar, so that none of them can
 * pass for a line of ours. Long lines go on in the next one. Blank lines at the end are left out.
 * @param tag such as `[orders]`
 */
export function taggedLines(tag: string, text: string): string[] {
  const start = `${cut(oneLine(tag), longestTag)} | `;
  const most = longestLine - start.length;
  return text
    .trimEnd()
    .split(lineEnd)
    .flatMap((line) => pieces(visible(line), most))
    .map((line) => start + line);
}

/** The lines of a text, each as `oneLine` has it. Blank lines at the end are left out. */
export function linesOf(text: string): string[] {
  return text.trimEnd().split(lineEnd).map(oneLine);
}

const lineEnd = /\r\n|[\n\r\u2028\u2029]/;

/**
 * For a notification, where VS Code makes `[label](command:…)` a link that runs the command: a blank between the
 * brackets takes it for text.
 */
export function messageText(text: string): string {
  return oneLine(text).replaceAll('](', '] (');
}

/** For a label, where VS Code makes `$(name)` an icon: a row of a pick, a code lens, an item of the status bar. */
export function labelText(text: string): string {
  return oneLine(text).replaceAll(icon, String.raw`\$&`);
}

const icon = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g;

/** For the places that make both: the line below an input box, progress in the status bar. */
export function promptText(text: string): string {
  return labelText(messageText(text));
}

/** For the middle of a paragraph of Markdown: no link, image, tag or entity. */
export function markdownText(text: string): string {
  return oneLine(text).replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}

/** A code span of Markdown. Empty for empty text. */
export function markdownCode(text: string): string {
  const line = oneLine(text);
  if (line === '') return '';
  const longestRun = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longestRun + 1);
  // A blank on both sides is none of the text, which may begin or end with one or with a backtick.
  const edge = /^[` ]|[` ]$/.test(line) && /[^ ]/.test(line) ? ' ' : '';
  return fence + edge + line + edge + fence;
}

function visible(text: string): string {
  return text.replaceAll(
    invisible,
    (character) =>
      escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The beginning of a line without half a surrogate pair at its end. */
function cut(line: string, length: number): string {
  return line.slice(0, length).replace(/\p{Cs}$/u, '');
}

function pieces(line: string, most: number): string[] {
  const all: string[] = [];
  let rest = line;
  do {
    const piece = cut(rest, most);
    all.push(piece);
    rest = rest.slice(piece.length);
  } while (rest !== '');
  return all;
}

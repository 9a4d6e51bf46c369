/** The beginning of a text that is too long for a sentence: at most `length` UTF-16 units and a sign that more follows. */
export function shortened(text: string, length = 40): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

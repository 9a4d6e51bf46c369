/** One line for the function pick: the parts of what is typed so far, or what comes next. Empty for empty text. */
export function describeIdentifier(text: string): string {
  return text;
}

/** What a hover says of a value that parses; `undefined` for one that does not. */
export interface IdentifierHover {
  /** Markdown: the parts named, the partition, what the qualifier is, a link to the console. */
  readonly markdown: string;
  /** What `Invoke Async with this function` sends to: the value itself. */
  readonly functionName: string;
}

export function identifierHover(text: string): IdentifierHover | undefined {
  return text === '' ? undefined : { markdown: text, functionName: text };
}

/** How far a request got. Until `sent` no byte of it has left this machine. */
export type Stage = 'preparing' | 'connecting' | 'sent' | 'answered';

/** What Lambda is asked for; `DryRun` only asks whether the call would be allowed, `RequestResponse` waits for the function. */
export type Question = 'InvokeAsync' | 'Event' | 'DryRun' | 'RequestResponse';

export interface Answer {
  readonly status: number;
  /** With names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The beginning of it, decoded. Empty for a success that carries a request id: nothing in it matters. */
  readonly body: string;
}

/** The id that AWS, and Local Lambda, give every request; nothing else on the way to Lambda does. */
export function requestIdOf({ headers }: Pick<Answer, 'headers'>): string | undefined {
  return headers['x-amzn-requestid'] || undefined;
}

/** Whether a body is a page for people. A payload, an error of Lambda, and any other JSON never begin so. */
export function isPage({ body }: Pick<Answer, 'body'>): boolean {
  return /^[\s\uFEFF]*</.test(body);
}

/** What a thread says: when it has started, and while it works on a request. */
export type ThreadMessage<Note, Answer> =
  /** It has started: from now on the time of its first request counts. */
  | { readonly kind: 'ready' }
  /** Something to know or to do meanwhile. */
  | { readonly kind: 'note'; readonly note: Note }
  /** What follows may take this long, from now on, before the thread says the next thing. */
  | { readonly kind: 'limit'; readonly milliseconds: number }
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** The request failed, and the thread goes on with the next one. */
  | { readonly kind: 'failed'; readonly message: string };

/** What the work on a request can say before its answer. */
export interface Speaker<Note> {
  note(note: Note): void;
  /** Gives what follows a time limit of its own, in milliseconds from now. */
  limit(milliseconds: number): void;
}

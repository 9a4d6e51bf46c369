/** What a thread says while it works on a request. */
export type ThreadMessage<Note, Answer> =
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

/** Why a run cannot begin or go on, in words for people. */
export class RunError extends Error {
  constructor(
    readonly kind: RunErrorKind,
    message: string,
    /** What the user can do about it. */
    readonly remedy: string,
  ) {
    super(message);
  }
}

export type RunErrorKind =
  /** The event file cannot be read. */
  | 'unread'
  /** It holds no event. */
  | 'noLines'
  /** What is to become an event file is no JSON array with elements. */
  | 'noArray'
  /** The event file cannot be written. */
  | 'unwritten'
  /** Another process sends this file to this function. */
  | 'locked'
  /** The event file is not the one that the run began with. */
  | 'otherFile'
  /** It cannot be known what was sent. */
  | 'damagedJournal'
  /** There is an unfinished run of this file, and nobody said what to do about it. */
  | 'unfinished'
  /** There is no unfinished run of this file. */
  | 'nothingToResume'
  /** Its folder cannot be written. */
  | 'journal';

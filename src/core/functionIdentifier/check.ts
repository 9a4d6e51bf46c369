import type { Problem } from '../problem';
import type { Reading } from './reading';

/** What a check looks at. */
export interface Subject {
  readonly reading: Reading;
  readonly isTarget: boolean;
  readonly connectionRegion?: string | undefined;
}

/** Looks at one part of an identifier; an empty list when nothing is wrong with it. */
export type Check = (subject: Subject) => readonly Problem[];

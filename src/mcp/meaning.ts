import type { OutcomeKind } from '../core/invocation/outcome';

/** What an outcome means for whoever thinks of sending the event again, in words for a model. */
export function meaningOf(kind: OutcomeKind): {
  readonly maySendAgain: boolean;
  readonly meaning: string;
} {
  return meanings[kind];
}

const meanings: Readonly<
  Record<OutcomeKind, { readonly maySendAgain: boolean; readonly meaning: string }>
> = {
  accepted: {
    maySendAgain: false,
    meaning:
      'Lambda has queued the event. That is not yet a success of the function: use follow_event to see what happens. Sending it again would run the function twice.',
  },
  rejected: {
    maySendAgain: true,
    meaning: 'Nothing was queued. Fix the cause first: the same event would be rejected again.',
  },
  notSent: {
    maySendAgain: true,
    meaning: 'Nothing was queued, since no request reached Lambda. Fix the cause first.',
  },
  unknown: {
    maySendAgain: false,
    meaning:
      "Nobody knows whether Lambda has queued the event: the function may run. NEVER send this event again by yourself, and do not work around this with another tool. Tell the user, who can look at the function's log and decide.",
  },
};

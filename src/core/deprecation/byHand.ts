/** Why a use has no certain fix, for several languages in the same words. */
export const byHand = {
  pinned: 'API version 2014-11-11 has no Invoke; move the client to 2015-03-31 first',
  opaqueInput:
    'the input is not in sight; rename its InvokeArgs to Payload and add InvocationType: Event',
  spread: 'the input holds a spread or a computed key',
  stream: 'the payload is a stream, and Invoke takes none',
  passedOn:
    'the name is passed on (a mock, a type, a reference); change it together with the code behind it',
  incomplete: 'the code around it is not complete',
  sharedInput: (name: string) => `the input \`${name}\` is used elsewhere too`,
} as const;

/** Clients of the oldest API version know InvokeAsync and no Invoke. */
export const isPinned = (text: string) => text.includes('2014-11-11');

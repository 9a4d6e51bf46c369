import * as l10n from '@vscode/l10n';
import { oncePerFile } from './once';
import type { ManualReason } from './use';

/** Why a use has no certain fix, in words that follow "Not replaced automatically: ". */
export const because = (manualReason: string): ManualReason => ({ manualReason });

/** For several languages in the same words. */
export const manual = {
  pinned: () =>
    because(l10n.t('API version 2014-11-11 has no Invoke; switch the client to 2015-03-31 first')),
  opaqueInput: () =>
    because(
      l10n.t(
        'the input is not visible here; rename its InvokeArgs to Payload and add InvocationType: Event',
      ),
    ),
  builtRequest: () =>
    because(
      l10n.t(
        'the request is built apart from the call; change it to an InvokeRequest with InvocationType.Event and a payload',
      ),
    ),
  spread: () => because(l10n.t('the input contains a spread or a computed key')),
  stream: () => because(l10n.t('the payload is a stream, which Invoke does not accept')),
  passedOn: () =>
    because(
      l10n.t(
        'the name is passed on (a mock, a type, a reference); change it together with the code behind it',
      ),
    ),
  language: () =>
    because(
      l10n.t(
        'fixes are not available in this language; call Invoke with the invocation type Event, and pass the payload instead of InvokeArgs',
      ),
    ),
  operationName: () =>
    because(
      l10n.t(
        'the operation is named in a string; change it together with the call that it stands for',
      ),
    ),
  region: () =>
    because(
      l10n.t('the change goes over several lines of code that is part of another file format'),
    ),
  incomplete: () => because(l10n.t('the code around it is not complete')),
  signature: () =>
    because(
      l10n.t(
        'the signature of the method names the deprecated type; change it together with its callers',
      ),
    ),
  pair: () =>
    because(
      l10n.t('replace BeginInvokeAsync and EndInvokeAsync with BeginInvoke and EndInvoke together'),
    ),
  receiver: (expression: string) =>
    because(l10n.t('this file does not say that `{0}` is a client of the SDK', expression)),
  error: () =>
    because(
      l10n.t(
        'the error of the call goes to a type of another file, which may not take that of Invoke',
      ),
    ),
  response: () =>
    because(
      l10n.t('the response is passed on; rename its status together with the code that reads it'),
    ),
  sharedInput: (name: string) => because(l10n.t('the input `{0}` is used elsewhere too', name)),
} as const;

/** Clients of the oldest API version know InvokeAsync and no Invoke. */
export const isPinned = oncePerFile(({ text }: { readonly text: string }) =>
  text.includes('2014-11-11'),
);

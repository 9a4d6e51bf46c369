/** What the list of failed events says of itself and of the places that it is read from. */
import * as l10n from '@vscode/l10n';
import type { FailedEventPlace } from '../../core/failedEvents/place';
import { functionLabel } from '../../core/functionIdentifier/label';
import { ConnectionError } from '../../core/invocation/connectionError';
import type { Reading } from '../../core/invocation/functionHealth';
import { messageOf } from '../../core/messageOf';
import { causeAndRemedy } from '../invoke/reportText';
import { NoteRow } from './rows';

export function noFailedEvents(): NoteRow {
  return new NoteRow(
    l10n.t('No failed events'),
    l10n.t('What others are reading at this moment is not shown.'),
  );
}

export function nothingKept(functionName: string): NoteRow {
  return new NoteRow(
    l10n.t('{0} keeps no failed events', functionLabel(functionName).label),
    l10n.t(
      'An event that fails for good is lost. Set a queue or bucket as the failure destination of the function.',
    ),
    'warning',
  );
}

export function keepsNothing({ name, service }: FailedEventPlace): NoteRow {
  const words = {
    topic: l10n.t('The topic {0} keeps nothing', name),
    eventBus: l10n.t('The event bus {0} keeps nothing', name),
    function: l10n.t('Failed events go to the function {0}', name),
    other: l10n.t('Failed events go to {0}', name),
  };
  return new NoteRow(
    words[service === 'queue' || service === 'bucket' ? 'other' : service],
    l10n.t('Set a queue or bucket as the failure destination to find failed events here.'),
    'warning',
  );
}

export function fifoNote({ name }: FailedEventPlace): NoteRow {
  return new NoteRow(
    l10n.t('{0} is a FIFO queue', name),
    l10n.t('It gives the next messages of a group once those before are removed.'),
  );
}

export function faultOf(name: string, error: unknown): NoteRow {
  const remedy = error instanceof ConnectionError ? error.remedy : '';
  const text = l10n.t('{0} cannot be read', name);
  return new NoteRow(text, causeAndRemedy(messageOf(error), remedy), 'warning');
}

/** Of a place that Lambda may not be asked for, or does not tell. */
export function notKnown(reading: Exclude<Reading<unknown>, { readonly kind: 'known' }>): NoteRow {
  const words =
    reading.kind === 'denied'
      ? l10n.t('Missing permission: {0}', reading.missingAction)
      : causeAndRemedy(reading.reason, reading.remedy);
  return new NoteRow(l10n.t('Where failed events go is not fully known'), words, 'warning');
}

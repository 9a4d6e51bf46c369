import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { fillPayload, placeholdersIn, questionsIn } from '../../core/payload/variables';
import { payloadBytes } from '../../core/payload/size';
import { shownNumber } from '../../core/shownNumber';
import type { TargetStore } from '../payloads/targetStore';
import type { Ui } from '../ui/ui';
import type { Payload } from './invocation';
import { PayloadError } from './payloadChoice';

/** As much of an event as a dialog has room for. */
const mostLines = 20;
const mostCharacters = 1500;

/** Fills in the variables of a payload file whose target says so, and shows what will be sent. */
export class PayloadVariables {
  constructor(
    private readonly targets: Pick<TargetStore, 'environment'>,
    private readonly ui: Pick<Ui, 'ask' | 'askForText' | 'showMessage' | 'showUntitledJson'>,
    private readonly machine: NodeJS.ProcessEnv = process.env,
  ) {}

  /**
   * The payload as it will be sent: as it stands, where its target fills in nothing or it has no variables. Of a text
   * that is not JSON nothing is filled in. `undefined` when the user cancelled.
   * @throws {PayloadError} when a variable stands for nothing
   */
  async fill(payload: Payload): Promise<Payload | undefined> {
    if (!payload.target?.variables) return payload;
    const placeholders = placeholdersIn(payload.text);
    if (placeholders.length === 0) return payload;
    const answers = new Map<string, string>();
    for (const question of questionsIn(placeholders)) {
      const title = l10n.t('Lambda: Variable of {0}', payload.label);
      const typed = await this.ui.askForText({ title, prompt: question, ignoreFocusOut: true });
      if (typed === undefined) return undefined;
      answers.set(question, typed);
    }
    const reading = payload.folder && (await this.targets.environment(payload.folder));
    const filled = fillPayload(payload.text, {
      uuid: randomUUID,
      now: new Date().toISOString(),
      environment: reading?.kind === 'selected' ? reading.environment : undefined,
      machine: (name) => this.machine[name],
      answers,
    });
    if ('fault' in filled) throw new PayloadError(`${payload.label}: ${filled.fault}`);
    return { ...payload, text: filled.text, isFilledIn: true };
  }

  /** Shows an event that was filled in, before it leaves. Whether it may be sent. */
  async mayLeave({ text, isFilledIn }: Payload, functionName: string): Promise<boolean> {
    if (!isFilledIn) return true;
    const message = l10n.t('Send this event to {0}?', functionName);
    const send = l10n.t('Send');
    const lines = text.slice(0, mostCharacters).split(/\r\n?|\n/);
    const isCut = text.length > mostCharacters || lines.length > mostLines;
    const showAll = l10n.t('Show All');
    const bytes = l10n.t('{0} bytes', shownNumber(payloadBytes(text)));
    const detail = [
      l10n.t('With its variables filled in, {0}:', bytes),
      '',
      ...lines.slice(0, mostLines),
      ...(isCut ? ['…'] : []),
    ];
    const choice = await this.ui.ask(
      'information',
      { message, detail },
      ...(isCut ? [send, showAll] : [send]),
    );
    if (choice !== showAll) return choice === send;
    await this.ui.showUntitledJson(text);
    // What was opened is a copy: whatever becomes of it, what was filled in is sent.
    return (await this.ui.showMessage('information', message, { title: send })) !== undefined;
  }
}

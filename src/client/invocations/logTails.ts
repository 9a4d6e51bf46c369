import * as l10n from '@vscode/l10n';
import { functionLabel } from '../../core/functionIdentifier/label';
import { ConnectionError } from '../../core/invocation/connectionError';
import { isRecord } from '../../core/isRecord';
import { laidOut } from '../../core/logLines';
import { messageOf } from '../../core/messageOf';
import { MfaPrompt } from '../connection/mfaPrompt';
import { functionKey } from '../invoke/confirmation';
import type { ChosenFunction, FunctionPlaceChoice } from '../invoke/functionPlaceChoice';
import { causeAndRemedy } from '../invoke/reportText';
import { aws } from '../lazy';
import { cancellable } from '../ui/cancellable';
import type { Ui } from '../ui/ui';
import { progressLine, tag, timeWords } from './followText';
import type { OpenTail, OpenTails } from './openTails';

/** What was written just before is shown, too, and makes up for a clock that is not quite right; in milliseconds. */
const beforeMs = 60_000;

/** Shows what functions write to their logs, whoever invokes them, until the user has seen enough. */
export class LogTails {
  /** The functions whose logs are being shown. */
  readonly #active = new Set<string>();

  constructor(
    private readonly functions: Pick<FunctionPlaceChoice, 'choose'>,
    private readonly ui: Pick<Ui, 'askForText' | 'isTrusted' | 'output' | 'tell' | 'withProgress'>,
    private readonly open: Pick<OpenTails, 'add' | 'delete'>,
    /** Between two looks, in milliseconds; as usual unless told. */
    private readonly pauseMs?: number,
  ) {}

  /**
   * Tail Logs…: of the function of a row, of the one that is named, or of the one that the user picks. Resolves when the
   * user stops it, or the log cannot be read, which they are told.
   */
  async tail(argument?: unknown): Promise<void> {
    const needsTrust = l10n.t(
      'To read logs, trust this workspace first: its files decide where events go and what runs.',
    );
    if (!(await this.ui.isTrusted(needsTrust))) return;
    try {
      const title = l10n.t('Select a function to tail the log of');
      const chosen = await this.functions.choose(argument, title);
      if (!chosen) return;
      const filter = filterIn(argument) ?? (await this.#askForFilter(chosen));
      if (filter === undefined) return;
      await this.#show(chosen, filter);
    } catch (error) {
      const remedy = error instanceof ConnectionError ? error.remedy : '';
      const reason = causeAndRemedy(messageOf(error), remedy);
      const message = l10n.t('The log cannot be read: {0}', reason);
      this.ui.output.error(message);
      this.ui.tell('error', message);
    }
  }

  async #askForFilter({ functionName }: ChosenFunction): Promise<string | undefined> {
    const { label } = functionLabel(functionName);
    return this.ui.askForText({
      title: l10n.t('Lambda: Tail Logs of {0}', label),
      prompt: l10n.t('Show only lines with these words; all lines if empty'),
      placeHolder: l10n.t('A filter pattern of CloudWatch Logs, such as ERROR'),
    });
  }

  async #show(chosen: ChosenFunction, filter: string): Promise<void> {
    const { output } = this.ui;
    const { functionName, qualifier, connection } = chosen;
    output.show();
    const key = JSON.stringify([functionKey(chosen), filter]);
    if (this.#active.has(key)) return;
    this.#active.add(key);
    const remembered = openTail(chosen, filter);
    if (remembered) await this.open.add(remembered);
    const { label } = functionLabel(functionName, qualifier);
    const title = l10n.t('Showing the log of {0} in the output', label);
    try {
      await cancellable(this.ui, title, async (signal) => {
        const { tailLogs } = await aws();
        const mfaCode = new MfaPrompt(this.ui).ask;
        const { pauseMs } = this;
        const since = Date.now() - beforeMs;
        const request = { functionName, filter, since, signal, mfaCode, pauseMs };
        for await (const step of tailLogs(connection, request)) {
          if (step.kind === 'events') for (const event of step.events) this.#print(chosen, event);
          else if (step.kind === 'group') output.info(progressLine(step, chosen) ?? '');
          else output.warn(`${tag(chosen)} ${skippedWords()}`);
        }
      });
    } finally {
      this.#active.delete(key);
      if (remembered) await this.open.delete(remembered);
    }
    output.info(`${tag(chosen)} ${l10n.t('The log is no longer shown.')}`);
  }

  /** An event of the log, at its level, behind the function's name and the time of the event. */
  #print(chosen: ChosenFunction, { time, text }: { time: number; text: string }): void {
    const { level, lines } = laidOut(text);
    const mark = `${tag(chosen).slice(0, -1)} ${timeWords(time)}]`;
    this.ui.output.print(level, mark, lines.join('\n'));
  }
}

/** None for Local Lambda, whose logs end with the window. */
function openTail(chosen: ChosenFunction, filter: string): OpenTail | undefined {
  if (chosen.isLocal) return undefined;
  const { functionName, qualifier, connection } = chosen;
  const { profile = '', region, endpoint = '' } = connection;
  const ofVersion = qualifier === undefined ? {} : { qualifier };
  return { functionName, ...ofVersion, filter, profile, region, endpoint };
}

function skippedWords(): string {
  return l10n.t('More was written than can be read here: some lines are left out. Use a filter.');
}

/** What a key or another extension wants to see; an empty text is everything. */
function filterIn(argument: unknown): string | undefined {
  const filter = isRecord(argument) ? argument['filter'] : undefined;
  return typeof filter === 'string' ? filter : undefined;
}

import * as l10n from '@vscode/l10n';
import { Uri } from 'vscode';
import { awsCliCommand } from '../../core/awsCliCommand';
import { consoleUrl } from '../../core/functionIdentifier/consoleUrl';
import {
  type FunctionIdentifier,
  parseFunctionIdentifier,
} from '../../core/functionIdentifier/parse';
import type { FollowedState } from '../../core/invocation/logProgress';
import { isRecord } from '../../core/isRecord';
import { logsConsoleUrl } from '../../core/logsConsoleUrl';
import { messageOf } from '../../core/messageOf';
import type { Destinations } from '../connection/destinations';
import type { LocalLambda } from '../connection/localLambda';
import type { Ui } from '../ui/ui';
import { type EntryChoice, entryConnection } from './entryChoice';
import type { History } from './history';
import { type HistoryEntry, isQueued } from './historyEntry';
import type { LogFollower } from './logFollower';
import { payloadIsGone } from './reruns';
import { savedPayloadUri } from './savedPayloads';

/** The commands of the Invocations view, besides those that send again. */
export class InvocationCommands {
  constructor(
    private readonly history: Pick<History, 'clear' | 'entries' | 'payloadText' | 'remove'>,
    private readonly logFollower: Pick<LogFollower, 'follow' | 'isFollowing' | 'stop'>,
    private readonly choice: EntryChoice,
    private readonly destinations: Pick<Destinations, 'connect'>,
    private readonly localLambda: Pick<LocalLambda, 'running'>,
    private readonly ui: Pick<
      Ui,
      'copy' | 'isTrusted' | 'output' | 'run' | 'show' | 'showInOutput' | 'tell'
    >,
  ) {}

  /** Follow Logs: of the chosen invocation, else of the last one that was queued. */
  async followLogs(argument?: unknown): Promise<FollowedState | undefined> {
    const needsTrust = l10n.t(
      'To read logs, trust this workspace first: its files decide where events go and what runs.',
    );
    if (!(await this.ui.isTrusted(needsTrust))) return undefined;
    const entry = await this.choice.choose(argument, {
      fits: isQueued,
      none: l10n.t('No event with a request ID has been queued yet.'),
    });
    if (!entry) return undefined;
    this.ui.output.show();
    try {
      const connection = await entryConnection(entry, this.localLambda, this.destinations);
      return await this.logFollower.follow(entry, connection, 'lines');
    } catch (error) {
      const reason = messageOf(error);
      this.ui.tell('error', l10n.t('The log cannot be followed: {0}', reason));
      return undefined;
    }
  }

  async stopFollowing(argument?: unknown): Promise<void> {
    const entry = await this.choice.choose(argument, {
      fits: ({ id }) => this.logFollower.isFollowing(id),
      none: l10n.t('No log is being followed.'),
    });
    if (entry) this.logFollower.stop(entry.id);
  }

  async openLogsInConsole(argument?: unknown): Promise<void> {
    await this.#openPage(argument, (identifier, { region, logGroup: group, requestId }) =>
      logsConsoleUrl({ function: identifier, region, group, requestId }),
    );
  }

  async openFunctionInConsole(argument?: unknown): Promise<void> {
    await this.#openPage(argument, (identifier, { region }) => consoleUrl(identifier, region));
  }

  /** Open Payload: its file, or the text that was sent where there is none. */
  async openPayload(argument?: unknown): Promise<void> {
    const entry = await this.choice.choose(argument);
    if (!entry) return;
    const { uri } = entry.payload;
    if (uri !== undefined) await this.ui.show(Uri.parse(uri));
    else if (this.history.payloadText(entry) !== undefined)
      await this.ui.show(savedPayloadUri(entry));
    else this.ui.tell('warning', payloadIsGone());
  }

  /** Show in Output: the line that tells what became of it. */
  async showInOutput(argument?: unknown): Promise<void> {
    const entry = await this.choice.choose(argument);
    if (!entry) return;
    const { requestId } = entry;
    if (requestId === undefined) this.ui.output.show();
    else if (!(await this.ui.showInOutput(requestId)))
      this.ui.tell('information', l10n.t('The output says nothing more of this invocation.'));
  }

  /** Remove: forgets an invocation, or all that are selected with it; one that is being sent stays. */
  async remove(argument?: unknown, selection?: unknown): Promise<void> {
    const rows = Array.isArray(selection) && selection.length > 1 ? selection : [argument];
    const ids = rows.flatMap((row) => (isAboutEntry(row) ? row.entry.id : []));
    await this.history.remove(ids);
  }

  async copyRequestId(argument?: unknown): Promise<void> {
    const entry = await this.choice.choose(argument);
    if (entry?.requestId !== undefined) await this.ui.copy(entry.requestId);
  }

  /** Copy as AWS CLI Command: names the payload's file; one that was typed has to be saved first. */
  async copyAsCli(argument?: unknown): Promise<void> {
    const entry = await this.choice.choose(argument);
    if (!entry) return;
    const { payload, api, waits, functionName, qualifier, tenantId, durableName } = entry;
    const { region, profile } = entry;
    const { running } = this.localLambda;
    if (entry.endpoint === 'local' && !running) {
      this.ui.tell(
        'warning',
        l10n.t(
          'The event went to Local Lambda, which has stopped. Without its address, the command would send to AWS.',
        ),
      );
      return;
    }
    const file = payload.uri === undefined ? undefined : Uri.parse(payload.uri);
    const payloadFile = file?.scheme === 'file' ? file.fsPath : 'payload.json';
    const endpoint = entry.endpoint === 'local' ? running?.endpoint : entry.endpoint;
    const shell = process.platform === 'win32' ? 'powershell' : 'posix';
    const call = { api, waits, functionName, qualifier, tenantId, durableName, payloadFile };
    await this.ui.copy(awsCliCommand({ ...call, region, profile, endpoint }, shell));
    if (file?.scheme === 'file') return;
    this.ui.tell(
      'information',
      l10n.t('Copied. The command reads payload.json: save the payload there first.'),
    );
  }

  async countOver(): Promise<number> {
    const entries = await this.history.entries();
    return entries.filter(({ kind }) => kind !== 'sending').length;
  }

  async clear(): Promise<void> {
    await this.history.clear();
  }

  async #openPage(
    argument: unknown,
    pageOf: (identifier: FunctionIdentifier, entry: HistoryEntry) => string | undefined,
  ): Promise<void> {
    const entry = await this.choice.choose(argument);
    const parsed = parseFunctionIdentifier(entry?.functionName ?? '');
    if (!entry || !parsed.ok) return;
    const url = pageOf(parsed.identifier, entry);
    // As text: a Uri would encode what the console has encoded in a way of its own.
    if (url !== undefined) await this.ui.run('vscode.open', url);
    else
      this.ui.tell(
        'information',
        l10n.t('The console of {0} has no public address.', entry.region),
      );
  }
}

/** A row of the view passes its entry; runs and executions have no such. */
function isAboutEntry(row: unknown): row is { readonly entry: Pick<HistoryEntry, 'id'> } {
  return isRecord(row) && isRecord(row['entry']) && typeof row['entry']['id'] === 'string';
}

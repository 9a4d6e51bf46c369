import * as l10n from '@vscode/l10n';
import { commands, env, Uri } from 'vscode';
import { awsCliCommand } from '../../core/awsCliCommand';
import { consoleUrl } from '../../core/functionIdentifier/consoleUrl';
import { parseFunctionIdentifier } from '../../core/functionIdentifier/parse';
import type { FollowedState } from '../../core/invocation/logProgress';
import { logsConsoleUrl } from '../../core/logsConsoleUrl';
import { entryConnection, placeOf } from './entryConnection';
import { type HistoryEntry, isQueued } from './historyEntry';
import type { InvokeArguments } from '../invoke/invokeArguments';
import { messageOf } from '../messageOf';
import type { Services } from '../services';
import { trusted } from '../ui/trust';
import { chosenEntry } from './chosenEntry';
import { tell } from '../ui/messages';

/** Follow Logs: of the chosen invocation, else of the last one that was queued. */
export async function followLogs(
  services: Services,
  argument?: unknown,
): Promise<FollowedState | undefined> {
  const needsTrust = l10n.t(
    'To read logs, trust this workspace first: its files decide where events go and what runs.',
  );
  if (!(await trusted(needsTrust))) return undefined;
  const entry = await chosenEntry(services.history, argument, {
    fits: isQueued,
    none: l10n.t('No event with a request ID has been queued yet.'),
  });
  if (!entry) return undefined;
  services.output.show();
  try {
    const connection = await entryConnection(entry, services.localLambda);
    return await services.logFollower.follow(entry, connection, 'lines');
  } catch (error) {
    const reason = messageOf(error);
    tell('error', l10n.t('The log cannot be followed: {0}', reason));
    return undefined;
  }
}

export async function stopFollowing(services: Services, argument?: unknown): Promise<void> {
  const { history, logFollower } = services;
  const entry = await chosenEntry(history, argument, {
    fits: ({ id }) => logFollower.isFollowing(id),
    none: l10n.t('No log is being followed.'),
  });
  if (entry) logFollower.stop(entry.id);
}

export async function openLogsInConsole({ history }: Services, argument?: unknown): Promise<void> {
  const entry = await chosenEntry(history, argument);
  const parsed = parseFunctionIdentifier(entry?.functionName ?? '');
  if (!entry || !parsed.ok) return;
  const { region, logGroup: group, requestId } = entry;
  await openPage(logsConsoleUrl({ function: parsed.identifier, region, group, requestId }), entry);
}

export async function openFunctionInConsole(
  { history }: Services,
  argument?: unknown,
): Promise<void> {
  const entry = await chosenEntry(history, argument);
  const parsed = parseFunctionIdentifier(entry?.functionName ?? '');
  if (entry && parsed.ok) await openPage(consoleUrl(parsed.identifier, entry.region), entry);
}

export async function copyRequestId({ history }: Services, argument?: unknown): Promise<void> {
  const entry = await chosenEntry(history, argument);
  if (entry?.requestId !== undefined) await env.clipboard.writeText(entry.requestId);
}

/** Copy as AWS CLI Command: names the payload's file; one that was typed has to be saved first. */
export async function copyAsCli(services: Services, argument?: unknown): Promise<void> {
  const entry = await chosenEntry(services.history, argument);
  if (!entry) return;
  const { payload, api, functionName, qualifier, region, profile } = entry;
  if (entry.endpoint === 'local' && !services.localLambda.running) {
    tell(
      'warning',
      l10n.t(
        'The event went to Local Lambda, which has stopped. Without its address, the command would send to AWS.',
      ),
    );
    return;
  }
  const file = payload.uri === undefined ? undefined : Uri.parse(payload.uri);
  const payloadFile = file?.scheme === 'file' ? file.fsPath : 'payload.json';
  const endpoint =
    entry.endpoint === 'local' ? services.localLambda.running?.endpoint : entry.endpoint;
  const shell = process.platform === 'win32' ? 'powershell' : 'posix';
  const command = { api, functionName, qualifier, region, profile, endpoint, payloadFile };
  await env.clipboard.writeText(awsCliCommand(command, shell));
  if (file?.scheme === 'file') return;
  tell(
    'information',
    l10n.t('Copied. The command reads payload.json: save the payload there first.'),
  );
}

export async function clearInvocations({ history }: Services): Promise<void> {
  await history.clear();
}

export function payloadIsGone(): string {
  return l10n.t(
    'The payload was typed in and not saved. To save payloads from now on, turn on the setting invokeAsync.history.keepPayloads.',
  );
}

/** All of an invocation but its payload. */
export function callOf(entry: HistoryEntry, { localLambda }: Services): InvokeArguments {
  const { api, functionName, qualifier } = entry;
  return {
    api,
    functionName,
    ...(qualifier === undefined ? {} : { qualifier }),
    ...placeOf(entry, localLambda),
  };
}

async function openPage(url: string | undefined, { region }: HistoryEntry): Promise<void> {
  // As text: a Uri would encode what the console has encoded in a way of its own.
  if (url !== undefined) await commands.executeCommand('vscode.open', url);
  else {
    tell('information', l10n.t('The console of {0} has no public address.', region));
  }
}

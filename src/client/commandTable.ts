import type { Services } from './services';
import { findDeprecated, migrateDeprecated } from './migration/migrationCommands';
import {
  clearInvocations,
  copyAsCli,
  copyRequestId,
  followLogs,
  openFunctionInConsole,
  openLogsInConsole,
  stopFollowing,
} from './invocations/invocationCommands';
import { comparePayloads, editAndRerun } from './invocations/invocationPayloads';
import { dryRun, invoke, invokeAgain, invokeEvent } from './invoke/invokeCommands';
import { forEachSelected, invokeAll, invokeSelected } from './invoke/invokeAll';
import { invokeHovered } from './invoke/invokeHovered';
import { startLocal, stopLocal } from './connection/localCommands';
import { movePayloads } from './payloads/movePayload';
import { newPayload, savePayload } from './payloads/newPayload';
import { openExample } from './payloads/openExample';
import {
  copyPayloadPath,
  deletePayload,
  duplicatePayload,
  openPayloadToSide,
  renamePayload,
  revealPayload,
} from './payloads/payloadFiles';
import { rerun } from './invocations/rerun';
import { selectConnection } from './connection/selectConnection';
import { setTarget } from './payloads/setTarget';
import { useInvoke } from './payloads/useInvoke';

/**
 * What a command does, given what the extension has and what the editor passes: the row or file that it is about, and
 * all selected ones.
 */
export type Command = (services: Services, argument?: unknown, selection?: unknown) => unknown;

/** Every command, by its id in package.json. */
export const commandTable: Readonly<Record<string, Command>> = {
  'invokeAsync.invoke': forEachSelected(invoke),
  'invokeAsync.invokeEvent': forEachSelected(invokeEvent, { api: 'Invoke' }),
  'invokeAsync.invokeAgain': invokeAgain,
  'invokeAsync.dryRun': forEachSelected(dryRun, { api: 'Invoke', dryRun: true }),
  'invokeAsync.invokeAll': invokeAll,
  'invokeAsync.invokeSelected': invokeSelected,
  'invokeAsync.invokeHovered': invokeHovered,
  'invokeAsync.newPayload': newPayload,
  'invokeAsync.savePayload': savePayload,
  'invokeAsync.setTarget': setTarget,
  'invokeAsync.useInvoke': useInvoke,
  'invokeAsync.movePayload': movePayloads,
  'invokeAsync.renamePayload': renamePayload,
  'invokeAsync.duplicatePayload': duplicatePayload,
  'invokeAsync.deletePayload': deletePayload,
  'invokeAsync.revealPayload': revealPayload,
  'invokeAsync.copyPayloadPath': copyPayloadPath,
  'invokeAsync.openPayloadToSide': openPayloadToSide,
  'invokeAsync.selectConnection': selectConnection,
  'invokeAsync.showOutput': ({ output }) => output.show(),
  'invokeAsync.findDeprecated': findDeprecated,
  'invokeAsync.migrateDeprecated': migrateDeprecated,
  'invokeAsync.startLocal': startLocal,
  'invokeAsync.stopLocal': stopLocal,
  'invokeAsync.followLogs': followLogs,
  'invokeAsync.stopFollowing': stopFollowing,
  'invokeAsync.rerun': rerun,
  'invokeAsync.editAndRerun': editAndRerun,
  'invokeAsync.openLogsInConsole': openLogsInConsole,
  'invokeAsync.openFunctionInConsole': openFunctionInConsole,
  'invokeAsync.copyRequestId': copyRequestId,
  'invokeAsync.copyAsCli': copyAsCli,
  'invokeAsync.comparePayloads': comparePayloads,
  'invokeAsync.clearInvocations': clearInvocations,
  'invokeAsync.openExample': openExample,
};

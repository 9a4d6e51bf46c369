import type { Command, Uri, WorkspaceFolder } from 'vscode';
import type { InvokeApi } from '../core/invocation/outcome';
import type { Severity } from '../core/problem';
import type { StackFunction } from '../core/projectFunctions/declaredFunction';
import type { ToolName } from '../mcp/toolDefinitions';
import type { EventOfPayload, PayloadToSend, PlaceOfFunction } from '../protocol/messages';

/**
 * What the extension contributes to the editor, in one place: package.json, the README and every id that is written in
 * the code are checked against it (test/unit/client/contributions.test.ts).
 */

/** A row or a file that a command is about, as a menu, a key or the code of others passes it. */
type About = { readonly uri: Uri | string } | Uri;

/** A row of the Invocations view, or how another extension names one. */
type AboutInvocation = { readonly requestId: string } | { readonly entry: { readonly id: string } };

/** A run of an event file, here or through Step Functions, as a row or a button passes it. */
interface AboutRun {
  readonly run: { readonly folder: string };
}

/** What dragging payloads to another function passes. */
export interface PayloadDrop {
  readonly uris: readonly Uri[];
  readonly functionName: string;
  /** The workspace folder of the row that was dropped on. */
  readonly folder: Uri;
}

/** A function that a file of the project declares, as the lens above it passes it. */
export interface DeclaredFunctionRow {
  readonly folder: WorkspaceFolder;
  /** Its name, or its logical ID where its stack tells the name. */
  readonly functionIdentifier: string;
  readonly ofStack?: StackFunction;
}

/** An argument object of an invoking command, as keybindings, tasks and other extensions write it. */
export interface InvokeArgumentObject {
  readonly functionName?: string;
  readonly payload?: unknown;
  readonly uri?: Uri | string;
  readonly api?: InvokeApi;
  readonly qualifier?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
  /** For a function that isolates tenants; sent with Invoke, like the next one. */
  readonly tenantId?: string;
  /** Of the durable execution that the event starts; one is made where there is none. */
  readonly durableName?: string;
}

/** The arguments that our own code passes to a command: a type alone. Those of others are read where they arrive. */
interface Takes<Arguments extends readonly unknown[]> {
  readonly arguments?: Arguments;
}

const nothing: Takes<[]> = {};
const invocation: Takes<[about?: AboutInvocation, selection?: readonly AboutInvocation[]]> = {};
const payload: Takes<[about?: About, selection?: readonly About[]]> = {};
const run: Takes<[about?: AboutRun]> = {};
const failed: Takes<[row?: object, selection?: readonly object[]]> = {};
const event: Takes<[about?: About | InvokeArgumentObject, selection?: readonly About[]]> = {};

/** Every command by its id, in the order of package.json. */
export const commandContributions = {
  'invokeAsync.invoke': event,
  'invokeAsync.invokeEvent': event,
  'invokeAsync.invokeAndWait': event,
  'invokeAsync.debugPayload': event,
  'invokeAsync.invokeAgain': nothing,
  'invokeAsync.dryRun': event,
  'invokeAsync.selectConnection': nothing,
  'invokeAsync.selectEnvironment': nothing,
  'invokeAsync.showOutput': nothing,
  'invokeAsync.newPayload': {} as Takes<[functionRow?: object]>,
  'invokeAsync.savePayload': nothing,
  'invokeAsync.sendSelection': nothing,
  'invokeAsync.importTestEvents': {} as Takes<[about?: object]>,
  'invokeAsync.shareTestEvent': {} as Takes<[about?: object]>,
  'invokeAsync.setTarget': payload,
  'invokeAsync.invokeAll': {} as Takes<[row?: object, selection?: readonly object[]]>,
  'invokeAsync.invokeHovered': {} as Takes<[place: PlaceOfFunction]>,
  'invokeAsync.invokeFunction': {} as Takes<[row: DeclaredFunctionRow]>,
  'invokeAsync.useInvoke': {} as Takes<[payload: PayloadToSend]>,
  'invokeAsync.setSchema': {} as Takes<[event: EventOfPayload]>,
  'invokeAsync.ignoreEvent': {} as Takes<[event: EventOfPayload]>,
  'invokeAsync.invokeSelected': {} as Takes<[focusedRow?: readonly object[]]>,
  'invokeAsync.openPayloadToSide': payload,
  'invokeAsync.revealPayload': payload,
  'invokeAsync.copyPayloadPath': payload,
  'invokeAsync.movePayload': {} as Takes<
    [about?: About | PayloadDrop, selection?: readonly About[]]
  >,
  'invokeAsync.duplicatePayload': payload,
  'invokeAsync.renamePayload': payload,
  'invokeAsync.deletePayload': payload,
  'invokeAsync.findDeprecated': nothing,
  'invokeAsync.migrateDeprecated': nothing,
  'invokeAsync.startLocal': nothing,
  'invokeAsync.stopLocal': nothing,
  'invokeAsync.configureLocal': nothing,
  'invokeAsync.followLogs': invocation,
  'invokeAsync.stopFollowing': invocation,
  'invokeAsync.tailLogs': {} as Takes<[about?: object]>,
  'invokeAsync.rerun': invocation,
  'invokeAsync.editAndRerun': invocation,
  'invokeAsync.openLogsInConsole': invocation,
  'invokeAsync.openFunctionInConsole': invocation,
  'invokeAsync.openPayload': invocation,
  'invokeAsync.showInOutput': invocation,
  'invokeAsync.removeInvocation': invocation,
  'invokeAsync.copyRequestId': invocation,
  'invokeAsync.copyAsCli': invocation,
  'invokeAsync.followDurable': invocation,
  'invokeAsync.stopDurable': invocation,
  'invokeAsync.copyDurableName': invocation,
  'invokeAsync.sendAgainSafely': invocation,
  'invokeAsync.comparePayloads': invocation,
  'invokeAsync.filterInvocations': {} as Takes<[]>,
  'invokeAsync.clearFilter': {} as Takes<[]>,
  'invokeAsync.clearInvocations': {} as Takes<[about?: object]>,
  'invokeAsync.openExample': nothing,
  'invokeAsync.sendFile': event,
  'invokeAsync.sendElements': event,
  'invokeAsync.pauseRun': run,
  'invokeAsync.resumeRun': run,
  'invokeAsync.stopRun': run,
  'invokeAsync.changeRunRate': run,
  'invokeAsync.openRejectedLines': run,
  'invokeAsync.openUnknownLines': run,
  'invokeAsync.sendRejectedLines': run,
  'invokeAsync.copyRunReport': run,
  'invokeAsync.deleteRun': run,
  'invokeAsync.sendDistributed': event,
  'invokeAsync.cancelUpload': run,
  'invokeAsync.resumeUpload': run,
  'invokeAsync.followExecution': run,
  'invokeAsync.changeExecutionConcurrency': run,
  'invokeAsync.stopExecution': run,
  'invokeAsync.openExecutionInConsole': run,
  'invokeAsync.collectResults': run,
  'invokeAsync.deleteExecution': run,
  'invokeAsync.showFailedEvents': {} as Takes<[about?: object]>,
  'invokeAsync.refreshFailedEvents': nothing,
  'invokeAsync.closeFailedEvents': nothing,
  'invokeAsync.loadMoreFailedEvents': nothing,
  'invokeAsync.openFailedEvent': failed,
  'invokeAsync.sendFailedEvents': failed,
  'invokeAsync.sendAllFailedEvents': nothing,
  'invokeAsync.saveEvent': failed,
  'invokeAsync.compareFailedEvent': failed,
  'invokeAsync.deleteFailedEvents': failed,
} as const;

export type CommandId = keyof typeof commandContributions;

/** What our own code passes to a command. */
export type ArgumentsOf<Id extends CommandId> = NonNullable<
  (typeof commandContributions)[Id]['arguments']
>;

/** One of our commands as a lens, a row or the status bar runs it. */
export function commandOf<Id extends CommandId>(
  command: Id,
  title: string,
  ...given: ArgumentsOf<Id>
): Command {
  return { command, title, arguments: [...given] };
}

/** What each command does, given whatever it was passed. */
export type CommandTable = {
  readonly [Id in CommandId]: (argument?: unknown, selection?: unknown) => unknown;
};

/** The tools for agents, by the names of src/mcp/toolDefinitions.ts. */
export const agentTools = [
  'list_payloads',
  'check_payload',
  'find_invoke_async',
  'describe_function',
  'follow_event',
  'explain_outcome',
  'send_event',
] as const satisfies readonly ToolName[];

/** What provides the server for agents that speak MCP. */
export const mcpProvider = 'invokeAsync.mcp';

/** Every setting of `invokeAsync.*` with its default: those of the client and those that the server reads. */
export const settingDefaults = {
  api: 'InvokeAsync' as InvokeApi,
  profile: '',
  region: '',
  endpoint: '',
  /** In seconds. */
  timeout: 30,
  'payloads.include': ['.lambda/payloads/**/*.json', '**/events/**/*.json'] as readonly string[],
  'events.ignore': [] as readonly string[],
  confirm: ['*prod*'] as readonly string[],
  'logs.follow': false as boolean,
  'history.limit': 100,
  'history.keepPayloads': false as boolean,
  /** Events per second. */
  'sendFile.rate': 10,
  'agents.send': false as boolean,
  'deprecation.severity': 'warning' as Severity | 'off',
  'identifiers.enable': true as boolean,
  'identifiers.severity': 'error' as Severity,
  'trace.server': 'off' as 'off' | 'messages' | 'verbose',
};

export type SettingKey = keyof typeof settingDefaults;

/** The keys of `when` clauses that the extension sets. */
export const contextKeys = [
  'invokeAsync.canInvokeAgain',
  'invokeAsync.hasInvocations',
  'invokeAsync.invocationsFiltered',
  'invokeAsync.hasQueued',
  'invokeAsync.hasDurable',
  'invokeAsync.hasRuns',
  'invokeAsync.hasExecutions',
  'invokeAsync.hasPayloads',
  'invokeAsync.noPayloads',
  'invokeAsync.localRunning',
  'invokeAsync.showsFailedEvents',
] as const;

export type ContextKeyName = (typeof contextKeys)[number];

/** The views in the activity bar. */
export const views = [
  'invokeAsync.payloads',
  'invokeAsync.invocations',
  'invokeAsync.failedEvents',
] as const;

export type ViewId = (typeof views)[number];

/** What `viewItem` says of a row, for the menus of package.json. */
export const rowKinds = {
  'invokeAsync.payloads': ['folder', 'function', 'subfolder', 'noFunction', 'payload'],
  'invokeAsync.invocations': [
    'invocation',
    'accepted',
    'onAws',
    'hasRequestId',
    'hasPayload',
    'keepsPayload',
    'isFollowing',
    'isDurable',
    'hasDurableName',
    'canSendSafely',
    'run',
    'canPause',
    'canResume',
    'canStop',
    'isOver',
    'hasRejected',
    'canSendRejected',
    'hasUnknown',
    'execution',
    'isUploading',
    'isInterrupted',
    'isUnderWay',
    'isNotFollowed',
    'isStarted',
    'hasResults',
  ],
  'invokeAsync.failedEvents': ['failedEvent', 'sendable', 'holdsEvent', 'hasRequestId'],
} as const satisfies Readonly<Record<ViewId, readonly string[]>>;

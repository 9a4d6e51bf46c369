import type { Connection } from '../core/invocation/connection';
import type { TargetOfFile } from '../files/payloadFolder';
import type { InvocationHeaders } from '../core/invocationHeaders';
import type { InvokeApi, Outcome } from '../core/invocation/outcome';
import type { Target } from '../core/target';

/** Where tools read and send: an editor's window, or a process that an agent has started. */
export interface AgentHost {
  /** Workspace folders, absolute. */
  readonly folders: readonly string[];
  /** Globs of payload files, relative to each folder. */
  readonly payloadGlobs: readonly string[];
  /** The call that carries an event whose target names none. */
  readonly api: InvokeApi;
  /** Path of `dist/server.js`, which checks files in a process of its own. */
  readonly serverFile: string;
  /**
   * The text of a payload file.
   * @throws {ToolError}
   */
  payloadText(place: PayloadPlace): Promise<string>;
  /** The target of a payload file, as it would be sent now. */
  targetOf(place: PayloadPlace): Promise<TargetOfFile>;
  /** The targets of the payload files in a folder, for a list of them. */
  targetsIn(folder: string): Promise<TargetsOfPaths>;
  /**
   * Where requests go, with the account where it can be told.
   * @throws {ConnectionError | ToolError}
   */
  connect(request: ConnectRequest): Promise<Connection>;
  /** Name of the environment that has a say in where requests go. */
  environmentFor(request: ConnectRequest): Promise<string | undefined>;
  readonly sending: SendingPolicy;
}

/** A payload file, with the folder that has its targets. Both are absolute. */
export interface PayloadPlace {
  readonly path: string;
  readonly folder: string;
}

/** Which target the file at a path in the folder has; a sentence where nobody can say it of any. */
export type TargetsOfPaths =
  | { readonly kind: 'targets'; of(path: string): Promise<Target | undefined> }
  | { readonly kind: 'fault'; readonly reason: string };

export interface ConnectRequest {
  /** What is sent, or asked about. */
  readonly place?: PayloadPlace | undefined;
  readonly functionName?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  /** Whether the account is asked for, should nothing name it. */
  readonly withAccount?: boolean;
}

/** One event, complete: nothing is left to look up. */
export interface AgentEvent extends InvocationHeaders {
  /** The file that holds the payload; `undefined` when the agent has written it. */
  readonly place: PayloadPlace | undefined;
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly api: InvokeApi;
  readonly payload: string;
  readonly connection: Connection;
  /** Name of the environment that had a say in where it goes. */
  readonly environment: string | undefined;
}

/** Whether events are sent, who is asked, and how they leave. */
export interface SendingPolicy {
  /** Why nothing is sent, as a sentence with what to do; `undefined` when it is allowed. */
  readonly forbidden: string | undefined;
  /** Patterns of functions, aliases, accounts and profiles that are production. */
  readonly confirm: readonly string[];
  /** Asks the user. `cannotAsk`: there is nobody who could answer. */
  ask(question: SendingQuestion, signal: AbortSignal): Promise<'send' | 'refused' | 'cannotAsk'>;
  /** Sends it once; `undefined` when the user did not want that after all. */
  deliver(event: AgentEvent, signal: AbortSignal): Promise<Outcome | undefined>;
}

/** What the user is asked before an event leaves. */
export interface SendingQuestion {
  /** The first line asks, the others say about what. */
  readonly text: string;
  /** The same for the same event to the same place. */
  readonly key: string;
}

/** What the agent asked for cannot be done; the message tells it why. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

import type { CancellationToken, Uri, WorkspaceFolder } from 'vscode';
import type { Connection } from '../../core/invocation/connection';
import type { InvokeApi } from '../../core/invocation/outcome';
import type { Target } from '../../core/target';

/** The event that will be sent, and what is known about where to. */
export interface Payload {
  readonly text: string;
  /** For people: the file's path in the workspace, or `typed JSON`. */
  readonly label: string;
  readonly uri?: Uri;
  readonly target?: Target;
  /** Whose settings say where it goes. */
  readonly folder: WorkspaceFolder | undefined;
}

/** One invocation, complete: nothing is left to ask. */
export interface Invocation {
  readonly payload: Payload;
  readonly functionName: string;
  readonly api: InvokeApi;
  /** Alias or version that is not part of the name. */
  readonly qualifier?: string;
  readonly connection: Connection;
  /** Only asks whether the call would be allowed. */
  readonly dryRun?: boolean;
}

/** How an event is sent, besides what it is and where it goes. */
export interface InvokeOptions {
  /** Only asks whether the call would be allowed: confirms nothing and is not kept. */
  readonly dryRun?: boolean;
  /** Sends the same event as often as it is told to, and does not ask. */
  readonly mayRepeat?: boolean;
  /** One of many: tells all in the output and shows no message, since their end is told together. */
  readonly isQuiet?: boolean;
  /** Until the event is sent, a wish to stop keeps it back. */
  readonly token?: CancellationToken;
}

import type { CancellationToken, Uri, WorkspaceFolder } from 'vscode';
import type { Senders } from '../../aws/main';
import type { Connection } from '../../core/invocation/connection';
import type { InvokeApi, Outcome } from '../../core/invocation/outcome';
import type { LeftOut } from '../../core/payload/plainJson';
import type { TextEdit } from '../../core/problem';
import type { Target } from '../../core/target';
import type { HistoryEntry } from '../invocations/historyEntry';
import type { LineListener } from '../ui/output';

/** The event that will be sent, and what is known about where to. */
export interface Payload {
  readonly text: string;
  /** For people: the file's path in the workspace, or `typed JSON`. */
  readonly label: string;
  readonly uri?: Uri;
  readonly target?: Target;
  /** What stands in its file, and is not sent. */
  readonly leftOut?: LeftOut;
  /** What made the text of that of its file. */
  readonly edits?: readonly TextEdit[];
  /** Its variables are filled in: the text is another than that of its file. */
  readonly isFilledIn?: boolean;
  /** Whose settings say where it goes. */
  readonly folder: WorkspaceFolder | undefined;
}

/** One invocation, complete: nothing is left to ask. */
export interface Invocation {
  readonly payload: Payload;
  readonly functionName: string;
  readonly api: InvokeApi;
  /** Alias or version that is not part of the name. */
  readonly qualifier?: string | undefined;
  /** Whose event it is, for a function that isolates tenants. */
  readonly tenantId?: string | undefined;
  /** Of the durable execution that it starts: sent again with the same one, it runs once. */
  readonly durableName?: string | undefined;
  /** Invoke is used because InvokeAsync, which was asked for, cannot carry the event. */
  readonly insteadOfInvokeAsync?: boolean;
  readonly connection: Connection;
  /** Name of the environment that had a say in where it goes. */
  readonly environment?: string;
  /** Only asks whether the call would be allowed. */
  readonly dryRun?: boolean;
  /** Waits for the function, and shows what it comes to (`InvocationType: RequestResponse`). */
  readonly waits?: boolean;
}

/** How an event is sent, besides what it is and where it goes. */
export interface InvokeOptions {
  /** Only asks whether the call would be allowed: confirms nothing and is not kept. */
  readonly dryRun?: boolean;
  /** Waits for the function, and shows what it comes to. */
  readonly waits?: boolean | undefined;
  /** Sends the same event as often as it is told to, and does not ask. */
  readonly mayRepeat?: boolean;
  /** One of many: tells all in the output and shows no message, since their end is told together. */
  readonly isQuiet?: boolean;
  /** Until the event is sent, a wish to stop keeps it back. */
  readonly token?: Pick<CancellationToken, 'isCancellationRequested'>;
  /** Hears the lines that the output shows of this event. */
  readonly onLine?: LineListener;
  /** Gets the event once it is queued, and where its log is read. */
  readonly onQueued?: (entry: HistoryEntry, connection: Connection) => void;
  /** One of many: who carries them. */
  readonly senders?: Pick<Senders, 'of'>;
  /** Asked once it is known what is sent; the event is not sent when it says no. */
  readonly mayRun?: (invocation: Invocation) => Promise<boolean>;
  /** Has the event sent while something goes on around it, which may take as long as a person likes. */
  readonly through?: (invocation: Invocation, send: () => Promise<Outcome>) => Promise<Outcome>;
  /** Nothing is asked any more, and its row is there: now the event leaves. */
  readonly onLeaving?: () => void;
}

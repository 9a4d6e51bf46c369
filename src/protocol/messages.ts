import type { InvokeApi } from '../core/invocation/outcome';
import type { Problem } from '../core/problem';
import type { FunctionName } from '../core/projectFunctions/declaredFunction';

/**
 * The messages between our client and the language server beyond LSP, by method name.
 * The server sends `account…` requests only to a client whose initialization options say that it answers them.
 */
export interface InitializationOptions {
  /** The client answers the `invokeAsync/account…` requests. */
  readonly answersAccountRequests?: boolean;
  /** The client runs the command `invokeAsync.invokeHovered`, given a `PlaceOfFunction`, from links in hovers. */
  readonly commandLinks?: boolean;
  /** The client runs the command `invokeAsync.useInvoke`, given a `PayloadToSend`, from a quick fix. */
  readonly useInvokeCommand?: boolean;
  /**
   * The client runs the commands `invokeAsync.setSchema` and `invokeAsync.ignoreEvent`, given an `EventOfPayload`, from
   * quick fixes.
   */
  readonly eventCommands?: boolean;
  /** The client runs the command `invokeAsync.migrateDeprecated` from a quick fix. */
  readonly migrateCommand?: boolean;
  /** The settings, from a client that does not answer `workspace/configuration`. */
  readonly invokeAsync?: unknown;
}

/** Server → client: function names for completion. Answered from what the user has already asked for; never a prompt. */
export const accountFunctions = 'invokeAsync/accountFunctions';
export interface AccountFunctionsParams {
  readonly uri: string;
}
export interface AccountFunction {
  readonly name: string;
  /** Where the name comes from, in words: `used 5 minutes ago`, `nodejs22.x in us-east-1`. */
  readonly detail: string;
}

/** Client → server: the functions that files of the workspace folders declare. What cannot be read declares none. */
export const projectFunctions = 'invokeAsync/projectFunctions';
export interface ProjectFunctionsParams {
  /** Of templates and configurations; no more than `mostProjectFiles` of them are read. */
  readonly uris: readonly string[];
}
export type ProjectFunction = FunctionName & {
  /** Of the file that declares it. */
  readonly uri: string;
  /** Where its declaration begins, from 0. */
  readonly line: number;
};
export const mostProjectFiles = 200;

/**
 * Client → server: what Local Lambda can run of the functions that the project's files declare, with handlers from the
 * workspace folder on.
 */
export const localFunctions = 'invokeAsync/localFunctions';
export interface LocalFunctionsParams extends ProjectFunctionsParams {
  /** URI of the workspace folder. */
  readonly folder: string;
}
export interface LocalFunctionsResult {
  readonly functions: readonly LocalFunctionEntry[];
  /** The files that declare them, each once. */
  readonly files: readonly string[];
  /** Functions that it cannot run, with the reason in words. */
  readonly leftOut: readonly string[];
}
/** A function as `.lambda/local.json` describes it. */
export interface LocalFunctionEntry {
  readonly name: string;
  readonly handler: string;
  readonly timeout?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Client → server: answered with `null` at once, by a server that answers anything. */
export const ping = 'invokeAsync/ping';

/** Client → server: all problems of a payload as it would be sent, schema included. */
export const checkPayload = 'invokeAsync/checkPayload';
export interface CheckPayloadParams {
  /** Where the payload stands, which decides its target and schema; absent when it was typed. */
  readonly uri?: string;
  readonly text: string;
  readonly api: InvokeApi;
}
export type CheckPayloadResult = readonly Problem[];

/** Client → server, a notification: an event was sent from this document, which is checked as a payload from now on. */
export const payloadInvoked = 'invokeAsync/payloadInvoked';
export interface PayloadInvokedParams {
  readonly uri: string;
}

/** An open payload that is too large for InvokeAsync. Says nothing of where it goes: the client knows its target. */
export interface PayloadToSend {
  readonly uri: string;
}

/** Client → server: the function that a hover named. `null` when the document has changed since, or is not open. */
export const functionAt = 'invokeAsync/functionAt';
/** Says nothing of where an event goes: whoever writes a link into a document cannot choose that. */
export interface PlaceOfFunction {
  readonly uri: string;
  /** Of the open document. */
  readonly version: number;
  /** In UTF-16 units. */
  readonly offset: number;
}
export interface FunctionAtResult {
  /** Name, ARN or partial ARN. */
  readonly functionName: string;
  /** Of the target that names the function. */
  readonly profile?: string;
  readonly region?: string;
}

/**
 * Client → server: searches all files of the workspace folders that git would not ignore for uses of InvokeAsync, and
 * publishes them as diagnostics. Can be cancelled: what was found until then stays.
 */
export const findDeprecated = 'invokeAsync/findDeprecated';
export interface FindDeprecatedResult {
  readonly filesDone: number;
  /** Files with a use. */
  readonly files: number;
  readonly uses: number;
  /** Uses that can certainly be replaced. */
  readonly certain: number;
  /** How many uses of which SDK, in words; the most frequent first. */
  readonly sdks: readonly { readonly name: string; readonly uses: number }[];
  /** Files that hold a word of the deprecated call and were not looked at. */
  readonly skipped: readonly { readonly uri: string; readonly reason: string }[];
  readonly cancelled: boolean;
}

/** Server → client, a notification while the workspace is searched. */
export const scanProgress = 'invokeAsync/scanProgress';
export interface ScanProgress {
  readonly filesDone: number;
  readonly uses: number;
}

/** Client → server: all certain replacements of the workspace, and what is left for a person. Searches anew. */
export const migrateDeprecated = 'invokeAsync/migrateDeprecated';
export interface MigrateDeprecatedResult {
  readonly found: FindDeprecatedResult;
  readonly files: readonly FileReplacements[];
  readonly left: readonly LeftUse[];
}
export interface FileReplacements {
  readonly uri: string;
  /** `textHash` of the text that was searched: in any other, the edits would land in the wrong places. */
  readonly textHash: string;
  /** How many uses the edits replace. */
  readonly uses: number;
  readonly edits: readonly { readonly range: PlaceRange; readonly newText: string }[];
}
export interface LeftUse {
  readonly uri: string;
  readonly range: PlaceRange;
  /** What is used, and why it was not replaced. */
  readonly message: string;
}

/** An open payload that looks like one of AWS's events. */
export interface EventOfPayload {
  readonly uri: string;
  /** `aws:<event>` */
  readonly schema: string;
}

/** Lines and characters (UTF-16 units) from 0, as in LSP. */
export interface PlaceRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

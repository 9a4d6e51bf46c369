import type { InvokeApi } from '../core/invocation';
import type { Problem } from '../core/problem';

/**
 * The messages between our client and the language server beyond LSP, by method name.
 * The server sends `account…` requests only to a client whose initialization options say that it answers them.
 */
export interface InitializationOptions {
  /** The client answers the `invokeAsync/account…` requests. */
  readonly answersAccountRequests?: boolean;
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

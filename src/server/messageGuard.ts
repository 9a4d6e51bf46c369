import {
  type Connection,
  ErrorCodes,
  Message,
  type MessageStrategy,
  Position,
  Range,
  type RequestMessage,
  ResponseError,
  TextDocumentIdentifier,
  TextDocumentItem,
  VersionedTextDocumentIdentifier,
  WorkspaceFolder,
} from './lsp';
import { checkPayload, functionAt, payloadInvoked } from '../protocol/messages';

type Guard = (value: unknown) => boolean;

/**
 * What each message must hold before a handler sees it: handlers, ours and the library's, trust their types. A message
 * that is not named is left to the library, which answers what it does not know.
 */
const shapes: Readonly<Record<string, Guard>> = {
  initialize: fields({
    capabilities: isObject,
    processId: optional(isProcessId),
    locale: optional(isText),
    workspaceFolders: optional(listOf(WorkspaceFolder.is)),
  }),
  'textDocument/didOpen': fields({ textDocument: TextDocumentItem.is }),
  'textDocument/didChange': fields({
    textDocument: VersionedTextDocumentIdentifier.is,
    contentChanges: listOf(fields({ text: isText, range: optional(Range.is) })),
  }),
  'textDocument/didClose': fields({ textDocument: TextDocumentIdentifier.is }),
  'textDocument/didSave': fields({ textDocument: TextDocumentIdentifier.is }),
  'textDocument/hover': fields({ textDocument: TextDocumentIdentifier.is, position: Position.is }),
  'textDocument/completion': fields({
    textDocument: TextDocumentIdentifier.is,
    position: Position.is,
  }),
  'textDocument/codeAction': fields({
    textDocument: TextDocumentIdentifier.is,
    range: Range.is,
    context: fields({ only: optional(listOf(isText)) }),
  }),
  'workspace/didChangeConfiguration': isObject,
  'workspace/didChangeWatchedFiles': fields({
    changes: listOf(fields({ uri: isText, type: isNumber })),
  }),
  'workspace/didChangeWorkspaceFolders': fields({
    event: fields({ added: listOf(WorkspaceFolder.is), removed: listOf(WorkspaceFolder.is) }),
  }),
  [checkPayload]: fields({
    uri: optional(isText),
    text: isText,
    api: (api) => api === 'InvokeAsync' || api === 'Invoke',
  }),
  [payloadInvoked]: fields({ uri: isText }),
  [functionAt]: fields({ uri: isText, version: isNumber, offset: isNumber }),
};

/** What a request is turned into that does not hold what it must, so that it is answered all the same. */
const invalidRequest = 'invokeAsync/invalidRequest';

/**
 * Lets no message through to the handlers whose parameters are not what its method says: a request is answered with an
 * error, anything else is dropped.
 * @param warn writes a line into the server's log
 */
export function messageGuard(warn: (line: string) => void): MessageStrategy {
  return {
    handleMessage(message, next) {
      if (!Message.isRequest(message) && !Message.isNotification(message)) return next(message);
      const { method } = message;
      const isRight = Object.hasOwn(shapes, method) ? shapes[method] : undefined;
      if (!isRight || isRight(message.params)) return next(message);
      if (Message.isRequest(message)) {
        const refused: RequestMessage = { ...message, method: invalidRequest, params: { method } };
        return next(refused);
      }
      warn(`Ignored ${method}: its parameters are not what the protocol says.`);
      return undefined;
    },
  };
}

/** Answers the requests that the guard turns away. */
export function refuseInvalidRequests(connection: Connection): void {
  connection.onRequest(invalidRequest, ({ method }: { method: string }) => {
    const message = `The parameters of ${method} are not what the protocol says.`;
    return new ResponseError(ErrorCodes.InvalidParams, message);
  });
}

function fields(guards: Readonly<Record<string, Guard>>): Guard {
  return (value) =>
    isObject(value) && Object.entries(guards).every(([name, isRight]) => isRight(value[name]));
}

function listOf(isRight: Guard): Guard {
  return (value) => Array.isArray(value) && value.every(isRight);
}

function optional(isRight: Guard): Guard {
  return (value) => value === undefined || value === null || isRight(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

/** The server ends when this process does not live: a number that none can have must not end it. */
function isProcessId(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 2 ** 31;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

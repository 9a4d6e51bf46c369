/**
 * What the server uses of the library of its protocol, and where it imports it from: a bundle copies all of the some
 * 300 exports for each file that imports one.
 */
export type * from 'vscode-languageserver/node';
export {
  CodeActionKind,
  CompletionItemKind,
  DiagnosticSeverity,
  DiagnosticTag,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  Emitter,
  ErrorCodes,
  FileChangeType,
  InsertTextFormat,
  MarkupKind,
  Message,
  Position,
  ProposedFeatures,
  Range,
  ResponseError,
  TextDocumentIdentifier,
  TextDocumentItem,
  TextDocumentSyncKind,
  TextDocuments,
  VersionedTextDocumentIdentifier,
  WatchKind,
  WorkspaceFolder,
  createConnection,
} from 'vscode-languageserver/node';

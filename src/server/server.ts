import {
  CodeActionKind,
  type Connection,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { DeprecationCheck } from './features/deprecationCheck';
import { Diagnostics } from './features/diagnostics';
import { IdentifierCheck } from './features/identifierCheck';
import { PayloadCheck } from './features/payloadCheck';
import { QuickFixes } from './features/quickFixes';
import { type Files, Workspace } from './workspace';

/** Wires the language server: every feature registers its own handlers, this only brings them together. */
export function startServer(connection: Connection, files: Files): void {
  const documents = new TextDocuments(TextDocument);
  const workspace = new Workspace(connection, documents, files);
  const payloadCheck = new PayloadCheck(workspace);
  const diagnostics = new Diagnostics(documents, workspace, [
    new IdentifierCheck(workspace),
    payloadCheck,
    new DeprecationCheck(workspace),
  ]);

  connection.onInitialize((params): InitializeResult => {
    workspace.initialize(params);
    return {
      serverInfo: { name: 'lambda-invoke-async' },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  for (const feature of [
    workspace,
    diagnostics,
    payloadCheck,
    new QuickFixes(documents, diagnostics),
  ]) {
    feature.register(connection);
  }
  documents.listen(connection);
  connection.listen();
}

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
import { SchemaCheck } from './features/schemaCheck';
import type { Files } from './files';
import { Schemas } from './schemas';
import { Workspace } from './workspace';

/** Wires the language server: every feature registers its own handlers, this only brings them together. */
export function startServer(connection: Connection, files: Files): void {
  const documents = new TextDocuments(TextDocument);
  const workspace = new Workspace(connection, documents, files);
  // The schemas and the thread that runs them lie beside the bundle that this is part of.
  const schemas = new Schemas(workspace, files, __dirname);
  const payloadCheck = new PayloadCheck(workspace, schemas);
  const diagnostics = new Diagnostics(documents, workspace, [
    new IdentifierCheck(workspace),
    payloadCheck,
    new SchemaCheck(schemas),
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
    schemas,
    diagnostics,
    payloadCheck,
    new QuickFixes(documents, diagnostics),
  ]) {
    feature.register(connection);
  }
  documents.listen(connection);
  connection.listen();
}

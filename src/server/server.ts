import { join } from 'node:path';
import {
  CodeActionKind,
  type Connection,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from './lsp';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { oneLine } from '../core/foreignText';
import { ping } from '../protocol/messages';
import { ByteOrderMarkCheck } from './features/byteOrderMarkCheck';
import { Completion } from './features/completion';
import { DeprecationCheck } from './features/deprecationCheck';
import { Diagnostics } from './features/diagnostics';
import { fixAllKind } from './features/fixAll';
import { Hovers } from './features/hovers';
import { IdentifierCheck } from './features/identifierCheck';
import { IdentifierHover } from './features/identifierHover';
import { EventFix } from './features/eventFix';
import { EventLinesCheck } from './features/eventLinesCheck';
import { HandlerFiles } from './features/handlerFiles';
import { LocalFunctions } from './features/localFunctions';
import { LocalHandlerLinks } from './features/localHandlerLinks';
import { LocalHandlers } from './features/localHandlers';
import { PayloadCompletion } from './features/payloadCompletion';
import { TargetsEdits } from './features/targetsEdits';
import { PayloadCheck } from './features/payloadCheck';
import { ProjectFunctions } from './features/projectFunctions';
import { IgnoreFix } from './features/ignoreFix';
import { QuickFixes } from './features/quickFixes';
import { SchemaCheck } from './features/schemaCheck';
import { TargetsCheck } from './features/targetsCheck';
import { TargetsHover } from './features/targetsHover';
import { UseInvokeFix } from './features/useInvokeFix';
import { Variables } from './features/variables';
import { WorkspaceSearch } from './features/workspaceSearch';
import { EventShapes } from './schemas/eventShapes';
import type { Files } from './files';
import { FinderThread } from './finder/finderThread';
import { languageIdOf } from './languageId';
import { setLocale } from './language';
import { watchParent } from './parentWatch';
import { PayloadSchemas } from './schemas/payloadSchemas';
import { Schemas } from './schemas/schemas';
import { Workspace } from './workspace/workspace';

/** Wires the language server: every feature registers its own handlers, this only brings them together. */
export function startServer(connection: Connection, files: Files): void {
  const documents = new TextDocuments({
    create: (uri, languageId, version, text) =>
      TextDocument.create(uri, languageIdOf(languageId), version, text),
    update: TextDocument.update,
  });
  const workspace = new Workspace(connection, documents, files);
  // What threads run, and the schemas, lie beside the bundle that this is part of.
  const events = new EventShapes(files, join(__dirname, 'schemas'));
  const schemas = new Schemas(workspace, files, events, __dirname);
  const payloadSchemas = new PayloadSchemas(workspace);
  const payloadCheck = new PayloadCheck(workspace, schemas, payloadSchemas);
  const payloadCompletion = new PayloadCompletion(connection, workspace, schemas, payloadSchemas);
  const variables = new Variables(workspace);
  const byteOrderMarkCheck = new ByteOrderMarkCheck(workspace, files);
  const targetsEdits = new TargetsEdits(documents, workspace);
  const targetsCheck = new TargetsCheck(workspace, files, schemas);
  const handlerFiles = new HandlerFiles(files);
  const localHandlers = new LocalHandlers(workspace, handlerFiles);
  const identifierHover = new IdentifierHover(documents, workspace);
  const finder = new FinderThread(join(__dirname, 'finderWorker.js'));
  const deprecationCheck = new DeprecationCheck(workspace, finder, (line) =>
    connection.console.warn(oneLine(line)),
  );
  const diagnostics = new Diagnostics(documents, workspace, [
    new IdentifierCheck(workspace),
    payloadCheck,
    new EventLinesCheck(workspace),
    byteOrderMarkCheck,
    targetsCheck,
    localHandlers,
    new SchemaCheck(schemas),
    deprecationCheck,
  ]);

  connection.onInitialize((params): InitializeResult => {
    setLocale(params.locale ?? '');
    workspace.initialize(params);
    // Once the editor has its answer: a thread takes long to start.
    setImmediate(() => watchParent(params.processId));
    return {
      serverInfo: { name: 'lambda-invoke-async' },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
        hoverProvider: true,
        documentLinkProvider: {},
        completionProvider: { triggerCharacters: ['"', '{'] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onRequest(ping, () => null);
  for (const feature of [
    workspace,
    schemas,
    diagnostics,
    payloadCheck,
    byteOrderMarkCheck,
    targetsCheck,
    localHandlers,
    identifierHover,
    new Hovers(documents, [
      variables,
      new TargetsHover(workspace, files),
      identifierHover,
      payloadCompletion,
    ]),
    new Completion(documents, workspace, payloadCompletion, variables, localHandlers),
    new LocalHandlerLinks(documents, workspace, handlerFiles),
    new ProjectFunctions(workspace),
    new LocalFunctions(workspace, handlerFiles),
    new WorkspaceSearch(connection, documents, workspace, deprecationCheck, finder),
    new QuickFixes(documents, diagnostics, workspace, [
      new IgnoreFix(),
      new UseInvokeFix(workspace, targetsEdits),
      new EventFix(workspace, payloadSchemas, targetsEdits),
    ]),
  ]) {
    feature.register(connection);
  }
  documents.listen(connection);
  connection.listen();
}

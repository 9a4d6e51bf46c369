import { dirname, join, resolve } from 'node:path';
import { DiagnosticSeverity } from '../lsp';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CheckServer, NoAnswer } from '../../cli/checkServer';
import { fileLimitBytes } from '../../core/fileLimits';
import { documentProblems } from '../../core/functionIdentifier/documentProblems';
import { eventFileMatch, isJsonLinesPath, payloadMatch } from '../../core/payload/payloadPath';
import type { Problem, ProblemCode } from '../../core/problem';
import { targetsPath } from '../../core/target';
import { targetIdentifierProblems } from '../../core/targetIdentifiers';
import { unreadText } from '../../files/fileReading';
import { pathInFolder, payloadFolder } from '../../files/payloadFolder';
import { readFileInSync } from '../../files/readFileSync';
import { realPathOf } from '../../files/realPath';
import { languageIdOfPath } from '../../migration/languages';
import { defaultCheckSettings } from '../../protocol/settings';
import { rangeIn } from '../range';
import type { ScanRoots } from '../search/scan';
import { walk } from '../search/walk';
import type { FoundProblem } from './checkedFile';

/** What is checked beside the uses of InvokeAsync. */
export interface DocumentChecks {
  readonly payloads: boolean;
  readonly identifiers: boolean;
}

/** What the checks of documents say, by the path of the file. */
export interface DocumentFindings {
  readonly problems: ReadonlyMap<string, readonly FoundProblem[]>;
  /** Why a file was not checked, for the middle of a sentence. */
  readonly skipped: ReadonlyMap<string, string>;
}

/** A file that is looked at; `isNamed` when somebody asked for this very file. */
interface Candidate {
  readonly path: string;
  readonly isNamed: boolean;
}

type Role = 'payload' | 'eventFile' | 'targets';

const globs = defaultCheckSettings.payloads.include;
/** Where git looks for a NUL, which says that a file is binary. */
const binaryCheckLength = 8000;

/**
 * Checks payloads and function identifiers in files and folders, as an editor does.
 * @param serverFile path of `dist/server.js`
 */
export async function checkDocuments(
  roots: ScanRoots,
  checks: DocumentChecks,
  serverFile: string,
): Promise<DocumentFindings> {
  const problems = new Map<string, FoundProblem[]>();
  const skipped = new Map<string, string>();
  const payloads: { readonly path: string; readonly role: Role; readonly text: string }[] = [];
  for await (const { path, isNamed } of candidates(roots)) {
    const role = checks.payloads ? roleOf(path, isNamed) : undefined;
    if (role === undefined && !checks.identifiers) continue;
    const reading = textOf(
      path,
      role === undefined ? fileLimitBytes.source : fileLimitBytes.payload,
    );
    if (reading.kind === 'skipped') {
      if (role !== undefined || isNamed || reading.isText) skipped.set(path, reading.reason);
      continue;
    }
    const { text } = reading;
    if (role !== undefined) payloads.push({ path, role, text });
    const found = checks.identifiers ? identifierProblems(path, text) : [];
    if (found.length > 0) problems.set(path, placed(path, text, found));
  }
  if (payloads.length === 0) return { problems, skipped };

  const workspaceFolders = new Set(payloads.map(({ path }) => folderOf(path)));
  // What is said of identifiers is known already.
  const settings = { deprecation: { severity: 'off' }, identifiers: { enable: false } };
  let server: CheckServer | undefined;
  try {
    for (const { path, role, text } of payloads) {
      try {
        server ??= await CheckServer.start(serverFile, [...workspaceFolders], settings);
        const diagnostics = await server.check({
          path,
          languageId: role === 'eventFile' ? 'jsonl' : 'json',
          text,
          isPayload: role !== 'targets',
        });
        const found = diagnostics.flatMap(({ code, severity, message, range }): FoundProblem[] =>
          // The others are remarks for whoever is writing.
          severity === DiagnosticSeverity.Error || severity === DiagnosticSeverity.Warning
            ? [
                {
                  code: code as ProblemCode,
                  severity: severity === DiagnosticSeverity.Error ? 'error' : 'warning',
                  message: typeof message === 'string' ? message : message.value,
                  range,
                },
              ]
            : [],
        );
        if (found.length > 0) problems.set(path, [...(problems.get(path) ?? []), ...found]);
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        skipped.set(path, 'its check does not end');
        server?.dispose();
        server = undefined;
      }
    }
  } finally {
    server?.dispose();
  }
  return { problems, skipped };
}

/** Each file once, by whatever path it is reached. */
async function* candidates({ files = [], folders = [] }: ScanRoots): AsyncGenerator<Candidate> {
  const seen = new Set<string>();
  const isNew = (path: string) => !seen.has(path) && seen.add(path);
  for (const path of files) if (isNew(realPathOf(path))) yield { path, isNamed: true };
  for (const folder of folders) {
    const real = realPathOf(folder);
    for await (const batch of walk(folder, () => true)) {
      for (const path of batch) {
        if (isNew(join(real, path.slice(folder.length)))) yield { path, isNamed: false };
      }
    }
  }
}

/** What a file is to Lambda; `undefined` for all that is not sent. */
function roleOf(path: string, isNamed: boolean): Role | undefined {
  const inFolder = pathInFolder(path, folderOf(path));
  if (inFolder === targetsPath) return 'targets';
  if (inFolder.startsWith('.lambda/') && !inFolder.slice('.lambda/'.length).includes('/'))
    return undefined;
  const wanted = isNamed ? [...globs, '**/*.json'] : globs;
  if (isJsonLinesPath(path)) return eventFileMatch(inFolder, wanted) && 'eventFile';
  return payloadMatch(inFolder, wanted) && 'payload';
}

const folders = new Map<string, string>();

/** Looked for once for all files beside each other. */
function folderOf(path: string): string {
  const key = dirname(path);
  let folder = folders.get(key);
  if (folder === undefined) {
    folder = payloadFolder(path);
    folders.set(key, folder);
  }
  return folder;
}

type TextOfFile =
  | { readonly kind: 'text'; readonly text: string }
  /** `isText`: it would have been checked if it were smaller. */
  | { readonly kind: 'skipped'; readonly reason: string; readonly isText: boolean };

function textOf(path: string, limit: number): TextOfFile {
  const reading = readFileInSync(undefined, path, limit);
  if (reading.kind !== 'content') {
    const reason = unreadText(reading).replace(/\.$/, '');
    return {
      kind: 'skipped',
      reason: reason.charAt(0).toLowerCase() + reason.slice(1),
      isText: reading.kind === 'tooLarge',
    };
  }
  const { bytes } = reading;
  if (bytes.subarray(0, binaryCheckLength).includes(0)) {
    return { kind: 'skipped', reason: 'the file is binary', isText: false };
  }
  return { kind: 'text', text: new TextDecoder().decode(bytes) };
}

function identifierProblems(path: string, text: string): readonly Problem[] {
  const inFolder = pathInFolder(path, folderOf(path));
  if (inFolder === targetsPath) return targetIdentifierProblems(text);
  return documentProblems(text, languageIdOfPath(path) ?? 'plaintext', { path: inFolder });
}

function placed(path: string, text: string, problems: readonly Problem[]): FoundProblem[] {
  const document = TextDocument.create(resolve(path), 'plaintext', 0, text);
  return problems.map(({ code, severity, message, range }) => ({
    code,
    severity,
    message,
    range: rangeIn(document, range),
  }));
}

import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Range } from 'vscode-languageserver-textdocument';
import { version } from '../../../package.json';
import { documentation, type Severity } from '../../core/problem';
import type { FileFindings } from '../search/findings';
import { shownPath } from './report';

/**
 * The uses as SARIF 2.1.0, which code-scanning services take. Files are named relative to the working folder.
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(files: readonly FileFindings[]): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'lambda-invoke-async', version, rules: rules.map(rule) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [root]: { uri: `${pathToFileURL(process.cwd()).href}/` } },
        invocations: [
          {
            executionSuccessful: files.every(({ unwritten }) => unwritten === undefined),
            toolExecutionNotifications: files.flatMap(({ path, skipped, unwritten }) => [
              ...(skipped === undefined
                ? []
                : [notification(path, 'note', `Skipped: ${skipped}.`)]),
              ...(unwritten === undefined
                ? []
                : [notification(path, 'error', `Not fixed: ${unwritten}`)]),
            ]),
          },
        ],
        results: files.flatMap(({ path, uses }) =>
          uses.map(({ code, severity, message, range }) => ({
            ruleId: code,
            ruleIndex: rules.findIndex(({ id }) => id === code),
            level: levels[severity],
            message: { text: message },
            locations: [at(path, range)],
          })),
        ),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

const root = '%SRCROOT%';

const rules = [
  { id: 'deprecated.invoke-async', text: 'A use of the deprecated Lambda API InvokeAsync.' },
  { id: 'deprecated.iam-action', text: 'The deprecated IAM action lambda:InvokeAsync.' },
  { id: 'deprecated.payload-lost', text: 'InvokeArgs where Invoke silently drops them.' },
] as const;

function rule({ id, text }: (typeof rules)[number]) {
  return { id, shortDescription: { text }, helpUri: documentation[id] };
}

const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

function notification(path: string, level: 'note' | 'error', text: string) {
  return { level, message: { text }, locations: [at(path)] };
}

function at(path: string, range?: Range) {
  return {
    physicalLocation: {
      artifactLocation: artifact(path),
      ...(range && {
        region: {
          startLine: range.start.line + 1,
          startColumn: range.start.character + 1,
          endLine: range.end.line + 1,
          endColumn: range.end.character + 1,
        },
      }),
    },
  };
}

function artifact(path: string) {
  const shown = shownPath(path);
  if (isAbsolute(shown)) return { uri: pathToFileURL(shown).href };
  return { uri: shown.split(sep).map(encodeURIComponent).join('/'), uriBaseId: root };
}

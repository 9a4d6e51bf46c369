import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Range } from 'vscode-languageserver-textdocument';
import { version } from '../../../package.json';
import { documentation, type ProblemCode, type Severity } from '../../core/problem';
import type { CheckedFile } from './checkedFile';
import { shownPath } from './report';

/**
 * The problems as SARIF 2.1.0, which code-scanning services take. Files are named relative to the working folder.
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(files: readonly CheckedFile[]): string {
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
        results: files.flatMap(({ path, found }) =>
          found.map(({ code, severity, message, range }) => ({
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

const descriptions: Readonly<Record<ProblemCode, string>> = {
  'deprecated.invoke-async': 'A use of the deprecated Lambda API InvokeAsync.',
  'deprecated.iam-action': 'The deprecated IAM action lambda:InvokeAsync.',
  'deprecated.payload-lost': 'InvokeArgs where Invoke silently drops them.',
  'identifier.malformed': 'A function identifier that is neither a name nor an ARN.',
  'identifier.too-long': 'A function identifier with more characters than Lambda takes.',
  'identifier.incomplete-arn': 'A function ARN without all of its parts.',
  'identifier.not-a-function': 'An ARN of something other than a function.',
  'identifier.qualifier': 'A version or alias that there cannot be.',
  'identifier.partition': 'A partition that does not hold the region.',
  'identifier.region': 'A region that there is not.',
  'identifier.name': 'A function name that Lambda does not allow.',
  'identifier.unchecked': 'Function identifiers that were not checked.',
  'payload.syntax': 'A payload that is not JSON.',
  'payload.encoded': 'A payload that is encoded twice.',
  'payload.schema': 'A payload that does not match its schema.',
  'payload.event': 'A payload that looks like an AWS event.',
  'payload.unchecked': 'A payload that was not validated against its schema.',
  'payload.too-large': 'A payload that is larger than the call takes.',
  'payload.number-precision': 'A number that loses digits in most languages.',
  'payload.duplicate-key': 'A key that an object has twice.',
  'target.no-match': 'A target that no payload has.',
  'target.shadowed': 'A target that an earlier one hides.',
  'payload.variable': 'A variable of a payload that is not known, or not of all environments.',
  'local.handler': 'A handler of Local Lambda that is not there.',
  'target.variable': 'A function that is not valid in one of the environments.',
};

const rules = Object.entries(descriptions).map(([id, text]) => ({ id: id as ProblemCode, text }));

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

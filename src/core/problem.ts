/** What every check of ours reports: one vocabulary for the language server, the command line and the quick pick. */

/** Offsets in UTF-16 code units, `end` exclusive: the same count that JavaScript strings and LSP use. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** A quick fix whose result is certain, or nearly so; `preferred` when it is the one that almost everybody wants. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly preferred?: boolean;
}

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
  readonly fixes: readonly Fix[];
}

const invokeAsyncPage = 'https://docs.aws.amazon.com/lambda/latest/api/API_InvokeAsync.html';
const invokePage = 'https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html';
const functionNamePage = `${invokePage}#lambda-Invoke-request-FunctionName`;
const versionsPage = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html';
const partitionsPage = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html';
const limitsPage = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
const jsonPage = 'https://www.rfc-editor.org/rfc/rfc8259';
const globPage = 'https://code.visualstudio.com/docs/editor/glob-patterns';
const permissionsPage = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-permissions.html';

/** Every diagnostic code, with the page that explains its rule. */
export const documentation = {
  'identifier.malformed': functionNamePage,
  'identifier.too-long': functionNamePage,
  'identifier.incomplete-arn': functionNamePage,
  'identifier.not-a-function': functionNamePage,
  'identifier.qualifier': versionsPage,
  'identifier.partition': partitionsPage,
  'identifier.region': functionNamePage,
  'identifier.name': 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html',
  'identifier.unchecked': functionNamePage,
  'payload.syntax': jsonPage,
  'payload.encoded': invokePage,
  'payload.schema': 'https://json-schema.org/understanding-json-schema',
  'payload.event': 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html',
  'payload.unchecked': 'https://json-schema.org/understanding-json-schema',
  'payload.too-large': limitsPage,
  'payload.number-precision': `${jsonPage}#section-6`,
  'payload.duplicate-key': `${jsonPage}#section-4`,
  'payload.variable': invokePage,
  'target.no-match': globPage,
  'target.shadowed': globPage,
  'target.variable': functionNamePage,
  'local.handler': 'https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html',
  'deprecated.invoke-async': invokeAsyncPage,
  'deprecated.iam-action': permissionsPage,
  'deprecated.payload-lost': invokePage,
} as const satisfies Record<string, string>;

export type ProblemCode = keyof typeof documentation;

import { readFile } from 'node:fs/promises';
import { parseTree } from 'jsonc-parser';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';
import { eventSchemaFile } from '../../src/core/payload/eventSchemas';
import { SchemaChecker } from '../../src/core/payload/schema';
import { sizeProblem } from '../../src/core/payload/size';
import { checkSyntax } from '../../src/core/payload/syntax';
import { sqsBatch } from '../support/sqsBatch';
import type { BenchRow } from './row';
import { median, medians } from './timing';

/** What the checks of one keystroke cost on a 0.9 MB batch of SQS messages, against parsing it and other checkers. */
export async function rows(): Promise<BenchRow[]> {
  const text = sqsBatch(1380);
  const broken = text.replace(/\}(\s*\]\s*\})$/, '},$1');
  const schemaText = await schemaOf('aws:sqs');
  const checker = new SchemaChecker(schemaOf);
  const languageService = getLanguageService({});
  languageService.configure({
    validate: true,
    schemas: [{ uri: 'aws:sqs', fileMatch: ['*'], schema: JSON.parse(schemaText) }],
  });

  const [parse, ours, faults, tree, service] = await medians([
    () => JSON.parse(text),
    () => allProblems(checker, text),
    () => checkSyntax(broken),
    () => parseTree(text),
    () => {
      const document = TextDocument.create('file:///batch.json', 'json', 1, text);
      return languageService.doValidation(document, languageService.parseJSONDocument(document));
    },
  ]);
  const firstSchema = await median(() =>
    new SchemaChecker(schemaOf).problems('aws:sqs', '{"Records":[]}'),
  );
  const megabytes = `${(text.length / 1e6).toFixed(1)} MB`;
  return [
    row(`check ${megabytes} with a schema`, ours, 'JSON.parse', parse, 3),
    row(`check ${megabytes} with a schema`, ours, 'vscode-json-languageservice', service, 0.2),
    row(`check ${megabytes} with a schema`, ours, 'jsonc-parser, tree only', tree),
    row(`check ${megabytes} with a fault at the end`, faults, 'JSON.parse without it', parse),
    row('compile aws:sqs, ajv loaded', firstSchema, `JSON.parse of ${megabytes}`, parse),
  ];
}

/** What the server does for each change of a payload, apart from the protocol. */
async function allProblems(checker: SchemaChecker, text: string): Promise<number> {
  const { problems, value } = checkSyntax(text);
  const ofSchema = await checker.problems('aws:sqs', text, value);
  return problems.length + ofSchema.length + (sizeProblem(text, 'Invoke') ? 1 : 0);
}

function schemaOf(name: string): Promise<string> {
  return readFile(`generated/eventSchemas/${eventSchemaFile(name)}`, 'utf8');
}

function row(
  name: string,
  value = Number.NaN,
  reference = '',
  other = Number.NaN,
  budget?: number,
): BenchRow {
  return {
    name,
    value,
    unit: 'ms',
    reference,
    ratio: value / other,
    ...(budget !== undefined && { budget }),
  };
}

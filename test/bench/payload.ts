import { readFile } from 'node:fs/promises';
import { parseTree } from 'jsonc-parser';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';
import { eventSchemaFile } from '../../src/core/payload/eventSchemas';
import { SchemaChecker } from '../../src/core/payload/schema';
import { sizeProblem } from '../../src/core/payload/size';
import { checkSyntax } from '../../src/core/payload/syntax';
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

/** Messages as SQS delivers them, each with an order as JSON in its body. */
function sqsBatch(count: number): string {
  const Records = Array.from({ length: count }, (_, index) => ({
    messageId: `7f1c2b9e-4d3a-4c58-9a6b-${String(index).padStart(12, '0')}`,
    receiptHandle: `AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a${index}`,
    body: JSON.stringify({
      orderId: `o-${index}`,
      total: 12.5 * index,
      lines: [{ sku: 'mug', quantity: 2 }],
    }),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1772442930000',
      SenderId: 'AIDAEXAMPLEORDERS01',
      ApproximateFirstReceiveTimestamp: '1772442930012',
    },
    messageAttributes: {},
    md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:orders',
    awsRegion: 'us-east-1',
  }));
  return JSON.stringify({ Records }, null, 2);
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

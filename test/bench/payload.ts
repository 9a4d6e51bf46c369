import { readFile } from 'node:fs/promises';
import { parseTree } from 'jsonc-parser';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';
import { eventProblems } from '../../src/core/events/checkEvent';
import { awsEvent, eventSchemaFile } from '../../src/core/events/events';
import { type EventShape, eventShape } from '../../src/core/events/eventShape';
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
  const shape = eventShape(JSON.parse(schemaText));
  const languageService = getLanguageService({});
  languageService.configure({
    validate: true,
    schemas: [{ uri: 'aws:sqs', fileMatch: ['*'], schema: JSON.parse(schemaText) }],
  });

  const [parse, ours, faults, tree, service] = await medians([
    () => JSON.parse(text),
    () => allProblems(shape, text),
    () => checkSyntax(broken),
    () => parseTree(text),
    () => {
      const document = TextDocument.create('file:///batch.json', 'json', 1, text);
      return languageService.doValidation(document, languageService.parseJSONDocument(document));
    },
  ]);
  const firstShape = await median(async () => eventShape(JSON.parse(await schemaOf('aws:sqs'))));
  const megabytes = `${(text.length / 1e6).toFixed(1)} MB`;
  return [
    row(`check ${megabytes} with a schema`, ours, 'JSON.parse', parse, 3),
    row(`check ${megabytes} with a schema`, ours, 'vscode-json-languageservice', service, 0.2),
    row(`check ${megabytes} with a schema`, ours, 'jsonc-parser, tree only', tree),
    row(`check ${megabytes} with a fault at the end`, faults, 'JSON.parse without it', parse),
    row('read the shape of aws:sqs', firstShape, `JSON.parse of ${megabytes}`, parse),
  ];
}

/** What the server does for each change of a payload, apart from the protocol. */
function allProblems(shape: EventShape, text: string): number {
  const { problems, value } = checkSyntax(text);
  const event = awsEvent('aws:sqs');
  const ofEvent = event ? eventProblems(text, value, event, shape) : [];
  return problems.length + ofEvent.length + (sizeProblem(text, 'Invoke') ? 1 : 0);
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

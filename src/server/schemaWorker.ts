// Entry of the thread in which schemas of the workspace are compiled and run. It reads no files: it asks for schemas.
import { parentPort } from 'node:worker_threads';
import { SchemaChecker, UnusableSchemaError } from '../core/payload/schema';
import { speakAsServer } from './language';
import type { SchemaAnswer, SchemaRequest } from './schemaThread';

speakAsServer();

const answers = new Map<string, (text: string | undefined) => void>();
const checker = new SchemaChecker(
  (uri) =>
    new Promise((resolve) => {
      answers.set(uri, resolve);
      answer({ kind: 'wanted', uri });
    }),
);

parentPort?.on('message', (request: SchemaRequest) => {
  if (request.kind === 'check') void check(request.schemaUri, request.text).then(answer);
  else {
    answers.get(request.uri)?.(request.text);
    answers.delete(request.uri);
  }
});

async function check(schemaUri: string, text: string): Promise<SchemaAnswer> {
  try {
    return { kind: 'checked', problems: await checker.problems(schemaUri, text) };
  } catch (error) {
    const uri = error instanceof UnusableSchemaError ? error.uri : schemaUri;
    return {
      kind: 'unusable',
      uri,
      message: error instanceof Error ? error.message : String(error),
    };
  }
}

function answer(message: SchemaAnswer): void {
  parentPort?.postMessage(message);
}

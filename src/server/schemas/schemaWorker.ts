// Entry of the thread in which schemas are compiled and run. It reads no files: it asks for schemas.
import { messageOf } from '../../core/messageOf';
import { SchemaChecker, UnusableSchemaError } from '../../core/payload/schema';
import { lookAt } from '../../core/payload/schemaLook';
import type { SchemaAnswer, SchemaNote, SchemaRequest } from './schemaThread';
import { answerRequests } from '../thread/answer';

const waiting = new Map<string, ((text: string | undefined) => void)[]>();

let ask: (uri: SchemaNote) => void = () => {};
const checker = new SchemaChecker(
  (uri) =>
    new Promise((resolve) => {
      waiting.set(uri, [...(waiting.get(uri) ?? []), resolve]);
      ask(uri);
    }),
);

answerRequests<SchemaRequest, SchemaNote, SchemaAnswer>(async (request, speaker) => {
  if (request.kind !== 'schema') ask = (uri) => speaker.note(uri);
  if (request.kind === 'look') return look(request.schemaUri, request.text, request.offset);
  if (request.kind === 'check') {
    return check(request.schemaUri, request.text, () => speaker.limit(request.limitMs));
  }
  for (const resolve of waiting.get(request.uri) ?? []) resolve(request.text);
  waiting.delete(request.uri);
  return undefined;
});

async function check(
  schemaUri: string,
  text: string,
  onCompiled: () => void,
): Promise<SchemaAnswer> {
  try {
    return {
      kind: 'checked',
      problems: await checker.problems(schemaUri, text, onCompiled),
    };
  } catch (error) {
    return unusable(schemaUri, error);
  }
}

async function look(schemaUri: string, text: string, offset: number): Promise<SchemaAnswer> {
  try {
    const documents = await checker.documents(schemaUri);
    return { kind: 'looked', look: lookAt(text, offset, schemaUri, documents) };
  } catch (error) {
    return unusable(schemaUri, error);
  }
}

function unusable(schemaUri: string, error: unknown): SchemaAnswer {
  return {
    kind: 'unusable',
    uri: error instanceof UnusableSchemaError ? error.uri : schemaUri,
    message: messageOf(error),
  };
}

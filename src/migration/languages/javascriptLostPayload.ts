import type { Node } from 'web-tree-sitter';
import { replace } from '../../core/edits';
import { manual } from '../manualReasons';
import { localsOf } from '../locals';
import { migrateEntries } from '../rewrite';
import { type Captures, field, rangeOf, type SyntaxFile } from '../syntaxFile';
import type { Use } from '../use';
import { clientOf } from './javascriptClient';
import { type CallInput, entriesOf, keepShorthands, wordsOf } from './javascriptInput';
import { isWrapper, originOf } from './javascriptOrigin';

/**
 * `new InvokeCommand({ InvokeArgs })` and `lambda.invoke({ InvokeArgs })` of SDK v3, which drops a member that it does not
 * know: Lambda gets an empty body and accepts it.
 */
export function lostPayload(file: SyntaxFile, { lost, lostIn }: Captures): Use[] {
  const input = lostIn && invokedWith(file, lostIn);
  if (!lost || !input) return [];
  const use = {
    sdk: 'javascript-v3',
    code: 'deprecated.payload-lost',
    range: rangeOf(lost),
  } as const;
  const entries = entriesOf(input.object);
  if (!entries) return [{ ...use, migration: manual.spread() }];
  const words = wordsOf(file, input);
  // A type that is set is meant: it is only the payload that is lost.
  const isSet = entries.some(({ key }) => key === words.invocationType);
  const hasPayload = entries.some(({ key }) => key === words.payload);
  const payload = entries.find(({ key }) => key === words.invokeArgs);
  const edits =
    isSet && !hasPayload && payload
      ? [replace(payload.keyRange, words.payload)]
      : migrateEntries(file.text, entries, words);
  if ('manualReason' in edits) return [{ ...use, migration: edits }];
  return [{ ...use, migration: { edits: keepShorthands(file, edits) } }];
}

/** The literal as the input of Invoke, at its place or through a variable; undefined where it is none. */
function invokedWith(file: SyntaxFile, object: Node): CallInput | undefined {
  let node = object;
  while (node.parent && isWrapper(node.parent)) node = node.parent;
  if (isInvoked(file, node)) return { object };
  const declarator = node.parent?.type === 'variable_declarator' ? node.parent : undefined;
  const name = field(declarator, 'name');
  const variable = name?.type === 'identifier' ? localsOf(file).bindingOf(name) : undefined;
  const isGiven =
    variable &&
    localsOf(file)
      .referencesOf(variable)
      .some((use) => isInvoked(file, use));
  return isGiven ? { object, variable } : undefined;
}

function isInvoked(file: SyntaxFile, argument: Node): boolean {
  let node = argument;
  while (node.parent && isWrapper(node.parent)) node = node.parent;
  const call = node.parent?.type === 'arguments' ? node.parent.parent : undefined;
  if (call?.type === 'new_expression') {
    const origin = originOf(file, field(call, 'constructor') ?? call);
    return origin?.module === '@aws-sdk/client-lambda' && origin.name === 'InvokeCommand';
  }
  const callee = field(call ?? undefined, 'function');
  return (
    field(callee, 'property')?.text === 'invoke' &&
    clientOf(file, field(callee, 'object')) === 'javascript-v3'
  );
}

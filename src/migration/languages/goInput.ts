import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { because, manual } from '../manualReasons';
import { remove, replace } from '../../core/edits';
import { localsOf } from '../locals';
import { type Entry } from '../rewrite';
import { field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import { variableOf } from './goTypes';
import type { ManualReason } from '../use';

export const opaquePayload = () =>
  because(l10n.t('Payload takes []byte, and what the InvokeArgs reader reads is not visible here'));

export interface GoEntry extends Entry {
  readonly value: Node;
}

export function entryOf(node: Node): GoEntry {
  const key = field(node, 'key') ?? node;
  const value = field(node, 'value') ?? node;
  return {
    key: key.text,
    keyRange: rangeOf(key),
    range: rangeOf(node),
    valueRange: rangeOf(value),
    value,
  };
}

const newKey = (key: string) => (key === 'InvokeArgs' ? 'Payload' : key);

/** gofmt lines values up where each entry has one line of its own. */
export function align(text: string, entries: readonly GoEntry[]): TextEdit[] {
  const rows = entries.map(({ value }) => value.endPosition.row);
  const isColumn = entries.every(
    ({ value }, at) =>
      value.startPosition.row === (rows[0] ?? 0) + at && rows[at] === (rows[0] ?? 0) + at,
  );
  const isAlone = !/[^\s]/.test(
    text.slice(text.lastIndexOf('\n', entries[0]?.range.start), entries[0]?.range.start),
  );
  if (!isColumn || !isAlone) return [];
  const width = Math.max(...entries.map(({ key }) => newKey(key).length), 'InvocationType'.length);
  return entries
    .map(({ key, keyRange, valueRange }) =>
      replace(
        { start: keyRange.end + 1, end: valueRange.start },
        ' '.repeat(width + 1 - newKey(key).length),
      ),
    )
    .filter(({ range, newText }) => newText !== text.slice(range.start, range.end));
}

/**
 * `bytes.NewReader(x)` → `x`, `strings.NewReader(s)` → `[]byte(s)`, also inside `aws.ReadSeekCloser(…)`; every other
 * reader is opaque.
 */
export function payloadEdits(value: Node): TextEdit[] | ManualReason {
  const whole =
    value.type === 'literal_element' || value.type === 'expression_list' ? items(value)[0] : value;
  const call =
    field(whole, 'function')?.text === 'aws.ReadSeekCloser'
      ? items(field(whole, 'arguments'))[0]
      : whole;
  const [argument] = items(field(call, 'arguments'));
  const reader = field(call, 'function')?.text;
  if (!whole || !call || !argument) return opaquePayload();
  const before = { start: whole.startIndex, end: argument.startIndex };
  const isConversion =
    argument.type === 'type_conversion_expression' || argument.text.startsWith('[]byte(');
  const closing = whole === call ? [] : [remove({ start: call.endIndex, end: whole.endIndex })];
  if (reader === 'bytes.NewReader') {
    return [remove(before), remove({ start: argument.endIndex, end: whole.endIndex })];
  }
  return reader === 'strings.NewReader' && !isConversion
    ? [replace(before, '[]byte('), ...closing]
    : opaquePayload();
}

/** What the function does to the input after its literal, or why it cannot be followed. */
export function laterEdits(
  file: SyntaxFile,
  literal: Node,
  isSent: (node: Node) => boolean,
): TextEdit[] | ManualReason {
  const variable = variableOf(file, literal);
  const edits: TextEdit[] = [];
  for (const node of variable ? localsOf(file).usesOf(variable) : []) {
    if (isSent(node)) continue;
    const member = field(node.parent ?? undefined, 'field');
    const set = member && setPayload(member);
    if (member === undefined) return manual.sharedInput(node.text);
    if (set && 'manualReason' in set) return set;
    edits.push(...(set ?? []));
  }
  return edits;
}

/** `input.InvokeArgs = reader` and `input.SetInvokeArgs(reader)`. */
function setPayload(member: Node): TextEdit[] | ManualReason | undefined {
  const holder = member.parent?.parent;
  const isSetter = member.text === 'SetInvokeArgs';
  if (!holder || !(isSetter || member.text === 'InvokeArgs')) return undefined;
  const value = isSetter
    ? items(field(holder, 'arguments'))[0]
    : field(holder.parent ?? undefined, 'right');
  const payload = value ? payloadEdits(value) : opaquePayload();
  if ('manualReason' in payload) return payload;
  return [replace(rangeOf(member), isSetter ? 'SetPayload' : 'Payload'), ...payload];
}

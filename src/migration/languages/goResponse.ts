import type { Node } from 'web-tree-sitter';
import type { TextEdit } from '../../core/problem';
import { replace } from '../../core/edits';
import { byHand } from '../byHand';
import { localsOf } from '../locals';
import { field, items, rangeOf, type SyntaxFile } from '../syntaxFile';

/** The renames of each `.Status` that reads the response of a call, or why it is read where nobody sees it. */
export function resultEdits(file: SyntaxFile, call: Node): TextEdit[] | string {
  const { parent } = call;
  if (/^(?:expression_statement|go_statement|defer_statement)$/.test(parent?.type ?? '')) return [];
  const holder = parent?.type === 'expression_list' ? parent.parent : undefined;
  const isSecond = field(field(call, 'function'), 'field')?.text === 'InvokeAsyncRequest';
  const target = items(field(holder ?? undefined, 'left'))[isSecond ? 1 : 0];
  if (target?.text === '_') return [];
  const declaration = target && localsOf(file).declarationOf(target);
  // Of a variable that is there already, the type is somebody else's.
  if (
    !declaration ||
    declaration.name.id !== target?.id ||
    holder?.type !== 'short_var_declaration'
  )
    return byHand.response();
  const edits: TextEdit[] = [];
  for (const place of localsOf(file).usesOf(declaration)) {
    const read = readOf(place);
    if (read === 'elsewhere') return byHand.response();
    if (read) edits.push(replace(rangeOf(read), 'StatusCode'));
  }
  return edits;
}

/** What both responses have. */
const shared = new Set(['ResultMetadata', 'String', 'GoString']);

/** The `Status` that a mention of the response reads, if any. */
function readOf(mention: Node): Node | 'elsewhere' | undefined {
  const { parent } = mention;
  const member = parent?.type === 'selector_expression' ? field(parent, 'field') : undefined;
  if (member)
    return member.text === 'Status' ? member : shared.has(member.text) ? undefined : 'elsewhere';
  return isHarmless(mention) ? undefined : 'elsewhere';
}

/** Compared, given to `_`, or printed. */
function isHarmless({ parent }: Node): boolean {
  if (parent?.type === 'binary_expression') return true;
  if (parent?.type === 'expression_list')
    return field(parent.parent ?? undefined, 'left')?.text === '_';
  const callee =
    parent?.type === 'argument_list' ? field(parent.parent ?? undefined, 'function') : undefined;
  return callee !== undefined && printers.test(callee.text);
}

const printers =
  /^(?:(?:fmt|log|slog|t|b|logger|\w*\.?[lL]og(?:ger)?)\.(?:[FS]?[Pp]rint|Append|Log|Error|Fatal|Panic|Info|Debug|Warn)(?:f|ln)?|awsutil\.(?:Prettify|StringValue)|json\.Marshal(?:Indent)?)$/;

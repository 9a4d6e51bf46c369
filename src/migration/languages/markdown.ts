import { mayHoldDeprecatedUse } from '../prefilter';
import { pieceOf, type Piece, type Region, type RegionRules } from '../regions';

/** What a block is called in Markdown and the language's id, where that is neither its id nor an extension. */
const otherNames: Readonly<Record<string, string>> = {
  'c#': 'csharp',
  console: 'shellscript',
  docker: 'dockerfile',
  golang: 'go',
  node: 'javascript',
  powershell: 'powershell',
  pwsh: 'powershell',
  python3: 'python',
  shell: 'shellscript',
  'shell-session': 'shellscript',
  terminal: 'shellscript',
  'vb.net': 'vb',
  vbnet: 'vb',
};

/** A fence with what stands before it: quotation marks, items of a list, indentation. */
const fence = /^((?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*)(`{3,}|~{3,})[ \t]*([^`]*)$/;
/** A line that a shell could read: all that is looked for in a block that names no language. */
const commandLine = /^[ \t]*(?:[$>#%][ \t]+)?(?:sudo[ \t]+)?(?:aws\w*|\$\w+|\$\{\w+\})[ \t]/;
/** Lines of a shell, whatever a grammar would make of the text around them. */
const unnamed = 'fish';

interface Block {
  readonly languageId: string | undefined;
  readonly prefix: number;
  /** Of an indented block. */
  readonly close: RegExp | undefined;
  readonly pieces: Piece[];
}

/**
 * The fenced and indented blocks of a Markdown document that may hold a use, each as a text of its own: an example
 * often says again what another one did.
 * @param idOf the id of the language that a name or extension stands for
 */
export const markdownRegions =
  (idOf: (name: string) => string | undefined): RegionRules =>
  (text) => {
    const regions: Region[] = [];
    let block: Block | undefined;
    let isAfterBlank = true;
    const end = () => {
      const region = block && regionOf(block);
      if (region) regions.push(region);
      block = undefined;
    };
    for (const { start, line, end: next } of linesOf(text)) {
      const opens = block?.close ? null : fence.exec(line);
      const isIndented = /^(?: {4}|\t)/.test(line);
      if (block?.close?.test(line)) end();
      else if (block?.close || (block && (isIndented || line.trim() === ''))) {
        block.pieces.push(pieceOf(text, start + indentOf(line, block.prefix), next));
      } else {
        end();
        if (opens) block = fencedBlock(opens, idOf);
        else if (isIndented && isAfterBlank) {
          block = {
            languageId: undefined,
            prefix: 4,
            close: undefined,
            pieces: [pieceOf(text, start, next)],
          };
        }
      }
      isAfterBlank = line.trim() === '';
    }
    end();
    return regions;
  };

interface Line {
  readonly start: number;
  /** After its line feed. */
  readonly end: number;
  /** Without its line feed. */
  readonly line: string;
}

function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed + 1;
    yield { start, end, line: text.slice(start, end).replace(/\r?\n$/, '') };
    start = end;
  }
}

function fencedBlock(
  [, prefix = '', marks = '', info = '']: RegExpExecArray,
  idOf: (name: string) => string | undefined,
): Block {
  const name = (/^\{?\.?([\w+#.-]+)/.exec(info)?.[1] ?? '').toLowerCase();
  const close = new RegExp(`^[ \\t>]*${marks[0] ?? ''}{${marks.length},}[ \\t]*$`);
  const languageId = name === '' ? undefined : (otherNames[name] ?? idOf(name) ?? '');
  return { languageId, prefix: prefix.length, close, pieces: [] };
}

/** How much of a line's beginning belongs to what stands around the block. */
function indentOf(line: string, prefix: number): number {
  let length = 0;
  while (length < prefix && /[ \t>]/.test(line[length] ?? '')) length++;
  return length;
}

function regionOf({ languageId, pieces, prefix }: Block): Region | undefined {
  const text = pieces.map((piece) => piece.text).join('');
  if (languageId === '' || !mayHoldDeprecatedUse(text)) return undefined;
  const isShell = pieces.some(
    (piece) => commandLine.test(piece.text) && piece.text.includes('invoke-async'),
  );
  if (languageId === undefined && !isShell) return undefined;
  const [first, last] = [pieces[0], pieces.at(-1)];
  // Without indentation the lines are one piece, in which an edit may add and remove lines.
  const whole = first && last && { start: first.start, end: last.end, text };
  return { languageId: languageId ?? unnamed, pieces: prefix === 0 && whole ? [whole] : pieces };
}

import { mayHoldDeprecatedUse } from '../prefilter';
import type { Piece, Region, RegionRules } from '../regions';

/** A string of JSON or a mark between them; numbers and words are passed over. */
const jsonToken = /"([^"\\]*(?:\\.[^"\\]*)*)"?|[{}[\],:]/gs;

/** Kernels whose language has another id. */
const kernelLanguages: Readonly<Record<string, string>> = {
  R: 'r',
  bash: 'shellscript',
  'C#': 'csharp',
  'F#': 'fsharp',
  PowerShell: 'powershell',
  node: 'javascript',
};

interface Cell {
  kind: string;
  /** The strings of its source as the file writes them. */
  readonly source: Literal[];
}

/** What stands between the quotation marks of a string. */
interface Literal {
  readonly start: number;
  readonly text: string;
}

/** The cells of a Jupyter notebook: those of code are one program, each of text is a document of its own. */
export const notebookRegions: RegionRules = (text) => {
  if (!/"nbformat"\s*:/.test(text) || !/"cells"\s*:/.test(text)) return undefined;
  const cells = cellsOf(text);
  const [, kernel = 'python'] =
    /"language_info"\s*:\s*\{[^{}]*?(?:\{[^{}]*\}[^{}]*?)?"name"\s*:\s*"([^"\n]{1,40})"/.exec(
      text,
    ) ??
    /"kernelspec"\s*:\s*\{[^{}]*?"language"\s*:\s*"([^"\n]{1,40})"/.exec(text) ??
    [];
  const region = (languageId: string, own: readonly Cell[]): Region[] =>
    own.some(({ source }) => source.some((literal) => mayHoldDeprecatedUse(literal.text)))
      ? [{ languageId, pieces: piecesOf(own), escape }]
      : [];
  const code = cells.filter(({ kind }) => kind === 'code');
  const texts = cells.filter(({ kind }) => kind === 'markdown');
  return [
    ...region(kernelLanguages[kernel] ?? kernel.toLowerCase(), code),
    ...texts.flatMap((cell) => region('markdown', [cell])),
  ];
};

/** A cell keeps its lines: one more would have to be a string of its own. */
const escape = (newText: string) =>
  newText.includes('\n') ? undefined : JSON.stringify(newText).slice(1, -1);

/** One look at each token: cells are the objects that have a `cell_type`, and `source` is a string or a list of them. */
function cellsOf(text: string): Cell[] {
  const cells: Cell[] = [];
  const open: Cell[] = [];
  let key = '';
  let last = '';
  for (const { index, 0: token, 1: string } of text.matchAll(jsonToken)) {
    const cell = open.at(-1);
    if (token === '{') open.push({ kind: '', source: [] });
    else if (token === '}') {
      const closed = open.pop();
      if (closed && closed.kind !== '') cells.push(closed);
    } else if (token === ':') key = last;
    else if (string !== undefined) {
      last = string;
      if (cell && key === 'cell_type' && cell.kind === '') cell.kind = string;
      else if (cell && key === 'source') cell.source.push({ start: index + 1, text: string });
    }
    if (token === '}' || token === ']') key = '';
  }
  return cells;
}

/** The runs without an escape and the escapes of cells, with a line feed after each cell. */
function piecesOf(cells: readonly Cell[]): Piece[] {
  const pieces: Piece[] = [];
  for (const { source } of cells) {
    for (const literal of source) pushPieces(pieces, literal);
    const end = pieces.at(-1)?.end ?? 0;
    pieces.push({ start: end, end, text: '\n' });
  }
  return pieces;
}

function pushPieces(pieces: Piece[], { start, text }: Literal): void {
  let at = 0;
  const push = (end: number, meaning: string) => {
    if (end > at) pieces.push({ start: start + at, end: start + end, text: meaning });
    at = end;
  };
  for (let mark = text.indexOf('\\'); mark >= 0; mark = text.indexOf('\\', at)) {
    push(mark, text.slice(at, mark));
    const length = /^u[\da-fA-F]{4}/.test(text.slice(mark + 1, mark + 6)) ? 6 : 2;
    const end = Math.min(mark + length, text.length);
    push(end, characterOf(text.slice(mark, end)));
  }
  push(text.length, text.slice(at));
}

const characters: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** What an escape of JSON means; `\q` and the like, which are none, are the character itself. */
function characterOf(escaped: string): string {
  const code = escaped.length === 6 ? Number.parseInt(escaped.slice(2), 16) : undefined;
  const letter = escaped[1] ?? '\\';
  return code === undefined ? (characters[letter] ?? letter) : String.fromCharCode(code);
}

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
  readonly source: Piece[];
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
  const code: Region = {
    languageId: kernelLanguages[kernel] ?? kernel.toLowerCase(),
    pieces: cells.filter(({ kind }) => kind === 'code').flatMap(({ source }) => source),
    escape,
  };
  const texts = cells
    .filter(({ kind }) => kind === 'markdown')
    .map(({ source }): Region => ({ languageId: 'markdown', pieces: source, escape }));
  return [code, ...texts].filter(({ pieces }) =>
    mayHoldDeprecatedUse(pieces.map((piece) => piece.text).join('')),
  );
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
      else if (cell && key === 'source') cell.source.push(...piecesOf(string, index + 1));
    }
    if (token === '}' || token === ']') key = '';
  }
  return cells.map(({ kind, source }) => ({ kind, source: [...source, lineFeed(source)] }));
}

/** Between two cells. */
const lineFeed = (source: readonly Piece[]): Piece => {
  const end = source.at(-1)?.end ?? 0;
  return { text: '\n', start: end, end };
};

/** A string's runs without an escape, and its escapes. */
function piecesOf(string: string, start: number): Piece[] {
  return [...string.matchAll(/\\(?:u[\da-fA-F]{4}|.)|[^\\]+/gs)].map(({ index, 0: run }) => ({
    start: start + index,
    end: start + index + run.length,
    text: run.startsWith('\\') ? characterOf(run) : run,
  }));
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

import type { TextEdit, TextRange } from '../core/problem';
import { manual } from './manualReasons';
import { oncePerFile } from './once';
import { firstFrom } from './sorted';
import type { Migration, SharedChange, Use } from './use';

/** A run of characters that stands in a file as it is, or one character that the file writes as an escape. */
export interface Piece extends TextRange {
  /** What the file's characters mean. */
  readonly text: string;
}

/** Code of another language in a file: the cells of a notebook, a block of Markdown, the scripts of a page. */
export interface Region {
  readonly languageId: string;
  readonly pieces: readonly Piece[];
  /** Writes new text as the file does, such as in a JSON string; `undefined` where it cannot. As it is by default. */
  readonly escape?: (newText: string) => string | undefined;
}

/** Finds the code in a file of a format; `undefined` for a file that is no such thing after all. */
export type RegionRules = (text: string) => readonly Region[] | undefined;

/** A piece of a file that stands in it as it is. */
export const pieceOf = (text: string, start: number, end: number): Piece => ({
  start,
  end,
  text: text.slice(start, end),
});

/** A region as a text of its own, and the way back into the file. */
export class RegionText {
  readonly text: string;
  /** Where each piece begins in `text`. */
  readonly #offsets: number[] = [];

  constructor(private readonly region: Region) {
    let length = 0;
    for (const { text } of region.pieces) {
      this.#offsets.push(length);
      length += text.length;
    }
    this.text = region.pieces.map(({ text }) => text).join('');
  }

  /** Uses of the region as uses of the file; a fix that the file cannot take is left to a person. */
  inFile(uses: readonly Use[]): Use[] {
    const migrationOf = oncePerFile((migration: Migration) => this.#migration(migration));
    return uses.map((use) => ({
      ...use,
      range: this.#range(use.range),
      migration:
        'manualReason' in use.migration
          ? use.migration
          : (migrationOf(use.migration) ?? manual.region()),
    }));
  }

  #migration({ edits, shared }: Migration): Migration | undefined {
    const own = this.#edits(edits);
    const changes = shared?.map((change) => this.#change(change));
    if (!own || changes?.includes(undefined)) return undefined;
    return { edits: own, ...(changes && { shared: changes.flatMap((change) => change ?? []) }) };
  }

  /** Several migrations share one change, which has to stay one. */
  readonly #change = oncePerFile((change: SharedChange): SharedChange | undefined => {
    const [whenAll, whenSome] = [this.#edits(change.whenAll), this.#edits(change.whenSome)];
    if (!whenAll || !whenSome) return undefined;
    return { needs: change.needs.map((range) => this.#range(range)), whenAll, whenSome };
  });

  #edits(edits: readonly TextEdit[]): TextEdit[] | undefined {
    const mapped = edits.map((edit) => this.#edit(edit));
    return mapped.includes(undefined) ? undefined : mapped.flatMap((edit) => edit ?? []);
  }

  /** An edit of the file: only where it stays in one piece, and adds no line to a text of several. */
  #edit({ range, newText }: TextEdit): TextEdit | undefined {
    const at = this.#pieceAt(range.start, range.end);
    const piece = this.region.pieces[at];
    const start = range.start - (this.#offsets[at] ?? 0);
    const end = range.end - (this.#offsets[at] ?? 0);
    const isOnePiece = piece?.text.length === (piece?.end ?? 0) - (piece?.start ?? 0);
    if (!piece || !isOnePiece || end > piece.text.length) return undefined;
    const changesLines = newText.includes('\n') || piece.text.slice(start, end).includes('\n');
    if (changesLines && this.region.pieces.length > 1) return undefined;
    const written = this.region.escape ? this.region.escape(newText) : newText;
    if (written === undefined) return undefined;
    return { range: { start: piece.start + start, end: piece.start + end }, newText: written };
  }

  #range({ start, end }: TextRange): TextRange {
    return { start: this.#offset(start), end: this.#offset(end - 1) + 1 };
  }

  #offset(offset: number): number {
    const at = this.#pieceAt(offset, offset + 1);
    const piece = this.region.pieces[at];
    if (!piece) return 0;
    return Math.min(piece.start + offset - (this.#offsets[at] ?? 0), piece.end);
  }

  /** The piece that holds a range, or its beginning. */
  #pieceAt(start: number, end: number): number {
    const after = firstFrom(this.#offsets, start + 1, (offset) => offset) - 1;
    // At the border of two pieces, an insertion belongs to the one before.
    const isBorder = start === end && this.#offsets[after] === start && after > 0;
    return isBorder ? after - 1 : after;
  }
}

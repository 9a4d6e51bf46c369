import * as l10n from '@vscode/l10n';
import { isUtf8 } from 'node:buffer';
import { mayHoldDeprecatedUse } from '../../migration/prefilter';
import { fileLimitBytes } from '../../core/fileLimits';
import type { FileWriting } from '../../files/fileWriting';
import { readStartSync } from '../../files/readFileSync';
import { replaceFile } from '../../files/replaceFile';

/** A file as text, with what is needed to write it back as it was. */
export interface SourceFile {
  readonly text: string;
  readonly encoding: 'utf8' | 'utf16le' | 'latin1';
  readonly hasMark: boolean;
}

export type Reading =
  | { readonly kind: 'source'; readonly file: SourceFile }
  /** It holds a word of the deprecated call, but is too large or binary; or it cannot be read. */
  | { readonly kind: 'skipped'; readonly reason: string }
  /** It holds no word of the deprecated call, or is gone. */
  | { readonly kind: 'nothing' };

/** Overwritten by the next file. */
let buffer: Buffer | undefined;

const nothing: Reading = { kind: 'nothing' };
/** Where a NUL says that a file is binary: as far as git looks. */
const binaryCheckLength = 8000;

/**
 * Reads a file that may hold a use. Nearly none does: so the bytes are searched before anything is decoded, and one
 * buffer serves all files.
 */
export function readSource(path: string): Reading {
  // One byte more than is looked at, so that a file that is larger shows.
  buffer ??= Buffer.allocUnsafeSlow(fileLimitBytes.source + 1);
  const start = readStartSync(path, buffer);
  if (start.kind === 'missing') return nothing;
  if (start.kind === 'notAFile') {
    const isFolder = start.what === 'folder';
    const reason = isFolder ? l10n.t('it is a folder') : l10n.t('it is not a regular file');
    return { kind: 'skipped', reason };
  }
  if (start.kind !== 'content') return { kind: 'skipped', reason: l10n.t('it cannot be read') };
  const { bytes } = start;
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  // Latin-1 makes a character of each byte, at the cost of a copy, and its search is several times faster than a
  // buffer's.
  if (!mayHoldDeprecatedUse(bytes.toString(isUtf16 ? 'utf16le' : 'latin1'))) return nothing;
  if (!isUtf16 && bytes.subarray(0, binaryCheckLength).includes(0)) {
    return { kind: 'skipped', reason: l10n.t('the file is binary') };
  }
  if (bytes.length > fileLimitBytes.source) {
    return { kind: 'skipped', reason: l10n.t('the file is larger than 4 MB') };
  }
  if (isUtf16 && bytes.length % 2 !== 0) {
    return { kind: 'skipped', reason: l10n.t('the file is not valid UTF-16') };
  }
  const encoding = isUtf16 ? 'utf16le' : isUtf8(bytes) ? 'utf8' : 'latin1';
  return { kind: 'source', file: decoded(bytes, encoding) };
}

/** Replaces the text of a file that still is as it was read, in the encoding that it was read in. Never rejects. */
export async function writeSource(
  path: string,
  source: SourceFile,
  text: string,
): Promise<FileWriting> {
  return replaceFile(path, encoded(source), encoded({ ...source, text }));
}

/** The bytes of a file: of one that was read, exactly those that were read. */
function encoded({ text, encoding, hasMark }: SourceFile): Buffer {
  return Buffer.from((hasMark ? byteOrderMark : '') + text, encoding);
}

const byteOrderMark = '\ufeff';

function decoded(bytes: Buffer, encoding: SourceFile['encoding']): SourceFile {
  const text = bytes.toString(encoding);
  const hasMark = text.startsWith(byteOrderMark);
  return { text: hasMark ? text.slice(1) : text, encoding, hasMark };
}

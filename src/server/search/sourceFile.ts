import * as l10n from '@vscode/l10n';
import { isUtf8 } from 'node:buffer';
import { mayHoldDeprecatedUse } from '../../migration/prefilter';
import { fileLimitBytes } from '../../core/fileLimits';
import type { FileWriting } from '../../files/fileWriting';
import { readPartSync } from '../../files/readFileSync';
import { replaceFile } from '../../files/replaceFile';

/** A file as text, with what is needed to write it back as it was. */
export interface SourceFile {
  readonly text: string;
  readonly encoding: 'utf8' | 'utf16le' | 'latin1';
  readonly hasMark: boolean;
}

export type Reading =
  | { readonly kind: 'source'; readonly file: SourceFile }
  /** It is too large or binary, and holds a word of the deprecated call or was named; or it cannot be read. */
  | { readonly kind: 'skipped'; readonly reason: string }
  /** It holds no word of the deprecated call, or is gone and was not named. */
  | { readonly kind: 'nothing' };

/** Overwritten by the next file. */
let buffer: Buffer | undefined;

const nothing: Reading = { kind: 'nothing' };
/** Where a NUL says that a file is binary: as far as git looks. */
const binaryCheckLength = 8000;
/** Longer than any word of the deprecated call, and even: a character of UTF-16 has two bytes. */
const overlapBytes = 64;
/** How many parts of a large file are searched for a word: 256 MB take a tenth of a second. */
const mostParts = 64;

/**
 * Reads a file that may hold a use. Nearly none does: so the bytes are searched before anything is decoded, and one
 * buffer serves all files.
 * @param isNamed whether somebody asked for this very file, and wants to know why it is not searched
 */
export function readSource(path: string, isNamed = false): Reading {
  // Two bytes more than is looked at, so that a file that is larger shows.
  buffer ??= Buffer.allocUnsafeSlow(fileLimitBytes.source + 2);
  const start = readPartSync(path, buffer, 0);
  if (start.kind === 'missing' && !isNamed) return nothing;
  if (start.kind === 'notAFile') {
    const isFolder = start.what === 'folder';
    const reason = isFolder ? l10n.t('it is a folder') : l10n.t('it is not a regular file');
    return { kind: 'skipped', reason };
  }
  if (start.kind !== 'content') return { kind: 'skipped', reason: l10n.t('it cannot be read') };
  const { bytes } = start;
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBinary = !isUtf16 && bytes.subarray(0, binaryCheckLength).includes(0);
  const isTooLarge = bytes.length > fileLimitBytes.source;
  const isWanted =
    (isNamed && (isBinary || isTooLarge)) ||
    mayHoldUse(bytes, isUtf16) ||
    (isTooLarge && !isBinary && restMayHoldUse(path, buffer, isUtf16));
  if (!isWanted) return nothing;
  if (isBinary) return { kind: 'skipped', reason: l10n.t('the file is binary') };
  if (isTooLarge) return { kind: 'skipped', reason: l10n.t('the file is larger than 4 MB') };
  if (isUtf16 && bytes.length % 2 !== 0) {
    return { kind: 'skipped', reason: l10n.t('the file is not valid UTF-16') };
  }
  const encoding = isUtf16 ? 'utf16le' : isUtf8(bytes) ? 'utf8' : 'latin1';
  return { kind: 'source', file: decoded(bytes, encoding) };
}

/**
 * Latin-1 makes a character of each byte, at the cost of a copy, and its search is several times faster than a
 * buffer's.
 */
function mayHoldUse(bytes: Buffer, isUtf16: boolean): boolean {
  return mayHoldDeprecatedUse(bytes.toString(isUtf16 ? 'utf16le' : 'latin1'));
}

/** Whether a word of the deprecated call may stand after the part of a file that the buffer held. */
function restMayHoldUse(path: string, into: Buffer, isUtf16: boolean): boolean {
  const step = into.length - overlapBytes;
  for (let part = 1; part < mostParts; part++) {
    const read = readPartSync(path, into, part * step);
    if (read.kind !== 'content' || mayHoldUse(read.bytes, isUtf16)) return true;
    if (read.bytes.length < into.length) return false;
  }
  return true;
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

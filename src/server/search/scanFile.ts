import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { languageIdOfPath } from '../../migration/languages';
import { applyEdits } from '../../core/edits';
import { replacementsOf } from '../../migration/replacements';
import { fixAll } from '../../migration/rewrite';
import type { DeprecatedUse } from '../../migration/use';
import { unwrittenText } from '../../files/fileWriting';
import { textHash } from '../../files/textHash';
import type { Finder } from '../finder/finder';
import { editIn, rangeIn } from '../range';
import { type FileFindings, nothingFound } from './findings';
import { readSource, writeSource } from './sourceFile';

/** Whether a file can hold a use that is found: it has a language with rules, or may be a script of one. */
export function isScanned(name: string): boolean {
  return languageIdOfPath(name) !== undefined || !name.includes('.');
}

export interface FileScanOptions {
  /** Writes the certain fixes into the file, and tells of what is left. */
  readonly fix?: boolean;
  /** Somebody asked for this very file: that it is not searched is told, whatever the reason. */
  readonly isNamed?: boolean;
}

/** The uses in one file; `undefined` when there is nothing to tell. Never throws for what stands in a file. */
export async function scanFile(
  finder: Finder,
  path: string,
  { fix = false, isNamed = false }: FileScanOptions = {},
): Promise<FileFindings | undefined> {
  const reading = readSource(path, isNamed);
  if (reading.kind === 'skipped') return { ...nothingFound(path), skipped: reading.reason };
  // Of a file without a candidate, the first line is not at hand: an extension tells enough.
  if (reading.kind === 'nothing')
    return isNamed && !isScanned(basename(path)) ? unknown(path) : undefined;
  const { file } = reading;
  const languageId = languageIdOf(path, file.text);
  if (languageId === undefined) return isNamed ? unknown(path) : undefined;
  const find = async (text: string) => {
    try {
      return await finder.find({ uri: path, version: 0, languageId, text });
    } finally {
      finder.forget(path);
    }
  };
  const placed = (text: string, uses: readonly DeprecatedUse[]) =>
    located(TextDocument.create(path, languageId, 0, text), uses);

  const { problems, skipped } = await find(file.text);
  if (skipped !== undefined) return { ...nothingFound(path), skipped };
  if (problems.length === 0) return undefined;
  const edits = fixAll(problems);
  const asFound = { ...nothingFound(path), ...placed(file.text, problems) };
  if (!fix || edits.length === 0) return asFound;
  const text = applyEdits(file.text, edits);
  // Known before anything is written, so that no search that takes too long stands between a file and what is told.
  const left = (await find(text)).problems;
  const writing = await writeSource(path, file, text);
  if (writing.kind !== 'written') return { ...asFound, unwritten: unwrittenText(writing) };
  const fixed = problems.length - left.length;
  return { ...nothingFound(path), ...placed(text, left), fixed };
}

function unknown(path: string): FileFindings {
  return { ...nothingFound(path), skipped: l10n.t('this type of file is not searched') };
}

/** The uses and edits of a document with lines and characters instead of offsets. */
export function located(
  document: TextDocument,
  uses: readonly DeprecatedUse[],
): Pick<FileFindings, 'uses' | 'edits' | 'textHash'> {
  const edits = replacementsOf(document.getText(), uses).map((edit) => editIn(document, edit));
  return {
    uses: uses.map(({ code, severity, sdk, message, range, migration }) => ({
      code,
      severity,
      sdk,
      message,
      range: rangeIn(document, range),
      certain: migration !== undefined,
    })),
    edits,
    ...(edits.length > 0 && { textHash: textHash(document.getText()) }),
  };
}

/** Scripts often have no extension: then their first line names the language. */
export function languageIdOf(path: string, text: string): string | undefined {
  const known = languageIdOfPath(path);
  if (known !== undefined || basename(path).includes('.')) return known;
  const interpreter = /^#!.*?\b(sh|bash|zsh|dash|ksh|python|node|ruby|perl|php|pwsh|elixir)/.exec(
    text,
  )?.[1];
  return interpreter === undefined ? undefined : (scriptLanguages[interpreter] ?? 'shellscript');
}

const scriptLanguages: Readonly<Record<string, string>> = {
  python: 'python',
  node: 'javascript',
  ruby: 'ruby',
  perl: 'perl',
  php: 'php',
  pwsh: 'powershell',
  elixir: 'elixir',
};

import * as l10n from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fileLimitBytes } from '../../core/fileLimits';
import type { Problem } from '../../core/problem';
import { filePath } from '../filePath';
import type { Files } from '../files';
import type { Workspace } from '../workspace/workspace';
import type { Check } from './diagnostics';

/**
 * The byte order mark of a payload file. It is sent with the file and Lambda rejects it, but editors take it for a part
 * of the encoding and leave it out of the text.
 */
export class ByteOrderMarkCheck implements Check {
  /** Whether the file of a document begins with one, by its path. */
  readonly #known = new Map<string, Promise<boolean>>();

  constructor(
    private readonly workspace: Workspace,
    private readonly files: Files,
  ) {}

  register(): void {
    this.workspace.watchedFiles.onDidChange((events) => {
      const changed = new Set(events.map(({ uri }) => filePath(uri)));
      for (const path of changed) if (path !== undefined) this.#known.delete(path);
      this.workspace.recheck((uri) => changed.has(filePath(uri)));
    });
  }

  async problems(document: TextDocument): Promise<readonly Problem[]> {
    const { uri } = document;
    const path = filePath(uri);
    if (path === undefined || !(await this.workspace.isPayload(uri))) return [];
    // An editor that shows it gets it reported as what it is in the text.
    if (document.getText().startsWith(byteOrderMark) || !(await this.#has(path))) return [];
    const message = l10n.t(
      'On disk, the file begins with a byte order mark (U+FEFF), which is not JSON. Save it with the encoding UTF-8, without a byte order mark (in VS Code: Change File Encoding, Save with Encoding, UTF-8).',
    );
    return [
      {
        code: 'payload.syntax',
        severity: 'error',
        message,
        range: { start: 0, end: Math.min(1, document.getText().length) },
        fixes: [],
      },
    ];
  }

  forget(uri: string): void {
    this.#known.delete(filePath(uri) ?? '');
  }

  #has(path: string): Promise<boolean> {
    let has = this.#known.get(path);
    if (!has) {
      has = this.#read(path);
      this.#known.set(path, has);
    }
    return has;
  }

  async #read(path: string): Promise<boolean> {
    const folder = this.workspace.folders.folderOf(path);
    const reading = await this.files.readIn(folder, path, fileLimitBytes.payload);
    if (reading.kind !== 'content') return false;
    return Buffer.from(reading.bytes.subarray(0, 3)).equals(bytesOfMark);
  }
}

const byteOrderMark = '\ufeff';
const bytesOfMark = Buffer.from(byteOrderMark);

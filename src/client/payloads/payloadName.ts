import * as l10n from '@vscode/l10n';
import { Uri, workspace } from 'vscode';
import type { Ui } from '../ui/ui';
import { nameOf, withoutExtension } from './payloadLibrary';
import { exists } from '../writeWorkspaceFile';

/** The file of another name in the same folder. */
export function sibling(file: Uri, name: string): Uri {
  return Uri.joinPath(file, '..', `${name}.json`);
}

/** A name beside a file that is not taken: `order` → `order copy`, `order copy 2`. */
export async function freeName(file: Uri): Promise<Uri> {
  const base = `${nameOf(file).replace(/ copy( \d+)?$/, '')} copy`;
  for (let count = 1; ; count++) {
    const candidate = sibling(file, count === 1 ? base : `${base} ${count}`);
    if (!(await exists(candidate))) return candidate;
  }
}

/**
 * Whether a name belongs to another file than this one. A file system that ignores case finds `order` under `Order`,
 * too; its folder lists only the one that there is.
 */
export async function isTaken(name: Uri, file: Uri): Promise<boolean> {
  if (name.toString() === file.toString() || !(await exists(name))) return false;
  if (name.path.toLowerCase() !== file.path.toLowerCase()) return true;
  const listed = await workspace.fs.readDirectory(Uri.joinPath(name, '..'));
  return listed.some(([entry]) => name.path.endsWith(`/${entry}`));
}

/**
 * Asks for the name of a payload. No name is taken that another file of the folder has.
 * @param beside a file of the folder, which may keep its name
 */
export async function askForName(
  beside: Uri,
  { title, value }: { title: string; value: string },
  ui: Pick<Ui, 'askForText'>,
): Promise<string | undefined> {
  const name = await ui.askForText({
    title,
    value,
    prompt: l10n.t('Payload name'),
    validateInput: async (typed) => {
      const trimmed = withoutExtension(typed.trim());
      const other = sibling(beside, trimmed);
      if (!isFileName(trimmed)) {
        return l10n.t('Enter a file name without slashes and without {0}.', '\\ : * ? " < > |');
      }
      return (await isTaken(other, beside))
        ? l10n.t('{0} already exists.', `${trimmed}.json`)
        : undefined;
    },
  });
  return name === undefined ? undefined : withoutExtension(name.trim());
}

/** What every file system takes. */
function isFileName(name: string): boolean {
  return name !== '' && !/[\\/:*?"<>|]/.test(name) && !/^\.+$|[. ]$/.test(name);
}

/** What lies in a folder. */
export interface FolderContent<Item> {
  readonly subfolders: readonly Subfolder<Item>[];
  /** Those that lie in the folder itself, in the order in which they were given. */
  readonly items: readonly Item[];
}

export interface Subfolder<Item> extends FolderContent<Item> {
  /** Relative to the outermost folder, separated by `/`. */
  readonly path: string;
  /** Its name; as in the Explorer several of them, where each folder holds nothing but the next. */
  readonly label: string;
}

/**
 * Files by the folders that they lie in.
 * @param folderOf path of a file's folder, relative to the outermost one and separated by `/`; empty for that one
 */
export function contentOf<Item>(
  items: readonly Item[],
  folderOf: (item: Item) => string,
): FolderContent<Item> {
  const root = new Folder<Item>();
  for (const item of items) {
    let folder = root;
    for (const name of folderOf(item).split('/').filter(Boolean)) folder = folder.subfolder(name);
    folder.items.push(item);
  }
  return root.content('');
}

class Folder<Item> {
  readonly items: Item[] = [];
  readonly #subfolders = new Map<string, Folder<Item>>();

  subfolder(name: string): Folder<Item> {
    let subfolder = this.#subfolders.get(name);
    if (!subfolder) {
      subfolder = new Folder();
      this.#subfolders.set(name, subfolder);
    }
    return subfolder;
  }

  /** @param path ends with `/`, unless it is empty */
  content(path: string): FolderContent<Item> {
    const subfolders = [...this.#subfolders]
      .map(([name, folder]) => folder.#compact(path, name))
      .toSorted((a, b) => inOrder.compare(a.label, b.label));
    return { subfolders, items: this.items };
  }

  #compact(path: string, label: string): Subfolder<Item> {
    const [only, ...others] = this.#subfolders;
    if (only && others.length === 0 && this.items.length === 0) {
      return only[1].#compact(path, `${label}/${only[0]}`);
    }
    return { path: path + label, label, ...this.content(`${path}${label}/`) };
  }
}

const inOrder = new Intl.Collator(undefined, { numeric: true });

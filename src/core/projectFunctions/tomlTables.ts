/** A header of a table, or a key with a text in quotes, and nothing but a comment behind it. */
const line =
  /^[ \t]*(?:\[[ \t]*(?<table>[\w.-]+)[ \t]*\]|(?<key>[\w-]+)[ \t]*=[ \t]*(?:"(?<basic>[^"\\]*)"|'(?<literal>[^']*)'))[ \t]*(?:#.*)?$/;

/** No table is nested so deeply. */
const deepest = 8;

/**
 * The texts in the tables of a TOML document, by the names of the tables. Enough for `samconfig.toml`, which tools write: all
 * else, such as lists, numbers, escapes and quoted names, is passed over. One pass, in linear time.
 * @see https://toml.io/en/v1.0.0
 */
export function tomlTables(text: string): object {
  const root = new Table();
  let table = root;
  for (const one of text.split(/\r?\n/)) {
    const { table: name, key, basic, literal } = line.exec(one)?.groups ?? {};
    const path = name?.split('.', deepest);
    if (path) table = path.reduce((parent, part) => parent.table(part), root);
    else if (key !== undefined) table.set(key, basic ?? literal ?? '');
  }
  return root.value;
}

class Table {
  readonly #tables = new Map<string, Table>();
  readonly #texts = new Map<string, string>();

  table(name: string): Table {
    const table = this.#tables.get(name) ?? new Table();
    this.#tables.set(name, table);
    return table;
  }

  set(key: string, text: string): void {
    this.#texts.set(key, text);
  }

  get value(): object {
    return Object.fromEntries<unknown>([
      ...this.#texts,
      ...[...this.#tables].map(([name, table]) => [name, table.value] as const),
    ]);
  }
}

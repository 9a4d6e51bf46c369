import type { Memento } from 'vscode';

/** What the editor remembers for an extension, without an editor. */
export function memory(): Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, otherwise?: T) => (values.has(key) ? (values.get(key) as T) : otherwise),
    update: async (key: string, value: unknown) => {
      values.set(key, value);
    },
  };
}

import { escapedSnippet } from './snippet';
import { partsInside, type SchemaDocuments, type SchemaPart } from './schemaParts';

/** Deeper than this, an object is left empty. */
const deepest = 3;

/** A value to begin with, as a snippet: the one value that is allowed, or the type with its required members. */
export function templateOf(parts: readonly SchemaPart[], documents: SchemaDocuments): string {
  return new Template(documents).of(parts, 0);
}

class Template {
  #stops = 0;

  constructor(readonly documents: SchemaDocuments) {}

  of(parts: readonly SchemaPart[], depth: number): string {
    const rules = parts.map((part) => part.rules);
    const fixed = rules.flatMap((each) =>
      'const' in each ? [each['const']] : (each['enum'] ?? []),
    );
    if (fixed.length === 1) return escapedSnippet(JSON.stringify(fixed[0]));
    const [type] = rules.flatMap((each) => each['type'] ?? []);
    switch (type) {
      case 'string':
        return `"${this.#stop()}"`;
      case 'boolean':
        return this.#stop('false');
      case 'number':
      case 'integer':
        return this.#stop('0');
      case 'object':
        return this.#object(parts, depth);
      case 'array':
        return this.#array(parts, depth);
      case undefined:
      default:
        return this.#stop();
    }
  }

  #object(parts: readonly SchemaPart[], depth: number): string {
    const required = [...new Set(parts.flatMap(({ rules }) => texts(rules['required'])))];
    if (required.length === 0 || depth >= deepest) return `{${this.#stop()}}`;
    const indent = '\t'.repeat(depth + 1);
    const members = required.map((key) => {
      const value = this.of(partsInside(parts, key, this.documents), depth + 1);
      return `${indent}${escapedSnippet(JSON.stringify(key))}: ${value}`;
    });
    return `{\n${members.join(',\n')}\n${'\t'.repeat(depth)}}`;
  }

  #array(parts: readonly SchemaPart[], depth: number): string {
    const items = partsInside(parts, 0, this.documents);
    const isList = items.some(({ rules }) => rules['type'] === 'object');
    if (!isList || depth >= deepest) return `[${this.#stop()}]`;
    const indent = '\t'.repeat(depth + 1);
    return `[\n${indent}${this.of(items, depth + 1)}\n${'\t'.repeat(depth)}]`;
  }

  /** A place where the user types next. */
  #stop(value = ''): string {
    this.#stops += 1;
    return value === '' ? `$${this.#stops}` : `\${${this.#stops}:${value}}`;
  }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** The format of the shared config and credentials files, as the AWS CLI reads it. */

/** The keys of one section; those of an indented block are joined to its key with a dot: `lambda.endpoint_url`. */
export type Section = Readonly<Record<string, string | undefined>>;

export type IniReading =
  /** By header, in the order of the file. */
  | { readonly kind: 'sections'; readonly sections: ReadonlyMap<string, Section> }
  /** Number of the first line that the format does not know, from 1. The line itself may be a secret. */
  | { readonly kind: 'broken'; readonly line: number };

/** What it sets holds for all sections. */
const commonSection = 'DEFAULT';

/** A command line may hold what looks like a comment. */
const commandKeys: ReadonlySet<string> = new Set(['credential_process']);

/**
 * Reads a file as Python's configparser does, which the AWS CLI uses, with three liberties where the CLI refuses a file
 * or a value: a section or key that occurs twice is merged, a byte order mark is skipped, and a comment after a value is
 * no part of it, as with the SDKs. A header that is not closed is broken, though the CLI may read it as a key.
 * @see https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
 */
export function readIni(text: string): IniReading {
  const sections = new Map<string, Map<string, Value>>();
  let section: Map<string, Value> | undefined;
  let value: Value | undefined;
  let indent = 0;
  for (const [index, full] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = full.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const ownIndent = full.length - full.trimStart().length;
    if (value && ownIndent > indent) {
      value.push({ text: line, line: index + 1 });
      continue;
    }
    indent = ownIndent;
    const header = headerOf(line);
    if (header !== undefined) {
      section = sections.get(header) ?? new Map<string, Value>();
      sections.set(header, section);
      value = undefined;
      continue;
    }
    const keyEnd = line.search(/[=:]/);
    if (!section || line.startsWith('[') || keyEnd < 1) return { kind: 'broken', line: index + 1 };
    value = [{ text: line.slice(keyEnd + 1).trim(), line: index + 1 }];
    section.set(line.slice(0, keyEnd).trim().toLowerCase(), value);
  }
  return withValues(sections);
}

/** The lines of a value, without their indentation. */
type Value = { readonly text: string; readonly line: number }[];

function headerOf(line: string): string | undefined {
  const end = line.lastIndexOf(']');
  return line.startsWith('[') && end > 1 ? line.slice(1, end) : undefined;
}

function withValues(sections: ReadonlyMap<string, ReadonlyMap<string, Value>>): IniReading {
  const read = new Map<string, Record<string, string>>();
  for (const [header, values] of sections) {
    const section: Record<string, string> = {};
    for (const [key, value] of values) {
      const broken = addValue(section, key, value);
      if (broken !== undefined) return { kind: 'broken', line: broken };
    }
    read.set(header, section);
  }
  const common = read.get(commonSection);
  read.delete(commonSection);
  if (common) for (const [header, section] of read) read.set(header, { ...common, ...section });
  return { kind: 'sections', sections: read };
}

/** Returns the number of a line that is not a key of the block that it stands in. */
function addValue(section: Record<string, string>, key: string, value: Value): number | undefined {
  const [first, ...more] = value;
  if (first?.text !== '' || more.length === 0) {
    const text = value.map((line) => line.text).join('\n');
    section[key] = commandKeys.has(key) ? text : withoutComment(text);
    return undefined;
  }
  for (const { text, line } of more) {
    const nameEnd = text.indexOf('=');
    if (nameEnd < 1) return line;
    section[`${key}.${text.slice(0, nameEnd).trim()}`] = withoutComment(
      text.slice(nameEnd + 1).trim(),
    );
  }
  return undefined;
}

function withoutComment(value: string): string {
  const comment = /(?:^|\s)[#;]/.exec(value);
  return comment ? value.slice(0, comment.index).trimEnd() : value;
}

/**
 * The name that a header of the config file gives: `my team` for `profile 'my team'`. `undefined` when the header is not
 * exactly two words as a POSIX shell reads them; the AWS CLI knows no such section.
 */
export function nameInHeader(header: string): string | undefined {
  const [, name, ...more] = shellWords(header) ?? [];
  return more.length === 0 ? name : undefined;
}

/** `undefined` for a quote that is never closed, or a backslash at the end. */
function shellWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let end = 0;
  for (const { 0: part, index, groups = {} } of text.matchAll(shellPart)) {
    end = index + part.length;
    const { blank, single, double, escaped } = groups;
    if (blank === undefined) {
      const unquoted = single ?? double?.replaceAll(/\\(["\\])/g, '$1') ?? escaped ?? part;
      word = (word ?? '') + unquoted;
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (end < text.length) return undefined;
  return word === undefined ? words : [...words, word];
}

const shellPart =
  /(?<blank>\s+)|'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\[^])*)"|\\(?<escaped>[^])|[^\s'"\\]+/gy;

/** How a language writes comments and strings: enough to tell code from text where no grammar is at hand. */
export interface Lexicon {
  /** The characters, of ASCII, that comments and strings begin with; at the beginning of a text it may be any. */
  readonly begin: string;
  /** Sources of regular expressions. An open end is the text's (or for one-line strings the line's) end. */
  readonly comment: string;
  /** What begins a comment that ends with its line. */
  readonly lineComment?: string;
  readonly string: string;
}

/** A string between two quotation marks, with backslash escapes; `[^]` lets it run over lines. */
const oneLine = (quote: string) =>
  String.raw`${quote}[^${quote}\\\n]*(?:\\.[^${quote}\\\n]*)*${quote}?`;
const manyLines = (quote: string) =>
  String.raw`${quote}[^${quote}\\]*(?:\\[^][^${quote}\\]*)*${quote}?`;
/** Three quotation marks at each end. */
const block = (quote: string) => `${quote.repeat(3)}[^]*?(?:${quote.repeat(3)}|$(?![^]))`;

const slashes = String.raw`\/\/.*|\/\*[^]*?(?:\*\/|$(?![^]))`;
const hash = '#.*';
/** Where `#` also stands inside words, as in shells and YAML. */
const spacedHash = String.raw`(?<![^\s;&|(){}])#.*`;

const double = oneLine('"');
const single = oneLine("'");

/** A character; a lone apostrophe is something else. */
const character = String.raw`'(?:\\[^']+|[^'\\\n])'`;
const bothLines = [manyLines('"'), manyLines("'")].join('|');
const bothBlocks = [block('"'), block("'")].join('|');

export const lexes = {
  // A regular expression stands where an expression may begin, which is after no name, bracket or number. The
  // look behind begins at its slash: any number of blanks may stand before that.
  javascript: {
    begin: '/"\'`',
    lineComment: '//',
    comment: String.raw`${slashes}|\/(?<=[=(,:;!&|?{}[\n]\s*\/)(?![*/])[^\\/\n[]*(?:(?:\\.|\[[^\]\n]*\])[^\\/\n[]*)*\/`,
    string: [double, single, manyLines('`')].join('|'),
  },
  python: {
    begin: '#"\'rRbBfFuU',
    lineComment: '#',
    comment: hash,
    string: `[rRbBfFuU]{0,2}(?:${[block('"'), block("'"), double, single].join('|')})`,
  },
  java: {
    begin: '/"\'',
    lineComment: '//',
    comment: slashes,
    string: [block('"'), double, single].join('|'),
  },
  csharp: {
    begin: '/"\'@$',
    lineComment: '//',
    comment: slashes,
    string: [
      block('"'),
      String.raw`(?:@\$?|\$@)"[^"]*(?:""[^"]*)*"?`,
      String.raw`\$?${double}`,
      single,
    ].join('|'),
  },
  go: {
    begin: '/"\'`',
    lineComment: '//',
    comment: slashes,
    string: [double, single, '`[^`]*`?'].join('|'),
  },
  // What stands outside of <?php … ?> is no code.
  php: {
    begin: '/"\'#?',
    lineComment: '//',
    comment: String.raw`\?>[^]*?(?:<\?(?:php|=)?|$(?![^]))|^(?<![^])[^<]*(?:<(?!\?)[^<]*)*<\?(?:php|=)?|${slashes}|#(?!\[).*`,
    string: [manyLines('"'), manyLines("'")].join('|'),
  },
  ruby: {
    begin: '#"\'=',
    lineComment: '#',
    comment: String.raw`^=begin\b[^]*?(?:^=end\b.*|$(?![^]))|${hash}`,
    string: [manyLines('"'), manyLines("'")].join('|'),
  },
  // A lone apostrophe is a lifetime.
  rust: {
    begin: '/"\'br',
    lineComment: '//',
    comment: slashes,
    string: [
      String.raw`b?r(?<hashes>#*)"[^]*?(?:"\k<hashes>|$(?![^]))`,
      `b?${manyLines('"')}`,
      character,
    ].join('|'),
  },
  powershell: {
    begin: '#"\'<',
    lineComment: '#',
    comment: String.raw`<#[^]*?(?:#>|$(?![^]))|${spacedHash}`,
    string: ['"[^"`]*(?:`[^][^"`]*)*"?', "'[^']*'?"].join('|'),
  },
  kotlin: {
    begin: '/"\'',
    lineComment: '//',
    comment: slashes,
    string: [block('"'), double, single].join('|'),
  },
  swift: {
    begin: '/"',
    lineComment: '//',
    comment: slashes,
    string: [block('"'), double].join('|'),
  },
  perl: {
    begin: '#"\'=',
    lineComment: '#',
    comment: String.raw`^=\w+[^]*?(?:^=cut\b.*|$(?![^]))|(?<!\$)${hash}`,
    string: [manyLines('"'), manyLines("'")].join('|'),
  },
  elixir: {
    begin: '#"\'',
    lineComment: '#',
    comment: hash,
    string: [block('"'), manyLines('"'), single].join('|'),
  },
  json: { begin: '/"', comment: slashes, string: double },
  terraform: { begin: '/#"', lineComment: '#', comment: `${slashes}|${hash}`, string: double },
  shell: {
    begin: '#"\'',
    lineComment: '#',
    comment: spacedHash,
    string: [manyLines('"'), "'[^']*'?"].join('|'),
  },
  yaml: {
    begin: '#"\'',
    comment: spacedHash,
    string: [double, "'[^'\\n]*(?:''[^'\\n]*)*'?"].join('|'),
  },
  scala: {
    begin: '/"\'',
    lineComment: '//',
    comment: slashes,
    string: [block('"'), double, character].join('|'),
  },
  groovy: {
    begin: '/"\'',
    lineComment: '//',
    comment: slashes,
    string: [bothBlocks, double, single].join('|'),
  },
  coffeescript: {
    begin: '#"\'',
    lineComment: '#',
    comment: `###(?!#)[^]*?(?:###|$(?![^]))|${hash}`,
    string: [bothBlocks, bothLines].join('|'),
  },
  clojure: {
    begin: ';"\\',
    lineComment: ';',
    comment: String.raw`;.*|\\[^\w\s]`,
    string: manyLines('"'),
  },
  r: { begin: '#"\'', lineComment: '#', comment: hash, string: bothLines },
  julia: {
    begin: '#"\'',
    lineComment: '#',
    comment: `#=[^]*?(?:=#|$(?![^]))|${hash}`,
    string: [block('"'), manyLines('"'), character].join('|'),
  },
  dart: {
    begin: '/"\'',
    lineComment: '//',
    comment: slashes,
    string: [bothBlocks, double, single].join('|'),
  },
  haskell: {
    begin: '-{"\'',
    lineComment: '--',
    comment: String.raw`--.*|\{-[^]*?(?:-\}|$(?![^]))`,
    string: [manyLines('"'), character].join('|'),
  },
  erlang: {
    begin: '%$"\'',
    lineComment: '%',
    comment: String.raw`%.*|\$.`,
    string: [manyLines('"'), single].join('|'),
  },
  fsharp: {
    begin: '/("\'@',
    lineComment: '//',
    comment: String.raw`\/\/.*|\(\*(?!\))[^]*?(?:\*\)|$(?![^]))`,
    string: [block('"'), '@"[^"]*(?:""[^"]*)*"?', manyLines('"'), character].join('|'),
  },
  visualBasic: {
    begin: '\'rR"',
    lineComment: "'",
    comment: String.raw`'.*|\b[Rr][Ee][Mm]\b.*`,
    string: String.raw`"[^"\n]*(?:""[^"\n]*)*"?`,
  },
  batch: {
    begin: ' \t@rR:"',
    lineComment: 'rem',
    comment: String.raw`^[ \t]*@?(?:[Rr][Ee][Mm]\b|::).*`,
    string: String.raw`"[^"\n]*"?`,
  },
} as const satisfies Record<string, Lexicon>;

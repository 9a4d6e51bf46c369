/** Whether what surrounds a run of identifier characters makes the run a value of its own. */
import type { TextRange } from '../problem';
import { latestMeant } from './slips';

/** How far to look around: enough for a key and a quote, and a bound on the work for each run. */
const reach = 200;

/** Languages without expressions: a string is the whole value there, and nothing is added to it. */
const dataLanguages: ReadonlySet<string> = new Set([
  'json',
  'jsonc',
  'json5',
  'jsonl',
  'yaml',
  'toml',
  'dotenv',
  'ini',
  'properties',
  'dockercompose',
  'github-actions-workflow',
]);
const yamlLanguages: ReadonlySet<string> = new Set([
  'yaml',
  'dockercompose',
  'github-actions-workflow',
  'properties',
]);

interface Surroundings {
  readonly text: string;
  readonly run: TextRange;
  readonly languageId: string;
  /** The line up to the run, at most {@link reach} characters of it. */
  readonly line: string;
  /** What stands before and after the run, other lines included. */
  readonly before: string;
  readonly after: string;
}

/**
 * The range of the value that the run is, spaces inside its quotes included; `undefined` when the run is a part of
 * something longer, is put together with something else, or stands in a comment or in prose.
 */
export function valueRange(
  text: string,
  run: TextRange,
  languageId: string,
): TextRange | undefined {
  if (languageId === 'log') return undefined;
  const before = text.slice(Math.max(0, run.start - reach), run.start);
  const after = text.slice(run.end, run.end + reach);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const surroundings = { text, run, languageId, line, before, after };
  if (isComment(line) || holdsVariable(surroundings)) return undefined;
  return quoted(surroundings) ?? unquoted(surroundings);
}

/** Comment marks of all languages at once: a line that begins like a comment in another language is rare. */
function isComment(line: string): boolean {
  return (
    /^\s*(?:#(?!define\b|[[{])|\/\/|\/?\*+(?:\s|$)|-- |;|<!--|rem\s)/i.test(line) ||
    /\s(?:#|\/\/|\/\*)\s/.test(line)
  );
}

/** Languages in which `$latest` in a string may be a variable; in the others it is `$LATEST`, misspelled. */
const languagesWithVariables: ReadonlySet<string> = new Set([
  'bat',
  'dart',
  'dockerfile',
  'elixir',
  'fish',
  'groovy',
  'hcl',
  'kotlin',
  'makefile',
  'perl',
  'php',
  'powershell',
  'r',
  'scala',
  'shellscript',
  'terraform',
  'vue',
]);

/** `$LATEST`, right or misspelled, is no variable; any other word after a `$` is one. */
function holdsVariable({ text, run, languageId }: Surroundings): boolean {
  const value = text.slice(run.start, run.end);
  if (!value.includes('$')) return false;
  const version = /:(\$[a-zA-Z.]+)(?=:|$)/.exec(value)?.[1];
  if (version === undefined || value.split('$').length > 2) return true;
  const isConstant = version === version.toUpperCase() || !languagesWithVariables.has(languageId);
  return !isConstant || latestMeant(version) === undefined;
}

/** `FunctionName: "…"`, `function_name="…"`, `.functionName("…")`, `"FunctionName" => "…"` */
const isFunctionArgument = /function[-_]?name["']?\s{0,9}(?:[:=(,]|=>|:=)\s{0,9}$/i;

function quoted(surroundings: Surroundings): TextRange | undefined {
  const { text, run, languageId, before, after } = surroundings;
  const open = /(["'`])([ \t]*)$/.exec(before);
  const close = /^([ \t]*)(["'`])/.exec(after);
  if (!open || !close || open[1] !== close[2]) return undefined;
  const range = {
    start: run.start - (open[2]?.length ?? 0),
    end: run.end + (close[1]?.length ?? 0),
  };
  const outer = { before: before.slice(0, open.index), after: after.slice(close[0].length) };
  const hasSpaces = range.end - range.start > run.end - run.start;
  const isPrefix = text.startsWith(':', run.end - 1);
  const lacksName = isPrefix && endsBeforeName(surroundings);
  // A prefix, to which something is added; unless it is all that is given as the function.
  if (lacksName && !isFunctionArgument.test(outer.before)) return undefined;
  if (dataLanguages.has(languageId)) {
    // A list may be joined, and its items be pieces; a property's value is whole.
    return isPrefix && !/[:=]\s*$/.test(outer.before) ? undefined : range;
  }
  if (hasSpaces || (isPrefix && !lacksName)) return undefined;
  // A code span of Markdown stands in a sentence, and no operator follows it.
  const isSpan = languageId === 'markdown' && close[2] === '`';
  return !isSpan && isJoined(outer) ? undefined : range;
}

function endsBeforeName({ text, run }: Surroundings): boolean {
  return text.startsWith(':function:', run.end - ':function:'.length);
}

/** Whether an operator or another literal comes right before or after a literal, or a method is called on it. */
function isJoined({ before, after }: { readonly before: string; readonly after: string }): boolean {
  return /(?:[+.~%"'`\\]|(?<!&)&)\s*$/.test(before) || /^\s*(?:[+.~%"'`\\]|&(?!&))/.test(after);
}

/** What comes before an unquoted value, and what after it. */
const unquotedPlaces: readonly {
  readonly languages?: ReadonlySet<string>;
  readonly before: RegExp;
  readonly after: RegExp;
}[] = [
  // `--function-name VALUE`, `-FunctionName VALUE`, `FUNCTION=VALUE`, `FUNCTION := VALUE`
  {
    before: /(?:^|\s)(?:--?[a-z][\w-]*(?:=|\s+)|[a-z_][\w.-]*(?:=|\s*[:?+]?=\s*))$/i,
    after: /^(?:\s|$|[;)&|])/,
  },
  // `key: VALUE` and `- VALUE`, alone on the line, or in a flow sequence or mapping
  {
    languages: yamlLanguages,
    before: /^\s*(?:- +)+$|^[\s-]*[^\s#]+: +$/,
    after: /^[ \t]*(?:\r?\n|$|[ \t]#)/,
  },
  { languages: yamlLanguages, before: /[[{,]\s*(?:[\w-]+: +)?$/, after: /^\s*[,\]}]/ },
  { languages: new Set(['xml', 'html']), before: /<[\w:.-]+>\s*$/, after: /^\s*<\// },
];

function unquoted(surroundings: Surroundings): TextRange | undefined {
  const { text, run, languageId, line, after } = surroundings;
  const last = text.charAt(run.end - 1);
  // A sentence goes on after the colon or ends with the period; only a data file's value may end in a stray colon.
  if (last === '.' || (last === ':' && !dataLanguages.has(languageId))) return undefined;
  if (endsBeforeName(surroundings) && !isFunctionArgument.test(line)) return undefined;
  const fits = unquotedPlaces.some(
    (place) =>
      (place.languages?.has(languageId) ?? true) &&
      place.before.test(line) &&
      place.after.test(after),
  );
  return fits ? run : undefined;
}

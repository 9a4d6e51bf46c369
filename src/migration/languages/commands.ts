import * as l10n from '@vscode/l10n';
import type { TextRange } from '../../core/problem';
import type { LexicalRules, TokenFile } from '../tokens';
import type { Use } from '../use';
import { awsProgram, cliUse, isProgram, type ShellWord } from './awsCli';
import { because } from '../manualReasons';

/** How a language holds commands of the AWS CLI. */
interface CommandPlace {
  /** What to make of a command that stands in no string. */
  readonly bare: 'line' | 'text' | 'ignored';
  /** Whether lines are read by a shell of Windows. */
  readonly isWindows?: boolean;
}

/** Lines of a shell inside other files: the steps of a CI in YAML, recipes of a Makefile, a Dockerfile's RUN. */
export const commandLines = commandRules({ bare: 'line' });
/** The same in a batch file. */
export const batchLines = commandRules({ bare: 'line', isWindows: true });
/** Commands in the strings of a script, whose own commands a grammar tells. */
export const commandsInScripts = commandRules({ bare: 'ignored' });
/** Commands that a program starts: in strings, here-documents and lists of arguments. */
export const commandsInCode = commandRules({ bare: 'text' });

function commandRules(place: CommandPlace): LexicalRules {
  return {
    worthReading: /\binvoke-async\b/,
    uses: (file) => [
      ...[...file.text.matchAll(commandLine)].flatMap((match) => lineUse(file, match, place) ?? []),
      ...[...file.text.matchAll(argumentList)].flatMap((match) => listUse(file, match) ?? []),
    ],
  };
}

/** Between two words of a command: blanks, or the end of a line that goes on. */
const gap = String.raw`(?:[ \t]|\\\r?\n)+`;
const commandLine = new RegExp(String.raw`\blambda${gap}invoke-async(?![\w-])`, 'g');
/** `"lambda", "invoke-async"` in any language, `.arg("lambda").arg(…)`, and items of a YAML list. */
const argumentList =
  /(["'`])lambda\1(?:[\s,]{1,200}|\)\s{0,80}\.\w{1,20}\()(["'`])invoke-async\2|(?<=^[ \t]*- )lambda[ \t]*\r?\n[ \t]*- invoke-async(?![\w-])/gm;

/** How far before `lambda` the program may stand. */
const reach = 400;
const program = new RegExp(
  String.raw`(?:^|[\s"'\x60=(@;|&{[!])(${awsProgram.source})(?:${gap}[^\s;|&"'\x60]+){0,12}${gap}$`,
);
/** What holds the name of a program, in a shell or in a string that is formatted: `$AWS`, `$(AWS)`, `%AWS%`, `{aws}`. */
const variable = new RegExp(
  String.raw`(?:^|[\s"'\x60=(@;|&])(["']?(?:\$\w+|[$#]?\{{1,2}[^{}\n]{1,80}\}{1,2}|\$\(\w+\)|%\w+%)["']?)(?:${gap}-[^\s;|&]+(?:${gap}(?!-)[^\s;|&]+)?){0,12}${gap}$`,
);

function lineUse(
  file: TokenFile,
  { index: service, 0: match }: RegExpExecArray,
  { bare, isWindows = false }: CommandPlace,
): Use | undefined {
  const end = service + match.length;
  const action = { start: end - 'invoke-async'.length, end };
  const index = file.indexAt(service);
  const token = file.token(index);
  // In a comment there is no token.
  if (!token || token.start > service) return undefined;
  const isString = token.kind === 'string';
  const before = lineBefore(file.text, service, isString ? token.inner.start : 0);
  if (isString && isSecondArgument(file, index, before)) return inText(action);
  const called = program.exec(before) ?? variable.exec(before);
  if (!called?.[1] || isTalk(file, index)) return undefined;
  const start = service - before.length + called.index + called[0].indexOf(called[1]);
  const prefix = before.slice(0, before.length - (service - start));
  if (/(?:^|[\s@"'`])(?:echo|printf)\s[^;|&]*$/.test(prefix)) return undefined;
  if (!isString && bare !== 'text') {
    if (bare === 'ignored') return undefined;
    return isText(prefix) || !takesInput(file.text, end)
      ? undefined
      : cliUse(commandFrom(file, start, isWindows));
  }
  // In backquotes or a here-document; what stands before them is no part of the command.
  const ownPrefix = isString ? prefix : (/[^`({[]*$/.exec(prefix)?.[0] ?? '');
  const isCommand = takesInput(file.text, end) && isShellLike(ownPrefix);
  return isCommand ? inText(action) : undefined;
}

/** Whether a string goes on with the arguments of a program that the string before it names. */
function isSecondArgument(file: TokenFile, index: number, before: string): boolean {
  const [name, comma] = [file.token(index - 2), file.token(index - 1)];
  return /^\s*$/.test(before) && comma?.text === ',' && isProgram.test(name?.text ?? '');
}

/** The line up to an offset, with those that it goes on from. */
function lineBefore(text: string, end: number, from: number): string {
  const before = text.slice(Math.max(from, end - reach), end);
  const starts = [...before.matchAll(/(?<!\\\r?)\n|(?<!\\)\\n/g)];
  const last = starts.at(-1);
  return last ? before.slice(last.index + last[0].length) : before;
}

/** The action takes options, which prose leaves out; in a string they may be put in or added. */
function takesInput(text: string, end: number): boolean {
  const after = text.slice(end, end + reach);
  return (
    /^(?:[ \t]|\\\r?\n)+(?:--?\w|["'`]?[$%{#+&]|["'`]|[<\\]|$)/.test(after) ||
    /^["'`]?\s*[)\]]*\s*\|/.test(after)
  );
}

/** What may run a command that stands behind it. */
const runner =
  /^(?:sudo|env|exec|time|eval|nohup|command|timeout|ssh|docker|podman|nerdctl|kubectl|xargs|bash|sh|zsh|cmd(?:\.exe)?|\/c|then|do|else|if|while|[@!([{-]+|["'`]\S*|[A-Za-z_]\w*=.*)$/;

/** Whether a command may stand behind a part of a line, as it may not in the middle of a sentence. */
function isShellLike(prefix: string): boolean {
  const [first = ''] = (/[^;|&]*$/.exec(prefix)?.[0] ?? '').trimStart().split(/\s+/, 1);
  return first === '' || runner.test(first) || prefix.trimEnd().endsWith('$(');
}

const textKey =
  /^(?:name|(?:short_?)?description|title|summary|comments?|messages?|notes?|label|help|usage|reason|display_?name|example|text|deprecated|replacement)$/i;
const talker =
  /^(?:log|info|warn(?:ing)?|error|debug|trace|print\w*|puts|p|echo|die|raise|throw|\w*(?:Error|Exception)|fail\w*|expect|assert\w*|describe|it|test|help|usage|write(?:Line|Host|Output)?|add_argument|to(?:Equal|Be|Match|Contain)\w*|\w*equals?)$/i;

/** Whether a key says that a line of YAML is for people. */
const isText = (prefix: string) =>
  textKey.test(/^\s*(?:-\s+)?["']?([\w-]+)["']?:/.exec(prefix)?.[1] ?? '');

/** Whether what stands around a string says that it is for people. */
function isTalk(file: TokenFile, index: number): boolean {
  if (file.token(index)?.kind !== 'string') return false;
  const textAt = (at: number) => file.token(at)?.text ?? '';
  const isKeyed = /^[:=>]$/.test(textAt(index - 1));
  const around = file.opener(index);
  return (
    (isKeyed && [2, 3].some((step) => textKey.test(textAt(index - step)))) ||
    talker.test(textAt(index - 1)) ||
    talker.test(textAt(around - 1)) ||
    textKey.test(textAt(around - 1))
  );
}

function listUse(file: TokenFile, { index: service, 0: match }: RegExpExecArray): Use | undefined {
  const at = service + match.lastIndexOf('invoke-async');
  const index = file.indexAt(at);
  const token = file.token(index);
  if (!token || token.start > at || isTalk(file, index)) return undefined;
  const before = file.text.slice(Math.max(0, service - reach / 2), service);
  const after = file.text.slice(at, at + reach);
  const isCommand = /aws/i.test(before) || /--(?:function-name|invoke-args)\b/.test(after);
  return isCommand ? inText({ start: at, end: at + 'invoke-async'.length }) : undefined;
}

const inText = (range: TextRange): Use => ({
  sdk: 'cli',
  range,
  migration: textOfProgram(),
});

const textOfProgram = () =>
  because(
    l10n.t(
      'the command is text in a program; add --invocation-type Event and an output file, and pass the payload as --payload fileb://FILE',
    ),
  );

/** A substitution, a quoted part, an escaped character, or anything that no shell gives a meaning of its own. */
const wordPart = String.raw`\$\{\{[^}\n]*\}\}|\$\([^()\n]*\)|"[^"]*"|'[^']*'|\\[^\r\n]|[^\s"'\\|&;<>()]`;

/** One simple command: up to the end of the line (but for a backslash before it), `|`, `&`, `;`, `>` or `)`. */
function commandFrom(
  file: TokenFile,
  start: number,
  isWindows: boolean,
): Parameters<typeof cliUse>[0] {
  const words: ShellWord[] = [];
  const word = new RegExp(String.raw`(?:[ \t]|\\\r?\n)*((?!#)(?:${wordPart})+)`, 'y');
  word.lastIndex = start;
  for (let match = word.exec(file.text); match?.[1] !== undefined; match = word.exec(file.text)) {
    const end = match.index + match[0].length;
    file.limit.tick();
    words.push({ text: match[1], start: end - match[1].length, end });
  }
  const end = words.at(-1)?.end ?? start;
  const pipedInto = /^\s*\|.*/.exec(file.text.slice(end, end + reach))?.[0] ?? '';
  return { words, pipedInto, hasDevNull: !isWindows };
}

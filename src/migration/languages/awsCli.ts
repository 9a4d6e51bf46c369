import * as l10n from '@vscode/l10n';
import type { TextEdit, TextRange } from '../../core/problem';
import { insert, replace } from '../../core/edits';
import type { ManualReason, Use } from '../use';
import { because } from '../manualReasons';

/** One word of a command line, quotation marks included. */
export interface ShellWord extends TextRange {
  readonly text: string;
}

/** A command line, and what its output goes through. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  readonly pipedInto: string;
  /** Where the CLI can write an answer that nobody reads; Windows has no such file. */
  readonly hasDevNull: boolean;
}

/** What runs the AWS CLI: itself, LocalStack's wrapper, or its container image. */
export const awsProgram =
  /(?:[\w./:-]*\/)?(?:aws(?:local)?(?:\.exe|\.cmd)?|aws-cli(?:[:@][\w.:-]+)?)/;

/** The same as a word, or whatever stands in for it: no other program has an action of this name. */
export const isProgram = new RegExp(String.raw`^(?:${awsProgram.source}|["']?(?:[$%]|\{\{).*)$`);

/** `aws [options] lambda invoke-async --function-name N --invoke-args FILE`, also behind `sudo`, `env` and the like. */
export function cliUse(command: ShellCommand): Use | undefined {
  const { words } = command;
  const at = words.findIndex(({ text }) => text === 'invoke-async');
  const action = words[at];
  const isAws = words.slice(0, at - 1).some(({ text }) => isProgram.test(text));
  const isShown = /^(?:echo|printf)$/.test(words[0]?.text ?? '');
  if (!action || !isAws || isShown || words[at - 1]?.text !== 'lambda') return undefined;
  const edits = migrationOf(command, words.slice(at + 1));
  const range = { start: action.start, end: action.end };
  if ('manualReason' in edits) return { sdk: 'cli', range, migration: edits };
  return { sdk: 'cli', range, migration: { edits: [replace(range, 'invoke'), ...edits] } };
}

function migrationOf(
  { hasDevNull, pipedInto }: ShellCommand,
  options: readonly ShellWord[],
): TextEdit[] | ManualReason {
  const name = options.findIndex(({ text }) => /^--invoke-args(?:=|$)/.test(text));
  const option = options[name];
  const last = options.at(-1);
  if (!hasDevNull)
    return because(
      l10n.t('add an output file as the last argument, and pass the payload as fileb://FILE'),
    );
  if (!option || !last)
    return because(
      l10n.t(
        'the payload is not visible here; pass it as --payload fileb://FILE, with /dev/null as the last argument',
      ),
    );
  if (/\bStatus\b/.test(pipedInto))
    return because(l10n.t('code that reads the output must read StatusCode instead of Status'));
  const inline = option.text.includes('=');
  const value = inline ? valueIn(option) : options[name + 1];
  const path = value && /^(["']?)(?!file:\/\/|["'{[<-])[^\s]/.exec(value.text);
  if (!value || !path)
    return because(l10n.t('the payload is not a plain path; pass it as --payload fileb://FILE'));
  const query = queryEdits(options);
  if ('manualReason' in query) return query;
  const payload = inline ? '--payload=' : '--payload';
  return [
    replace(
      { start: option.start, end: inline ? value.start : option.end },
      `--invocation-type Event ${payload}`,
    ),
    insert(value.start + (path[1] ?? '').length, 'fileb://'),
    ...query,
    insert(last.end, ' /dev/null'),
  ];
}

function valueIn(option: ShellWord): ShellWord {
  const length = '--invoke-args='.length;
  return { start: option.start + length, end: option.end, text: option.text.slice(length) };
}

/** `--query Status` asks for the answer's only field; what a longer query means is not certain. */
function queryEdits(options: readonly ShellWord[]): TextEdit[] | ManualReason {
  const at = options.findIndex(({ text }) => /^--query(?:=|$)/.test(text));
  const option = options[at];
  if (!option) return [];
  const value = option.text.includes('=') ? option : options[at + 1];
  const status = /(?:^|=)["']?(Status)["']?$/.exec(value?.text ?? '');
  if (!value || !status) return because(l10n.t('--query must use StatusCode instead of Status'));
  const start = value.start + value.text.lastIndexOf('Status');
  return [replace({ start, end: start + 'Status'.length }, 'StatusCode')];
}

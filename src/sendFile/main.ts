import { config } from '@vscode/l10n';
import { join } from 'node:path';
import { languageBundle } from '../files/languageBundle';
import { invoke } from './cli/invoke';
import { send } from './cli/send';
import type { Terminal } from './cli/terminal';
import { EditorLink } from './editorLink';
import type { SendFileRequest } from './messages';

// The SDK is a part of this program: whoever runs it cannot do what the warning asks for.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const commands = { send, invoke } as const;

// `cli.js` calls `run`. By itself, this program is started by an editor, with a channel for messages and its language,
// or from a command line.
if (require.main === module) {
  const words = process.argv.slice(2);
  if (process.send) serveEditor(words[0] ?? '');
  else void serveTerminal(words);
}

function serveEditor(locale: string): void {
  const bundle = languageBundle(join(__dirname, 'l10n'), locale);
  if (bundle !== undefined) config({ fsPath: bundle });
  // Whether an editor is gone is known only later: without a callback, to tell it something would end this process.
  const told = () => {};
  const link = new EditorLink({
    send: (reply) => process.connected && process.send?.(reply, undefined, undefined, told),
  });
  process.on('message', (request: SendFileRequest) => void link.receive(request));
  process.on('disconnect', () => link.leave());
}

async function serveTerminal([command = '', ...words]: readonly string[]): Promise<void> {
  if (command === 'invoke') await run('invoke', words, 'node sendFile.js');
  else await run('send', command === 'send' ? words : ['--help'], 'node sendFile.js');
}

/**
 * Runs a command to its end, and sets the exit code.
 * @param program how the program is called, for the usage
 */
export async function run(
  command: keyof typeof commands,
  words: readonly string[],
  program: string,
): Promise<void> {
  try {
    process.exitCode = await commands[command](words, terminal(program));
  } catch (error) {
    process.exitCode = 2;
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  }
}

function terminal(program: string): Terminal {
  const { env, stderr, stdin, stdout } = process;
  let hasProgress = false;
  const clear = () => {
    if (hasProgress) stderr.write('\r\u001B[K');
    hasProgress = false;
  };
  return {
    program,
    environment: env,
    input: stdin,
    out: (text) => stdout.write(`${text}\n`),
    error(text) {
      clear();
      stderr.write(`${text}\n`);
    },
    showProgress: stderr.isTTY
      ? (text) => {
          clear();
          stderr.write(text);
          hasProgress = true;
        }
      : undefined,
    onInterrupt(interrupted) {
      process.on('SIGINT', interrupted);
      process.on('SIGTERM', interrupted);
    },
  };
}

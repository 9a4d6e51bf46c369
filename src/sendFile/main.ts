import { config } from '@vscode/l10n';
import { join } from 'node:path';
import { languageBundle } from '../files/languageBundle';
import { send } from './cli/send';
import { EditorLink } from './editorLink';
import type { SendFileRequest } from './messages';

// The SDK is a part of this program: whoever runs it cannot do what the warning asks for.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

// An editor starts us with a channel for messages and its language, everybody else from a command line.
const words = process.argv.slice(2);
if (process.send) serveEditor(words[0] ?? '');
else void serveTerminal(words);

function serveEditor(locale: string): void {
  const bundle = languageBundle(join(__dirname, 'l10n'), locale);
  if (bundle !== undefined) config({ fsPath: bundle });
  const link = new EditorLink({ send: (reply) => process.connected && process.send?.(reply) });
  process.on('message', (request: SendFileRequest) => void link.receive(request));
  process.on('disconnect', () => link.leave());
}

async function serveTerminal([command, ...options]: readonly string[]): Promise<void> {
  const { stderr, stdin, stdout } = process;
  let hasProgress = false;
  const clear = () => {
    if (hasProgress) stderr.write('\r\u001B[K');
    hasProgress = false;
  };
  try {
    process.exitCode = await send(command === 'send' ? options : ['--help'], {
      environment: process.env,
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
    });
  } catch (error) {
    process.exitCode = 2;
    stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  }
}

import { asksForHelp } from './arguments';
import { check, languageServer, mcp, sendFile } from './bundles';

/** What the words of a command line begin with, and the bundle beside this one that does it. */
interface Command {
  /** For the list of all commands. */
  readonly summary: string;
  /** Runs to the end, and sets the exit code of the process. */
  readonly run: (words: readonly string[]) => Promise<void>;
}

export const programName = 'lambda-invoke-async';

const lspUsage = `Usage: ${programName} lsp

Runs the language server on standard input and output, for editors that start it themselves.
It reads the files of its workspace, sends nothing, and does not use the network.`;

/** Each bundle is read with the first command that needs it: none of them for the help. */
export const commands: Readonly<Record<string, Command>> = {
  check: {
    summary: 'find uses of InvokeAsync, and mistakes in payloads and function identifiers',
    run: async (words) => check().runCheck(words, `${programName} check`),
  },
  invoke: {
    summary: 'send one event',
    run: async (words) => sendFile().run('invoke', words, programName),
  },
  send: {
    summary: 'send each line of a file as an event, with a journal',
    run: async (words) => sendFile().run('send', words, programName),
  },
  lsp: {
    summary: 'language server on standard input and output',
    run: async (words) => {
      if (asksForHelp(words)) {
        process.stdout.write(`${lspUsage}\n`);
        return;
      }
      // The protocol's library looks there for the way to talk.
      process.argv.splice(2, Infinity, '--stdio', ...words.filter((word) => word !== '--stdio'));
      languageServer().serve();
    },
  },
  mcp: {
    summary: 'tools for agents, by the Model Context Protocol',
    run: async (words) => mcp().run(words, programName),
  },
};

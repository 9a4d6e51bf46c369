import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { asksForHelp, UsageError } from '../cli/arguments';
import { oneLine } from '../core/foreignText';
import { readMcpArguments, usage } from './arguments';
import { processHost } from './processHost';
import { serveTools } from './server';

// The SDK is a part of this program: whoever runs it cannot do what the warning asks for.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

// `cli.js` calls `run`; an editor starts this program by itself.
if (require.main === module) void run(process.argv.slice(2), 'node mcp.js');

/**
 * Serves tools on standard input and output until its end.
 * @param program how the program is called, for the usage
 */
export async function run(words: readonly string[], program: string): Promise<void> {
  if (asksForHelp(words)) {
    process.stdout.write(`${usage(program)}\n`);
    return;
  }
  try {
    const given = readMcpArguments(words);
    await serveTools(new StdioServerTransport(), (ask) => processHost(given, process.env, ask));
    // The agent is gone: nothing that is read for it is of use to anybody.
    process.stdin.once('end', () => process.exit());
  } catch (error) {
    process.exitCode = 2;
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${oneLine(error.message)}\n\n${usage(program)}\n`);
  }
}

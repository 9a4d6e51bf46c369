#!/usr/bin/env node
import { version } from '../../package.json';
import { didYouMean } from './arguments';
import { commands, programName } from './programs';

const [name = '', ...words] = process.argv.slice(2);

if (Object.hasOwn(commands, name)) {
  commands[name]?.run(words).catch((error: unknown) => {
    // Not 1, which says that something was found or refused.
    process.exitCode = 2;
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  });
} else if (name === '--version') {
  process.stdout.write(`${version}\n`);
} else if (['--help', '-h', 'help'].includes(name)) {
  process.stdout.write(usage());
} else {
  process.exitCode = 2;
  const fault =
    name === ''
      ? 'No command specified.'
      : `Unknown command ${JSON.stringify(name)}.${didYouMean(name, Object.keys(commands))}`;
  process.stderr.write(`${fault}\n\n${usage()}`);
}

function usage(): string {
  const rows = Object.entries(commands).map(
    ([command, { summary }]) => `  ${command.padEnd(8)}${summary}`,
  );
  return `Usage: ${programName} COMMAND [options]

Sends events to AWS Lambda functions asynchronously, each of them once, and finds uses of the
deprecated InvokeAsync API.

${rows.join('\n')}

  --version   print the version
  --help      print this help; with a command, its options
`;
}

import type { Needs } from './proofs';

/** A language's own parser, for every fixture of it that has fixes: what it takes before them, it takes after them. */
export interface Parser extends Needs {
  /** Of the fixtures in `test/fixtures/migration`. */
  readonly extensions: readonly string[];
  /** Fails for a file that does not parse; `PROGRAM` stands for the file. */
  readonly run: readonly string[];
}

const parsePython = 'import ast, sys; ast.parse(open(sys.argv[1]).read())';
const parseTypeScript = `
const { readFileSync } = require('node:fs');
const { transpileModule } = require('typescript');
const [fileName] = process.argv.slice(1);
const compilerOptions = { jsx: 'preserve', allowJs: true };
const text = readFileSync(fileName, 'utf8');
const { diagnostics } = transpileModule(text, { fileName, reportDiagnostics: true, compilerOptions });
process.exitCode = diagnostics.length;`;

export const parsers: readonly Parser[] = [
  {
    name: 'JavaScript and TypeScript',
    extensions: ['.js', '.cjs', '.mjs', '.jsx', '.ts', '.mts', '.cts', '.tsx'],
    run: ['node', '-e', parseTypeScript, 'PROGRAM'],
    check: ['node', '-e', "require('typescript')"],
    install: { npm: ['typescript@5'] },
  },
  {
    name: 'Python',
    extensions: ['.py'],
    run: ['/usr/bin/python3', '-W', 'ignore', '-c', parsePython, 'PROGRAM'],
    check: ['/usr/bin/python3', '--version'],
    install: { apt: ['python3'] },
  },
  {
    name: 'PHP',
    extensions: ['.php'],
    run: ['php', '-l', 'PROGRAM'],
    check: ['php', '--version'],
    install: { apt: ['php-cli'] },
  },
  {
    name: 'Ruby',
    extensions: ['.rb'],
    run: ['ruby', '-c', 'PROGRAM'],
    check: ['ruby', '--version'],
    install: { apt: ['ruby'] },
  },
  {
    name: 'Go',
    extensions: ['.go'],
    run: ['gofmt', '-e', 'PROGRAM'],
    check: ['gofmt', '--help'],
    install: { apt: ['golang-go'] },
  },
  {
    name: 'C#',
    extensions: ['.cs'],
    run: ['mcs', '--parse', 'PROGRAM'],
    check: ['mcs', '--version'],
    install: { apt: ['mono-mcs'] },
  },
  {
    name: 'Shell',
    extensions: ['.sh', '.bash'],
    run: ['bash', '-n', 'PROGRAM'],
    check: ['bash', '--version'],
    install: { apt: ['bash'] },
  },
];

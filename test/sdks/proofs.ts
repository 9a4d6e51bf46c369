/** What a row needs on this machine. */
export interface Needs {
  readonly name: string;
  /** Succeeds where everything is installed. */
  readonly check: readonly string[];
  readonly install: { readonly apt: readonly string[] } | { readonly npm: readonly string[] };
}

/** One SDK or tool, a program that uses it, and how to run that program. */
export interface Proof extends Needs {
  /** In `test/fixtures/sdks`; what the fixes are applied to. */
  readonly program: string;
  /** The command line; `PROGRAM` stands for the program's file, `DIR` for its folder. */
  readonly run: readonly string[];
}

/** Before and after the fix, the program has to fit the types of the SDK. */
const tscOptions = '--strict --skipLibCheck --target es2023 --module nodenext --types node';

export const proofs: readonly Proof[] = [
  {
    name: 'AWS SDK for JavaScript v2',
    program: 'javascript-v2.js',
    run: ['node', 'PROGRAM'],
    check: ['node', '-e', "require('aws-sdk')"],
    install: { npm: ['aws-sdk@2'] },
  },
  {
    name: 'AWS SDK for JavaScript v3',
    program: 'javascript-v3.mjs',
    run: ['node', 'PROGRAM'],
    check: ['node', '-e', "require('@aws-sdk/client-lambda')"],
    install: { npm: ['@aws-sdk/client-lambda@3'] },
  },
  {
    name: 'AWS SDK for JavaScript v3, require',
    program: 'javascript-v3-required.cjs',
    run: ['node', 'PROGRAM'],
    check: ['node', '-e', "require('@aws-sdk/client-lambda')"],
    install: { npm: ['@aws-sdk/client-lambda@3'] },
  },
  {
    name: 'AWS SDK for JavaScript v3, tsc',
    program: 'javascript-v3-typed.mts',
    run: ['sh', '-c', `npx tsc ${tscOptions} "$0" && node "\${0%.mts}.mjs"`, 'PROGRAM'],
    check: ['node', '-e', "['@aws-sdk/client-lambda', 'typescript'].map(require)"],
    install: { npm: ['@aws-sdk/client-lambda@3', 'typescript@5', '@types/node@20'] },
  },
  {
    name: 'AWS CLI (Debian)',
    program: 'cli.sh',
    run: ['bash', 'PROGRAM', '/usr/bin/aws'],
    check: ['/usr/bin/aws', '--version'],
    install: { apt: ['awscli'] },
  },
  {
    name: 'AWS CLI (first in the path)',
    program: 'cli.sh',
    run: ['bash', 'PROGRAM'],
    check: ['aws', '--version'],
    install: { apt: ['awscli'] },
  },
  {
    name: 'boto3',
    program: 'orders.py',
    run: ['/usr/bin/python3', 'PROGRAM'],
    check: ['/usr/bin/python3', '-c', 'import boto3'],
    install: { apt: ['python3-boto3'] },
  },
  {
    name: 'AWS SDK for Go v1',
    program: 'go-v1/main.go',
    run: ['go', 'run', 'PROGRAM'],
    check: ['ls', '/usr/share/gocode/src/github.com/aws/aws-sdk-go/service/lambda', '/usr/bin/go'],
    install: { apt: ['golang-go', 'golang-github-aws-aws-sdk-go-dev'] },
  },
  {
    name: 'AWS SDK for Go v2',
    program: 'go-v2/main.go',
    run: ['go', 'run', 'PROGRAM'],
    check: [
      'ls',
      '/usr/share/gocode/src/github.com/aws/aws-sdk-go-v2/service/lambda',
      '/usr/bin/go',
    ],
    install: { apt: ['golang-go', 'golang-github-aws-aws-sdk-go-v2-dev'] },
  },
];

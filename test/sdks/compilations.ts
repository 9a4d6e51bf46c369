import type { Needs } from './proofs';

/**
 * A program that is compiled, before its fixes and after them: against the SDK where Debian has it, else against stubs,
 * the declarations that its calls need of an SDK.
 */
export interface Compilation extends Needs {
  /** In `test/fixtures/sdks`; its folder is copied as a whole. */
  readonly program: string;
  /** Run one after the other in that folder; the last one compiles the program. */
  readonly commands: readonly (readonly string[])[];
}

const rustc = ['rustc', '--edition', '2021', '--out-dir', 'out'];
const rustStubs = [...rustc, '--crate-type', 'rlib', '--crate-name', 'aws_sdk_lambda', 'stubs.rs'];
const rustProgram = [
  ...rustc,
  '--crate-type',
  'lib',
  '--emit',
  'metadata',
  '-L',
  'out',
  '--extern',
  'aws_sdk_lambda',
];

/** gofmt and the compiler: unused imports are errors to it. */
const go = ['bash', '-c', 'test -z "$(gofmt -l orders.go)" && go build orders.go'];

export const compilations: readonly Compilation[] = [
  {
    name: 'AWS SDK for Go, names taken',
    program: 'go-names/orders.go',
    commands: [go],
    check: [
      'ls',
      '/usr/share/gocode/src/github.com/aws/aws-sdk-go/service/lambda',
      '/usr/share/gocode/src/github.com/aws/aws-sdk-go-v2/service/lambda',
      '/usr/bin/go',
    ],
    install: {
      apt: ['golang-go', 'golang-github-aws-aws-sdk-go-dev', 'golang-github-aws-aws-sdk-go-v2-dev'],
    },
  },
  {
    name: 'AWS SDK for Java v1',
    program: 'java-v1/Orders.java',
    commands: [['javac', '-d', 'out', '-sourcepath', 'stubs', 'Orders.java']],
    check: ['javac', '--version'],
    install: { apt: ['openjdk-17-jdk-headless'] },
  },
  {
    name: 'AWS SDK for .NET v3',
    program: 'dotnet/Orders.cs',
    commands: [['mcs', '-target:library', '-out:orders.dll', 'stubs.cs', 'Orders.cs']],
    check: ['mcs', '--version'],
    install: { apt: ['mono-mcs'] },
  },
  {
    name: 'AWS SDK for Rust',
    program: 'rust/orders.rs',
    commands: [rustStubs, [...rustProgram, 'orders.rs']],
    check: ['rustc', '--version'],
    install: { apt: ['rustc'] },
  },
  {
    name: 'AWS SDK for Rust, up to 0.24',
    program: 'rust/old.rs',
    commands: [
      [...rustStubs, '--cfg', 'old'],
      [...rustProgram, 'old.rs'],
    ],
    check: ['rustc', '--version'],
    install: { apt: ['rustc'] },
  },
];

/** About so many characters, of whole pieces. */
const upTo = (size: number, piece: (at: number) => string): string => {
  const pieces: string[] = [];
  for (let at = 0, length = 0; length < size; at++) {
    const next = piece(at);
    pieces.push(next);
    length += next.length;
  }
  return pieces.join('');
};

const kilobyte = 1024;
const large = 1024 * kilobyte;

/** A text that is nested, with a line end now and then: one line would be skipped for its length. */
const nested = (depth: number, open: string, inner: string, close: string): string => {
  const lines = (part: string) =>
    upTo(depth * part.length, (at) => (at % 100 === 99 ? `${part}\n` : part));
  return lines(open) + inner + lines(close);
};

const js = "const AWS = require('aws-sdk');\nconst lambda = new AWS.Lambda();\n";
const v3 = "import { InvokeAsyncCommand } from '@aws-sdk/client-lambda';\n";
const goHead =
  'package a\nimport "github.com/aws/aws-sdk-go/service/lambda"\nfunc f(c *lambda.Lambda) {\n';
const javaHead = 'import com.amazonaws.services.lambda.model.*;\nclass A {\n';
const csHead = 'using Amazon.Lambda;\nclass A {\n';
const rustHead = 'use aws_sdk_lambda::Client;\nfn f() {\n';
const rustCall = 'c.invoke_async().function_name("f").invoke_args(ByteStream::from(b)).send()';

/**
 * Texts that make a rule look at the same things again and again: many uses in one line, of one name or of one input,
 * deep nesting, long lists and lines without an end. By language, and what is many in them.
 */
export const slowTexts: readonly (readonly [languageId: string, what: string, text: string])[] = [
  ['javascript', 'calls', js + upTo(large, () => "lambda.invokeAsync({ InvokeArgs: '' });\n")],
  [
    'javascript',
    'calls in a line',
    js + upTo(large / 2, (at) => `lambda.invokeAsync({ InvokeArgs: a });${at % 1000 ? '' : '\n'}`),
  ],
  [
    'javascript',
    'calls of one input',
    `${js}const p = { FunctionName: 'f', InvokeArgs: '' };\n${upTo(large / 4, () => 'lambda.invokeAsync(p);\n')}`,
  ],
  [
    'javascript',
    'functions with a variable of one name',
    js +
      upTo(
        large,
        () =>
          "function f() { const p = { InvokeArgs: '' }; const r = lambda.invokeAsync(p); r.Status }\n",
      ),
  ],
  ['javascript', 'nested calls', js + nested(20_000, 'lambda.invokeAsync(', '{}', ')')],
  ['javascript', 'brackets', js + nested(100_000, '(', 'lambda.invokeAsync({})', ')')],
  [
    'javascript',
    'open brackets',
    `${js}lambda.invokeAsync(${upTo(large, (at) => (at % 99 ? '[{(' : '\n'))}`,
  ],
  ['javascript', 'a chain', `${js}lambda${upTo(large / 8, () => '.invokeAsync({})\n')}`],
  [
    'javascript',
    'properties that nobody sets',
    upTo(large, () => "a.b.invokeAsync({ FunctionName: 'AWS' });\n"),
  ],
  [
    'javascript',
    'variables that make one another',
    `${js}let a = f(${'a, '.repeat(200)}a);\n${upTo(large / 8, () => 'a.invokeAsync({});\n')}`,
  ],
  [
    'javascript',
    'results that are sent on',
    `${v3}let r = new InvokeAsyncCommand({ InvokeArgs: a });\n${upTo(large / 8, () => 'r = c.send(r);\n')}`,
  ],
  [
    'javascript',
    'slashes',
    `AWS.invokeAsync();\n${upTo(large, (at) => (at % 9000 ? '=/[' : '\n'))}`,
  ],
  [
    'javascript',
    'custom resources',
    upTo(
      large,
      () => "x({ service: 'Lambda', action: 'invokeAsync', parameters: { InvokeArgs: 1 } });\n",
    ),
  ],
  [
    'javascript',
    'entries',
    `${js}lambda.invokeAsync({\n${upTo(large, (at) => `k${at}: 1,\n`)}InvokeArgs: '' });`,
  ],
  [
    'typescript',
    'commands',
    v3 + upTo(large, () => 'await c.send(new InvokeAsyncCommand({ InvokeArgs: a }));\n'),
  ],
  [
    'typescript',
    'types',
    v3.replace('}', ', InvokeAsyncRequest }') +
      upTo(large, () => 'let a: InvokeAsyncRequest = new InvokeAsyncCommand({ InvokeArgs: a });\n'),
  ],
  [
    'typescript',
    'raw paths',
    `const a = \`${upTo(large, (at) => `/2014-11-13/functions/${at % 1000 ? '' : '\n'}`)}invoke-async\`;`,
  ],
  [
    'python',
    'calls',
    `import boto3\nc = boto3.client('lambda')\n${upTo(large, () => "c.invoke_async(FunctionName='f', InvokeArgs=b)\n")}`,
  ],
  [
    'python',
    'clients',
    `import boto3\n${upTo(large, () => "c = boto3.client('lambda')\nr = c.invoke_async(InvokeArgs=b)\nr['Status']\n")}`,
  ],
  [
    'python',
    'dictionaries',
    `import boto3\nc = boto3.client('lambda')\n${upTo(large, () => "def f():\n  p = {'InvokeArgs': b}\n  c.invoke_async(**p)\n")}`,
  ],
  [
    'python',
    'users of a dictionary',
    `import boto3\np = {'InvokeArgs': b}\n${upTo(large / 4, () => 'c.invoke_async(**p)\n')}`,
  ],
  [
    'python',
    'results that are returned',
    `import boto3\nc = boto3.client('lambda')\n${upTo(large / 4, (at) => `def f${at}():\n  return c.invoke_async(InvokeArgs=b)\nf${at}()['Status']\n`)}`,
  ],
  [
    'python',
    'functions of one name',
    `import boto3\nc = boto3.client('lambda')\n${upTo(large / 4, () => "def f(c):\n  return c.invoke_async(InvokeArgs=b)\nf(c)['Status']\n")}`,
  ],
  [
    'python',
    'clients that make one another',
    `import boto3\n${upTo(large / 4, (at) => `c${at + 1} = g(c${at}, c${at + 2})\nc${at}.invoke_async(InvokeArgs=b)\n`)}`,
  ],
  [
    'python',
    'aligned lines',
    `import boto3\nc = boto3.client('lambda')\nc.invoke_async(InvokeArgs=b,\n${upTo(large / 4, () => '               InvokeArgs=b,\n')})`,
  ],
  [
    'python',
    'stubs',
    `import boto3\n${upTo(large / 4, () => "s.add_response('invoke_async', {'Status': 1}, {'InvokeArgs': 1})\nc.invoke_async(FunctionName=1, InvokeArgs=b)\n")}`,
  ],
  ['python', 'names', `import boto3\n${upTo(large / 4, () => "getattr(c, 'invoke_async')\n")}`],
  ['python', 'nested calls', `import boto3\n${nested(20_000, 'c.invoke_async(', '', ')')}`],
  [
    'python',
    'assignments',
    `import boto3\nr = c.invoke_async(InvokeArgs=b, FunctionName=b)\n${upTo(large / 4, () => 'r = r\n')}`,
  ],
  [
    'go',
    'calls',
    goHead +
      upTo(
        large,
        () =>
          'out, err := c.InvokeAsync(&lambda.InvokeAsyncInput{InvokeArgs: bytes.NewReader(b)})\nout.Status\n',
      ),
  ],
  [
    'go',
    'inputs',
    goHead +
      upTo(
        large,
        () => '{ in := &lambda.InvokeAsyncInput{}\nin.InvokeArgs = a\nc.InvokeAsync(in) }\n',
      ),
  ],
  [
    'go',
    'functions',
    goHead +
      upTo(
        large,
        () =>
          '}\nfunc g(c *lambda.Lambda) {\nin := &lambda.InvokeAsyncInput{}\nc.InvokeAsync(in)\n',
      ),
  ],
  [
    'go',
    'functions that call each other',
    goHead +
      upTo(
        large / 2,
        (at) =>
          `}\nfunc f${at}() *lambda.Lambda { return f${at + 1}() }\nfunc g${at}() { f${at}().InvokeAsync(in)\n`,
      ),
  ],
  [
    'go',
    'imports',
    `package a\nimport (\n${upTo(large / 4, (at) => `\t"a${at}/bytes"\n`)}"github.com/aws/aws-sdk-go/service/lambda"\n)\nfunc f(c *lambda.Lambda) { c.InvokeAsync(&lambda.InvokeAsyncInput{InvokeArgs: bytes.NewReader(b)}) }\n`,
  ],
  ['go', 'nested calls', goHead + nested(20_000, 'c.InvokeAsync(', '', ')')],
  [
    'java',
    'calls',
    `${javaHead}void f() {${upTo(large, () => 'c.invokeAsync(new InvokeAsyncRequest().withInvokeArgs("x"));\n')}}}`,
  ],
  [
    'java',
    'methods',
    javaHead +
      upTo(
        large,
        () =>
          'void f() { InvokeAsyncRequest r = new InvokeAsyncRequest(); r.setInvokeArgs("x"); InvokeAsyncResult s = c.invokeAsync(r); s.getStatus(); }\n',
      ),
  ],
  [
    'java',
    'a sum',
    `${javaHead}void f() { c.invokeAsync(new InvokeAsyncRequest().withInvokeArgs(${upTo(large / 4, () => 'a +\n')}b)); }}`,
  ],
  [
    'java',
    'variables that make each other',
    `${javaHead}void f() { var a = b; var b = a; c.invokeAsync(new InvokeAsyncRequest().withInvokeArgs(a)); }}`,
  ],
  [
    'java',
    'anonymous classes',
    javaHead + nested(3000, 'void f() { c.invokeAsync(new InvokeAsyncRequest() {', '', '}); }'),
  ],
  [
    'java',
    'responses that are passed around',
    `${javaHead}void f(AWSLambda c) { var r0 = c.invokeAsync(new InvokeAsyncRequest().withInvokeArgs("x"));\n${upTo(large / 4, (at) => `var r${at + 1} = r${at};\n`)}}}`,
  ],
  [
    'csharp',
    'calls',
    `${csHead}void F() {${upTo(large, () => 'var r = await c.InvokeAsync(new InvokeAsyncRequest { InvokeArgs = "x" }); r?.Status;\n')}}}`,
  ],
  [
    'csharp',
    'methods',
    csHead +
      upTo(
        large,
        () =>
          'void F() { var q = new InvokeAsyncRequest(); q.InvokeArgs = ""; var r = c.InvokeAsync(q); r.Status; }\n',
      ),
  ],
  [
    'csharp',
    'a long word',
    `${csHead}void F() { var InvokeAsyncRequest = c.InvokeAsyncAsync(new InvokeAsyncRequest { InvokeArgs = "" });\n${upTo(large, () => `${'a'.repeat(40_000)}?.Status;\n`)}}}`,
  ],
  [
    'php',
    'calls',
    `<?php use Aws\\Lambda;\n${upTo(large, () => "$r = $c->invokeAsyncAsync(['InvokeArgs' => $a]);\n$r['Status'];\n")}`,
  ],
  [
    'php',
    'lost payloads',
    `<?php\n${upTo(large, () => "$c->invokeAsync(['FunctionName' => 'f', 'InvokeArgs' => $a]);\n")}`,
  ],
  [
    'php',
    'arrays',
    `<?php use Aws\\Lambda;\n${upTo(large, () => "function f() { $p = ['InvokeArgs' => $a]; $c->invokeAsyncAsync($p); }\n")}`,
  ],
  [
    'php',
    'fields',
    `<?php use Aws\\Lambda\\LambdaClient;\n${upTo(large / 4, () => "class A { function f() { $this->r = $this->c->invokeAsyncAsync(['InvokeArgs' => 1]); return $this->r['Status']; } }\n")}`,
  ],
  [
    'php',
    'commands',
    `<?php use Aws\\Lambda;\n${upTo(large, () => "$c->execute($c->getCommand('InvokeAsync', ['InvokeArgs' => $a]));\n")}`,
  ],
  [
    'ruby',
    'calls',
    `c = Aws::Lambda::Client.new\n${upTo(large, () => "r = c.invoke_async(invoke_args: 'a')\nr.status\n")}`,
  ],
  [
    'ruby',
    'methods',
    upTo(
      large / 4,
      () => 'def f\n@c = Aws::Lambda::Client.new\n@c.invoke_async(invoke_args: 1)\nend\nf.status\n',
    ),
  ],
  [
    'ruby',
    'nested conditions',
    `c = Aws::Lambda::Client.new\nr = ${nested(2000, '(a ? ', 'c.invoke_async(invoke_args: 1)', ' : nil)')}\nr.status`,
  ],
  [
    'ruby',
    'symbols',
    `c = Aws::Lambda::Client.new\n${upTo(large / 4, () => 'c.public_send(:invoke_async)\n')}`,
  ],
  ['ruby', 'receivers', `Aws::Lambda\n${upTo(large, (at) => `c${at}.invoke_async(a)\n`)}`],
  ['ruby', 'a chain', `Aws::Lambda\nc${upTo(large / 8, () => '.invoke_async(a)\n')}`],
  ['rust', 'calls', rustHead + upTo(large, () => `let r = ${rustCall}; r.status();\n`) + '}'],
  ['rust', 'a chain', `${rustHead}c${upTo(large / 8, () => '.invoke_async()\n')}.invoke_args(b) }`],
  [
    'rust',
    'uses',
    upTo(large / 4, (at) => `use aws_sdk_lambda::{a${at}::{ByteStream}};\n`) +
      rustHead +
      upTo(large / 16, () => `${rustCall};\n`) +
      '}',
  ],
  [
    'rust',
    'macros',
    `${rustHead}${nested(10_000, 'join!(c.invoke_async().invoke_args(', 'b', '))')};}`,
  ],
  [
    'rust',
    'raw strings',
    `aws_sdk_lambda InvokeAsync lambda:InvokeAsync ${upTo(large, () => 'r#####"\n')}`,
  ],
  [
    'shellscript',
    'commands',
    upTo(large, () => 'aws lambda invoke-async --function-name f --invoke-args a\n'),
  ],
  [
    'shellscript',
    'words of a command',
    `aws lambda invoke-async ${upTo(large / 4, () => 'invoke-async \\\n')}`,
  ],
  [
    'shellscript',
    'a pipeline',
    upTo(large / 8, () => 'aws lambda invoke-async --invoke-args a |\n'),
  ],
  [
    'powershell',
    'commands',
    upTo(large / 2, () => 'Invoke-LMFunctionAsync -FunctionName f -InvokeArgs a\n'),
  ],
  [
    'powershell',
    'splatted calls',
    upTo(large / 4, (at) => `$p${at} = @{ InvokeArg = 1 }\nInvoke-LMFunctionAsync @p${at}\n`),
  ],
  ['powershell', 'brackets', nested(10_000, '(', 'Invoke-LMFunctionAsync f a', ')')],
  [
    'kotlin',
    'calls',
    `import aws.sdk.kotlin.services.lambda.model.InvokeAsyncRequest\n${upTo(large, () => 'val r = c.invokeAsync(InvokeAsyncRequest { functionName = "f"; invokeArgs = ByteStream.fromString(a) })\nr.status\n')}`,
  ],
  [
    'kotlin',
    'nested calls',
    `import aws.sdk.kotlin.services.lambda\n${nested(20_000, 'c.invokeAsync(InvokeAsyncRequest { functionName = "f"; invokeArgs = ', 'b', '})')}`,
  ],
  [
    'kotlin',
    'requests in variables',
    `import aws.sdk.kotlin.services.lambda.LambdaClient\n${upTo(large, () => 'fun f(c: LambdaClient) { val r = InvokeAsyncRequest { }\nc.invokeAsync(r) }\n')}`,
  ],
  [
    'swift',
    'requests in variables',
    `import AWSLambda\n${upTo(large, () => 'func f(c: LambdaClient) { let r = InvokeAsyncInput()\nc.invokeAsync(input: r) }\n')}`,
  ],
  ['swift', 'nested calls', nested(20_000, 'c.invokeAsync(input: InvokeAsyncInput(', '', '))')],
  ['swift', 'calls', upTo(large, () => 'c.invokeAsync(functionName: a, invokeArgs: b)\n')],
  [
    'perl',
    'calls',
    `use Paws;\n${upTo(large, () => "my $r = $c->InvokeAsync(FunctionName => 'f', InvokeArgs => $a);\n$r->Status;\n")}`,
  ],
  [
    'perl',
    'results that are passed on',
    `use Paws;\n${upTo(large, () => 'my $r = $c->InvokeAsync(InvokeArgs => $a); f($r);\nStatus;\n')}`,
  ],
  ['perl', 'a chain', `use Paws;\n$c${upTo(large / 4, () => '->InvokeAsync()\n')}`],
  [
    'perl',
    'nested calls',
    `use Paws;\n${nested(20_000, '$c->InvokeAsync(InvokeArgs => ', '1', ')')}`,
  ],
  [
    'elixir',
    'words without a call',
    `${upTo(large, () => 'ExAws ')
      .match(/.{1,40000}/g)
      ?.join('\n')}\ninvoke_asyncs`,
  ],
  ['elixir', 'a chain', `ExAws${upTo(large / 4, () => '.invoke_async\n')}`],
  ['elixir', 'aliases', upTo(large, () => 'alias ExAws.{Lambda, S3}\nimport ExAws.Lambda\n')],
  ['elixir', 'calls', upTo(large, () => 'Lambda.invoke_async(a, b)\nExAws\n')],
  ['json', 'actions', `{"Action": [\n${upTo(large, () => '"lambda:InvokeAsync",\n')}"x"]}`],
  [
    'json',
    'statements',
    `[\n${upTo(large, () => '{"Effect": "Allow", "Action": ["lambda:InvokeAsync", "s3:*"]},\n')}]`,
  ],
  ['json', 'brackets', nested(200_000, '[', '"lambda:InvokeAsync"', ']')],
  [
    'json',
    'escapes',
    `"lambda:InvokeAsync${upTo(2 * large, (at) => (at % 10_000 ? '\\n' : '\n"'))}`,
  ],
  [
    'json',
    'effects',
    `{"Effect": "Allow",\n${upTo(large, () => '"Action": "lambda:InvokeAsync", "effect": "x",\n')}}`,
  ],
  [
    'terraform',
    'actions',
    `statement { actions = [\n${upTo(large, () => '"lambda:InvokeAsync",\n')}] }`,
  ],
  ['yaml', 'actions', `Action:\n${upTo(large, () => '- lambda:InvokeAsync\n')}`],
  ['yaml', 'statements', upTo(large, () => '- Effect: Allow\n  Action:\n  - lambda:InvokeAsync\n')],
  ['yaml', 'keys', upTo(large, () => 'Action: lambda:InvokeAsync\n')],
  [
    'yaml',
    'actions of a flow list',
    `Action: [${upTo(45_000, () => 'lambda:InvokeAsync, ')}]\n`.repeat(10),
  ],
  ['yaml', 'commands without a call', `invoke-async\n${upTo(large, () => '- aws aws aws \\\n')}`],
  [
    'makefile',
    'continuation lines',
    upTo(large, () => '\taws lambda invoke-async --invoke-args a \\\n'),
  ],
  ['makefile', 'commands without a call', `invoke-async\n${upTo(large, () => 'aws \\\n')}`],
  ['dockerfile', 'quotes', upTo(large, () => "RUN aws lambda invoke-async ' \\\n")],
  ['yaml', 'mappings', upTo(large, () => 'a:\n  Action: lambda:InvokeAsync\n  Effect: Allow\n')],
  ['java', 'chains of actions', `${upTo(large, () => '.actions("lambda:InvokeAsync")\n')};`],
  [
    'javascript',
    'policies in strings',
    upTo(large, () => 'a(\'{"Effect":"Allow","Action":["lambda:InvokeAsync"]}\');\n'),
  ],
  [
    'javascript',
    'escapes in a policy',
    `a("${upTo(40_000, () => '\\"lambda:InvokeAsync\\",')}");\n`.repeat(20),
  ],
  [
    'javascript',
    'commands',
    upTo(large, () => "a('aws lambda invoke-async --function-name f');\n"),
  ],
  [
    'javascript',
    'lists',
    upTo(large, () => "a('aws', 'lambda', 'invoke-async', '--function-name');\n"),
  ],
  [
    'makefile',
    'programs',
    upTo(large, () => '\taws lambda lambda invoke-async --aws ssh ssh ssh\n'),
  ],
  [
    'shellscript',
    'URLs',
    upTo(large, () => 'a https://a/2014-11-13/functions/f/invoke-async/ b\n'),
  ],
  [
    'python',
    'definitions',
    upTo(large, () => "def a(b): c('/2014-11-13/functions/f/invoke-async')\n"),
  ],
  [
    'scala',
    'requests',
    `AWSLambda\n${upTo(large, () => 'c.invokeAsync(new InvokeAsyncRequest())\n')}`,
  ],
  ['clojure', 'calls', upTo(large, () => '(invoke-async :function-name "f" :invoke-args "")\n')],
  ['coffeescript', 'calls', upTo(large, () => 'a.invokeAsync FunctionName: f, InvokeArgs: b\n')],
  ['markdown', 'blocks', upTo(large / 4, () => '```json\n"Action": "lambda:InvokeAsync"\n```\n')],
  ['markdown', 'open fences', upTo(large, (at) => `${'`'.repeat(3 + (at % 90))}invokeAsync\n`)],
  [
    'markdown',
    'fences in each other',
    upTo(large, (at) => `${'`'.repeat(99 - (at % 90))}md\ninvokeAsync\n`),
  ],
  ['markdown', 'prefixes', upTo(large, () => `${'> - '.repeat(9000)}invokeAsync\n`)],
  ['html', 'scripts', upTo(large, () => '<script>a.invokeAsync({ InvokeArgs: 1 })</script>\n')],
  ['html', 'open tags', upTo(large, () => '<script invokeAsync\n')],
  ['vue', 'scripts without an end', upTo(large, () => '<script>invokeAsync\n')],
  [
    'json',
    'cells',
    `{"nbformat": 4, "cells": [\n${upTo(large, () => '{"cell_type": "code", "source": ["invoke_async\\n"]},\n')}]}`,
  ],
  [
    'json',
    'escapes in a notebook',
    `{"nbformat": 4, "cells": [\n${upTo(large, () => '{"cell_type": "code", "source": ["invoke_async(\\"\\\\\\u0061\\")\\n"]},\n')}]}`,
  ],
  [
    'json',
    'languages of a notebook',
    `{"nbformat": 4, "cells": [\n${upTo(large, () => '"language_info": {"invoke_async": [\n')}`,
  ],
];

import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/core/edits';
import { TimeLimit } from '../../../src/core/timeLimit';
import { languageOfId } from '../../../src/migration/languages';
import { fixAll } from '../../../src/migration/rewrite';
import { SyntaxTrees } from '../../../src/migration/syntaxTrees';
import { randomOf } from '../../support/random';
import { createFinder, grammarLoader } from './finder';

/**
 * Programs are put together from the parts of a language, from a fixed seed: heads bring the names, statements use them,
 * and wrappers put statements into functions, classes and branches (`§` is where they go). To add a language, add a row.
 */
interface Parts {
  readonly heads: readonly string[];
  readonly statements: readonly string[];
  readonly wrappers: readonly string[];
  /** What a whole program needs around it. */
  readonly program?: string;
}

const javascript: Parts = {
  heads: [
    "const { LambdaClient, InvokeAsyncCommand } = require('@aws-sdk/client-lambda');",
    "const { LambdaClient, InvokeAsyncCommand: Later } = require('@aws-sdk/client-lambda');",
    "import { Lambda, InvokeAsyncCommand } from '@aws-sdk/client-lambda';",
    "import { InvokeAsyncCommand as Later, InvokeCommand } from '@aws-sdk/client-lambda';",
    "const sdk = require('@aws-sdk/client-lambda'); const Kept = sdk.InvokeAsyncCommand;",
    "const AWS = require('aws-sdk'); const lambda = new AWS.Lambda();",
    'class InvokeCommand {}',
  ],
  statements: [
    "client.send(new InvokeAsyncCommand({ FunctionName: 'f', InvokeArgs: '{}' }));",
    "client.send(new Later({ FunctionName: 'f', InvokeArgs }), (error, data) => data.Status);",
    "client.send(new Kept({ InvokeArgs: body, FunctionName: 'f', }));",
    "const { InvokeAsyncCommand } = await import('@aws-sdk/client-lambda');",
    "lambda.invokeAsync({ FunctionName: 'f', InvokeArgs: '{}' }, (error, data) => log(data['Status']));",
    "const params = { FunctionName: 'f' }; params.InvokeArgs = body; lambda.invokeAsync(params, done);",
    "const r = await lambda.invokeAsync({ FunctionName: 'f', InvokeArgs: '{}' }).promise(); use(r.Status);",
    'const { Status } = r;',
    'use(InvokeAsyncCommand, lambda.invokeAsync);',
    "client.send(new InvokeCommand({ FunctionName: 'f', InvokeArgs: '{}' }));",
    "lambda = new Other(); lambda.invokeAsync({ method: 'x' });",
  ],
  wrappers: [
    'async function one(lambda) {\n§}',
    'const two = async (InvokeCommand) => {\n§};',
    'class Three { lambda = new AWS.Lambda(); async run(body) {\n§} }',
    'if (lambda) {\n§}',
    'for (const lambda of clients) {\n§}',
    'try {\n§} catch (error) {}',
  ],
};

const typescript: Parts = {
  heads: [
    ...javascript.heads,
    "import type { InvokeAsyncCommandInput as Input } from '@aws-sdk/client-lambda';",
    "import { Lambda as Client } from 'aws-sdk'; const typed: Client = make();",
  ],
  statements: [
    ...javascript.statements,
    "const input: Input = { FunctionName: 'f', InvokeArgs: '{}' }; client.send(new InvokeAsyncCommand(input));",
    "const plain = { FunctionName: 'f', InvokeArgs: '{}' }; client.send(new InvokeAsyncCommand(plain));",
    "typed.invokeAsync({ FunctionName: 'f', InvokeArgs: '{}' } as Client.InvokeAsyncRequest);",
  ],
  wrappers: [
    ...javascript.wrappers,
    'class Four { constructor(private client: Client) {} async run(typed: Rpc) {\n§} }',
  ],
};

const parts: Readonly<Record<string, Parts>> = {
  javascript,
  typescript,
  typescriptreact: {
    ...typescript,
    statements: [
      ...typescript.statements,
      "view(<Send onClick={() => client.send(new InvokeAsyncCommand({ FunctionName: 'f', InvokeArgs: '{}' }))} />);",
      "view(<p>{lambda.invokeAsync({ FunctionName: 'f', InvokeArgs: '{}' }, done)} Status</p>);",
    ],
  },
  python: {
    heads: [
      'import boto3',
      "client = boto3.client('lambda')",
      "lambda_client = boto3.client('lambda')",
    ],
    statements: [
      "client.invoke_async(FunctionName='f', InvokeArgs='{}')",
      "r = client.invoke_async(FunctionName='f', InvokeArgs=body)\nprint(r['Status'])",
      "params = {'FunctionName': 'f', 'InvokeArgs': body}\nlambda_client.invoke_async(**params)",
      'client = Rpc()',
      "client.invoke_async('x')",
      "return client.invoke_async(\n    FunctionName='f',\n    InvokeArgs=body,\n)['Status']",
    ],
    wrappers: [
      'def one(client):\n§',
      'class Two:\n    def run(self):\n§',
      'if client:\n§',
      'for client in body:\n§',
    ],
  },
  ruby: {
    heads: ["require 'aws-sdk-lambda'", 'client = Aws::Lambda::Client.new'],
    statements: [
      "client.invoke_async(function_name: 'f', invoke_args: '{}')",
      "r = client.invoke_async({ function_name: 'f', invoke_args: body })\nputs r.status",
      "@client = Aws::Lambda::Client.new\n@client.invoke_async(function_name: 'f', invoke_args:)",
      'client = Rpc.new\nclient.invoke_async(1)',
    ],
    wrappers: [
      'def one(client)\n§end',
      'class Two\ndef run\n§end\nend',
      'if client\n§end',
      'list.each do |client|\n§end',
    ],
  },
  php: {
    program: '<?php\n§',
    heads: ['use Aws\\Lambda\\LambdaClient;', '$client = new LambdaClient([]);'],
    statements: [
      "$client->invokeAsync(['FunctionName' => 'f', 'InvokeArgs' => '{}']);",
      "$r = $client->invokeAsyncAsync(['FunctionName' => 'f', 'InvokeArgs' => $body])->wait(); echo $r['Status'];",
      "$client->execute($client->getCommand('InvokeAsync', ['FunctionName' => 'f', 'InvokeArgs' => '{}']));",
      '$client = new Rpc(); $client->invokeAsync(1);',
    ],
    wrappers: [
      'function one($client) {\n§}',
      'class Two { function run() {\n§} }',
      'if ($client) {\n§}',
      'foreach ($list as $client) {\n§}',
    ],
  },
  go: {
    program:
      'package p\n\nimport (\n\t"bytes"\n\n\t"github.com/aws/aws-sdk-go/aws"\n\t"github.com/aws/aws-sdk-go/service/lambda"\n)\n\n§',
    heads: ['var svc *lambda.Lambda', 'type types int'],
    statements: [
      'svc.InvokeAsync(&lambda.InvokeAsyncInput{FunctionName: aws.String("f"), InvokeArgs: bytes.NewReader(body)})',
      'out, _ := svc.InvokeAsync(&lambda.InvokeAsyncInput{\n\tFunctionName: aws.String("f"),\n\tInvokeArgs: bytes.NewReader(body),\n})\nuse(out.Status)',
      'in := &lambda.InvokeAsyncInput{FunctionName: name}\nin.InvokeArgs = bytes.NewReader(body)\nsvc.InvokeAsync(in)',
      'svc := other()\nsvc.InvokeAsync(1)',
    ],
    wrappers: ['func one(svc *lambda.Lambda) {\n§}', 'func (t *T) two(types int) {\n§}'],
  },
  java: {
    program:
      'import com.amazonaws.services.lambda.AWSLambda;\nimport com.amazonaws.services.lambda.model.*;\nclass Program {\n§}',
    heads: ['AWSLambda client = make();', 'enum InvocationType { MINE }'],
    statements: [
      'client.invokeAsync(new InvokeAsyncRequest().withFunctionName("f").withInvokeArgs("{}"));',
      'InvokeAsyncRequest request = new InvokeAsyncRequest();\nrequest.setInvokeArgs("{}");\nclient.invokeAsync(request).getStatus();',
      'client.invokeAsync(new InvokeRequest());',
      'Rpc client = rpc();\nclient.invokeAsync(1);',
    ],
    wrappers: [
      'void one(AWSLambda client) {\n§}',
      'int two() {\n§return 1;\n}',
      'static class Three { void run() {\n§} }',
    ],
  },
  csharp: {
    program: 'using Amazon.Lambda;\nusing Amazon.Lambda.Model;\nclass Program {\n§}',
    heads: ['IAmazonLambda client = Make();', 'enum InvocationType { Mine }'],
    statements: [
      'await client.InvokeAsyncAsync(new InvokeAsyncRequest { FunctionName = "f", InvokeArgs = "{}" });',
      'var request = new InvokeAsyncRequest();\nrequest.InvokeArgs = "{}";\nvar r = await client.InvokeAsyncAsync(request);\nUse(r.Status);',
      'await client.InvokeAsync(new InvokeRequest());',
      'var client = Rpc();\nclient.InvokeAsync(1);',
    ],
    wrappers: [
      'async Task One(IAmazonLambda client) {\n§}',
      'class Two { async Task Run() {\n§} }',
    ],
  },
  rust: {
    program: 'use aws_sdk_lambda::primitives::ByteStream;\nuse aws_sdk_lambda::Client;\n\n§',
    heads: ['enum InvocationType { Mine }', 'static NAME: &str = "f";'],
    statements: [
      'client.invoke_async().function_name("f").invoke_args(ByteStream::from(body)).send().await?;',
      'let r = client.invoke_async().function_name(NAME).invoke_args(ByteStream::from_static(b"{}")).send().await?;\nprintln!("{}", r.status());',
      'client.invoke_async(1);',
    ],
    wrappers: ['async fn one(client: &Client) {\n§}', 'impl Two { async fn run(&self) {\n§} }'],
  },
  shellscript: {
    heads: ['#!/bin/bash', 'AWS="aws --profile dev"', 'shopt -s expand_aliases'],
    statements: [
      'aws lambda invoke-async --function-name f --invoke-args event.json',
      'aws lambda invoke-async \\\n  --function-name "$1" \\\n  --invoke-args "$file" --region us-east-1 &',
      '$AWS lambda invoke-async --function-name f --invoke-args event.json',
      'status=$(aws lambda invoke-async --function-name f --invoke-args event.json --query Status)',
      'aws lambda invoke-async --invoke-args event.json --function-name f | jq .Status',
      'cat <<END\naws lambda invoke-async --function-name f --invoke-args event.json\nEND',
      'echo "aws lambda invoke-async"',
    ],
    wrappers: [
      'one() {\n§}',
      'if [ -n "$AWS" ]; then\n§fi',
      'for file in *.json; do\n§done',
      'case "$1" in f)\n§;; esac',
      '(\n§)',
    ],
  },
  powershell: {
    heads: ['Import-Module AWS.Tools.Lambda', '$body = "{}"'],
    statements: [
      "Invoke-LMFunctionAsync -FunctionName f -InvokeArgs '{}'",
      '$status = Invoke-LMFunctionAsync -FunctionName f -InvokeArgs $body -Region us-east-1',
      "Invoke-LMFunctionAsync `\n    -FunctionName f `\n    -InvokeArgs '{}' | Out-Null",
      '$call = @{ FunctionName = "f"; InvokeArgs = $body }\nInvoke-LMFunctionAsync @call',
      'aws lambda invoke-async --function-name f --invoke-args event.json',
      "Write-Host 'Invoke-LMFunctionAsync'",
    ],
    wrappers: [
      'function One($body) {\n§}',
      'if ($body) {\n§}',
      'foreach ($body in $list) {\n§}',
      '1..3 | ForEach-Object {\n§}',
      'try {\n§} catch {}',
    ],
  },
};

const programs = 30;
const trees = new SyntaxTrees(grammarLoader);
const finder = createFinder();

describe('generated programs', () => {
  for (const [languageId, rows] of Object.entries(parts)) {
    it(`${languageId}: a rewrite parses, keeps all around it, and leaves nothing to rewrite`, async function () {
      this.timeout(180_000);
      const random = randomOf(19);
      let fixed = 0;
      for (let round = 0; round < programs; round++) {
        const text = programOf(rows, random);
        const { problems, skipped } = await find(languageId, text);
        assert.equal(skipped, undefined, text);
        const edits = fixAll(problems);
        const after = applyEdits(text, edits);
        if (edits.length > 0) fixed++;
        assert.ok(
          (await errors(languageId, after)) <= (await errors(languageId, text)),
          `${text}\n→\n${after}`,
        );
        for (const [at, { range, newText }] of edits.entries()) {
          assert.notEqual(text.slice(range.start, range.end), newText, text);
          assert.ok((edits[at - 1]?.range.end ?? 0) <= range.start, text);
        }
        const again = await find(languageId, after);
        assert.deepEqual(fixAll(again.problems), [], `${text}\n→\n${after}`);
      }
      assert.ok(fixed > 0, 'no program has a fix');
    });
  }
});

const find = async (languageId: string, text: string) =>
  finder.find({ uri: `${languageId}:${text}`, version: 1, languageId, text }, { deadline: 60_000 });

/** How many nodes are no code of the language. */
async function errors(languageId: string, text: string): Promise<number> {
  const grammar = languageOfId(languageId)?.grammar;
  assert.ok(grammar);
  const request = { uri: `${languageId}:${text}`, text, grammar, limit: new TimeLimit(60_000) };
  return trees.read(request, (root) => root.descendantsOfType('ERROR').length);
}

function programOf(
  { heads, statements, wrappers, program = '§' }: Parts,
  random: () => number,
): string {
  const some = (list: readonly string[], most: number) =>
    Array.from(
      { length: 1 + Math.floor(random() * most) },
      () => list[Math.floor(random() * list.length)] ?? '',
    );
  const wrap = (wrapper: string) => {
    const indent = /\n( *)[^\n]*\n§/.exec(wrapper)?.[1] ?? '';
    const inner = some(statements, 3).join('\n').replaceAll(/^/gm, `${indent}    `);
    return wrapper.replace('§', () => `${inner}\n`);
  };
  const lines = [...some(heads, heads.length), ...some(wrappers, 3).map(wrap)];
  return program.replace('§', () => `${lines.join('\n')}\n`);
}

import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { projectFunctions } from '../../../src/core/projectFunctions/projectFunctions';

describe('the functions that a project’s files name', () => {
  const cases: Record<string, { path: string; text: string; names: string[] }> = {
    'a template of SAM': {
      path: 'template.yaml',
      text: `
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Parameters:
          Name: { Type: String, Default: orders }
        Resources:
          Orders:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: orders # of the shop
              Environment: { Variables: { TABLE: !Ref Table, QUEUE: !GetAtt Queue.Arn } }
          Billing:
            Type: AWS::Lambda::Function
            Properties: { FunctionName: "billing", Code: !Sub "s3://\${Bucket}/a" }
          Named:
            Type: AWS::Serverless::Function
            Properties: { FunctionName: !Ref Name }
          Prefixed:
            Type: AWS::Serverless::Function
            Properties: { FunctionName: !Sub "\${AWS::StackName}-prefixed" }
          Joined:
            Type: AWS::Serverless::Function
            Properties: { FunctionName: !Join ['-', [a, b]] }
          Unnamed: { Type: AWS::Serverless::Function, Properties: { Handler: a.b } }
          Version: { Type: AWS::Lambda::Version, Properties: { FunctionName: orders-v } }
          Table: { Type: AWS::DynamoDB::Table }`,
      names: ['orders', 'billing'],
    },
    'a template that CDK has written': {
      path: 'cdk.out/Shop.template.json',
      text: JSON.stringify({
        Resources: {
          Orders1A2B: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'orders' } },
          Log: {
            Type: 'AWS::Lambda::Function',
            Properties: { FunctionName: { 'Fn::Sub': '${AWS::StackName}-log' } },
          },
        },
      }),
      names: ['orders'],
    },
    'another template': {
      path: 'template.yaml',
      text: 'Resources:\n  A: { Type: AWS::S3::Bucket, Properties: { FunctionName: a } }',
      names: [],
    },
    'serverless.yml': {
      path: 'services/shop/serverless.yml',
      text: `
        service: shop
        provider: { name: aws, stage: "\${opt:stage, 'test'}" }
        functions:
          hello: { handler: a.b }
          own: { handler: a.b, name: "\${self:service}-\${sls:stage}-mine" }
          ssm: { handler: a.b, name: "\${ssm:/name}" }`,
      names: ['shop-test-hello', 'shop-test-mine'],
    },
    'serverless.yml with functions in files, and no stage': {
      path: 'serverless.yaml',
      text: 'service:\n  name: shop\nfunctions:\n  - ${file(a.yml)}\n  - hello:\n      handler: a.b',
      names: ['shop-dev-hello'],
    },
    'serverless.yml whose service is not known': {
      path: 'serverless.yml',
      text: 'service: !Ref Name\nfunctions:\n  hello:\n    handler: a.b',
      names: [],
    },
    Terraform: {
      path: 'infra/main.tf',
      text: `
        # resource "aws_lambda_function" "old" { function_name = "old" }
        /* resource "aws_lambda_function" "older" { function_name = "older" } */
        resource "aws_lambda_function" "orders" {
          function_name = "orders"
          environment { variables = { function_name = "inner" } }
          description = "a } in \${jsonencode({"a" = "}"})} text"
        }
        resource "aws_lambda_function" "staged" { function_name = "orders-\${var.stage}" }
        resource "aws_lambda_function" "local" { function_name = local.name }
        resource "aws_lambda_alias" "live" { function_name = "aliased" }
        locals {
          text = <<-EOT
            resource "aws_lambda_function" "written" { function_name = "written" }
          EOT
        }
        module "billing" {
          function_name = "billing"
          source        = "terraform-aws-modules/lambda/aws"
        }
        module "other" {
          source        = "./lambda"
          function_name = "other"
        }`,
      names: ['orders', 'billing'],
    },
    'a broken file': {
      path: 'main.tf',
      text: 'resource "aws_lambda_function" "a" { function_name = "a" \n resource "b',
      names: [],
    },
    'a name that is none': {
      path: 'main.tf',
      text: 'resource "aws_lambda_function" "a" { function_name = "my function" }',
      names: [],
    },
  };
  for (const [what, { path, text, names }] of Object.entries(cases)) {
    it(`are ${names.join(', ') || 'none'} in ${what}`, () => {
      const indentation = /^\n( *)/.exec(text)?.[1] ?? '';
      const found = projectFunctions(path, text.replaceAll(`\n${indentation}`, '\n'));
      assert.deepEqual(
        found.flatMap((one) => ('name' in one ? [one.name] : [])),
        names,
      );
    });
  }

  const codes: Record<string, { path: string; text: string; code: unknown }> = {
    'a template of SAM with globals': {
      path: 'template.yaml',
      text: `
        Globals:
          Function:
            Timeout: 10
            Runtime: nodejs24.x
            Environment: { Variables: { STAGE: test, LEVEL: info } }
        Resources:
          Orders:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: orders/
              Handler: app.lambdaHandler
              Environment: { Variables: { LEVEL: debug, RETRIES: 2, TABLE: !Ref Table } }`,
      code: {
        handler: 'app.lambdaHandler',
        folder: 'orders/',
        runtime: 'nodejs24.x',
        timeoutSeconds: 10,
        environment: { STAGE: 'test', LEVEL: 'debug', RETRIES: '2' },
      },
    },
    'a template of SAM whose code is an archive': {
      path: 'template.yaml',
      text: `
        Resources:
          Orders:
            Type: AWS::Serverless::Function
            Properties: { CodeUri: s3://bucket/a.zip, Handler: app.handler, Timeout: 9000 }`,
      code: { handler: 'app.handler' },
    },
    'a template of CDK': {
      path: 'Shop.template.json',
      text: JSON.stringify({
        Globals: { Function: { Timeout: 10 } },
        Resources: {
          Orders: {
            Type: 'AWS::Lambda::Function',
            Properties: { Code: { S3Bucket: 'b' }, Handler: 'index.handler' },
            Metadata: { 'aws:asset:path': 'asset.1a2b' },
          },
        },
      }),
      code: { handler: 'index.handler', folder: 'asset.1a2b' },
    },
    'a container image': {
      path: 'template.yaml',
      text: 'Resources:\n  A: { Type: AWS::Serverless::Function, Properties: { PackageType: Image } }',
      code: undefined,
    },
    'serverless.yml': {
      path: 'serverless.yml',
      text: `
        service: shop
        provider: { runtime: python3.13, environment: { STAGE: "\${sls:stage}", A: a } }
        functions:
          hello: { handler: src/hello.handler, timeout: 20 }`,
      code: {
        handler: 'src/hello.handler',
        folder: '.',
        runtime: 'python3.13',
        timeoutSeconds: 20,
        environment: { A: 'a' },
      },
    },
    'serverless.yml without a time': {
      path: 'serverless.yml',
      text: 'service: shop\nfunctions:\n  hello: { handler: a.b }',
      code: { handler: 'a.b', folder: '.', timeoutSeconds: 6 },
    },
    Terraform: {
      path: 'main.tf',
      text: `
        module "orders" {
          source        = "terraform-aws-modules/lambda/aws"
          function_name = "orders"
          handler       = "index.handler"
          runtime       = "nodejs24.x"
          source_path   = "\${path.module}/../src"
        }`,
      code: { handler: 'index.handler', folder: '../src', runtime: 'nodejs24.x' },
    },
    'Terraform with an archive': {
      path: 'main.tf',
      text: 'resource "aws_lambda_function" "a" {\n function_name = "a"\n handler = "index.handler"\n filename = "a.zip"\n}',
      code: { handler: 'index.handler' },
    },
  };
  for (const [what, { path, text, code }] of Object.entries(codes)) {
    it(`come with what they run in ${what}`, () => {
      const indentation = /^\n( *)/.exec(text)?.[1] ?? '';
      const [found] = projectFunctions(path, text.replaceAll(`\n${indentation}`, '\n'));
      assert.ok(found);
      assert.deepEqual(found.code, code);
    });
  }

  const places: Record<string, { path: string; text: string }> = {
    'a template of SAM': {
      path: 'template.yaml',
      text: 'Resources:\r\n  A:\r\n    Type: AWS::Serverless::Function\r\n    Properties: { FunctionName: a }\r\n  →B:\r\n    Type: AWS::Serverless::Function\r\n    Properties: { FunctionName: b }\r\n',
    },
    'a template in JSON': {
      path: 'a.template.json',
      text: '{ "Resources": {\n→"B": { "Type": "AWS::Lambda::Function", "Properties": { "FunctionName": "b" } } } }',
    },
    'serverless.yml': {
      path: 'serverless.yml',
      text: 'service: s\nfunctions:\n  →b: { name: b, handler: a.b }\n',
    },
    'serverless.yml with a list': {
      path: 'serverless.yml',
      text: 'service: s\nfunctions:\n  - a: { name: a }\n  - →b: { name: b }\n',
    },
    'a template with the same key twice': {
      path: 'template.yml',
      text: 'Resources:\n  B: { Type: AWS::Lambda::Function, Properties: { FunctionName: a } }\n  →B: { Type: AWS::Lambda::Function, Properties: { FunctionName: b } }\n',
    },
    Terraform: {
      path: 'main.tf',
      text: '# é\n→resource "aws_lambda_function" "b" {\n  function_name = "b"\n}\n',
    },
  };
  for (const [what, { path, text }] of Object.entries(places)) {
    it(`have the place of their declaration in ${what}`, () => {
      const found = projectFunctions(path, text.replace('→', ''));
      assert.equal(
        found.find((one) => 'name' in one && one.name === 'b')?.offset,
        text.indexOf('→'),
      );
    });
  }

  it('have no place in JSON that is nested too deeply to be looked into', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const text = `{ "A": ${deep}, "Resources": { "B": { "Type": "AWS::Lambda::Function", "Properties": { "FunctionName": "b" } } } }`;
    assert.deepEqual(projectFunctions('a.template.json', text), [{ name: 'b', offset: 0 }]);
  });

  const paths = ['template.yaml', 'a.template.json', 'serverless.yml', 'main.tf'];

  it('are found without an error in any text', () => {
    const words = ['AWS::Lambda::Function', 'resource', '"', '{', '}', '<<A\n', '\n', '${', '- '];
    const some = fc.array(fc.oneof(fc.constantFrom(...words), fc.string()));
    fc.assert(
      fc.property(fc.constantFrom(...paths), some, (path, parts) => {
        assert.ok(Array.isArray(projectFunctions(path, parts.join(''))));
      }),
    );
  });

  for (const [what, part] of [
    ['brackets', '['],
    ['braces', '{a: '],
    ['quotes', '"\\"'],
    ['here-documents', '<<A\n'],
    ['variables', '"${'],
    ['comments', '/* '],
    ['tags', '!a '],
  ] as const) {
    it(`are looked for in no time between many ${what}`, () => {
      for (const path of paths)
        projectFunctions(path, `AWS::Lambda::Function: ${part.repeat(10_000)}`);
    });
  }
});

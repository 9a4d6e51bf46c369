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

/** The CloudFormation template and its README, as text for people to review; pure. */
import { functionLabel } from '../functionIdentifier/label';
import {
  mapLabel,
  type MapOptions,
  type ReceivingFunction,
  stateMachineDefinition,
} from './definition';
import { keyPrefixes } from './names';

export interface StackPlan {
  readonly function: ReceivingFunction;
  /** Of the stack and of its state machine. */
  readonly stack: string;
  /** An existing bucket; without one, the template makes its own. */
  readonly bucket?: string | undefined;
  /** As `normalizedPrefix` gives it. */
  readonly prefix: string;
  readonly options: MapOptions;
  /** For the commands in the README. */
  readonly region: string;
}

/** After so many days the template's own bucket deletes event files and results. */
export const expiryDays = 30;

/** The template, in YAML. Its role may do what the state machine does, on these objects and this function alone. */
export function stackTemplate(plan: StackPlan): string {
  const { function: receiver, stack, bucket, prefix, options } = plan;
  const { label } = functionLabel(receiver.arn);
  const definition = JSON.stringify(stateMachineDefinition(receiver, options), null, 2);
  const objects = (kind: keyof typeof keyPrefixes) =>
    bucket === undefined
      ? `!Sub '\${Bucket.Arn}/${prefix}${keyPrefixes[kind]}*'`
      : `!Sub 'arn:\${AWS::Partition}:s3:::${bucket}/${prefix}${keyPrefixes[kind]}*'`;
  const states = (resource: string) =>
    `!Sub 'arn:\${AWS::Partition}:states:\${AWS::Region}:\${AWS::AccountId}:${resource}'`;
  const children = states(`execution:${stack}/${mapLabel}:*`);
  return `AWSTemplateFormatVersion: '2010-09-09'
Description: Sends each line of an event file in S3 to the Lambda function ${label} as an asynchronous event

Resources:
  StateMachine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: ${stack}
      StateMachineType: STANDARD
      RoleArn: !GetAtt Role.Arn
      DefinitionString: |
${indented(definition, 8)}

  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              Service: states.amazonaws.com
            Action: sts:AssumeRole
            Condition:
              StringEquals:
                aws:SourceAccount: !Ref AWS::AccountId
              ArnLike:
                aws:SourceArn: ${states('stateMachine:*')}
      Policies:
        - PolicyName: send-events
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Sid: ReadEventFiles
                Effect: Allow
                Action: s3:GetObject
                Resource: ${objects('events')}
              - Sid: WriteResults
                Effect: Allow
                Action:
                  - s3:PutObject
                  - s3:GetObject
                  - s3:ListMultipartUploadParts
                  - s3:AbortMultipartUpload
                Resource: ${objects('results')}
              - Sid: SendEvents
                Effect: Allow
                Action: lambda:InvokeFunction
                Resource: ${receiver.arn}
              - Sid: StartChildExecutions
                Effect: Allow
                Action: states:StartExecution
                Resource: ${states(`stateMachine:${stack}`)}
              - Sid: ControlChildExecutions
                Effect: Allow
                Action:
                  - states:DescribeExecution
                  - states:StopExecution
                Resource:
                  - ${states(`execution:${stack}:*`)}
                  - ${children}
              - Sid: RedriveChildExecutions
                Effect: Allow
                Action: states:RedriveExecution
                Resource: ${children}
${bucket === undefined ? ownBucket(prefix) : ''}
Outputs:
  StateMachineArn:
    Value: !Ref StateMachine
  Bucket:
    Value: ${bucket ?? '!Ref Bucket'}
  Prefix:
    Value: '${prefix}'
`;
}

/** Private, encrypted, and emptied by itself; it outlives the stack, because a bucket that holds objects cannot be deleted. */
function ownBucket(prefix: string): string {
  return `
  Bucket:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault:
              SSEAlgorithm: AES256
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
      LifecycleConfiguration:
        Rules:
          - Id: expire
            Status: Enabled
            Prefix: '${prefix}'
            ExpirationInDays: ${expiryDays}
            AbortIncompleteMultipartUpload:
              DaysAfterInitiation: 7
`;
}

/** What deploys the template, for the terminal that the user sees and for the README. */
export interface DeployCommand {
  readonly stack: string;
  /** Path of the template, as the shell is to read it. */
  readonly template: string;
  readonly region: string;
  readonly profile?: string | undefined;
}

/**
 * The words of the AWS CLI's command that creates or updates the stack. `CAPABILITY_IAM` lets it create the role.
 * @see https://docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy/
 */
export function deployCommand({ stack, template, region, profile }: DeployCommand): string[] {
  return [
    'aws',
    'cloudformation',
    'deploy',
    '--stack-name',
    stack,
    '--template-file',
    template,
    '--capabilities',
    'CAPABILITY_IAM',
    '--region',
    region,
    ...(profile === undefined ? [] : ['--profile', profile]),
  ];
}

/** The README beside the template: what it is, how it is deployed and deleted. */
export function stackReadme(plan: StackPlan): string {
  const { function: receiver, stack, bucket, region } = plan;
  const { label } = functionLabel(receiver.arn);
  const deploy = deployCommand({ stack, template: 'template.yaml', region }).join(' ');
  return `# Events for ${label} through Step Functions

\`template.yaml\` makes a state machine that sends each line of a JSON Lines file in S3 to \`${receiver.arn}\`.
Its role may read the event files, write the results and invoke this function; nothing else.
${
  bucket === undefined
    ? `Its bucket is private and encrypted, and deletes files after ${expiryDays} days. It stays when the stack is deleted.`
    : `It uses the bucket \`${bucket}\`. If that is encrypted with a KMS key, let the role use the key.`
}
Deploy: \`${deploy}\`
Then run **Lambda: Send with Step Functions…** on an event file.
Delete: \`aws cloudformation delete-stack --stack-name ${stack} --region ${region}\`
These files are yours: nothing overwrites them.
`;
}

function indented(text: string, spaces: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(spaces));
}

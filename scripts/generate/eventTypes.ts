// The events of @types/aws-lambda, each by the name that src/core/events/events.json calls it by: generic types with
// their arguments, and events that have several forms with all of them.
import type * as aws from 'aws-lambda';

type Json = Record<string, any>;

export type ALBEvent = aws.ALBEvent;
export type APIGatewayProxyEvent =
  | aws.APIGatewayProxyEvent
  | aws.APIGatewayProxyWithCognitoAuthorizerEvent
  | aws.APIGatewayProxyWithLambdaAuthorizerEvent<Json>;
export type APIGatewayProxyEventV2 =
  | aws.APIGatewayProxyEventV2
  | aws.APIGatewayProxyEventV2WithIAMAuthorizer
  | aws.APIGatewayProxyEventV2WithJWTAuthorizer
  | aws.APIGatewayProxyEventV2WithLambdaAuthorizer<Json>;
export type APIGatewayProxyWebsocketEventV2 = aws.APIGatewayProxyWebsocketEventV2;
export type APIGatewayRequestAuthorizerEvent = aws.APIGatewayRequestAuthorizerEvent;
export type APIGatewayRequestAuthorizerEventV2 = aws.APIGatewayRequestAuthorizerEventV2;
export type APIGatewayTokenAuthorizerEvent = aws.APIGatewayTokenAuthorizerEvent;
export type AppSyncResolverEvent = aws.AppSyncResolverEvent<Json>;
export type AppSyncBatchResolverEvent = aws.AppSyncResolverEvent<Json>[];
export type CloudFormationCreateEvent = aws.CloudFormationCustomResourceCreateEvent;
export type CloudFormationDeleteEvent = aws.CloudFormationCustomResourceDeleteEvent;
export type CloudFormationUpdateEvent = aws.CloudFormationCustomResourceUpdateEvent;
export type CloudWatchLogsEvent = aws.CloudWatchLogsEvent;
export type CreateAuthChallengeTriggerEvent = aws.CreateAuthChallengeTriggerEvent;
export type CustomEmailSenderTriggerEvent = aws.CustomEmailSenderTriggerEvent;
export type CustomMessageTriggerEvent = aws.CustomMessageTriggerEvent;
export type CustomSMSSenderTriggerEvent = aws.CustomSMSSenderTriggerEvent;
export type DefineAuthChallengeTriggerEvent = aws.DefineAuthChallengeTriggerEvent;
export type DynamoDBStreamEvent = aws.DynamoDBStreamEvent;
export type EventBridgeEvent = aws.EventBridgeEvent<string, Json>;
export type FirehoseTransformationEvent = aws.FirehoseTransformationEvent;
export type KinesisStreamEvent = aws.KinesisStreamEvent | aws.KinesisStreamTumblingWindowEvent;
export type LambdaFunctionURLEvent =
  | aws.LambdaFunctionURLEvent
  | aws.LambdaFunctionURLEventWithIAMAuthorizer;
export type MSKEvent = aws.MSKEvent;
export type PostAuthenticationTriggerEvent = aws.PostAuthenticationTriggerEvent;
export type PostConfirmationTriggerEvent = aws.PostConfirmationTriggerEvent;
export type PreAuthenticationTriggerEvent = aws.PreAuthenticationTriggerEvent;
export type PreSignUpTriggerEvent = aws.PreSignUpTriggerEvent;
export type PreTokenGenerationTriggerEvent = aws.PreTokenGenerationTriggerEvent;
export type PreTokenGenerationV2OrV3TriggerEvent =
  | aws.PreTokenGenerationV2TriggerEvent
  | aws.PreTokenGenerationV3TriggerEvent;
export type S3Event = aws.S3Event;
export type S3NotificationEvent = aws.S3NotificationEvent;
export type SelfManagedKafkaEvent = aws.SelfManagedKafkaEvent;
export type SESEvent = aws.SESEvent;
export type SNSEvent = aws.SNSEvent;
export type SQSEvent = aws.SQSEvent;
export type TransferFamilyAuthorizerEvent = aws.TransferFamilyAuthorizerEvent;
export type UserMigrationTriggerEvent = aws.UserMigrationTriggerEvent;
export type VerifyAuthChallengeResponseTriggerEvent = aws.VerifyAuthChallengeResponseTriggerEvent;

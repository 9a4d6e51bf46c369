import type * as ConnectionRules from '../aws/connection';
import type * as EndpointRules from '../aws/endpoint';
import type * as Aws from '../aws/main';
import type * as ProfileRules from '../aws/profiles';
import type * as StackFunctions from '../aws/stackFunctions';
import type * as StepFunctions from '../aws/stepFunctions/main';
import type * as TestEvents from '../aws/testEvents';
import type * as Local from '../local/main';
import type * as TargetRules from '../core/targets';
import type * as TargetsReading from '../core/targetsReading';
import type * as RunList from '../sendFile/runList';
import type * as SendAgain from '../sendFile/failedEvents/main';
import type * as FailedEvents from '../aws/failedEvents/main';
import type * as LanguageClient from './languageServer/languageClient';

// Each is a chunk of its own in dist/, read on first use: activation stays small and loads none of them.

/** The AWS SDK and all that uses it. */
export function aws(): Promise<typeof Aws> {
  return import('../aws/main');
}

/** Step Functions, and the S3 and CloudFormation that it takes. */
export function stepFunctions(): Promise<typeof StepFunctions> {
  return import('../aws/stepFunctions/main');
}

/** What a stack knows of its functions, with the client of CloudFormation. */
export function stackFunctions(): Promise<typeof StackFunctions> {
  return import('../aws/stackFunctions');
}

/** The console's test events, with a client of the SDK that nothing else needs. */
export function testEvents(): Promise<typeof TestEvents> {
  return import('../aws/testEvents');
}

/** Where requests go and as whom: what the status bar shows, without the AWS SDK's clients. */
export function connectionRules(): Promise<typeof ConnectionRules> {
  return import('../aws/connection');
}

/** Profiles and regions, without the AWS SDK. */
export function profileRules(): Promise<typeof ProfileRules> {
  return import('../aws/profiles');
}

/** What an endpoint may be. */
export function endpointRules(): Promise<typeof EndpointRules> {
  return import('../aws/endpoint');
}

/** Which payload has which target. */
export function targetRules(): Promise<typeof TargetRules> {
  return import('../core/targets');
}

/** What reads `.lambda/targets.json`. */
export function targetsReading(): Promise<typeof TargetsReading> {
  return import('../core/targetsReading');
}

/** The embedded endpoint. */
export function local(): Promise<typeof Local> {
  return import('../local/main');
}

/** vscode-languageclient. */
export function languageClient(): Promise<typeof LanguageClient> {
  return import('./languageServer/languageClient');
}

/** What finds the runs of event files that an earlier window has left. */
export function runList(): Promise<typeof RunList> {
  return import('../sendFile/runList');
}

/** Where a function's failed events lie, and what lies there. */
export function failedEvents(): Promise<typeof FailedEvents> {
  return import('../aws/failedEvents/main');
}

/** What sends failed events again. */
export function sendAgain(): Promise<typeof SendAgain> {
  return import('../sendFile/failedEvents/main');
}

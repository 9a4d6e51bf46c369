import type { TextRange } from '../../core/problem';
import { replace } from '../../core/edits';
import { type Entry, migrateEntries } from '../rewrite';
import type { ManualReason, Use } from '../use';

/** A call of the SDK as data, as a custom resource of the CDK (`AwsSdkCall`) and other tools take it. */
export interface CustomResource {
  /** The text of the action, inside its quotation marks. */
  readonly action: TextRange;
  readonly service: string;
  /** The parameters, or why they cannot be known. */
  readonly parameters: readonly Entry[] | ManualReason;
  readonly quote: string;
}

const lambdaService = /^(?:@aws-sdk\/client-)?lambda$/i;

export function actionUse(
  text: string,
  { action, service, parameters, quote }: CustomResource,
): Use | undefined {
  if (!lambdaService.test(service)) return undefined;
  const words = {
    invokeArgs: 'InvokeArgs',
    payload: 'Payload',
    invocationType: 'InvocationType',
    event: `${quote}Event${quote}`,
    entry: entryFor(text, parameters, quote),
  };
  const edits = 'manualReason' in parameters ? parameters : migrateEntries(text, parameters, words);
  const name = text.slice(action.start, action.end).replace('nvokeAsync', 'nvoke');
  return {
    sdk: /aws-cdk|aws_cdk|AwsCustomResource|AwsSdkCall/.test(text) ? 'cdk' : 'operation-name',
    range: action,
    migration: 'manualReason' in edits ? edits : { edits: [replace(action, name), ...edits] },
  };
}

/** Keys are quoted like the ones beside them. */
function entryFor(text: string, parameters: CustomResource['parameters'], quote: string): string {
  const first = 'manualReason' in parameters ? undefined : parameters[0];
  const mark =
    first && first.keyRange.start > first.range.start
      ? text.slice(first.range.start, first.keyRange.start)
      : '';
  return `${mark}InvocationType${mark}: ${quote}Event${quote}`;
}

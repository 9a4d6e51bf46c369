import { isRecord } from '../isRecord';
import type { FunctionAtPath } from './declaredFunction';
import { functionCode } from './functionCode';
import { member } from './member';

const functionTypes: ReadonlySet<unknown> = new Set([
  'AWS::Lambda::Function',
  'AWS::Serverless::Function',
]);

/**
 * The functions in a template of CloudFormation or SAM, as CDK writes it, too. A function without a literal name gets one
 * when it is deployed, from CloudFormation or from parameters.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
 */
export function cloudFormationFunctions(template: unknown): FunctionAtPath[] {
  const resources = isRecord(template) ? template['Resources'] : undefined;
  if (!isRecord(resources)) return [];
  return Object.entries(resources).flatMap(([id, resource]) => {
    if (!isRecord(resource) || !functionTypes.has(resource['Type'])) return [];
    const name = member(resource, 'Properties', 'FunctionName');
    const rest = { path: ['Resources', id], ...codeOf(resource, template) };
    return [typeof name === 'string' ? { name, ...rest } : { logicalId: id, ...rest }];
  });
}

/**
 * What SAM takes from its `Globals`, and what CDK says of the asset that it has made.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
function codeOf(resource: Record<string, unknown>, template: unknown) {
  const isOfSam = resource['Type'] === 'AWS::Serverless::Function';
  const values = (...path: readonly string[]) => [
    member(resource, 'Properties', ...path),
    ...(isOfSam ? [member(template, 'Globals', 'Function', ...path)] : []),
  ];
  const asset = member(resource, 'Metadata', 'aws:asset:path');
  return functionCode({
    handler: values('Handler').find((value) => value !== undefined),
    folder: isOfSam ? values('CodeUri') : [asset, ...values('Code')],
    runtime: values('Runtime'),
    timeout: values('Timeout'),
    environment: values('Environment', 'Variables'),
  });
}

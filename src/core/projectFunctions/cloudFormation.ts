import { isRecord } from '../isRecord';
import type { FunctionAtPath } from './declaredFunction';

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
    const { Properties: properties } = resource;
    const name = isRecord(properties) ? properties['FunctionName'] : undefined;
    const path = ['Resources', id];
    return [typeof name === 'string' ? { name, path } : { logicalId: id, path }];
  });
}

/** Which stack a template is deployed as: what tools write beside it. */
import { spelling } from '../functionIdentifier/parse';
import { isRecord } from '../isRecord';
import type { StackPlace } from './declaredFunction';
import { jsonValue } from './locatedValue';
import { member } from './member';
import { tomlTables } from './tomlTables';
import { yamlValue } from './yamlValue';

/**
 * The files beside a template that can say it, the first that does so winning.
 * @param path of the template, separated by `/`, or its URI
 */
export function stackFiles(path: string): readonly string[] {
  return path.endsWith('.template.json')
    ? ['manifest.json']
    : ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'];
}

/**
 * What a file of `stackFiles` says of a template; `undefined` where it says nothing of it. Never throws.
 * @param templateName without its folder
 */
export function stackPlace(
  fileName: string,
  text: string,
  templateName: string,
): StackPlace | undefined {
  if (fileName === 'manifest.json') return cdkStack(jsonValue(text).value, templateName);
  const isToml = fileName.endsWith('.toml');
  return samStack(isToml ? tomlTables(text) : yamlValue(text).value);
}

/**
 * The stack of SAM's default environment.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
 */
function samStack(config: unknown): StackPlace | undefined {
  const parametersOf = (command: string) => member(config, 'default', command, 'parameters');
  const [deploy, shared] = [parametersOf('deploy'), parametersOf('global')];
  const parameter = (key: string) => textIn(member(deploy, key)) ?? textIn(member(shared, key));
  return placeOf(parameter('stack_name'), parameter('region'));
}

/** @see https://docs.aws.amazon.com/cdk/api/v2/docs/@aws-cdk_cloud-assembly-schema.AwsCloudFormationStackProperties.html */
function cdkStack(manifest: unknown, templateName: string): StackPlace | undefined {
  const artifacts = member(manifest, 'artifacts');
  if (!isRecord(artifacts)) return undefined;
  for (const [id, artifact] of Object.entries(artifacts)) {
    if (member(artifact, 'properties', 'templateFile') !== templateName) continue;
    const name = textIn(member(artifact, 'properties', 'stackName')) ?? id;
    // `aws://123456789012/eu-west-1`, or `unknown-region` for the one of the credentials.
    return placeOf(name, textIn(member(artifact, 'environment'))?.split('/').at(-1));
  }
  return undefined;
}

function placeOf(
  stackName: string | undefined,
  region: string | undefined,
): StackPlace | undefined {
  const isRegion = region !== undefined && spelling.region.test(region);
  if (!stackName && !isRegion) return undefined;
  return { ...(stackName && { stackName }), ...(isRegion && { region }) };
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

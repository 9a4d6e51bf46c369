import { isRecord } from '../isRecord';
import { spelling } from '../functionIdentifier/parse';
import type { FunctionAtPath, StackPlace } from './declaredFunction';
import { functionCode } from './functionCode';
import { member } from './member';

/** What the framework deploys to unless it is told otherwise. */
const usualStage = 'dev';

/** `${opt:stage, 'prod'}`, `${opt:stage, self:provider.stage}`, `${sls:stage}`, `${self:provider.stage}` */
const stageVariable =
  /\$\{(?:opt:stage|sls:stage|self:provider\.stage)(?:,\s*(?:'([\w-]+)'|[\w:.]+))?\}/;

/**
 * The functions in serverless.yml with their names: their own, or service, stage and key. The stage is the one that is deployed
 * to when no other is asked for.
 * @see https://www.serverless.com/framework/docs/providers/aws/guide/functions
 */
export function serverlessFunctions(config: unknown): FunctionAtPath[] {
  if (!isRecord(config)) return [];
  const service = isRecord(config['service']) ? config['service']['name'] : config['service'];
  const stage = stageOf(config['provider']);
  const region = regionOf(config['provider']);
  const { functions } = config;
  const groups = Array.isArray(functions)
    ? functions.map((group: unknown, index) => ({ group, path: ['functions', index] }))
    : [{ group: functions, path: ['functions'] }];
  return groups.flatMap(({ group, path }) =>
    Object.entries(isRecord(group) ? group : {}).flatMap(([key, value]): FunctionAtPath[] => {
      const own = isRecord(value) ? value['name'] : undefined;
      const name = own ?? `${String(service)}-\${sls:stage}-${key}`;
      if (typeof name !== 'string' || typeof service !== 'string') return [];
      const fill = (text: string) =>
        text
          .replaceAll('${self:service}', () => service)
          .replaceAll(new RegExp(stageVariable, 'g'), () => stage);
      const at = { path: [...path, key], ...codeOf(value, config['provider']) };
      const filled = fill(name);
      if (!filled.includes('${')) return [{ ...at, name: filled }];
      // Other variables are known when it is deployed.
      const stackName = fill(textOf(config['provider'], 'stackName') ?? `${service}-\${sls:stage}`);
      const known = { ...(!stackName.includes('${') && { stackName }), ...region };
      return [{ ...at, logicalId: logicalIdOf(key), stack: known }];
    }),
  );
}

/** What the framework gives a function that says no time: 6 seconds. */
const usualTimeout = 6;

/** A handler is written from the folder of serverless.yml on. */
function codeOf(value: unknown, provider: unknown) {
  const values = (key: string) => [member(value, key), member(provider, key)];
  return functionCode({
    handler: member(value, 'handler'),
    folder: ['.'],
    runtime: values('runtime'),
    timeout: [...values('timeout'), usualTimeout],
    environment: values('environment'),
  });
}

/**
 * How the framework names the resource of a function.
 * @see https://www.serverless.com/framework/docs/providers/aws/guide/resources
 */
function logicalIdOf(key: string): string {
  const words = key.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}LambdaFunction`;
}

function regionOf(provider: unknown): Pick<StackPlace, 'region'> {
  const region = textOf(provider, 'region');
  return region !== undefined && spelling.region.test(region) ? { region } : {};
}

function stageOf(provider: unknown): string {
  const stage = textOf(provider, 'stage');
  if (stage === undefined) return usualStage;
  const variable = stageVariable.exec(stage);
  return variable ? (variable[1] ?? usualStage) : stage;
}

function textOf(value: unknown, key: string): string | undefined {
  const text = isRecord(value) ? value[key] : undefined;
  return typeof text === 'string' ? text : undefined;
}

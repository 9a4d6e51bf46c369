import { devNull } from 'node:os';
import type { Runtime } from '../core/localHandlers/handlerPath';
import type { LocalFunction } from './configurationText';

/** What the operating system needs to run a program, and nothing that could hold a secret. */
const inherited = ['PATH', 'HOME', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

/**
 * Unique among processes, since the log stream is one for each: whatever a handler starts inherits it, and is found by
 * it when the handler is ended.
 */
export const markVariable = 'AWS_LAMBDA_LOG_STREAM_NAME';

/**
 * The environment of a handler: what Lambda sets, and the function's own variables. The developer's AWS
 * credentials never reach it: the keys are dummies, and the shared config files are out of sight.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function handlerEnvironment(
  { name, folder, handler, logGroup, logFormat, environment }: LocalFunction,
  runtime: Runtime,
  place: { region: string; endpoint: string; logStream: string; memoryMb: number },
): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(inherited.map((variable) => [variable, process.env[variable]])),
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: handler,
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_CONFIG_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    // A handler that invokes another function reaches its neighbors here, not in an account.
    AWS_ENDPOINT_URL_LAMBDA: place.endpoint,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(place.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    // Python writes its records itself, in JSON from this level on, as by default in Lambda.
    ...(runtime === 'python' && { AWS_LAMBDA_LOG_FORMAT: logFormat }),
    ...(runtime === 'python' && logFormat === 'JSON' && { AWS_LAMBDA_LOG_LEVEL: 'INFO' }),
    ...environment,
    [markVariable]: place.logStream,
    // The editor's own executable is Electron, which runs as Node with this.
    ...(process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}),
  };
}

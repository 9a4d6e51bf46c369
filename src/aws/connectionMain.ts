/** The choice of profile, region and endpoint alone; bundled as dist/connection.js, without the SDK's clients. */
export { isLoopback, resolveConnection } from './connection';
export { parseEndpoint } from './endpoint';

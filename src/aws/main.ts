/** Everything of AWS that the client uses; loaded on first use. */
export { callerAccount } from './account';
export type { ConnectionChoice } from './connection';
export { resolveConnection } from './connection';
export { explainError } from './errors';
export type { HealthOptions, HealthRequest } from './functionHealth';
export { readFunctionHealth } from './functionHealth';
export { FunctionHealthCache } from './functionHealthCache';
export type { FunctionSummary } from './functions';
export { listFunctions } from './functions';
export type { InvokeHooks, InvokeRequest } from './invoke';
export { invoke } from './invoke';
export type { FollowRequest } from './logs';
export { followLogs } from './logs';
export type { ProfileSummary, RegionSummary } from './profiles';
export { listProfiles, listRegions } from './profiles';

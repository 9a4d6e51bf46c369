/** Everything of AWS that the client uses; loaded on first use. */
export { callerAccount } from './account';
export type { Connection, ConnectionChoice, ProxySettings, RegionSource } from './connection';
export { resolveConnection } from './connection';
export type { ConnectionErrorName } from './connectionError';
export { ConnectionError } from './connectionError';
export { explainError } from './errors';
export type { Explanation, HelpfulAction } from './explanation';
export type { FunctionSummary } from './functions';
export { listFunctions } from './functions';
export type { InvokeHooks, InvokeRequest } from './invoke';
export { invoke } from './invoke';
export type { EndOfFollowing, FollowedState, FollowRequest, LogProgress } from './logs';
export { followLogs } from './logs';
export type { ProfileSummary, RegionSummary } from './profiles';
export { listProfiles, listRegions } from './profiles';

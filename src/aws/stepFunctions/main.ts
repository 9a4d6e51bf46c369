/** Everything of Step Functions that the client uses, with the services it needs: a chunk of its own. */
export { collectResults } from './collect';
export { StepFunctionsConnection } from './connect';
export { StepFunctionsError } from './errors';
export { readExecution, setConcurrency, startExecution, stopExecution } from './execution';
export type { StartedExecution } from './execution';
export { findStack, readFunctionKind } from './stack';
export type { FoundStack, FunctionKind } from './stack';
export { abortUpload, partBytes, uploadInParts } from './upload';

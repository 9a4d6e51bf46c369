import type { Connection } from '../../core/invocation/connection';
import type { InvokeApi } from '../../core/invocation/outcome';
import type { Payload } from './choosePayload';

/** One invocation, complete: nothing is left to ask. */
export interface Invocation {
  readonly payload: Payload;
  readonly functionName: string;
  readonly api: InvokeApi;
  /** Alias or version that is not part of the name. */
  readonly qualifier?: string;
  readonly connection: Connection;
  /** Only asks whether the call would be allowed. */
  readonly dryRun?: boolean;
}

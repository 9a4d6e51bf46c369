import type { Connection } from '../core/invocation/connection';
import type { FunctionHealth } from '../core/invocation/functionHealth';
import { type HealthOptions, type HealthRequest, readFunctionHealth } from './functionHealth';

/** How long what was read counts as how things are, in milliseconds. */
const keptMs = 3 * 60_000;

/** What was read of each function in the last minutes. A reading that failed is done again; one that is denied is kept. */
export class FunctionHealthCache {
  readonly #kept = new Map<string, { readonly health: FunctionHealth; readonly readAt: number }>();

  constructor(
    private readonly now: () => number = Date.now,
    private readonly read = readFunctionHealth,
  ) {}

  /** Never rejects, as `readFunctionHealth`. */
  async get(
    connection: Connection,
    request: HealthRequest,
    options: Omit<HealthOptions, 'now'> = {},
  ): Promise<FunctionHealth> {
    const { profile, region, endpoint } = connection;
    const { functionName, qualifier } = request;
    const key = JSON.stringify([profile, region, endpoint, functionName, qualifier]);
    const kept = this.#kept.get(key);
    if (kept && this.now() - kept.readAt < keptMs) return kept.health;
    this.#kept.delete(key);
    const readAt = this.now();
    const health = await this.read(connection, request, { ...options, now: this.now });
    const parts = Object.values(health) as readonly FunctionHealth[keyof FunctionHealth][];
    if (parts.every(({ kind }) => kind !== 'failed')) this.#kept.set(key, { health, readAt });
    return health;
  }
}

import type { Memento } from 'vscode';
import type { ConnectionSettings } from '../settings';

const key = 'recentConnections';

/** Most that are offered again. */
const mostRecent = 5;

/** What was chosen lately in a workspace, the newest first. */
export class RecentConnections {
  constructor(private readonly memory: Memento) {}

  get all(): readonly ConnectionSettings[] {
    return this.memory.get<readonly ConnectionSettings[]>(key, []);
  }

  /** Offers it again later; Local Lambda is offered anyway. */
  async add({ profile, region, endpoint }: ConnectionSettings): Promise<void> {
    if (endpoint === 'local') return;
    const connection = { profile, region, endpoint };
    const others = this.all.filter((one) => !isSame(one, connection));
    await this.memory.update(key, [connection, ...others].slice(0, mostRecent));
  }
}

/** Whether two connections are one. */
export function isSame(one: ConnectionSettings, other: ConnectionSettings): boolean {
  return (
    one.profile === other.profile && one.region === other.region && one.endpoint === other.endpoint
  );
}

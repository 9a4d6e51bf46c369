import type { Memento } from 'vscode';
import type { Invocation } from './invocation';

/** What the user has agreed to for good in this workspace. */
export class Consents {
  constructor(private readonly state: Memento) {}

  /** Whether events for this function, at this place and as this profile, no longer ask. */
  coversFunction(invocation: Invocation): boolean {
    return this.#has('unguardedFunctions', functionKey(invocation));
  }

  async addFunction(invocation: Invocation): Promise<void> {
    await this.#add('unguardedFunctions', functionKey(invocation));
  }

  /** Whether requests may go to this endpoint of the workspace's settings. */
  coversEndpoint(endpoint: string): boolean {
    return this.#has('allowedEndpoints', endpoint);
  }

  async addEndpoint(endpoint: string): Promise<void> {
    await this.#add('allowedEndpoints', endpoint);
  }

  #has(key: string, value: string): boolean {
    return this.state.get<string[]>(key, []).includes(value);
  }

  async #add(key: string, value: string): Promise<void> {
    if (this.#has(key, value)) return;
    await this.state.update(key, [...this.state.get<string[]>(key, []), value]);
  }
}

/** The same name in another account, region or endpoint is another function. */
function functionKey({ functionName, qualifier, connection }: Invocation): string {
  const { accountId, region, profile, endpoint } = connection;
  // Local Lambda has another port each time.
  const host = endpoint && new URL(endpoint).hostname;
  return JSON.stringify([functionName, qualifier, accountId, region, profile, host]);
}

import type { Runtime } from '../core/localHandlers/handlerPath';

/** A process of a handler that waits for a debugger. It listens on 127.0.0.1 alone, and only until its event has run. */
export interface DebugTarget {
  readonly runtime: Runtime;
  readonly port: number;
  /** Of Node's inspector. Nobody is told it but who attaches: it holds a secret. */
  readonly url?: string;
  readonly functionName: string;
  /** The workspace folder. */
  readonly folder: string;
}

/** One event that runs under a debugger. */
export interface DebugRequest {
  readonly functionName: string;
  /** Its payload, by which it is told from other events of the function. */
  readonly payload: string;
  /** Path of the folder that holds debugpy, for a handler in Python. */
  readonly debugpy?: string | undefined;
  /** Attaches a debugger to the process that waits for it. When it rejects, the event does not run. */
  attach(target: DebugTarget): Promise<void>;
  /** Ends the process. */
  readonly signal: AbortSignal;
}

/** The events that are to run under a debugger, each once. */
export class DebugRequests {
  readonly #waiting = new Set<DebugRequest>();

  add(request: DebugRequest): void {
    this.#waiting.add(request);
    request.signal.addEventListener('abort', () => this.#waiting.delete(request), { once: true });
  }

  /** The request for an event, which is taken by this; `undefined` for any other event. */
  take(functionName: string, payload: Uint8Array): DebugRequest | undefined {
    for (const request of this.#waiting) {
      if (request.functionName !== functionName) continue;
      if (!Buffer.from(request.payload).equals(payload)) continue;
      this.#waiting.delete(request);
      return request;
    }
    return undefined;
  }
}

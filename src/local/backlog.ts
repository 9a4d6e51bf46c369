import { ServiceError } from './serviceError';

/**
 * How many requests may be under way, and with how many bytes of payload together. They are held in memory, some 1 KB
 * each beside the payload: this much nobody notices in the process of the editor's extensions.
 */
const mostEvents = 10_000;
const mostBytes = 64 * 1024 * 1024;

/** The events whose callers wait: for the result, or until the event is in the queue. */
export class Backlog {
  #events = 0;
  #bytes = 0;

  /**
   * Counts an event while it is worked on.
   *
   * @throws ServiceError TooManyRequestsException, when there is no room; and what `work` throws
   */
  async during<T>(
    { payload }: { readonly payload: Uint8Array },
    work: () => Promise<T>,
  ): Promise<T> {
    const { byteLength } = payload;
    if (this.#events + 1 > mostEvents || this.#bytes + byteLength > mostBytes) {
      throw new ServiceError(
        'TooManyRequestsException',
        `Rate exceeded: ${this.#events} callers with ${this.#bytes} bytes wait for Local Lambda, which holds ${mostEvents} and ${mostBytes}.`,
      );
    }
    this.#events += 1;
    this.#bytes += byteLength;
    try {
      return await work();
    } finally {
      this.#events -= 1;
      this.#bytes -= byteLength;
    }
  }
}

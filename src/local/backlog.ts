import { ServiceError } from './serviceError';

/**
 * How many events may be on their way, and with how many bytes of payload together. They are held in memory, some 1 KB
 * each beside the payload: this much nobody notices in the process of the editor's extensions.
 */
const mostEvents = 10_000;
const mostBytes = 64 * 1024 * 1024;

/** The events that are let in and not done: running, waiting to run, or waiting for a retry. */
export class Backlog {
  #events = 0;
  #bytes = 0;

  /**
   * Lets an event in.
   *
   * @returns to be called once, when the event is done
   * @throws ServiceError TooManyRequestsException, when there is no room
   */
  admit({ payload }: { readonly payload: Uint8Array }): () => void {
    const { byteLength } = payload;
    if (this.#events + 1 > mostEvents || this.#bytes + byteLength > mostBytes) {
      throw new ServiceError(
        'TooManyRequestsException',
        `Rate exceeded: ${this.#events} events of ${this.#bytes} bytes wait in Local Lambda, which holds ${mostEvents} and ${mostBytes}.`,
      );
    }
    this.#events += 1;
    this.#bytes += byteLength;
    return () => {
      this.#events -= 1;
      this.#bytes -= byteLength;
    };
  }
}

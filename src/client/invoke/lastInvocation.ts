import { ContextKey } from '../ui/contextKey';
import type { InvokeArguments } from './invokeArguments';

/** The last invocation of this window, whichever command sent it. */
export class LastInvocation {
  readonly #canInvokeAgain = new ContextKey('invokeAsync.canInvokeAgain');
  #given: InvokeArguments | undefined;

  /** What it was told, with all that was asked for filled in. */
  get given(): InvokeArguments | undefined {
    return this.#given;
  }

  keep(given: InvokeArguments): void {
    this.#given = given;
    this.#canInvokeAgain.set(true);
  }
}

import type { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { Wire, type WireOptions } from './wire';

/**
 * Carries requests that only read, each as an event is carried: the way out is judged by the host that is asked, and
 * limit and cancel hold until the last byte.
 */
export class ReadingHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };

  constructor(private readonly options: Omit<WireOptions, 'reads'>) {}

  handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
    return new Wire({ ...this.options, reads: true }).handle(request);
  }

  /** Part of the SDK's interface for handlers; nothing here can be configured later. */
  updateHttpClientConfig(): void {}
  httpHandlerConfigs(): Record<string, never> {
    return {};
  }
}

import type { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { Readable } from 'node:stream';
import type { ReadingHandler } from './readingHandler';

/** Gives S3's client the bodies of answers as streams, which it takes them for. */
export class StreamedAnswers {
  readonly metadata = { handlerProtocol: 'http/1.1' };

  constructor(private readonly handler: ReadingHandler) {}

  async handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
    const { response } = await this.handler.handle(request);
    if (response.body instanceof Uint8Array) response.body = Readable.from([response.body]);
    return { response };
  }

  /** Part of the SDK's interface for handlers; nothing here can be configured later. */
  updateHttpClientConfig(): void {}
  httpHandlerConfigs(): Record<string, never> {
    return {};
  }
}

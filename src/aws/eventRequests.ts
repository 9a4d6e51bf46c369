import { randomUUID } from 'node:crypto';
import { InvokeAsyncCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import type {
  AwsCredentialIdentity,
  DeserializeHandlerOutput,
  MiddlewareStack,
} from '@smithy/types';
import { withQualifier } from '../core/functionIdentifier/withQualifier';
import type { Connection } from '../core/invocation/connection';
import type { InvokeApi } from '../core/invocation/outcome';
import { apiFor, type InvocationHeaders } from '../core/invocationHeaders';
import type { Question } from './answer';
import { clientConfiguration } from './clientConfiguration';

export interface EventToSend extends InvocationHeaders {
  readonly api: InvokeApi;
  /** Name, ARN or partial ARN, with or without a qualifier. */
  readonly functionName: string;
  /** Version or alias. InvokeAsync knows it only as a suffix of the name, and gets it there. */
  readonly qualifier?: string | undefined;
  /** Sent byte for byte. */
  readonly payload: Uint8Array;
  /** Only asks whether the call would be allowed; always with Invoke. */
  readonly dryRun?: boolean | undefined;
}

export function questionOf(
  event: Omit<EventToSend, 'functionName' | 'payload'>,
): Exclude<Question, 'RequestResponse'> {
  if (event.dryRun) return 'DryRun';
  return apiFor(event.api, event) === 'Invoke' ? 'Event' : 'InvokeAsync';
}

/** Functions whose requests are remembered. */
const mostForms = 100;

/** Stands in for the payload where only the form of the request matters. */
const standIn = Buffer.from('{}');

const durableNameHeader = 'x-amz-durable-execution-name';

/** Headers that signing sets. */
const signatureHeaders = ['authorization', 'x-amz-date', 'x-amz-content-sha256'];

/**
 * Builds the same requests as the SDK for a third of the CPU time or less: its middleware runs once for each function,
 * and each event then gets its own payload, id and signature. Error responses are still parsed by the SDK.
 */
export class EventRequests {
  private readonly client: LambdaClient;
  private readonly forms = new Map<string, Promise<HttpRequest>>();
  private signing: { readonly credentials: AwsCredentialIdentity; readonly signer: SignatureV4 };

  constructor(private readonly connection: Connection) {
    const credentials = { accessKeyId: 'form', secretAccessKey: 'form' };
    this.client = new LambdaClient({
      ...clientConfiguration(connection, credentials, connection.endpoint),
      maxAttempts: 1,
    });
    this.signing = this.signingWith(credentials);
  }

  /**
   * The request for one event, signed.
   * @throws what the SDK throws for input that it cannot put into a request.
   */
  async signed(event: EventToSend, credentials: AwsCredentialIdentity): Promise<HttpRequest> {
    const form = await this.form(event);
    if (this.signing.credentials !== credentials) this.signing = this.signingWith(credentials);
    const request = HttpRequest.clone(form);
    request.headers['content-length'] = String(event.payload.byteLength);
    request.headers['amz-sdk-invocation-id'] = randomUUID();
    if (event.durableName !== undefined) request.headers[durableNameHeader] = event.durableName;
    request.body = event.payload;
    const signed = await this.signing.signer.sign(request);
    return new HttpRequest(signed);
  }

  /** What the SDK throws for this response to the event. */
  async errorOf(event: EventToSend, response: HttpResponse): Promise<unknown> {
    try {
      await this.exchange(event, () => response);
      return undefined;
    } catch (error) {
      return error;
    }
  }

  private form(event: EventToSend): Promise<HttpRequest> {
    // The name of an execution is another one for each event.
    const isNamed = event.durableName !== undefined;
    const { functionName, qualifier, tenantId } = event;
    const key = JSON.stringify([questionOf(event), functionName, qualifier, tenantId, isNamed]);
    const known = this.forms.get(key);
    if (known) return known;
    if (this.forms.size >= mostForms) this.forms.clear();
    const form = this.build(event);
    this.forms.set(key, form);
    return form;
  }

  private async build(event: EventToSend): Promise<HttpRequest> {
    let form: HttpRequest | undefined;
    await this.exchange(event, (request) => {
      form = request;
      return new HttpResponse({ statusCode: 202, headers: {} });
    });
    if (!form) throw new TypeError('The SDK made no request.');
    for (const name of signatureHeaders) delete form.headers[name];
    return form;
  }

  /** Runs the SDK's middleware for an event without its payload; `respond` takes the place of the network. */
  private async exchange(
    event: Omit<EventToSend, 'payload'>,
    respond: (request: HttpRequest) => HttpResponse,
  ): Promise<void> {
    const question = questionOf(event);
    if (question === 'InvokeAsync') {
      const command = new InvokeAsyncCommand({
        FunctionName: withQualifier(event.functionName, event.qualifier),
        InvokeArgs: standIn,
      });
      endPathWithSlash(command);
      respondInstead(command.middlewareStack, respond);
      await this.client.send(command);
      return;
    }
    const command = new InvokeCommand({
      FunctionName: event.functionName,
      InvocationType: question,
      Payload: standIn,
      ...(event.qualifier && { Qualifier: event.qualifier }),
      ...(event.tenantId !== undefined && { TenantId: event.tenantId }),
      ...(event.durableName !== undefined && { DurableExecutionName: event.durableName }),
    });
    respondInstead(command.middlewareStack, respond);
    await this.client.send(command);
  }

  private signingWith(credentials: AwsCredentialIdentity) {
    const { region } = this.connection;
    const { sha256 } = this.client.config;
    const signer = new SignatureV4({ service: 'lambda', region, sha256, credentials });
    return { credentials, signer };
  }
}

/** Replaces the network, below all of the SDK's middleware. */
function respondInstead<I extends object, O extends object>(
  stack: MiddlewareStack<I, O>,
  respond: (request: HttpRequest) => HttpResponse,
): void {
  stack.add(
    () =>
      ({ request }) => {
        if (!HttpRequest.isInstance(request)) throw new TypeError('The SDK made no HTTP request.');
        // The SDK's deserializer adds the output.
        return Promise.resolve({ response: respond(request) } as DeserializeHandlerOutput<O>);
      },
    { step: 'deserialize', priority: 'low', name: 'respondInstead' },
  );
}

/**
 * The API reference writes the path with a slash at its end; the SDK's model has lost it. AWS takes both forms,
 * serverless-offline only this one. Put there before the request is signed.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_InvokeAsync.html
 */
function endPathWithSlash(command: InvokeAsyncCommand): void {
  command.middlewareStack.add(
    (next) => (handed) => {
      const { request } = handed;
      if (HttpRequest.isInstance(request) && !request.path.endsWith('/')) request.path += '/';
      return next(handed);
    },
    { step: 'build', name: 'endPathWithSlash' },
  );
}

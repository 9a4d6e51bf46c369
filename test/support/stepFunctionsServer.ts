import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { close, listen } from './loopback';

type S3Operation =
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'ListParts'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload'
  | 'HeadObject'
  | 'GetObject';

type StepFunctionsOperation =
  | 'StartExecution'
  | 'DescribeExecution'
  | 'ListMapRuns'
  | 'DescribeMapRun'
  | 'UpdateMapRun'
  | 'StopExecution';

/** Operations that the server knows, as AWS calls them. */
export type Operation =
  | S3Operation
  | StepFunctionsOperation
  | 'DescribeStacks'
  | 'ListFunctions'
  | 'GetFunctionConfiguration';

/** What goes wrong: an error of the service, or the connection ends. */
export interface Fault {
  readonly status: number;
  readonly code: string;
  readonly message?: string;
  /** The operation is carried out all the same, and its answer is what is lost. */
  readonly isLate?: boolean;
}

export interface Recorded {
  readonly operation: Operation;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

interface RunningExecution {
  readonly name: string;
  readonly input: string;
  status: string;
}

interface StackState {
  status: string;
  outputs: Record<string, string>;
  reason?: string;
}

const account = '123456789012';
const arnOf = (kind: string, name: string) => `arn:aws:states:eu-west-1:${account}:${kind}:${name}`;
export const stateMachineArn = arnOf('stateMachine', 'lambda-events-orders');
export const functionArn = `arn:aws:lambda:eu-west-1:${account}:function:orders`;

/** S3, Step Functions, CloudFormation and Lambda as far as an execution needs them: each speaks its own protocol. */
export class StepFunctionsServer {
  readonly requests: Recorded[] = [];
  readonly objects = new Map<string, Buffer>();
  readonly uploads = new Map<string, Map<number, Buffer>>();
  readonly executions = new Map<string, RunningExecution>();
  /** What DescribeMapRun says; without one there is no map run yet. */
  mapRun:
    | { itemCounts: Record<string, number>; maxConcurrency: number; status: string }
    | undefined;
  /** What has become of the template once it is deployed. */
  readonly readyStack: StackState = {
    status: 'CREATE_COMPLETE',
    outputs: { StateMachineArn: stateMachineArn, Bucket: 'events', Prefix: 'in/' },
  };
  /** `undefined` when there is no stack. */
  stack: StackState | undefined = this.readyStack;
  /** Of an execution that was just started. */
  startedStatus = 'RUNNING';
  functionConfiguration: object = { FunctionName: 'orders', FunctionArn: functionArn };
  /** By the operation and how often it was asked for before. */
  fault: (operation: Operation, count: number) => Fault | 'hangUp' | undefined = () => undefined;
  /** Numbers of parts that S3 loses once after it has confirmed them. */
  readonly lostParts = new Set<number>();

  #uploads = 0;
  readonly #server = createServer((request, response) => void this.#receive(request, response));

  async start(): Promise<string> {
    return listen(this.#server);
  }

  async stop(): Promise<void> {
    await close(this.#server);
  }

  count(operation: Operation): number {
    return this.requests.filter((one) => one.operation === operation).length;
  }

  /** What the map run of an execution has left in the bucket: the inputs of each kind of result. */
  putResults(execution: string, results: Readonly<Record<string, readonly string[]>>): void {
    const prefix = `in/results/${execution}/run-1`;
    const listed = Object.entries(results).map(([kind, inputs]) => {
      const key = `${prefix}/${kind}_0.jsonl`;
      const lines = inputs.map((input) => JSON.stringify({ Input: input, Status: kind }));
      const bytes = Buffer.from(lines.join('\n'));
      this.objects.set(`events/${key}`, bytes);
      return [kind, [{ Key: key, Size: bytes.length }]] as const;
    });
    const manifest = JSON.stringify({ ResultFiles: Object.fromEntries(listed) });
    this.objects.set(`events/${prefix}/manifest.json`, Buffer.from(manifest));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://localhost');
    const body = await buffer(request).catch(() => undefined);
    if (!body) return;
    const operation = operationOf(request, url, body);
    const fault = this.fault(operation, this.count(operation));
    this.requests.push({ operation, url, headers: request.headers, body });
    if (fault === 'hangUp') {
      response.destroy();
      return;
    }
    const answer = (): Answer => this.#answer(operation, { url, headers: request.headers, body });
    if (fault?.isLate) answer();
    const { status, body: text, headers } = fault ? errorOf(operation, fault) : answer();
    response.writeHead(status, { 'x-amzn-requestid': 'id', ...headers });
    response.end(request.method === 'HEAD' ? undefined : text);
  }

  #answer(operation: Operation, request: Omit<Recorded, 'operation'>): Answer {
    if (isOfS3(operation)) return this.#s3(operation, request);
    if (operation === 'DescribeStacks') return this.#describeStacks();
    if (operation === 'ListFunctions') return json({ Functions: [this.functionConfiguration] });
    if (operation === 'GetFunctionConfiguration') return json(this.functionConfiguration);
    return this.#stepFunctions(operation, JSON.parse(request.body.toString()) as Input);
  }

  #s3(operation: S3Operation, { url, headers, body }: Omit<Recorded, 'operation'>): Answer {
    const key = decodeURIComponent(url.pathname.slice(1));
    const id = url.searchParams.get('uploadId') ?? '';
    if (operation === 'CreateMultipartUpload') {
      const created = `upload-${++this.#uploads}`;
      this.uploads.set(created, new Map());
      return xml('InitiateMultipartUploadResult', `<UploadId>${created}</UploadId>`);
    }
    if (operation === 'GetObject' || operation === 'HeadObject')
      return this.#object(key, headers.range);
    const parts = this.uploads.get(id);
    if (!parts) return errorOf(operation, { status: 404, code: 'NoSuchUpload' });
    switch (operation) {
      case 'UploadPart': {
        const checksum = sha256(body);
        if (headers['x-amz-checksum-sha256'] !== checksum)
          return errorOf(operation, { status: 400, code: 'BadDigest' });
        const number = Number(url.searchParams.get('partNumber'));
        if (!this.lostParts.delete(number)) parts.set(number, body);
        return { status: 200, body: '', headers: { etag: `"${checksum}"` } };
      }
      case 'ListParts':
        return xml(
          'ListPartsResult',
          `<IsTruncated>false</IsTruncated>${[...parts]
            .map(
              ([number, bytes]) =>
                `<Part><PartNumber>${number}</PartNumber><ETag>"${sha256(bytes)}"</ETag><Size>${bytes.length}</Size><ChecksumSHA256>${sha256(bytes)}</ChecksumSHA256></Part>`,
            )
            .join('')}`,
        );
      case 'CompleteMultipartUpload': {
        const numbers = [...body.toString().matchAll(/<PartNumber>(\d+)</g)].map(([, n]) =>
          Number(n),
        );
        const bytes = numbers.map((number) => parts.get(number));
        if (!bytes.every((part) => part !== undefined))
          return errorOf(operation, { status: 400, code: 'InvalidPart' });
        this.objects.set(key, Buffer.concat(bytes));
        this.uploads.delete(id);
        return xml('CompleteMultipartUploadResult', '<ETag>"done"</ETag>');
      }
      case 'AbortMultipartUpload':
        break;
    }
    this.uploads.delete(id);
    return { status: 204, body: '' };
  }

  #object(key: string, range: string | undefined): Answer {
    const object = this.objects.get(key);
    if (!object) return errorOf('GetObject', { status: 404, code: 'NoSuchKey' });
    const [, from = '0', to = String(object.length - 1)] = /(\d+)-(\d+)/.exec(range ?? '') ?? [];
    const part = object.subarray(Number(from), Number(to) + 1);
    return {
      status: range === undefined ? 200 : 206,
      body: part,
      headers: {
        'content-length': String(part.length),
        ...(range !== undefined && {
          'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${object.length}`,
        }),
      },
    };
  }

  #stepFunctions(operation: StepFunctionsOperation, input: Input): Answer {
    if (operation === 'StartExecution') return this.#startExecution(input);
    const { executionArn = '' } = input;
    const execution = this.executions.get(executionArn);
    switch (operation) {
      case 'DescribeExecution':
        if (!execution) return errorOf(operation, { status: 400, code: 'ExecutionDoesNotExist' });
        return json({
          executionArn,
          stateMachineArn,
          status: execution.status,
          ...(execution.status === 'FAILED' && {
            error: 'States.ExceedToleratedFailureThreshold',
            cause: 'The specified tolerated failure threshold was exceeded',
          }),
        });
      case 'ListMapRuns': {
        const mapRunArn = mapRunOf(executionArn);
        return json({ mapRuns: this.mapRun ? [{ executionArn, mapRunArn }] : [] });
      }
      case 'DescribeMapRun':
        return json({ mapRunArn: input.mapRunArn, ...this.mapRun });
      case 'UpdateMapRun':
        if (this.mapRun) this.mapRun.maxConcurrency = input.maxConcurrency ?? 0;
        return json({});
      case 'StopExecution':
        break;
    }
    if (execution) execution.status = 'ABORTED';
    return json({ stopDate: 1 });
  }

  #startExecution({ name = '', input = '', stateMachineArn: machine = '' }: Input): Answer {
    if (machine !== stateMachineArn)
      return errorOf('StartExecution', { status: 400, code: 'StateMachineDoesNotExist' });
    const executionArn = arnOf('execution', `lambda-events-orders:${name}`);
    const known = this.executions.get(executionArn);
    if (known && (known.input !== input || known.status !== 'RUNNING'))
      return errorOf('StartExecution', { status: 400, code: 'ExecutionAlreadyExists' });
    if (!known) this.executions.set(executionArn, { name, input, status: this.startedStatus });
    return json({ executionArn, startDate: 1 });
  }

  #describeStacks(): Answer {
    if (!this.stack) {
      const message = 'Stack with id lambda-events-orders does not exist';
      return errorOf('DescribeStacks', { status: 400, code: 'ValidationError', message });
    }
    const outputs = Object.entries(this.stack.outputs)
      .map(
        ([key, value]) =>
          `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
      )
      .join('');
    return {
      status: 200,
      body: `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>s</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${this.stack.status}</StackStatus><StackStatusReason>${this.stack.reason ?? ''}</StackStatusReason><Outputs>${outputs}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
      headers: { 'content-type': 'text/xml' },
    };
  }
}

/** The map run of an execution. */
export function mapRunOf(executionArn: string): string {
  return `${executionArn.replace(':execution:', ':mapRun:').replace(/:[^:]+$/, '')}/SendEvents:run-1`;
}

interface Input {
  readonly name?: string;
  readonly input?: string;
  readonly stateMachineArn?: string;
  readonly executionArn?: string;
  readonly mapRunArn?: string;
  readonly maxConcurrency?: number;
}

interface Answer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

function operationOf({ method, headers }: IncomingMessage, url: URL, body: Buffer): Operation {
  const target = headers['x-amz-target'];
  if (target !== undefined) return String(target).split('.')[1] as Operation;
  if (url.pathname === '/') return /Action=(\w+)/.exec(body.toString())?.[1] as Operation;
  const [, name] = /^\/\d{4}-\d\d-\d\d\/functions\/?(.*)/.exec(url.pathname) ?? [];
  if (name !== undefined) return name === '' ? 'ListFunctions' : 'GetFunctionConfiguration';
  const hasId = url.searchParams.has('uploadId');
  const operations: Readonly<Record<string, Operation>> = {
    POST: hasId ? 'CompleteMultipartUpload' : 'CreateMultipartUpload',
    PUT: 'UploadPart',
    DELETE: 'AbortMultipartUpload',
    HEAD: 'HeadObject',
  };
  return operations[method ?? ''] ?? (hasId ? 'ListParts' : 'GetObject');
}

function isOfS3(operation: Operation): operation is S3Operation {
  return /Part|MultipartUpload|Object/.test(operation);
}

function errorOf(operation: Operation, { status, code, message = code }: Fault): Answer {
  if (isOfS3(operation)) {
    const body = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    return { status, body, headers: { 'content-type': 'application/xml' } };
  }
  if (operation === 'DescribeStacks') {
    const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
    return { status, body, headers: { 'content-type': 'text/xml' } };
  }
  return {
    status,
    body: JSON.stringify({ __type: code, message }),
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code },
  };
}

function xml(name: string, content: string): Answer {
  return {
    status: 200,
    body: `<?xml version="1.0"?><${name}>${content}</${name}>`,
    headers: { 'content-type': 'application/xml' },
  };
}

function json(value: object): Answer {
  return {
    status: 200,
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/x-amz-json-1.0' },
  };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64');
}

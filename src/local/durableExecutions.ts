import { createHash, randomUUID } from 'node:crypto';
import type { Attempt, FunctionError, Invocation } from './invocation';
import { ServiceError } from './serviceError';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED';

/** One run of a durable function's handler, by its name. */
export interface DurableExecution {
  readonly arn: string;
  readonly name: string;
  readonly functionArn: string;
  readonly version: string;
  readonly status: ExecutionStatus;
  /** As JSON text; undefined when there was no room to keep it. */
  readonly input: string | undefined;
  /** As JSON text, of one that succeeded. */
  readonly result: string | undefined;
  readonly error: FunctionError | undefined;
  /** Milliseconds since 1970, like `endedAt`. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
}

interface Kept extends DurableExecution {
  /** Of function and payload: what an event of the same name must have again. */
  readonly digest: string;
  readonly ended: Promise<Attempt>;
  readonly end: (attempt: Attempt) => void;
}

/** What was started, or was there already. */
export interface Start {
  readonly execution: DurableExecution;
  readonly isNew: boolean;
}

/** Executions that are over; Lambda keeps them for days. */
const mostEnded = 10_000;

/** Of all inputs and results together, in characters. */
const mostCharacters = 16 * 1024 * 1024;

/**
 * The durable executions of Local Lambda, each name once over all functions, as in an account and a region. An execution
 * runs its handler once: there are no checkpoints to go on from.
 */
export class DurableExecutions {
  readonly #byName = new Map<string, Kept>();
  readonly #nameOfArn = new Map<string, string>();
  #characters = 0;

  /**
   * Starts an execution, or finds the one that an event with this name and payload has started.
   *
   * @param name the execution's; one is made where there is none
   * @throws ServiceError DurableExecutionAlreadyStartedException when the name stands for another event
   */
  start(invocation: Invocation, name: string = randomUUID()): Start {
    const { functionArn, version, tenantId, payload } = invocation;
    const digest = createHash('sha256')
      .update(JSON.stringify([functionArn, version, tenantId]))
      .update(payload)
      .digest('hex');
    const known = this.#byName.get(name);
    if (known) {
      if (known.digest === digest) return { execution: known, isNew: false };
      throw new ServiceError(
        'DurableExecutionAlreadyStartedException',
        `A durable execution with the name ${name} was already started with another payload: ${known.arn}`,
      );
    }
    const input = new TextDecoder().decode(payload);
    let end: Kept['end'] = () => {};
    const ended = new Promise<Attempt>((resolve) => {
      end = resolve;
    });
    const execution: Kept = {
      arn: arnOf(functionArn, version, name),
      name,
      functionArn,
      version: versionOf(version),
      status: 'RUNNING',
      input: this.#characters + input.length <= mostCharacters ? input : undefined,
      result: undefined,
      error: undefined,
      startedAt: Date.now(),
      endedAt: undefined,
      digest,
      ended,
      end,
    };
    this.#keep(execution);
    this.#nameOfArn.set(execution.arn, name);
    return { execution, isNew: true };
  }

  /** Its event could not be queued: the name is free again. */
  forget({ arn }: DurableExecution): void {
    this.#drop(this.#find(arn));
  }

  /** @throws ServiceError ResourceNotFoundException */
  find(arn: string): DurableExecution {
    return this.#find(arn);
  }

  /** The attempt that an execution comes to. */
  async end(arn: string): Promise<Attempt> {
    return this.#find(arn).ended;
  }

  /**
   * Runs the handler of an execution, and keeps what it comes to. There is no further attempt: a durable function
   * retries its own steps.
   */
  async run(arn: string, handle: () => Promise<Attempt>): Promise<Attempt> {
    const name = this.#nameOfArn.get(arn);
    if (name === undefined || this.#byName.get(name)?.status !== 'RUNNING') return stopped;
    const attempt = { ...(await handle()), isFinal: true };
    const { result } = attempt;
    const status = { success: 'SUCCEEDED', error: 'FAILED', timeout: 'TIMED_OUT' } as const;
    const isEnded = this.#settle(name, attempt, {
      status: status[result.status],
      result: result.status === 'success' ? result.body : undefined,
      error: result.status === 'success' ? undefined : result.error,
    });
    return isEnded ? attempt : stopped;
  }

  /**
   * Stops an execution that runs; what its handler still does is ignored.
   *
   * @returns when it ended, in milliseconds since 1970
   * @throws ServiceError ResourceNotFoundException; InvalidParameterValueException when it is over
   */
  stop(arn: string, error: FunctionError | undefined): number {
    const { name } = this.#find(arn);
    const end = { status: 'STOPPED', result: undefined, error } as const;
    const isEnded = this.#settle(name, stopped, end);
    if (!isEnded) {
      throw new ServiceError(
        'InvalidParameterValueException',
        `The durable execution ${arn} is not running.`,
      );
    }
    return this.#find(arn).endedAt ?? Date.now();
  }

  #find(arn: string): Kept {
    const execution = this.#byName.get(this.#nameOfArn.get(arn) ?? '');
    if (execution) return execution;
    throw new ServiceError('ResourceNotFoundException', `Durable execution not found: ${arn}`);
  }

  /** Whether it was running until now. */
  #settle(name: string, attempt: Attempt, end: Pick<Kept, 'status' | 'result' | 'error'>): boolean {
    const running = this.#byName.get(name);
    if (running?.status !== 'RUNNING') return false;
    // At the end of the map: the one that ended first is forgotten first.
    this.#remove(running);
    this.#keep({ ...running, ...end, endedAt: Date.now() });
    running.end(attempt);
    for (const execution of this.#byName.values()) {
      if (this.#byName.size <= mostEnded && this.#characters <= mostCharacters) break;
      if (execution.status !== 'RUNNING' && execution.name !== name) this.#drop(execution);
    }
    return true;
  }

  #keep(execution: Kept): void {
    this.#byName.set(execution.name, execution);
    this.#characters += charactersOf(execution);
  }

  #remove(execution: Kept): void {
    this.#byName.delete(execution.name);
    this.#characters -= charactersOf(execution);
  }

  #drop(execution: Kept): void {
    this.#remove(execution);
    this.#nameOfArn.delete(execution.arn);
  }
}

function charactersOf({ input = '', result = '' }: DurableExecution): number {
  return input.length + result.length;
}

/** What a stopped execution's event comes to: nothing runs, and nothing is retried. */
const stopped: Attempt = {
  result: { status: 'success', body: 'null' },
  durationMs: 0,
  memoryMb: 0,
  isFinal: true,
};

/** An alias stands for the code in the folder, as every version does. */
function versionOf(qualifier: string): string {
  return /^\d+$/.test(qualifier) ? qualifier : '$LATEST';
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetDurableExecution.html */
function arnOf(functionArn: string, qualifier: string, name: string): string {
  const unqualified = functionArn.split(':').slice(0, 7).join(':');
  return `${unqualified}:${versionOf(qualifier)}/durable-execution/${name}/${randomUUID()}`;
}

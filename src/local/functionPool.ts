import { randomUUID } from 'node:crypto';
import type { LocalFunction } from './configurationText';
import type { DebugRequest } from './debugging';
import { FunctionProcess, type ProcessStart } from './functionProcess';
import { handlerEnvironment } from './handlerEnvironment';
import type { HandlerFile } from './handlerFile';
import { type HandlerProgram, handlerProgram } from './handlerPrograms';

/** How many events of a function run at the same time that reserves no concurrency; further ones wait. */
const processesPerFunction = 4;

/** How many events of a function run at the same time, as its reserved concurrency has it. */
export function concurrencyOf({
  concurrency,
}: {
  readonly concurrency?: number | undefined;
}): number {
  return concurrency ?? processesPerFunction;
}

/** Every function is said to have the smallest memory that Lambda offers; nothing holds it to that. */
export const memoryMb = 128;

/** Which process is asked for. */
interface ProcessRequest {
  readonly fn: LocalFunction;
  readonly handler: HandlerFile;
  /** What `programOf` has returned for the handler. */
  readonly program: HandlerProgram;
  readonly tenantId: string | undefined;
}

/** A process, and what it is known by. */
export interface Seat {
  readonly process: FunctionProcess;
  /** What the process was started from: another handler file or configuration needs another process. */
  readonly revision: string;
  readonly logStream: string;
}

interface Seats {
  idle: Seat[];
  taken: number;
  readonly waiting: (() => void)[];
}

/** The processes of all functions: started on demand, reused while they are warm and up to date. */
export class FunctionPool {
  readonly #module: string;
  readonly #place: { region: string; endpoint: string };
  readonly #functions = new Map<string, Seats>();
  readonly #processes = new Set<FunctionProcess>();
  #stopped = false;

  /** @param module path of the bundle of handlerProcess.ts */
  constructor(module: string, place: { region: string; endpoint: string }) {
    this.#module = module;
    this.#place = place;
  }

  /** @throws NoProgramError when nothing can run the handler */
  programOf(
    handler: HandlerFile,
    { folder }: LocalFunction,
    debug: DebugRequest | undefined,
  ): HandlerProgram {
    return handlerProgram(handler, this.#module, folder, debug);
  }

  /**
   * Runs `work` with a process of the function that nobody else uses meanwhile, and that has run events of no other
   * tenant. Rejects after `stop`.
   */
  async use<T>(request: ProcessRequest, work: (seat: Seat) => Promise<T>): Promise<T> {
    const seats = this.#seatsOf(request.fn.name);
    if (seats.taken >= concurrencyOf(request.fn)) {
      await new Promise<void>((resolve) => seats.waiting.push(resolve));
    } else {
      seats.taken += 1;
    }
    try {
      const seat = this.#take(seats, request);
      const result = await work(seat);
      if (seat.process.alive) seats.idle.push(seat);
      else this.#processes.delete(seat.process);
      return result;
    } finally {
      // The next in line takes over this place; without one it becomes free.
      const next = seats.waiting.shift();
      if (next) next();
      else seats.taken -= 1;
    }
  }

  /**
   * Runs `work` with a process of its own that waits for a debugger, and ends it afterwards. It takes no seat: the other
   * events of the function run on.
   */
  async debug<T>(
    request: ProcessRequest,
    debug: DebugRequest,
    work: (seat: Seat) => Promise<T>,
  ): Promise<T> {
    const { fn, handler } = request;
    const { runtime } = handler;
    const { name: functionName, folder } = fn;
    const seat = this.#start(request, '', async ({ port, url }) =>
      debug.attach({ runtime, port, ...(url !== '' && { url }), functionName, folder }),
    );
    const end = () => seat.process.kill();
    const { signal } = debug;
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    try {
      return await work(seat);
    } finally {
      signal.removeEventListener('abort', end);
      await seat.process.stop();
      this.#processes.delete(seat.process);
    }
  }

  /** Ends every process, waits until they are gone, and forgets who waits for one. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const seats of this.#functions.values()) seats.waiting.length = 0;
    await Promise.all([...this.#processes].map((one) => one.stop()));
  }

  #seatsOf(name: string): Seats {
    const seats = this.#functions.get(name) ?? { idle: [], taken: 0, waiting: [] };
    this.#functions.set(name, seats);
    return seats;
  }

  #take(seats: Seats, request: ProcessRequest): Seat {
    const revision = JSON.stringify(request);
    const usable = seats.idle.filter(
      ({ process, revision: own }) => process.alive && own === revision && !process.isOutdated,
    );
    for (const seat of seats.idle.filter((one) => !usable.includes(one))) {
      seat.process.kill();
      this.#processes.delete(seat.process);
    }
    const warm = usable.pop();
    seats.idle = usable;
    return warm ?? this.#start(request, revision);
  }

  #start(
    { fn, handler: { runtime }, program }: ProcessRequest,
    revision: string,
    attach?: ProcessStart['attach'],
  ): Seat {
    if (this.#stopped) throw new Error('Local Lambda has stopped.');
    const logStream = newLogStream();
    const started = new FunctionProcess({
      runtime,
      program,
      folder: fn.folder,
      environment: handlerEnvironment(fn, runtime, { ...this.#place, logStream, memoryMb }),
      ...(attach && { attach }),
    });
    this.#processes.add(started);
    return { process: started, revision, logStream };
  }
}

/** `2026/11/22[$LATEST]` and 32 hexadecimal digits: one stream for each process, as in CloudWatch. */
function newLogStream(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
}

import type { Connection } from '../../core/invocation/connection';
import type { FunctionHealth, FunctionSettings } from '../../core/invocation/functionHealth';
import { isLoopback } from '../../core/invocation/loopback';
import { aws } from '../lazy';
import { functionKey } from './confirmation';

/** Which function, and as whom it is asked. */
export interface FunctionPlace {
  readonly functionName: string;
  readonly qualifier?: string | undefined;
  readonly connection: Connection;
}

/** How long what was read counts as how things are, in milliseconds. */
const keptMs = 3 * 60_000;

/** How long each request may take: nobody waits for them but what is told afterwards. */
const timeoutMs = 5000;

/** Functions whose health is kept. */
const mostKept = 100;

interface Kept {
  readonly startedAt: number;
  /** As far as it is there. */
  readonly known: Partial<FunctionHealth>;
  readonly settings: Promise<FunctionSettings | undefined>;
  readonly all: Promise<Partial<FunctionHealth>>;
}

/** Reads the configuration, limits and metrics of functions that are sent to, each once in a few minutes. */
export class FunctionHealths {
  readonly #kept = new Map<string, Kept>();

  /**
   * @param localEndpoint of the running Local Lambda
   * @param now in milliseconds, by a clock that only goes forward
   */
  constructor(
    private readonly localEndpoint: () => string | undefined,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** What is known, without asking anybody. */
  known(place: FunctionPlace): Partial<FunctionHealth> {
    return this.#kept.get(functionKey(place))?.known ?? {};
  }

  /**
   * Begins to read, unless it was read in the last minutes. Never throws, and never asks an emulator on this machine
   * other than Local Lambda: it has no such configuration.
   */
  read(place: FunctionPlace): void {
    this.#read(place);
  }

  /** What the function wants of each event, if that is known within the time; a failed reading counts as unknown. */
  async settings(place: FunctionPlace, limitMs: number): Promise<FunctionSettings | undefined> {
    const kept = this.#read(place);
    return kept && within(limitMs, kept.settings);
  }

  /** All that can be known, once it is. */
  async all(place: FunctionPlace): Promise<Partial<FunctionHealth>> {
    return (await this.#read(place)?.all) ?? {};
  }

  #read(place: FunctionPlace): Kept | undefined {
    const { connection } = place;
    const isLocal = connection.endpoint !== undefined && isLoopback(connection.endpoint);
    const isLocalLambda = isLocal && connection.endpoint === this.localEndpoint();
    if (isLocal && !isLocalLambda) return undefined;
    const key = functionKey(place);
    const before = this.#kept.get(key);
    // Local Lambda's configuration is a file that is open in the editor.
    if (before && !isLocalLambda && this.now() - before.startedAt < keptMs) return before;
    const kept = this.#ask(place, before);
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return kept;
  }

  #ask({ connection, functionName, qualifier }: FunctionPlace, before: Kept | undefined): Kept {
    // Until it is read anew, what was known still is.
    const known: Partial<FunctionHealth> = { ...before?.known };
    const parts = aws().then(({ askFunctionHealth }) =>
      askFunctionHealth(connection, { functionName, qualifier }, { timeoutMs }),
    );
    const keep = async (part: keyof FunctionHealth) => {
      Object.assign(known, { [part]: await (await parts)[part] });
    };
    const settings = keep('configuration').then(
      () => (known.configuration?.kind === 'known' ? known.configuration.value : undefined),
      () => undefined,
    );
    const others = (['eventHandling', 'concurrency', 'metrics'] as const).map(keep);
    const all = Promise.allSettled([settings, ...others]).then(() => known);
    return { startedAt: this.now(), known, settings, all };
  }
}

/** What a promise resolves to, or `undefined` after so many milliseconds. */
async function within<Value>(limitMs: number, promise: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

import type { Execution } from '../../core/stepFunctions/execution';
import type { ContextKey } from '../ui/contextKey';

/** An execution, as a row of the Invocations view tells of it. */
export interface ShownExecution extends Execution {
  /** Path of its folder, which is unique. */
  readonly folder: string;
  /** While this window uploads its file. */
  readonly control?: { cancel(): void } | undefined;
  /** Whether this window asks Step Functions how far it is. */
  readonly isFollowed?: boolean | undefined;
  /** Why it could not be asked. */
  readonly followFault?: string | undefined;
}

type Listener = (execution: ShownExecution | undefined) => void;

/** The executions of this window, and those of earlier ones that concern it. Nothing is read before somebody asks. */
export class Executions {
  readonly #listeners = new Set<Listener>();
  readonly #known = new Map<string, ShownExecution>();
  #loading: Promise<void> | undefined;

  /** @param load adds those that an earlier window has begun; called once, when somebody asks */
  constructor(
    readonly root: string,
    private readonly hasExecutions: Pick<ContextKey, 'set'>,
    private readonly load: (executions: Executions) => Promise<void>,
  ) {}

  /** Calls back with the execution that has changed, or `undefined` when some came or went. */
  onDidChange(listener: Listener): void {
    this.#listeners.add(listener);
  }

  async all(): Promise<readonly ShownExecution[]> {
    await (this.#loading ??= this.load(this));
    return [...this.#known.values()];
  }

  get(folder: string): ShownExecution | undefined {
    return this.#known.get(folder);
  }

  put(execution: ShownExecution): void {
    const isNew = !this.#known.has(execution.folder);
    this.#known.set(execution.folder, execution);
    this.#tell(isNew ? undefined : execution);
  }

  /** Forgets an execution; its folder is gone. */
  remove(folder: string): void {
    this.#known.delete(folder);
    this.#tell(undefined);
  }

  #tell(execution: ShownExecution | undefined): void {
    this.hasExecutions.set(this.#known.size > 0);
    for (const listener of this.#listeners) listener(execution);
  }
}

import * as l10n from '@vscode/l10n';

/** The time that one document may take: text can be made so that every question about it is slow. */
export class TimeLimit {
  readonly #end: number;
  #ticks = 0;

  /** In milliseconds from now. */
  constructor(readonly milliseconds: number) {
    this.#end = performance.now() + milliseconds;
  }

  get isUp(): boolean {
    return performance.now() > this.#end;
  }

  /** Throws TimeIsUp when the time is up; called by what every slow path goes through. */
  check(): void {
    if (this.isUp) throw this.error();
  }

  /** The same for what takes no longer than a look at the clock: looks at it now and then. */
  tick(): void {
    this.#ticks++;
    if (this.#ticks % 32 === 0) this.check();
  }

  error(): TimeIsUp {
    return new TimeIsUp(l10n.t('reading it took longer than {0} ms', this.milliseconds));
  }
}

export class TimeIsUp extends Error {}

import * as l10n from '@vscode/l10n';
import { type CancellationToken, type Progress, type Uri, workspace } from 'vscode';
import type { Senders } from '../../aws/main';
import type { RunReason } from '../../core/fileRun/run';
import { Streaks } from '../../core/fileRun/runLimits';
import { verdictOf } from '../../core/fileRun/verdicts';
import type { InvokeApi, Outcome } from '../../core/invocation/outcome';
import type { TargetReading } from '../payloads/targetReading';
import type { TargetStore } from '../payloads/targetStore';
import type { Step } from '../ui/ui';
import type { Invoker } from './invoker';

/** A payload that waits for its turn, with the function that it was to go to when the user chose it. */
export interface QueuedPayload {
  readonly uri: Uri;
  readonly functionIdentifier: string | undefined;
}

/** How each of several payloads is sent. */
export interface Call {
  readonly api?: InvokeApi;
  readonly dryRun?: boolean;
}

interface Steps {
  readonly invoker: Pick<Invoker, 'invoke'>;
  readonly targets: Pick<TargetStore, 'target'>;
  readonly senders: Pick<Senders, 'of'>;
}

interface OneOfMany {
  readonly index: number;
  readonly uri: Uri;
  readonly destination: Destination;
  readonly onSent: () => void;
}

/** So many events are under way at once, each over its own connection. */
export const mostAtOnce = 4;

/**
 * Sends several payloads, some of them at once, while what has to be asked is asked of one after the other. Where events
 * cannot succeed, no more are sent, by the same limits as those of a run.
 */
export class PayloadBatch {
  readonly #outcomes = new Map<number, Outcome>();
  readonly #destinations = new Map<string, Destination>();
  readonly #underWay = new Set<Promise<void>>();
  #isOver = false;
  #failure: Error | undefined;

  constructor(
    private readonly steps: Steps,
    private readonly call: Call,
    private readonly token: CancellationToken,
  ) {}

  /** In the order of the payloads; none of those that were skipped. */
  get outcomes(): readonly Outcome[] {
    return [...this.#outcomes].toSorted(([a], [b]) => a - b).map(([, outcome]) => outcome);
  }

  /** Why events to a function were not sent any more. */
  get reasons(): readonly RunReason[] {
    return [...new Set([...this.#destinations.values()].flatMap(({ reason }) => reason ?? []))];
  }

  async send(payloads: readonly QueuedPayload[], progress: Progress<Step>): Promise<this> {
    try {
      for (const [index, payload] of payloads.entries()) {
        if (this.#underWay.size >= mostAtOnce) await Promise.race(this.#underWay);
        if (this.#isOver || this.token.isCancellationRequested) break;
        // An answer to a question may take long, and `.lambda/targets.json` may say something else by now.
        const reading = await this.steps.targets.target(payload.uri);
        // When nobody can say where it goes, the way of a single event tells why.
        if (reading.kind === 'target' && functionOf(reading) !== payload.functionIdentifier)
          continue;
        const destination = this.#destinationOf(reading);
        if (destination.reason) continue;
        progress.report({
          message: l10n.t('{number} of {count}: {path}', {
            number: index + 1,
            count: payloads.length,
            path: workspace.asRelativePath(payload.uri),
          }),
        });
        const onSent = () => progress.report({ increment: 100 / payloads.length });
        await this.#begin({ index, uri: payload.uri, destination, onSent });
      }
    } finally {
      await Promise.all(this.#underWay);
    }
    if (this.#failure) throw this.#failure;
    return this;
  }

  /** Resolves when nothing is asked any more: the event is under way, or nothing became of it. */
  async #begin(sending: OneOfMany): Promise<void> {
    await new Promise<void>((resolve) => {
      const underWay = this.#carry(sending, resolve).finally(() => this.#underWay.delete(underWay));
      this.#underWay.add(underWay);
    });
  }

  /** Never rejects. */
  async #carry({ index, uri, destination, onSent }: OneOfMany, leaves: () => void): Promise<void> {
    let hasLeft = false;
    try {
      const outcome = await this.#sendOne(uri, () => {
        hasLeft = true;
        leaves();
      });
      if (outcome) {
        this.#outcomes.set(index, outcome);
        if (hasLeft) destination.learn(outcome);
        onSent();
      } else {
        // The user said no to one of them, and so to the rest.
        this.#isOver = true;
      }
    } catch (error) {
      this.#isOver = true;
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
    leaves();
  }

  async #sendOne(uri: Uri, onLeaving: () => void): Promise<Outcome | undefined> {
    const { invoker, senders } = this.steps;
    const { api, dryRun = false } = this.call;
    return invoker.invoke(api === undefined ? { uri } : { uri, api }, {
      dryRun,
      isQuiet: true,
      token: this.token,
      senders,
      onLeaving,
    });
  }

  #destinationOf(reading: TargetReading): Destination {
    const target = reading.kind === 'target' ? reading.target : undefined;
    // Of a payload without a target the user is asked for the function, each time.
    if (!target) return new Destination();
    const key = JSON.stringify([target.function, target.profile, target.region]);
    const destination = this.#destinations.get(key) ?? new Destination();
    this.#destinations.set(key, destination);
    return destination;
  }
}

/** A function that events go to, as long as it makes sense. */
class Destination {
  readonly #streaks = new Streaks();
  #reason: RunReason | undefined;

  /** Why nothing more is sent to it. */
  get reason(): RunReason | undefined {
    return this.#reason;
  }

  learn(outcome: Outcome): void {
    const verdict = verdictOf({ ...outcome, resend: false });
    const stops = verdict.kind === 'pause' || verdict.kind === 'stop';
    this.#reason ??= stops ? verdict.reason : this.#streaks.add(outcome.kind);
  }
}

export function functionOf(reading: TargetReading): string | undefined {
  return reading.kind === 'target' ? reading.target?.function : undefined;
}

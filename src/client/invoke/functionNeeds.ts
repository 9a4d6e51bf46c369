import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { Memento } from 'vscode';
import { functionLabel } from '../../core/functionIdentifier/label';
import { isQualified } from '../../core/functionIdentifier/qualifier';
import type { FunctionSettings } from '../../core/invocation/functionHealth';
import { type InvocationHeaders, tenantIdFault } from '../../core/invocationHeaders';
import { LastAnswers } from '../lastAnswers';
import type { Ui } from '../ui/ui';
import { functionKey } from './confirmation';
import type { FunctionHealths, FunctionPlace } from './functionHealths';
import { QualifierChoice } from './qualifierChoice';

/** What an event says of itself, besides where it goes. */
export interface Needed {
  readonly qualifier?: string;
  readonly tenantId?: string;
  readonly durableName?: string;
}

/** What all lines of an event file say of themselves. */
export interface NeededByLines extends Omit<Needed, 'durableName'> {
  /** Each line then has an execution name of its own. */
  readonly isDurable: boolean;
}

interface Request extends FunctionPlace, InvocationHeaders {
  /** Of the payload, for the name of its execution. */
  readonly label: string;
  /** Only asks for a permission: starts no execution. */
  readonly dryRun: boolean;
  /** Shared by events that are sent one after the other: what is asked for one of them holds for all. */
  readonly token: object | undefined;
}

/** How long an event waits for the configuration of a function that is not known yet, in milliseconds. */
const longestWaitMs = 1500;

/**
 * Asks for what a function wants of an event, when its configuration says so: a tenant, or a version or alias. Where the
 * configuration cannot be read, nothing is asked, and Lambda rejects what is missing.
 */
export class FunctionNeeds {
  #turn: Promise<unknown> = Promise.resolve();
  readonly #answers = new WeakMap<object, Map<string, Needed>>();
  readonly #tenants: LastAnswers;
  readonly #qualifiers: QualifierChoice;

  constructor(
    private readonly healths: Pick<FunctionHealths, 'settings'>,
    memory: Memento,
    private readonly ui: Pick<Ui, 'askForText' | 'pickRow'>,
  ) {
    this.#tenants = new LastAnswers(memory, 'tenants');
    this.#qualifiers = new QualifierChoice(memory, ui);
  }

  /** What the event lacks, and what it has. `undefined` when the user cancelled. */
  async complete(request: Request): Promise<Needed | undefined> {
    const settings = await this.healths.settings(request, longestWaitMs);
    const asked = this.#turn.then(async () => this.#ask(request, settings));
    this.#turn = asked.catch(() => undefined);
    return asked;
  }

  /** The same of all lines of an event file. */
  async completeLines(
    place: FunctionPlace & Pick<InvocationHeaders, 'tenantId'>,
  ): Promise<NeededByLines | undefined> {
    const request = { ...place, label: '', dryRun: false, token: undefined };
    const needed = await this.complete(request);
    if (!needed) return undefined;
    const { durableName, ...others } = needed;
    return { ...others, isDurable: durableName !== undefined };
  }

  /** One question after the other: events may be sent at once, and the answer for one holds for the next. */
  async #ask(
    request: Request,
    settings: FunctionSettings | undefined,
  ): Promise<Needed | undefined> {
    let { qualifier, tenantId, durableName } = { ...this.#answered(request), ...given(request) };
    if (settings?.isolatesTenants && tenantId === undefined) {
      tenantId = await this.askTenant(request);
      if (tenantId === undefined) return undefined;
    }
    if (settings?.isDurable) {
      if (!isQualified({ ...request, qualifier })) {
        qualifier = await this.askQualifier(request);
        if (qualifier === undefined) return undefined;
      }
      if (!request.dryRun) durableName ??= newDurableName(request.label);
    }
    this.#remember(request, { ...(qualifier && { qualifier }), ...(tenantId && { tenantId }) });
    return {
      ...(qualifier !== undefined && { qualifier }),
      ...(tenantId !== undefined && { tenantId }),
      ...(durableName !== undefined && { durableName }),
    };
  }

  /**
   * Asks for the tenant whose event it is.
   * @param usual what it probably is; without it, what was answered last
   */
  async askTenant(
    place: FunctionPlace,
    { prompt = tenantPrompt(place), usual }: { prompt?: string; usual?: string | undefined } = {},
  ): Promise<string | undefined> {
    const key = functionKey(unqualified(place));
    const tenantId = await this.ui.askForText({
      title: l10n.t('Lambda: Tenant'),
      prompt,
      value: usual ?? this.#tenants.get(key) ?? '',
      ignoreFocusOut: true,
      validateInput: tenantIdFault,
    });
    if (tenantId !== undefined) await this.#tenants.set(key, tenantId);
    return tenantId;
  }

  /** Lets the user pick the version or alias that runs an event. */
  async askQualifier(place: FunctionPlace): Promise<string | undefined> {
    return this.#qualifiers.ask(place, {
      placeHolder: l10n.t(
        '{0} is durable: its executions run a version or alias',
        functionLabel(place.functionName).label,
      ),
      latest: l10n.t('not published: its code may change while an execution runs'),
    });
  }

  #answered({ token, ...place }: Request): Needed {
    return (token && this.#answers.get(token)?.get(functionKey(unqualified(place)))) ?? {};
  }

  #remember({ token, ...place }: Request, needed: Needed): void {
    if (!token) return;
    const answers = this.#answers.get(token) ?? new Map<string, Needed>();
    answers.set(functionKey(unqualified(place)), needed);
    this.#answers.set(token, answers);
  }
}

/**
 * A name for the execution that an event starts: that of its payload, to be found in the console, and a UUID. Names are
 * unique in an account and a region.
 */
export function newDurableName(label: string): string {
  const base = (label.split('/').at(-1) ?? '').replace(/\.jsonc?$/, '');
  const slug = base
    .replace(/[^a-zA-Z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 27);
  return [slug, randomUUID()].filter(Boolean).join('-');
}

function tenantPrompt({ functionName }: FunctionPlace): string {
  return l10n.t(
    'Tenant ID for {0}, which isolates tenants. To be asked no more, set "tenantId" in .lambda/targets.json.',
    functionLabel(functionName).label,
  );
}

function given({ qualifier, tenantId, durableName }: Request): Needed {
  return {
    ...(qualifier !== undefined && { qualifier }),
    ...(tenantId !== undefined && { tenantId }),
    ...(durableName !== undefined && { durableName }),
  };
}

/** A tenant is one of all versions of a function. */
function unqualified({ functionName, connection }: FunctionPlace): FunctionPlace {
  return { functionName, connection };
}

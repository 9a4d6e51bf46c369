import * as l10n from '@vscode/l10n';
import { functionLabel } from '../../core/functionIdentifier/label';
import { isQualified } from '../../core/functionIdentifier/qualifier';
import type { FunctionSettings } from '../../core/invocation/functionHealth';
import { durableNamePattern } from '../../core/invocationHeaders';
import { shownNumber } from '../../core/shownNumber';
import { type FunctionNeeds, type Needed, newDurableName } from '../invoke/functionNeeds';
import type { PayloadLibrary } from '../payloads/payloadLibrary';
import type { ShownFunction } from './failedEventList';
import type { FailedEventRow } from './rows';

/** Where a failed event goes, and what it says of itself there. */
export interface FailedEventTarget extends Needed {
  readonly functionName: string;
}

/**
 * What a function wants of each event and no failed event tells. AWS writes the tenant neither into dead letters nor into
 * failure records: it is known of what was sent from this workspace, and asked for the others, since another tenant's
 * would do harm.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export class FailedEventNeeds {
  constructor(
    private readonly needs: Pick<FunctionNeeds, 'askQualifier' | 'askTenant'>,
    private readonly library: Pick<PayloadLibrary, 'payloads'>,
  ) {}

  /**
   * Where each of the events goes. `undefined` when the user cancelled.
   * @param settings undefined where they may not be read: then nothing is asked, and Lambda rejects what is missing
   */
  async complete(
    rows: readonly FailedEventRow[],
    shown: ShownFunction,
    settings: FunctionSettings | undefined,
  ): Promise<ReadonlyMap<FailedEventRow, FailedEventTarget> | undefined> {
    let tenantId: string | undefined;
    // What was sent before is only removed.
    const toSend = rows.filter(({ mark }) => mark?.kind !== 'sent');
    const ownerless = toSend.filter(({ sentWith }) => sentWith.tenantId === undefined).length;
    if (settings?.isolatesTenants && ownerless > 0) {
      tenantId = await this.#askTenant(ownerless, shown);
      if (tenantId === undefined) return undefined;
    }
    let qualifier: string | undefined;
    const isDurable = settings?.isDurable === true;
    if (isDurable && toSend.some((row) => !isQualified(targetOf(row, shown)))) {
      qualifier = await this.needs.askQualifier(shown);
      if (qualifier === undefined) return undefined;
    }
    return new Map(
      rows.map((row) => {
        const target = targetOf(row, shown);
        const tenant = row.sentWith.tenantId ?? tenantId;
        return [
          row,
          {
            ...target,
            ...(qualifier !== undefined && !isQualified(target) && { qualifier }),
            ...(tenant !== undefined && { tenantId: tenant }),
            ...(isDurable && { durableName: durableNameOf(row) }),
          },
        ];
      }),
    );
  }

  async #askTenant(events: number, shown: ShownFunction): Promise<string | undefined> {
    const { label } = functionLabel(shown.functionName);
    const prompt =
      events === 1
        ? l10n.t('Tenant ID of this event of {0}. AWS does not keep it with a failed event.', label)
        : l10n.t(
            'Tenant ID of these {events} events of {function}. AWS does not keep it with failed events: if they belong to several tenants, send those of one tenant at a time.',
            {
              events: shownNumber(events),
              function: label,
            },
          );
    return this.needs.askTenant(shown, { prompt, usual: await this.#usualTenant(shown) });
  }

  /** The one tenant that the targets of the function name. */
  async #usualTenant({ functionName }: ShownFunction): Promise<string | undefined> {
    const { name } = functionLabel(functionName);
    const tenants = (await this.library.payloads()).flatMap(({ target }) =>
      target?.tenantId !== undefined && functionLabel(target.function).name === name
        ? [target.tenantId]
        : [],
    );
    const [tenant, ...others] = new Set(tenants);
    return others.length === 0 ? tenant : undefined;
  }
}

function targetOf({ target }: FailedEventRow, { functionName }: ShownFunction): FailedEventTarget {
  return target ?? { functionName };
}

/** The same one each time: whatever was killed when, the event runs once. */
function durableNameOf({ key, sentWith }: FailedEventRow): string {
  const name = `failed-event-${key}`;
  return (
    sentWith.durableName ?? (durableNamePattern.test(name) ? name : newDurableName('failed-event'))
  );
}

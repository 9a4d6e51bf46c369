import * as l10n from '@vscode/l10n';
import type { InvokeApi } from './invocation/outcome';

/** What an event may say beside its payload; only Invoke has a place for it. */
export interface InvocationHeaders {
  /** Whose event it is, for a function that isolates tenants. */
  readonly tenantId?: string | undefined;
  /** Name of the durable execution that it starts: an execution of this name and payload starts once. */
  readonly durableName?: string | undefined;
}

/** Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const tenantIdPattern = /^[a-zA-Z0-9._:/=+\-@ ]{1,256}$/;

/** Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const durableNamePattern = /^[a-zA-Z0-9\-_]{1,64}$/;

/** How Lambda rejects an event without a tenant of a function that isolates them; the error has no name of its own. */
export const tenantMissing = /enabled with tenancy configuration\. Add/;

/** What Lambda would say against a tenant ID, for people; `undefined` when it is one. */
export function tenantIdFault(text: string): string | undefined {
  if (tenantIdPattern.test(text)) return undefined;
  return l10n.t('A tenant ID has 1 to 256 letters, digits, spaces and characters of "._:/=+-@".');
}

/** The same of the name of a durable execution. */
export function durableNameFault(text: string): string | undefined {
  if (durableNamePattern.test(text)) return undefined;
  return l10n.t('A durable execution name has 1 to 64 letters, digits, hyphens and underscores.');
}

/** What all lines of an event file have in common. */
export interface LineHeaders {
  readonly tenantId?: string | undefined;
  /** Whether each of them starts a durable execution, under a name of its own. */
  readonly isDurable?: boolean | undefined;
}

/** The call that carries the lines of an event file. */
export function apiForLines(api: InvokeApi, { tenantId, isDurable }: LineHeaders): InvokeApi {
  return apiFor(api, { tenantId, ...(isDurable && { durableName: '' }) });
}

/** The call that carries an event: InvokeAsync has no place for a tenant or an execution name. */
export function apiFor(api: InvokeApi, { tenantId, durableName }: InvocationHeaders): InvokeApi {
  return tenantId === undefined && durableName === undefined ? api : 'Invoke';
}

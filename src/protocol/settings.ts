import type { InvokeApi } from '../core/invocation/outcome';
import type { Severity } from '../core/problem';

/** The part of the `invokeAsync` settings that the language server reads. */
export interface CheckSettings {
  readonly api: InvokeApi;
  readonly region: string;
  readonly payloads: { readonly include: readonly string[] };
  readonly events: { readonly ignore: readonly string[] };
  readonly deprecation: { readonly severity: Severity | 'off' };
  readonly identifiers: { readonly enable: boolean; readonly severity: Severity };
}

/** What holds where the editor names nothing: the same values as in package.json. */
export const defaultCheckSettings: CheckSettings = {
  api: 'InvokeAsync',
  region: '',
  payloads: { include: ['.lambda/payloads/**/*.json', '**/events/**/*.json'] },
  events: { ignore: [] },
  deprecation: { severity: 'warning' },
  identifiers: { enable: true, severity: 'error' },
};

/**
 * The settings with defaults for all that is missing or is no value of theirs.
 * An editor other than VS Code may send anything, `null` included.
 */
export function checkSettings(configured: unknown): CheckSettings {
  const { api, deprecation, identifiers, ...others } = withDefaults(
    configured,
    defaultCheckSettings,
  );
  const defaults = defaultCheckSettings;
  return {
    ...others,
    api: oneOf(apis, api, defaults.api),
    deprecation: {
      severity: oneOf([...severities, 'off'], deprecation.severity, defaults.deprecation.severity),
    },
    identifiers: {
      ...identifiers,
      severity: oneOf(severities, identifiers.severity, defaults.identifiers.severity),
    },
  };
}

const apis: readonly InvokeApi[] = ['InvokeAsync', 'Invoke'];
const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

function oneOf<T>(values: readonly T[], value: T, otherwise: T): T {
  return values.includes(value) ? value : otherwise;
}

function withDefaults<T>(configured: unknown, defaults: T): T {
  if (Array.isArray(defaults)) {
    return (isTextList(configured) ? configured : defaults) as T;
  }
  if (typeof defaults === 'object' && defaults !== null) {
    const given = isRecord(configured) ? configured : {};
    return Object.fromEntries(
      Object.entries(defaults).map(([key, value]) => [key, withDefaults(given[key], value)]),
    ) as T;
  }
  return (typeof configured === typeof defaults ? configured : defaults) as T;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

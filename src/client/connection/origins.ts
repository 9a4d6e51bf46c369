import * as l10n from '@vscode/l10n';
import type { Connection } from '../../core/invocation/connection';

type Source =
  | Connection['profileSource']
  | Connection['regionSource']
  | Connection['endpointSource'];

/** Behind a part of a connection, where it comes from: ` (from the profile)`; nothing when nobody said so. */
export function originOf(source: Source): string {
  const origins: Readonly<Record<string, string>> = {
    arn: l10n.t('from the ARN'),
    setting: l10n.t('from the settings'),
    environment: l10n.t('from the environment'),
    profile: l10n.t('from the profile'),
  };
  const origin = origins[source ?? 'local'];
  return origin === undefined ? '' : ` (${origin})`;
}

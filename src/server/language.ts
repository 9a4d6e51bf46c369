import { config } from '@vscode/l10n';
import { join } from 'node:path';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { languageBundle } from '../files/languageBundle';

const bundleKey = 'bundle of the language';

/**
 * Has the server speak the language of its editor, when there is a translation; else it speaks English.
 * @param locale a language tag such as `de` or `de-AT`, as the editor gives it in `initialize`
 */
export function setLocale(locale: string): void {
  const bundle = languageBundle(join(__dirname, 'l10n'), locale);
  if (bundle === undefined) return;
  config({ fsPath: bundle });
  setEnvironmentData(bundleKey, bundle);
}

/** Has a thread speak as the server does. */
export function useLocaleOfServer(): void {
  const bundle = getEnvironmentData(bundleKey);
  if (typeof bundle === 'string') config({ fsPath: bundle });
}

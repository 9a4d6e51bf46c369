import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The file with the words of a language, for `config` of `@vscode/l10n`; `undefined` for English, and where there is no
 * translation.
 * @param folder with the bundles
 * @param locale a language tag such as `de` or `de-AT`, as the editor gives it
 */
export function languageBundle(folder: string, locale: string): string | undefined {
  const tag = locale.toLowerCase();
  return [tag, tag.replace(/-.*/, '')]
    .map((language) => join(folder, `bundle.l10n.${language}.json`))
    .find((path) => existsSync(path));
}

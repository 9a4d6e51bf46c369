import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { config } from '@vscode/l10n';
import { repository } from './repository';

/** Has the code under test speak a language that there is a translation for; `en` again afterwards. */
export function speak(language: string): void {
  const bundle = join(repository, `l10n/bundle.l10n.${language}.json`);
  config({ contents: language === 'en' ? {} : readFileSync(bundle, 'utf8') });
}

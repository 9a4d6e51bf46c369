import { type LanguageRules, rulesOf } from './languageRules';
import { type Language, languageOfId } from './languages';
import { RegionText } from './regions';
import type { Use } from './use';

/** A text in one language: a document, or code of another language in it. */
export interface Part {
  readonly uri: string;
  readonly text: string;
  readonly language: Language;
  readonly rules: LanguageRules;
  readonly isRegion: boolean;
  /** The uses in the part as uses in the document. */
  readonly inDocument: (uses: readonly Use[]) => readonly Use[];
}

/** Markdown in a notebook, with a page in a block of it. */
const mostDepth = 3;

/** What of a document is read: all of it, or of a format that holds code of other languages this code. */
export function partsOf(uri: string, text: string, languageId: string, depth = 0): readonly Part[] {
  const language = languageOfId(languageId);
  if (!language || depth > mostDepth) return [];
  const rules = rulesOf(language);
  const regions = rules.regions?.(text);
  if (!regions)
    return [{ uri, text, language, rules, isRegion: depth > 0, inDocument: (uses) => uses }];
  return regions.flatMap((region, index) => {
    const own = new RegionText(region);
    return partsOf(`${uri}#${index}`, own.text, region.languageId, depth + 1).map((part) => ({
      ...part,
      inDocument: (uses: readonly Use[]) => own.inFile(part.inDocument(uses)),
    }));
  });
}

import { mayHoldDeprecatedUse } from '../prefilter';
import { pieceOf, type Piece, type RegionRules } from '../regions';

const opening = /<script\b([^<>]{0,2000})>/gi;
const closing = /<\/script/gi;

/** The language of a script by its `lang` or `type`; `undefined` for what is data or a template. */
function languageOf(attributes: string): string | undefined {
  const [, name = 'js'] =
    /\b(?:lang|type)\s*=\s*["']?(?:text\/|application\/|x-)*([\w-]+)/i.exec(attributes) ?? [];
  return languages[name.toLowerCase()];
}

const languages: Readonly<Record<string, string>> = {
  js: 'javascript',
  javascript: 'javascript',
  ecmascript: 'javascript',
  babel: 'javascript',
  jsx: 'javascript',
  module: 'javascript',
  ts: 'typescript',
  typescript: 'typescript',
  tsx: 'typescriptreact',
  coffee: 'coffeescript',
  coffeescript: 'coffeescript',
};

/** The scripts of a page or component: those of one language see each other, so they are one text. */
export const markupRegions: RegionRules = (text) => {
  const scripts = new Map<string, Piece[]>();
  opening.lastIndex = 0;
  for (let tag = opening.exec(text); tag; tag = opening.exec(text)) {
    const start = opening.lastIndex;
    closing.lastIndex = start;
    const end = closing.exec(text)?.index ?? text.length;
    const languageId = languageOf(tag[1] ?? '');
    if (languageId !== undefined) {
      const pieces = scripts.get(languageId) ?? [];
      pieces.push(pieceOf(text, start, end));
      scripts.set(languageId, pieces);
    }
    opening.lastIndex = end;
  }
  return [...scripts]
    .filter(([, pieces]) => pieces.some((piece) => mayHoldDeprecatedUse(piece.text)))
    .map(([languageId, pieces]) => ({ languageId, pieces }));
};

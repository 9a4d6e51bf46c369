import type { Node } from 'web-tree-sitter';
import type { TextRange } from '../../core/problem';
import { rangeOf, type SyntaxFile } from '../syntaxFile';

/** The strings of a file whose whole text is a word, and that `isWanted` takes; where the word stands. */
export function stringMentions(
  { text, root }: SyntaxFile,
  word: string,
  isWanted: (string: Node) => boolean,
): TextRange[] {
  const ranges: TextRange[] = [];
  for (const { index } of text.matchAll(new RegExp(`(?<=["'])${word}(?=["'])`, 'g'))) {
    const content = root.descendantForIndex(index, index + word.length);
    if (content?.type !== 'string_content' || !content.parent) continue;
    if (isWanted(content.parent)) ranges.push(rangeOf(content));
  }
  return ranges;
}

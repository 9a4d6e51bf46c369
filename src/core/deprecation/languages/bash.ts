import { ancestor, field, items, rangeOf, type SyntaxRules } from '../syntaxFile';
import { cliUse } from './awsCli';

export const bash: SyntaxRules = {
  worthParsing: /\binvoke-async\b/,
  query: `
    (command argument: (word) @action (#eq? @action "invoke-async")) @command
  `,
  uses: (_file, candidates) =>
    candidates.flatMap(({ command }) => {
      if (!command) return [];
      const words = [field(command, 'name'), ...command.childrenForFieldName('argument')]
        .flatMap((node) => node ?? [])
        .map((node) => ({ ...rangeOf(node), text: node.text }));
      const after = items(ancestor(command, ['pipeline'])).filter(
        ({ startIndex }) => startIndex > command.startIndex,
      );
      const pipedInto = after.map(({ text }) => text).join('|');
      return cliUse({ words, pipedInto, hasDevNull: true }) ?? [];
    }),
};

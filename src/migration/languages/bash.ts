import { ancestor, field, rangeOf, type SyntaxRules } from '../syntaxFile';
import { cliUse } from './awsCli';

export const bash: SyntaxRules = {
  worthParsing: /\binvoke-async\b/,
  query: `
    (command argument: (word) @action (#eq? @action "invoke-async")) @command
  `,
  uses: (file, candidates) =>
    candidates.flatMap(({ command }) => {
      if (!command) return [];
      const words = [field(command, 'name'), ...command.childrenForFieldName('argument')]
        .flatMap((node) => node ?? [])
        .map((node) => ({ ...rangeOf(node), text: node.text }));
      const end = ancestor(command, ['pipeline'])?.endIndex ?? command.endIndex;
      const pipedInto = file.text.slice(command.endIndex, end);
      return cliUse({ words, pipedInto, hasDevNull: true }) ?? [];
    }),
};

import * as l10n from '@vscode/l10n';
import type { LexicalRules, TokenFile } from './tokens';
import type { Use } from './use';

/** The path of the operation, with whatever stands for the function's name between its ends. */
const path = /\/2014-11-13\/functions\/[^\n]{0,200}?\/invoke-async\b/g;

/** What only a table of routes writes for the name: `:name`, `<name>`, a regular expression, bare `{name}`. */
const routeName = /^(?::\w|<|\(|\[|\*|\\|\{\w+\}$|\{\w+\+?\}\/)/;

/** Requests that are written by hand; reported only. */
export const rawRequestRules: LexicalRules = {
  worthReading: /\/2014-11-13\/functions\//,
  uses: rawRequestUses,
};

function rawRequestUses(file: TokenFile): Use[] {
  return file.tokens.flatMap((token) => {
    if (token.kind !== 'string') return [];
    const line = file.text.slice(
      token.start,
      Math.max(token.end, file.text.indexOf('\n', token.end)),
    );
    return [...line.matchAll(path)]
      .filter(({ index }) => token.start + index < token.end)
      .filter(
        ({ 0: match }) => !isRoute(match, file.text.slice(token.start, token.inner.start), line),
      )
      .map(({ index, 0: match }): Use => {
        const start = token.start + index;
        return {
          sdk: 'http',
          range: { start, end: start + match.length },
          migration: { byHand: byHand() },
        };
      });
  });
}

const byHand = () =>
  l10n.t('post to {path} with the header {header}, signed anew', {
    path: '/2015-03-31/functions/NAME/invocations',
    header: 'X-Amz-Invocation-Type: Event',
  });

/** `{name}` is a value in strings that are formatted, and a parameter in tables of routes. */
function isRoute(match: string, opening: string, line: string): boolean {
  const name = match.slice('/2014-11-13/functions/'.length, -'/invoke-async'.length);
  const isFormatted = /[fF$]/.test(opening) || /\.format\b|\bFormat\b/i.test(line);
  return !isFormatted && routeName.test(name) && !/^\{\d*\}$/.test(name);
}

import * as l10n from '@vscode/l10n';
import type { LexicalRules, Token, TokenFile } from './tokens';
import type { Use } from './use';

const beginning = '/2014-11-13/functions/';
const ending = '/invoke-async';

/** The path of the operation, with whatever stands for the function's name between its ends. */
const path = /\/2014-11-13\/functions\/[^\n]{0,200}?\/invoke-async\b/g;

/** How far after a string its path may go on, put together from pieces, and a call may say that it is formatted. */
const reach = 300;

/** What only a table of routes writes for the name: `:name`, `<name>`, a regular expression, bare `{name}`. */
const routeName = /^(?::\w|<|\(|\[|\*|\\|\{\w+\}$|\{\w+\+?\}\/)/;

/** Requests that are written by hand; reported only. */
export const rawRequestRules: LexicalRules = {
  worthReading: /\/2014-11-13\/functions\//,
  uses: rawRequestUses,
};

function rawRequestUses(file: TokenFile): Use[] {
  return file.tokens.flatMap((token) =>
    token.kind === 'string' && token.text.includes(beginning) ? usesFrom(file, token) : [],
  );
}

/** The uses that begin in a string. */
function usesFrom({ text }: TokenFile, { start, end, inner }: Token): Use[] {
  const [after = ''] = text.slice(end, end + reach).split('\n', 1);
  const line = text.slice(start, end) + after;
  const isFormatted =
    /[fF$]/.test(text.slice(start, inner.start)) || /\.format\b|\bFormat\b/i.test(line);
  return [...line.matchAll(path)]
    .filter(({ index, 0: match }) => start + index < end && (isFormatted || !isRoute(match)))
    .map(({ index, 0: match }) => ({
      sdk: 'http',
      range: { start: start + index, end: start + index + match.length },
      migration: { byHand: byHand() },
    }));
}

const byHand = () =>
  l10n.t('send a POST request to {path} with the header {header}, and sign it again', {
    path: '/2015-03-31/functions/NAME/invocations',
    header: 'X-Amz-Invocation-Type: Event',
  });

/** `{name}` is a value in strings that are formatted, and a parameter in tables of routes. */
function isRoute(match: string): boolean {
  const name = match.slice(beginning.length, -ending.length);
  return routeName.test(name) && !/^\{\d*\}$/.test(name);
}

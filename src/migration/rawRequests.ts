import * as l10n from '@vscode/l10n';
import type { LexicalRules, TokenFile } from './tokens';
import type { Use } from './use';
import { because } from './manualReasons';

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
  return [...file.text.matchAll(path)].flatMap(({ index: start, 0: match }) => {
    const token = file.token(file.indexAt(start));
    // In a comment there is no token; without quotation marks, only a whole URL is one that is sent to.
    if (!token || token.start > start) return [];
    const before = file.text.slice(Math.max(0, start - reach), start);
    if (token.kind !== 'string' && !url.test(before)) return [];
    const [after = ''] = file.text.slice(token.end, token.end + reach).split('\n', 1);
    const isFormatted =
      /[fF$]/.test(file.text.slice(token.start, token.inner.start)) ||
      /\.format\b|\bFormat\b/i.test(token.text.slice(0, reach) + after);
    if ((!isFormatted && isRoute(match)) || isOwnDefinition(file, start)) return [];
    const range = { start, end: start + match.length };
    return { sdk: 'http', range, migration: signedAnew() };
  });
}

/** What a URL without quotation marks begins with: a scheme, or a variable of a shell. */
const url = /(?:https?:\/\/|\$\{?\w)[^\s"'<>]*$/;

const definition =
  /^[ \t]*(?:[\w@]+[ \t]+){0,6}?(?:defp?|fn|func|fun|function|sub|proc|method)\b[^\n=;{]{0,120}?\b(\w+)[ \t]*[(<:{]|^[ \t]*(?:(?:async|public|private|protected|internal|static|override|final|[A-Z]\w*(?:<[^\n<>]{0,40}>)?)[ \t]+){0,5}(\w+)[ \t]*\([^()\n]{0,200}\)[^\n;=]{0,80}\{[ \t]*\r?$/gm;
/** How far above a request the head of its method may stand. */
const methodReach = 1500;

/**
 * Whether a request is what the method of an SDK does that itself is called so: its callers are the uses.
 */
function isOwnDefinition({ text }: TokenFile, request: number): boolean {
  const before = text.slice(Math.max(0, request - methodReach), request);
  const names = [...before.matchAll(definition)].map(
    ([, keyword, typed]) => keyword ?? typed ?? '',
  );
  const name = names.findLast((one) => !/^(?:if|for|while|switch|catch|with|do)$/.test(one));
  return /^_?invoke_?async/i.test(name ?? '');
}

const signedAnew = () =>
  because(
    l10n.t('send a POST request to {path} with the header {header}, and sign it again', {
      path: '/2015-03-31/functions/NAME/invocations',
      header: 'X-Amz-Invocation-Type: Event',
    }),
  );

/** `{name}` is a value in strings that are formatted, and a parameter in tables of routes. */
function isRoute(match: string): boolean {
  const name = match.slice(beginning.length, -ending.length);
  return routeName.test(name) && !/^\{\d*\}$/.test(name);
}

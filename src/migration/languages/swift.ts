import * as l10n from '@vscode/l10n';
import { firstFrom } from '../sorted';
import type { LexicalRules, TokenFile } from '../tokens';
import type { Use } from '../use';

/** `invokeAsync(input: InvokeAsyncInput(…))` of AWS's SDK, `invokeAsync(functionName:, invokeArgs:)` of Soto. */
export const swift: LexicalRules = {
  worthReading: /\binvokeArgs\b|\bInvokeAsync(?:Input|Request)\b/,
  uses: (file) =>
    file.tokens.flatMap((token, index) =>
      token.kind === 'word' && token.text === 'invokeAsync' && file.is(index - 1, '.')
        ? (useOf(file, index) ?? [])
        : [],
    ),
};

function useOf(file: TokenFile, index: number): Use | undefined {
  const name = file.tokens[index];
  const opener = index + 1;
  if (!name || !file.is(opener, '(')) return undefined;
  const holds = (word: string) => {
    const places = file.places(word);
    const next = places[firstFrom(places, opener, (place) => place)] ?? Infinity;
    return next < file.closer(opener);
  };
  const isSdk = holds('InvokeAsyncInput');
  const isSoto = holds('InvokeAsyncRequest') || (holds('functionName') && holds('invokeArgs'));
  if (!isSdk && !isSoto) return undefined;
  const request = isSdk ? 'InvokeInput' : 'InvocationRequest';
  const byHand = l10n.t(
    'pass {0} with invocationType: .event and the bytes as payload, and read statusCode',
    request,
  );
  return { sdk: isSdk ? 'swift' : 'soto', range: name.inner, migration: { byHand } };
}

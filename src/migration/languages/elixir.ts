import * as l10n from '@vscode/l10n';
import { oncePerFile } from '../once';
import type { LexicalRules, TokenFile } from '../tokens';

/** `ExAws.Lambda.invoke_async(name, args)`, also under the alias `Lambda`. */
export const elixir: LexicalRules = {
  worthReading: /\bExAws\b/,
  uses: (file) =>
    file.tokens.flatMap((token, index) => {
      const isLambda =
        token.text === 'invoke_async' && file.is(index - 1, '.') && file.is(index - 2, 'Lambda');
      return isLambda && (file.is(index - 4, 'ExAws') || hasAlias(file))
        ? { sdk: 'ex-aws', range: token.inner, migration: { byHand: byHand() } }
        : [];
    }),
};

const hasAlias = oncePerFile(({ text }: TokenFile) => /\balias\s+ExAws\.Lambda\b/.test(text));

/** Not certain: the old function camelizes the keys of the payload, the new one sends them as they are. */
const byHand = () =>
  l10n.t(
    'call {0} and spell the keys of args as the function expects them: invoke_async camelizes them, invoke does not',
    'invoke(name, args, %{}, invocation_type: :event)',
  );

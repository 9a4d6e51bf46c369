import { byHand } from '../byHand';
import { oncePerFile } from '../once';
import { replace } from '../../core/edits';
import { haveKeys, migrateEntries } from '../rewrite';
import { assignedName, entriesIn, renameMember } from '../tokenEntries';
import type { LexicalRules, TokenFile } from '../tokens';
import type { Use } from '../use';

/** `$lambda->InvokeAsync(FunctionName => …, InvokeArgs => …)` of Paws. */
export const perl: LexicalRules = {
  worthReading: /->\s*InvokeAsync\b/,
  uses: (file) =>
    file.tokens.flatMap((token, index) =>
      token.text === 'InvokeAsync' && file.is(index - 1, '>') && file.is(index - 2, '-')
        ? (useOf(file, index) ?? [])
        : [],
    ),
};

const namesPaws = oncePerFile(({ text }: TokenFile) => /\bPaws\b/.test(text));

function useOf(file: TokenFile, index: number): Use | undefined {
  const name = file.tokens[index];
  const opener = index + 1;
  if (!name || !file.is(opener, '(')) return undefined;
  const entries = entriesIn(file, opener, '=>');
  const isInput = haveKeys(entries, 'FunctionName', 'InvokeArgs');
  if (!isInput && !namesPaws(file)) return undefined;
  const use = { sdk: 'paws', range: name.inner } as const;
  const hasHash = file.group(opener).some((item) => file.is(item, '%'));
  const edits = hasHash
    ? byHand.spread()
    : migrateEntries(file.text, entries, {
        invokeArgs: 'InvokeArgs',
        payload: 'Payload',
        invocationType: 'InvocationType',
        event: "'Event'",
        entry: "InvocationType => 'Event'",
      });
  if (typeof edits === 'string') return { ...use, migration: { byHand: edits } };
  const variable = assignedName(file, index);
  const reads = variable ? renameMember(file, variable, index, 'Status', 'StatusCode') : [];
  return { ...use, migration: { edits: [replace(name, 'Invoke'), ...edits, ...reads] } };
}

import * as l10n from '@vscode/l10n';
import { oncePerFile } from '../once';
import type { SdkId } from '../rules';
import type { LexicalRules, TokenFile } from '../tokens';
import type { ManualReason, Use } from '../use';
import { because } from '../manualReasons';

/** `invoke_async` of ExAws and of aws-elixir: in full, under an alias, imported, captured or applied. */
export const elixir: LexicalRules = {
  worthReading: /\b(?:ExAws|AWS)\b/,
  uses: (file) => file.places('invoke_async').flatMap((index) => useOf(file, index) ?? []),
};

const sdkOfModule: Readonly<Record<string, SdkId>> = {
  'ExAws.Lambda': 'ex-aws',
  'AWS.Lambda': 'aws-elixir',
};

const reasons: Readonly<Partial<Record<SdkId, () => ManualReason>>> = {
  // The old function camelizes the keys of the payload, the new one sends them as they are.
  'ex-aws': () =>
    because(
      l10n.t(
        'call {0} and spell the keys of args as the function expects them: invoke_async camelizes them, invoke does not',
        'invoke(name, args, %{}, invocation_type: :event)',
      ),
    ),
  'aws-elixir': () =>
    because(
      l10n.t('call {0} with {1} in its input', 'AWS.Lambda.invoke', '"InvocationType" => "Event"'),
    ),
};

function useOf(file: TokenFile, index: number): Use | undefined {
  const module = moduleOf(file, index);
  const sdk = module === undefined ? undefined : sdkOfModule[module];
  const token = file.token(index);
  const reason = sdk && reasons[sdk];
  if (!reason || !token) return undefined;
  return { sdk, range: token.inner, migration: reason() };
}

/** The module whose function a name is. */
function moduleOf(file: TokenFile, index: number): string | undefined {
  const { modules, imported, defined } = namesOf(file);
  const written = file.is(index - 1, '.')
    ? dottedBefore(file, index - 2)
    : isApplied(file, index)
      ? dottedBefore(file, index - 3)
      : undefined;
  if (written !== undefined) return sdkOfModule[written] ? written : modules.get(written);
  const isBare = /^[(/]$/.test(file.token(index + 1)?.text ?? '') && !file.is(index - 1, ':');
  return isBare && !defined ? imported : undefined;
}

/** `apply(ExAws.Lambda, :invoke_async, args)`, `{ExAws.Lambda, :invoke_async, args}` */
const isApplied = (file: TokenFile, index: number) =>
  file.is(index - 1, ':') && file.is(index - 2, ',');

/** Tokens of a module's name; a longer one is none of these. */
const longest = 8;

/** The names `A.B.C` that end with a token. */
function dottedBefore(file: TokenFile, last: number): string | undefined {
  let first = last;
  while (last - first < longest && file.is(first - 1, '.')) first -= 2;
  return textOf(file, first, last);
}

const textOf = (file: TokenFile, first: number, last: number) =>
  file
    .slice(first, last + 1)
    .map(({ text }) => text)
    .join('');

interface Names {
  /** By the name that a file gives them. */
  readonly modules: ReadonlyMap<string, string>;
  /** The module of a Lambda client whose functions need no module before them. */
  readonly imported: string | undefined;
  /** Whether the file has an `invoke_async` of its own. */
  readonly defined: boolean;
}

const namesOf = oncePerFile((file: TokenFile): Names => {
  const modules = new Map<string, string>();
  for (const index of file.places('alias')) {
    for (const [name, module] of aliasesAt(file, index + 1)) modules.set(name, module);
  }
  const imports = file.places('import').map((index) => dottedFrom(file, index + 1).text);
  return {
    modules,
    imported: imports
      .map((name) => modules.get(name) ?? name)
      .find((name) => sdkOfModule[name] !== undefined),
    defined: file
      .places('invoke_async')
      .some((index) => /^defp?$/.test(file.token(index - 1)?.text ?? '')),
  };
});

/** `alias A.B`, `alias A.B, as: C`, `alias A.{B, C}` */
function aliasesAt(file: TokenFile, index: number): (readonly [name: string, module: string])[] {
  const { text: module, end } = dottedFrom(file, index);
  if (file.is(end, '.') && file.is(end + 1, '{')) {
    return file
      .group(end + 1)
      .flatMap((item) => file.token(item) ?? [])
      .filter(({ kind }) => kind === 'word')
      .map(({ text }) => [text, `${module}.${text}`]);
  }
  const isRenamed = file.is(end, ',') && file.is(end + 1, 'as') && file.is(end + 2, ':');
  const name = file.token(isRenamed ? end + 3 : end - 1)?.text;
  return name === undefined ? [] : [[name, module]];
}

/** The names `A.B.C` that begin with a token, and the token after them. */
function dottedFrom(file: TokenFile, first: number): { text: string; end: number } {
  let end = first + 1;
  while (file.is(end, '.') && file.token(end + 1)?.kind === 'word') end += 2;
  return { text: textOf(file, first, end - 1), end };
}

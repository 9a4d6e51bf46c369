import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import { insert, replace } from '../../core/edits';
import { because, isPinned, manual } from '../manualReasons';
import { followResponses, valueOf } from '../responses';
import {
  type Captures,
  field,
  items,
  rangeOf,
  type SyntaxFile,
  type SyntaxRules,
} from '../syntaxFile';
import type { Use } from '../use';
import { rusotoUses } from './rusoto';
import { blobNames, namedAs } from './rustNaming';
import { errorReason, rustResponse } from './rustResponse';
import { layoutOf, namesCrate, streamMaker } from './rustStream';
import { makerOf, names } from './rustTypes';
import { fullPath } from './rustUses';

/** `client.invoke_async()` begins a builder; what follows in the chain tells it from other calls of that name. */
export const rust: SyntaxRules = {
  worthParsing: /\b(?:aws_sdk_lambda|rusoto_lambda|invoke_args)\b/,
  query: `
    (call_expression
      function: (field_expression value: (_) @receiver field: (field_identifier) @method)
      arguments: (arguments) @arguments
      (#eq? @method "invoke_async")) @call

    (scoped_identifier path: (_) @type name: (identifier) @method (#eq? @method "invoke_async"))

    (token_tree (identifier) @token (#eq? @token "invoke_async")) @tree

    (struct_expression name: (_) @struct (#match? @struct "InvokeAsyncRequest$"))
  `,
  uses: (file, candidates) => [
    ...candidates.flatMap((captures) => sdkUse(file, captures) ?? []),
    ...rusotoUses(file, candidates),
  ],
};

const client = /^aws_sdk_lambda::Client$/;

function sdkUse(file: SyntaxFile, captures: Captures): Use | undefined {
  const { receiver, method, call, type, token, tree } = captures;
  if (token && tree) return macroUse(token, tree);
  if (method && type) {
    const isOne = client.test(fullPath(file, type.text));
    return isOne ? useOf(method, manual.passedOn()) : undefined;
  }
  if (!receiver || !method || !call || items(captures['arguments']).length > 0) return undefined;
  const chain = chainOf(call);
  const setter = chain.find(({ name }) => name.text === 'invoke_args');
  const isBuilder = chain.some(({ name }) => name.text === 'function_name') && namesCrate(file);
  if (!setter && !isBuilder && !names(file, makerOf(file, receiver), client)) return undefined;
  return useOf(method, migrationOf(file, method, chain, setter));
}

const useOf = (name: Node, migration: Use['migration']): Use => ({
  sdk: 'rust',
  range: rangeOf(name),
  migration,
});

/** Inside of a macro there are only tokens. */
function macroUse(token: Node, tree: Node): Use | undefined {
  const all = items(tree);
  const at = all.findIndex(({ id }) => id === token.id);
  const isChain =
    all[at + 1]?.text === '()' && all.slice(at).some(({ text }) => text === 'invoke_args');
  return isChain ? useOf(token, because(l10n.t('the call is an argument of a macro'))) : undefined;
}

const opaque = () =>
  because(
    l10n.t(
      'the input is not visible here; payload takes a Blob where invoke_args took a ByteStream',
    ),
  );

interface Link {
  readonly call: Node;
  readonly object: Node;
  readonly name: Node;
}

/** The method calls that follow on a call. */
function chainOf(call: Node): Link[] {
  const links: Link[] = [];
  for (let object = call; ; ) {
    const access = object.parent;
    const next = access?.parent;
    const name = field(access ?? undefined, 'field');
    if (access?.type !== 'field_expression' || next?.type !== 'call_expression' || !name)
      return links;
    links.push({ call: next, object, name });
    object = next;
  }
}

function migrationOf(
  file: SyntaxFile,
  method: Node,
  chain: readonly Link[],
  setter: Link | undefined,
): Use['migration'] {
  const sent = chain.find(({ name }) => name.text === 'send')?.call;
  const maker = setter && streamMaker(file, setter.call);
  if (isPinned(file)) return manual.pinned();
  if (!setter || !maker || !sent) return opaque();
  const layout = layoutOf(file, maker);
  if (!layout) return because(l10n.t('this file does not show which release of the SDK it uses'));
  const response = followResponses(file, valueOf(sent), rustResponse);
  const reason = errorReason(file, sent) ?? (response.isPassedOn ? manual.response() : undefined);
  if (reason !== undefined) return reason;
  const event = namedAs(file, layout.invocationType, method, maker.import?.declaration);
  const blob = blobNames(file, maker, layout.blob);
  const { object, name } = setter;
  const separator = file.text.slice(object.endIndex, name.startIndex);
  return {
    edits: [
      replace(rangeOf(method), 'invoke'),
      insert(object.endIndex, `${separator}invocation_type(${event.name}::Event)`),
      replace(rangeOf(name), 'payload'),
      replace(rangeOf(maker.path), `${blob.name}::new`),
      // Compilers of that time make no vector of an array's reference.
      ...(maker.isStatic && layout.isOld ? [insert(maker.argument.endIndex, '.to_vec()')] : []),
      ...response.edits,
    ],
    shared: [...blob.shared, ...event.shared],
  };
}

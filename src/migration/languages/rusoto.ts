import * as l10n from '@vscode/l10n';
import type { Node } from 'web-tree-sitter';
import { type Captures, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import type { Use } from '../use';
import { declarationOf, makerOf, names, typeOf } from './rustTypes';
import { importsOf } from './rustUses';
import { because } from '../manualReasons';

/** Rusoto's request is a struct, and the crate is archived: its uses are reported. */
export function rusotoUses(file: SyntaxFile, candidates: readonly Captures[]): Use[] {
  const types = /^rusoto_lambda::(?:InvokeAsyncRequest|LambdaClient|Lambda)$/;
  const isGlob = importsOf(file).some(({ name, path }) => name === '*' && path === 'rusoto_lambda');
  const globbed = /^(?:InvokeAsyncRequest|LambdaClient)$/;
  const isRusoto = (path: string) =>
    names(file, path, types) || (isGlob && names(file, path, globbed));
  const requestOf = (node: Node | undefined): Node | undefined => {
    if (node?.type === 'struct_expression') return field(node, 'name');
    return node?.type === 'reference_expression' ? requestOf(field(node, 'value')) : undefined;
  };
  const sent = new Set<number>();
  const calls = candidates.flatMap(({ receiver, method, arguments: args }) => {
    const [argument] = items(args);
    if (!receiver || !method || !argument) return [];
    const direct = requestOf(argument);
    const value = direct ?? requestOf(declarationOf(file, argument).value);
    const isOne = [value?.text, typeOf(file, argument), makerOf(file, receiver)].some(
      (text) => text !== undefined && isRusoto(text),
    );
    if (isOne && value) sent.add(value.id);
    return isOne ? method : [];
  });
  const lost = candidates.flatMap(({ struct }) =>
    struct && !sent.has(struct.id) && isRusoto(struct.text) ? struct : [],
  );
  return [...calls, ...lost].map((name) => ({
    sdk: 'rusoto',
    range: rangeOf(name),
    migration: because(
      l10n.t(
        'Rusoto is archived; call invoke() of aws-sdk-lambda, or pass an InvocationRequest with invocation_type',
      ),
    ),
  }));
}

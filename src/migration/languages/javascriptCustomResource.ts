import { manual } from '../manualReasons';
import { type Captures, field, items, rangeOf, type SyntaxFile } from '../syntaxFile';
import type { Use } from '../use';
import { actionUse } from './customResource';
import { entriesOf, quoteOf } from './javascriptInput';
import { stringOf } from './javascriptOrigin';

/** `{ service: 'Lambda', action: 'invokeAsync', parameters: {…} }` of a CDK custom resource, and of others like it. */
export function customResourceUse(file: SyntaxFile, { customResource, action }: Captures): Use[] {
  if (!customResource || !action) return [];
  const value = (key: string) =>
    field(
      items(customResource).find((pair) => field(pair, 'key')?.text === key),
      'value',
    );
  const service = value('service');
  const parameters = value('parameters');
  const use = actionUse(file.text, {
    action: rangeOf(action),
    service: service?.type === 'string' ? stringOf(service) : '',
    parameters:
      parameters?.type === 'object'
        ? (entriesOf(parameters) ?? manual.spread())
        : manual.opaqueInput(),
    quote: quoteOf(file),
  });
  return use ? [use] : [];
}

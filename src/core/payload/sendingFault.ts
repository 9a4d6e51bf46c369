import type { InvokeApi } from '../invocation/outcome';
import type { Problem } from '../problem';
import { sizeProblem } from './size';
import { checkSyntax } from './syntax';

/** The first reason why Lambda would reject a payload; `undefined` when it would queue it. */
export function sendingFault(text: string, api: InvokeApi): Problem | undefined {
  const tooLarge = sizeProblem(text, api);
  if (tooLarge) return tooLarge;
  return checkSyntax(text).problems.find(({ severity }) => severity === 'error');
}

import type { InvokeApi } from '../invocation/outcome';
import type { Problem } from '../problem';
import { scanJson } from './scan';
import { sizeProblem } from './size';
import { noVisitor } from './walk';

/**
 * Why a line of an event file cannot be sent; `undefined` when it can. It says the first thing alone: a file may have
 * millions of lines.
 * @param text of the line, without its line end
 */
export function eventLineProblem(text: string, api: InvokeApi): Problem | undefined {
  return sizeProblem(text, api) ?? (isJson(text) ? undefined : firstError(text));
}

/** Whether Lambda accepts a text as an event, whatever its size. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function firstError(text: string): Problem | undefined {
  return scanJson(text, noVisitor, 1).find(({ severity }) => severity === 'error');
}

import type { TextRange } from '../problem';
import { locatedHandlers } from './locatedHandlers';

/** A function as `.lambda/local.json` describes it, with its name. */
interface NamedEntry {
  readonly name: string;
  readonly handler: string;
}

/** A `.lambda/local.json` without functions shows how one is written. */
const example = {
  $comment:
    'Functions that Local Lambda runs on this machine, each by its name. A handler is the path of its file in this folder without extension, a dot, and the export.',
  functions: { 'my-function': { handler: 'src/index.handler', timeout: 3 } },
};

/** The text of a new `.lambda/local.json`, and what to select in it: the handler of the example. */
export function localConfiguration(functions: readonly NamedEntry[]): {
  readonly text: string;
  readonly selected?: TextRange;
} {
  if (functions.length > 0) {
    const entries = functions.map(({ name, ...entry }) => [name, entry] as const);
    return { text: textOf({ functions: Object.fromEntries(entries) }) };
  }
  const text = textOf(example);
  const [handler] = locatedHandlers(text);
  return { text, ...(handler && { selected: handler.range }) };
}

function textOf(configuration: object): string {
  return `${JSON.stringify(configuration, undefined, 2)}\n`;
}

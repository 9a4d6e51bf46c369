/** The environments of a workspace folder: what `.lambda/targets.json` has under `environments`. */
import { findNodeAtLocation, type Node } from 'jsonc-parser';

/** Where the events of a folder go while an environment is selected, and the words that it fills in. */
export interface Environment {
  readonly profile?: string;
  readonly region?: string;
  /** A URL, or `local` for Local Lambda. */
  readonly endpoint?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** By name, in the order of the file. */
export type Environments = ReadonlyMap<string, Environment>;

/** An environment with its name. */
export interface NamedEnvironment extends Environment {
  readonly name: string;
}

/** What an environment may be called. */
export const environmentName = /^[\w.-]{1,64}$/;

/** What a variable of an environment may be called; `env` is the environment's name. */
export const variableName = /^(?!env$)[A-Za-z_]\w{0,63}$/;

/** The environments in a parsed `.lambda/targets.json`; what is not as it should be is as if it were missing. */
export function environmentsIn(root: Node | undefined): Environments {
  const members = root && findNodeAtLocation(root, ['environments']);
  const named = membersOf(members).map(([name, value]) => [name, environmentIn(value)] as const);
  return new Map(named);
}

function environmentIn(value: Node): Environment {
  const texts = membersOf(value).filter(
    ([name, { type }]) => ['profile', 'region', 'endpoint'].includes(name) && type === 'string',
  );
  const variables = membersOf(findNodeAtLocation(value, ['variables'])).filter(
    ([, { type }]) => type === 'string',
  );
  return {
    ...Object.fromEntries(texts.map(([name, text]) => [name, String(text.value)])),
    ...(variables.length > 0 && {
      variables: Object.fromEntries(variables.map(([name, text]) => [name, String(text.value)])),
    }),
  };
}

function membersOf(node: Node | undefined): [name: string, value: Node][] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children: [name, value] = [] }) =>
    name && value ? [[String(name.value), value] as [string, Node]] : [],
  );
}

/** Whether a function of `.lambda/targets.json` depends on the environment. */
export function hasPlaceholder(functionIdentifier: string): boolean {
  return functionIdentifier.includes('${');
}

/** A function with its variables filled in, or the first placeholder that stands for nothing. */
export type RenderedFunction = { readonly functionName: string } | { readonly unknown: string };

/** In characters: more than any identifier has, placeholders included. */
const longestFunction = 1000;

/**
 * Fills in `${env}` and the environment's own variables. What they hold is not looked at again. What is too long for any
 * function, as it stands or filled in, stays as it stands, and so is none.
 */
export function renderFunction(
  functionIdentifier: string,
  environment: NamedEnvironment | undefined,
): RenderedFunction {
  const { name: env, variables = {} } = environment ?? {};
  const valueOf = (name: string) => {
    if (name === 'env') return env;
    return Object.hasOwn(variables, name) ? variables[name] : undefined;
  };
  if (functionIdentifier.length > longestFunction)
    return { functionName: functionIdentifier.slice(0, longestFunction) };
  let unknown: string | undefined;
  let room = longestFunction;
  // An unfinished placeholder stands for nothing, either.
  const functionName = functionIdentifier.replaceAll(/\$\{([^}]*)\}?/g, (placeholder, name) => {
    const value = placeholder.endsWith('}') ? valueOf(name) : undefined;
    if (value === undefined) unknown ??= placeholder;
    room -= value?.length ?? 0;
    return room < 0 ? '' : (value ?? '');
  });
  if (room < 0) return { functionName: functionIdentifier };
  return unknown === undefined ? { functionName } : { unknown };
}

import { isRecord } from '../isRecord';
import type { FunctionCode } from './declaredFunction';

/** What a file says of a function, whatever that is; the first of several values that can be used holds. */
interface WrittenCode {
  readonly handler: unknown;
  readonly folder: readonly unknown[];
  readonly runtime: readonly unknown[];
  readonly timeout: readonly unknown[];
  /** Maps of variables; of two with the same variable the first one holds. */
  readonly environment: readonly unknown[];
}

/** What a function runs, as far as it is written literally, to be spread into its declaration. */
export function functionCode(written: WrittenCode): { readonly code?: FunctionCode } {
  const { handler } = written;
  if (typeof handler !== 'string' || handler.includes('${')) return {};
  const folder = written.folder.find(isFolder);
  const runtime = written.runtime.find(isText);
  const timeoutSeconds = written.timeout.find(isTimeout);
  const environment = variables(written.environment);
  return {
    code: {
      handler,
      ...(folder !== undefined && { folder }),
      ...(runtime !== undefined && { runtime }),
      ...(timeoutSeconds !== undefined && { timeoutSeconds }),
      ...(Object.keys(environment).length > 0 && { environment }),
    },
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('${');
}

/** An archive, or what was uploaded already, is no folder of the project. */
function isFolder(value: unknown): value is string {
  return isText(value) && !/^\w+:\/\/|\.(?:zip|jar|war)$/.test(value);
}

function isTimeout(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 900;
}

/** Those with literal values: what others become is known when the function is deployed. */
function variables(maps: readonly unknown[]): Record<string, string> {
  const all = maps.toReversed().flatMap((map) => (isRecord(map) ? Object.entries(map) : []));
  return Object.fromEntries(
    all.flatMap(([name, value]): [string, string][] => {
      const isLiteral = isText(value) || typeof value === 'number' || typeof value === 'boolean';
      return isLiteral && /^[A-Za-z_]\w*$/.test(name) ? [[name, String(value)]] : [];
    }),
  );
}

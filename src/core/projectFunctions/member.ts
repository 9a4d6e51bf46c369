import { isRecord } from '../isRecord';

/** What stands at a path of keys in a value; `undefined` where there is nothing. */
export function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), value);
}

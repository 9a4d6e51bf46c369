import { closest } from '../functionIdentifier/closest';
import { isRecord } from '../isRecord';
import type { EventShape } from './eventShape';

/** The object around another one, or around the list that holds it. */
export interface Above {
  readonly shape: EventShape;
  readonly value: Readonly<Record<string, unknown>>;
}

type Keys = Readonly<Record<string, unknown>>;

/**
 * Keys that AWS does not send and that stand where one is missing that it does send.
 * @param strays the keys of `value` that the shape does not name
 */
export function misspelledKeys(
  strays: readonly string[],
  value: Keys,
  { members, usual }: EventShape,
): { key: string; meant: string }[] {
  const missing = [...members.keys()].filter((key) => !Object.hasOwn(value, key));
  const expected = missing.filter((key) => usual.has(key));
  return strays.flatMap((key) => {
    const same = missing.filter((each) => letters(each) === letters(key));
    const longer = expected.filter((each) => key.length > 5 && each.startsWith(key));
    const meant =
      only(same) ??
      only(longer) ??
      // Of a key that need not be there, only what can hardly be anything else: AWS adds keys whenever it likes.
      nearest(key, expected, Math.min(3, Math.floor(key.length / 3))) ??
      nearest(key, missing, key.length < 5 ? 0 : 1);
    return meant === undefined || (closest(meant, strays, 3) ?? key) !== key
      ? []
      : [{ key, meant }];
  });
}

function only(keys: readonly string[]): string | undefined {
  return keys.length === 1 ? keys[0] : undefined;
}

function nearest(key: string, candidates: readonly string[], most: number): string | undefined {
  return key.length > 100 ? undefined : closest(key, candidates, most);
}

function letters(key: string): string {
  return key.replaceAll(/[-_]/g, '').toLowerCase();
}

/**
 * Keys that are expected in the object around, or in one inside, and are missing there.
 * @returns each with the key of the object where it belongs; `undefined` for the one around
 */
export function misplacedKeys(
  strays: readonly string[],
  value: Keys,
  { members }: EventShape,
  above: Above | undefined,
): { key: string; place: string | undefined }[] {
  return strays.flatMap((key) => {
    if (above && isMissingIn(key, above.shape, above.value)) return [{ key, place: undefined }];
    const inside = [...members].filter(([name, member]) => {
      const held = value[name];
      const shape = member.items ?? member;
      const object = Array.isArray(held) ? (held[0] as unknown) : held;
      return isMissingIn(key, shape, object ?? {});
    });
    return inside.length === 1 ? [{ key, place: inside[0]?.[0] }] : [];
  });
}

function isMissingIn(key: string, { usual }: EventShape, value: unknown): boolean {
  return usual.has(key) && isRecord(value) && !Object.hasOwn(value, key);
}

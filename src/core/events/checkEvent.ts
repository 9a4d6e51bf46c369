import { isRecord } from '../isRecord';
import { pointerTo } from '../payload/locate';
import type { SchemaError } from '../payload/schemaErrors';
import { schemaProblems } from '../payload/schemaProblems';
import type { Problem, Severity } from '../problem';
import { type AwsEvent, isEvent, recognizedEvent } from './events';
import type { EventShape } from './eventShape';
import { type Above, misplacedKeys, misspelledKeys } from './strayKeys';

/** Nobody reads more. */
const mostErrors = 100;

/**
 * What is certainly wrong with a payload that is to be one of AWS's events is a warning: another event, a wrong type, a
 * value out of a closed list, a key that is misspelled or in the wrong place. What is only missing is information, for
 * most handlers read a few keys alone. In time that grows with the text.
 * @param text JSON
 * @param value what JSON.parse makes of it
 */
export function eventProblems(
  text: string,
  value: unknown,
  event: AwsEvent,
  shape: EventShape,
): Problem[] {
  const other = isEvent(value, event) ? undefined : recognizedEvent(value);
  if (other) return schemaProblems(text, [otherEvent(value, other, event)]);
  const check = new EventCheck();
  check.root(value, shape);
  return schemaProblems(text, check.errors);
}

function otherEvent(value: unknown, other: AwsEvent, event: AwsEvent): SchemaError {
  return error('otherEvent', root, value, { other, event });
}

/** Where a value stands: its key in the value that holds it. The whole payload has no path. */
interface Path {
  readonly parent: Path | undefined;
  readonly key: string | number;
}

const root: Path | undefined = undefined;

function pointerOf(path: Path | undefined): string {
  return path === undefined ? '' : pointerTo(pointerOf(path.parent), path.key);
}

function error(
  keyword: string,
  path: Path | undefined,
  value: unknown,
  params: SchemaError['params'],
  severity: Severity = 'warning',
): SchemaError {
  return {
    keyword,
    instancePath: pointerOf(path),
    schemaPath: '',
    params,
    value,
    schema: {},
    propertyName: undefined,
    message: keyword,
    severity,
  };
}

class EventCheck {
  readonly #errors: SchemaError[] = [];

  /** A key that stands in the wrong place is not missing in the right one as well. */
  get errors(): SchemaError[] {
    const misplaced = new Set(
      this.#errors.flatMap(({ keyword, params: { key } }) =>
        keyword === 'misplaced' ? [key] : [],
      ),
    );
    return this.#errors.filter(({ keyword, params: { missing } }) => {
      const isList = keyword === 'missing' && Array.isArray(missing);
      return !isList || !missing.every((key) => misplaced.has(key));
    });
  }

  root(value: unknown, shape: EventShape): void {
    const list = [...shape.members].find(([, { items }]) => items && isItem(value, shape, items));
    if (list) this.#errors.push(error('unwrapped', root, value, { list: list[0] }));
    else this.#value(value, shape, root, undefined);
  }

  #value(
    value: unknown,
    shape: EventShape,
    path: Path | undefined,
    above: Above | undefined,
  ): void {
    if (shape.types.size === 0 || this.#errors.length >= mostErrors) return;
    const type = typeOf(value);
    if (!shape.types.has(type)) {
      this.#report('type', path, value, { type: [...shape.types] });
    } else if (typeof value === 'string') this.#text(value, shape, path);
    else if (Array.isArray(value)) {
      if (shape.items) {
        for (const [index, item] of value.entries())
          this.#value(item, shape.items, { parent: path, key: index }, above);
      }
    } else if (typeof value === 'object' && value !== null) {
      this.#object(value as Record<string, unknown>, shape, path, above);
    }
  }

  #text(value: string, { values, isClosed }: EventShape, path: Path | undefined): void {
    if (values.length === 0 || values.includes(value)) return;
    const meant = values.find((known) => known.toLowerCase() === value.toLowerCase());
    if (isClosed) this.#report('enum', path, value, { allowedValues: values });
    else if (meant !== undefined) this.#report('const', path, value, { allowedValue: meant });
  }

  #object(
    value: Record<string, unknown>,
    shape: EventShape,
    path: Path | undefined,
    above: Above | undefined,
  ): void {
    const strays: string[] = [];
    const here: Above = { shape, value };
    for (const key in value) {
      const held = value[key];
      const member = shape.members.get(key) ?? shape.rest;
      if (!member) strays.push(key);
      // What may be missing may as well be null: many programs that write events write it so.
      else if (held !== null || shape.required.includes(key))
        this.#value(held, member, { parent: path, key }, here);
    }
    const misspelled = new Set<string>();
    if (strays.length > 0 && !shape.isFree) {
      for (const { key, meant } of misspelledKeys(strays, value, shape)) {
        misspelled.add(meant);
        this.#report('stray', path, value, { key, meant });
      }
      for (const { key, place } of misplacedKeys(strays, value, shape, above))
        this.#report('misplaced', path, value, { key, place });
    }
    const missing = shape.required.filter(
      (key) => !Object.hasOwn(value, key) && !misspelled.has(key),
    );
    if (missing.length === 0) return;
    // A payload of which nothing is known is none of these events; what is known of one makes it a short one.
    const isForeign =
      path === root && strays.length > 0 && strays.length === Object.keys(value).length;
    this.#report('missing', path, value, { missing }, isForeign ? 'warning' : 'information');
  }

  #report(
    keyword: string,
    path: Path | undefined,
    value: unknown,
    params: SchemaError['params'],
    severity?: Severity,
  ): void {
    if (this.#errors.length < mostErrors)
      this.#errors.push(error(keyword, path, value, params, severity));
  }
}

/** Whether a payload is what the list of the event should hold, alone. */
function isItem(value: unknown, { members }: EventShape, items: EventShape): boolean {
  if (!isRecord(value)) return false;
  const keys = Object.keys(value);
  const known = keys.filter((key) => items.members.has(key));
  return known.length >= 2 && !keys.some((key) => members.has(key));
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

// A shape says what a value of an event may be: the types, for each type what is inside, and for texts the values that
// are known. It is what is left of a JSON Schema when alternatives are told apart by their types alone, so that two
// schemas, or two alternatives, become one.
//
// `undefined` instead of a shape: the source says nothing of the value.

/** How often a type may hold itself: enough to complete a nested DynamoDB attribute. */
const deepest = 2;

/**
 * @param schema a JSON Schema of ours or its part
 * @param root holds what `$ref` names
 */
export function shapeOf(schema, root, open = []) {
  if (typeof schema !== 'object') return undefined;
  if (schema.$ref !== undefined) {
    if (open.filter((reference) => reference === schema.$ref).length >= deepest) return undefined;
    return shapeOf(resolved(schema.$ref, root), root, [...open, schema.$ref]);
  }
  const within = (part) => shapeOf(part, root, open);
  // How TypeScript's `undefined` is written: a key that may be missing, and nothing of its value.
  if (schema.not !== undefined) return emptyShape();
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return alternatives.map(within).reduce(either);
  if (schema.allOf) return schema.allOf.map(within).reduce(both);
  const values = 'const' in schema ? [schema.const] : schema.enum;
  const types = new Set([schema.type ?? values?.map(typeOf) ?? []].flat().map(withoutInteger));
  if (types.size === 0) return undefined;
  const shape = { ...emptyShape(), types };
  if (values) {
    shape.values = values.filter((value) => typeof value === 'string');
    shape.isClosed = true;
  }
  for (const [key, member] of Object.entries(schema.properties ?? {})) {
    const isRequired = schema.required?.includes(key) === true && member.not === undefined;
    shape.members.set(key, { shape: within(member), isRequired, isUsual: isRequired });
  }
  if (types.has('object')) {
    shape.isFree = schema.additionalProperties !== undefined || shape.members.size === 0;
    shape.rest = within(schema.additionalProperties);
  }
  if (types.has('array')) shape.items = within(schema.items);
  return shape;
}

function emptyShape() {
  return {
    types: new Set(),
    /** Known texts. */
    values: [],
    /** No other texts are right. */
    isClosed: false,
    members: new Map(),
    /** Whether whoever sends the event chooses further keys. */
    isFree: false,
    /** Of the values of further keys. */
    rest: undefined,
    items: undefined,
  };
}

function resolved(reference, root) {
  const path = reference.slice(2).split('/').map(decodeURIComponent);
  return path.reduce((place, name) => place[name], root);
}

function typeOf(value) {
  return value === null ? 'null' : typeof value;
}

function withoutInteger(type) {
  return type === 'integer' ? 'number' : type;
}

/** What is right for one of two alternatives of one source. */
function either(one, other) {
  return combined(one, other, {
    ofOne: (shape) => shape,
    ofAny: () => undefined,
    either,
    isRequired: (first, second) => first && second,
  });
}

/** What is right for two parts of one source that hold together. */
function both(one, other) {
  if (!one || !other) return one ?? other;
  return combined(one, other, {
    ofOne: (shape) => shape,
    ofAny: (shape) => shape,
    either: both,
    isRequired: (first, second) => first || second,
  });
}

/** What one of two witnesses knows and the other does not is shown to whoever types, and held against nobody. */
export function joined(one, other) {
  return combined(one, other, {
    ofOne: unchecked,
    ofAny: unchecked,
    either: joined,
    isRequired: (first, second) => first && second,
  });
}

/** What one witness alone says: a key that it requires may be missing. */
export function alone(shape) {
  const within = (part) => part && alone(part);
  const members = [...(shape.members ?? [])].map(([key, member]) => [
    key,
    { ...member, shape: within(member.shape), isRequired: false },
  ]);
  return {
    ...shape,
    members: new Map(members),
    rest: within(shape.rest),
    items: within(shape.items),
    isClosed: false,
  };
}

function unchecked(shape) {
  return shape && { ...alone(shape), isUnchecked: true };
}

function combined(one, other, rules) {
  if (!one || !other) return rules.ofAny(one ?? other);
  const has = (shape, type) => shape.types.has(type);
  const types = new Set([...one.types, ...other.types]);
  const ofText = [one, other].filter((shape) => has(shape, 'string'));
  const ofObject = [one, other].filter((shape) => has(shape, 'object'));
  const ofArray = [one, other].filter((shape) => has(shape, 'array'));
  return {
    types,
    values: [...new Set(ofText.flatMap(({ values }) => values))],
    isClosed: ofText.length > 0 && ofText.every(({ isClosed }) => isClosed),
    members:
      ofObject.length === 2 ? membersOf(one, other, rules) : (ofObject[0]?.members ?? new Map()),
    isFree: ofObject.some(({ isFree }) => isFree),
    rest: ofObject.length === 2 ? rules.either(one.rest, other.rest) : ofObject[0]?.rest,
    items: ofArray.length === 2 ? rules.either(one.items, other.items) : ofArray[0]?.items,
    ...(one.isUnchecked && other.isUnchecked ? { isUnchecked: true } : {}),
  };
}

function membersOf(one, other, rules) {
  const keys = new Set([...one.members.keys(), ...other.members.keys()]);
  return new Map(
    [...keys].map((key) => {
      const [first, second] = [one.members.get(key), other.members.get(key)];
      const isRequired = rules.isRequired(first?.isRequired ?? false, second?.isRequired ?? false);
      const isUsual = first?.isUsual === true || second?.isUsual === true;
      const shape =
        first && second
          ? rules.either(first.shape, second.shape)
          : rules.ofOne((first ?? second).shape);
      return [key, { shape, isRequired, isUsual }];
    }),
  );
}

/** Every shape at a path of keys, in which `*` stands for all items of a list, or for all keys of an object. */
export function shapesAt(shape, path) {
  let found = [shape];
  for (const step of path) {
    found = found.flatMap((each) =>
      membersAt(each, step)
        .map((member) => member.shape)
        .filter((inner) => inner !== undefined),
    );
  }
  return found;
}

/** What the last step of a path leads to, with whether it must be there. */
export function membersAt({ members, rest, items }, step) {
  if (step !== '*') return [members.get(step) ?? []].flat();
  return [...members.values(), { shape: rest }, { shape: items }];
}

/**
 * The shape as a JSON Schema, with keywords of ours that other validators pass over: `unchecked` holds what is only known
 * to one witness, `usual` the keys that one of them requires, `free` is there where the sender chooses keys.
 */
export function schemaOf(shape) {
  if (!shape) return {};
  if (shape.isUnchecked) return { unchecked: schemaOf({ ...shape, isUnchecked: false }) };
  const { types, values, isClosed, members, isFree, rest, items } = shape;
  if (types.size === 0) return {};
  const keys = (wanted) => [...members].flatMap(([key, member]) => (wanted(member) ? [key] : []));
  const required = keys(({ isRequired }) => isRequired);
  const usual = keys(({ isUsual }) => isUsual);
  const all = [...values, ...(types.has('null') && isClosed ? [null] : [])];
  const isEnum = isClosed && [...types].every((type) => type === 'string' || type === 'null');
  return {
    type: types.size === 1 ? [...types][0] : [...types],
    ...(values.length > 0 ? (isEnum ? { enum: all } : { examples: values }) : {}),
    ...(members.size > 0
      ? {
          properties: Object.fromEntries(
            [...members].map(([key, member]) => [key, schemaOf(member.shape)]),
          ),
        }
      : {}),
    ...(required.length > 0 ? { required } : {}),
    ...(usual.length > required.length ? { usual } : {}),
    ...(isFree ? { free: true } : {}),
    ...(rest ? { additionalProperties: schemaOf(rest) } : {}),
    ...(items ? { items: schemaOf(items) } : {}),
  };
}

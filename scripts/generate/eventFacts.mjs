import { membersAt, shapesAt, shapeOf } from './eventShape.mjs';

/**
 * A row of eventFacts.json: what AWS documents of some places in some events, beyond what the witnesses know.
 *
 * @typedef {object} Fact
 * @property {string} page where AWS documents it, or sends it in a sample of its own
 * @property {string} [why] absent where the row above says it
 * @property {string[]} events by name: `aws:sqs`
 * @property {string[]} paths keys from the root; `*` stands for every item of a list, or every key of an object
 * @property {true} [optional] the key may be missing
 * @property {object} [also] JSON Schema of a key that the witnesses do not have
 * @property {string[]} [types] types that the value may have as well
 * @property {object} [items] JSON Schema of the items of a list
 * @property {string[]} [values] texts that are right as well
 * @property {true} [open] other texts than the known ones are right
 * @property {true} [isSure] what only one witness knows is checked all the same
 */

/**
 * The shape of an event with what AWS documents beyond the witnesses.
 * @param facts rows of eventFacts.json
 * Throws for a row about a place that the event does not have: it is out of date.
 */
export function withFacts(shape, event, facts) {
  for (const [path, value] of Object.entries(event.marks)) {
    if (!Array.isArray(value)) continue;
    const steps = path.split('/').map((step) => (step === '0' ? '*' : step));
    for (const place of placesOf(shape, event, steps))
      Object.assign(place, { values: value, isClosed: true });
  }
  for (const fact of facts.filter(({ events }) => events.includes(event.name))) {
    for (const path of fact.paths) state(shape, event, path, fact);
  }
  return shape;
}

function state(shape, event, path, fact) {
  const steps = path.split('/');
  const key = steps.pop();
  const parents = placesOf(shape, event, steps);
  if (fact.also) {
    for (const { members } of parents)
      members.set(key, { shape: shapeOf(fact.also, fact.also), isRequired: false, isUsual: false });
  }
  const found = parents.flatMap((parent) => membersAt(parent, key));
  // Of some events nothing is known below: an empty response, say.
  if (found.length === 0 && key !== '*') throw new Error(`${event.name} has nothing at ${path}`);
  for (const member of found) {
    if (fact.optional) member.isRequired = false;
    if (member.shape) amend(member.shape, fact);
  }
}

function amend(shape, { types, items, values, open, isSure }) {
  if (types && shape.types.size > 0) for (const type of types) shape.types.add(type);
  if (items) shape.items = shapeOf(items, items);
  if (values) shape.values = [...new Set([...shape.values, ...values])];
  if (open) shape.isClosed = false;
  if (isSure) delete shape.isUnchecked;
}

function placesOf(shape, event, steps) {
  const places = shapesAt(shape, steps);
  if (places.length === 0) throw new Error(`${event.name} has nothing at ${steps.join('/')}`);
  return places;
}

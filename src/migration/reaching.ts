import { functionOf, type Place } from './places';
import { contains, rangeOf } from './syntaxFile';

/** The assignments among all of a binding, in order, whose value may have come to a place. */
export function reaching(all: readonly Place[], place: Place): Place[] {
  const own = functionOf(place);
  const isHere = (other: Place) => functionOf(other).node.id === own.node.id;
  const certain = all.findLast((other) => isHere(other) && isSurelyBefore(other, place));
  return all.filter((other) => {
    if (other === certain || isExclusive(other, place)) return other === certain;
    if (!isHere(other)) return !certain || !contains(functionOf(other).range, own.range);
    if (!isBefore(other, place)) return isInOneLoop(other, place);
    return !certain || other.range.start > certain.range.start;
  });
}

/** Whether an assignment has been made whenever a place is reached. */
const isSurelyBefore = (assignment: Place, place: Place) =>
  isBefore(assignment, place) &&
  assignment.branches.every((branch) => contains(branch.range, place.range));

/** In `a = f(a)`, the second comes first. */
const isBefore = ({ range, value }: Place, place: Place) =>
  range.start < place.range.start && !(value && contains(rangeOf(value), place.range));

/** Whether two places are in arms of which only one runs. */
function isExclusive(a: Place, b: Place): boolean {
  const arms = a.branches.filter(({ kind }) => kind === 'branch');
  return arms.some(
    ({ node, range }) =>
      !contains(range, b.range) &&
      b.branches.some(
        (other) => other.kind === 'branch' && other.node.parent?.id === node.parent?.id,
      ),
  );
}

const isInOneLoop = (a: Place, b: Place) =>
  a.branches.some(({ kind, range }) => kind === 'branch.loop' && contains(range, b.range));

import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  anyCharacter,
  anyInName,
  Automaton,
  oneOf,
  optional,
  type Steps,
  text,
  zeroOrMore,
} from '../../../src/core/patterns/automaton';
import { oneAtRandom, randomOf } from '../../support/random';

/** A random pattern of `a` and `b`, and the same as a regular expression. */
function randomPattern(
  random: () => number,
  rule: (unit: number) => boolean,
  depth = 0,
): { steps: Steps; source: string } {
  const inner = () => randomPattern(random, rule, depth + 1);
  const kinds = [
    () => ({ steps: text('a'), source: 'a' }),
    () => ({ steps: text('b'), source: 'b' }),
    () => ({ steps: zeroOrMore(rule), source: 'a*' }),
    ...(depth > 3
      ? []
      : [
          () => {
            const part = inner();
            return { steps: optional(part.steps), source: `(?:${part.source})?` };
          },
          () => {
            const parts = [inner(), inner(), inner()];
            return {
              steps: oneOf(parts.map(({ steps }) => steps)),
              source: `(?:${parts.map(({ source }) => source).join('|')})`,
            };
          },
        ]),
  ];
  const parts = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    oneAtRandom(random, kinds)(),
  );
  return {
    steps: parts.flatMap(({ steps }) => steps),
    source: parts.map(({ source }) => source).join(''),
  };
}

function keptBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

describe('an automaton', () => {
  it('matches what a regular expression matches, and asks each step once for a character', () => {
    const random = randomOf(3);
    let asked = 0;
    const isA = (unit: number) => {
      asked++;
      return unit === 97;
    };
    let matched = 0;
    for (let round = 0; round < 3000; round++) {
      const { steps, source } = randomPattern(random, isA);
      const automaton = new Automaton(steps);
      const expression = new RegExp(`^(?:${source})$`);
      for (let index = 0; index < 10; index++) {
        const length = Math.floor(random() * 8);
        const candidate = Array.from({ length }, () => oneAtRandom(random, ['a', 'b'])).join('');
        asked = 0;
        const expected = expression.test(candidate);
        assert.equal(automaton.matches(candidate), expected, `${source} with ${candidate}`);
        assert.ok(
          asked <= steps.length * candidate.length,
          `${source} with ${candidate}: ${asked}`,
        );
        if (expected) matched++;
      }
    }
    assert.ok(matched > 3000, `${matched} matches`);
  });

  it('asks no more of a pattern that is made for going back', () => {
    let asked = 0;
    const isA = (unit: number) => {
      asked++;
      return unit === 97;
    };
    const steps = [
      ...Array.from({ length: 200 }, () => optional(oneOf([text('a'), zeroOrMore(isA)]))).flat(),
      ...text('b'),
    ];
    const candidate = `${'a'.repeat(300)}cb`;
    assert.ok(!new Automaton(steps).matches(candidate));
    assert.ok(asked <= steps.length * candidate.length, String(asked));
  });

  it('matches as before when others have used up what all of them may keep', () => {
    const ofJson = new Automaton([...zeroOrMore(anyInName), ...text('.json')]);
    const ofAll = new Automaton([...zeroOrMore(anyCharacter), ...text('!')]);
    const everyCharacter = Array.from({ length: 2 ** 16 }, (_, unit) => String.fromCharCode(unit));
    for (let round = 0; round < 3; round++) {
      assert.ok(ofJson.matches('order.json') && !ofJson.matches('a/order.json'));
      assert.ok(ofAll.matches(`${everyCharacter.join('')}!`));
      assert.ok(ofJson.matches('bill.json') && !ofJson.matches('bill.jso'));
    }
  });

  it('keeps little of a pattern whose ways never come together', () => {
    const random = randomOf(9);
    const tail = Array.from({ length: 300 }, () => anyCharacter);
    const automaton = new Automaton([...zeroOrMore(anyCharacter), ...text('a'), ...tail]);
    const length = 40_000;
    const candidate = Array.from({ length }, () => oneAtRandom(random, ['a', 'b'])).join('');
    const before = keptBytes();
    assert.equal(automaton.matches(candidate), candidate.at(-301) === 'a');
    const kept = keptBytes() - before;
    assert.ok(kept < 20e6, String(kept));
    assert.ok(!automaton.matches('b'));
  });

  it('knows what every match begins with, and whether nothing else matches', () => {
    const certain = new Automaton([...text('ab'), ...optional(text('c')), ...text('d')]);
    assert.equal(certain.start, 'ab');
    assert.ok(!certain.isLiteral);
    assert.ok(certain.matches('abd') && certain.matches('abcd') && !certain.matches('abc'));
    assert.ok(new Automaton(text('ab')).isLiteral);
    assert.ok(new Automaton([]).matches('') && !new Automaton([]).matches('a'));
  });
});

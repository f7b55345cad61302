/**
 * A law of all resource types: no change of a property that is simulated is passed over. AWS replaces the resource, calls change it, or
 * the change is refused by name.
 */

import { describe, expect, it } from 'vitest';
import { type Properties, pick, type ResourceType } from '../contract/resource-type.ts';
import { SETTINGS_FOR_TESTS } from '../contract/service-for-tests.ts';
import type { Members, Shape, Value } from '../contract/shape.ts';
import { RESOURCE_TYPES } from './all.ts';

/** Which of two values: other ones, unless there is but one. */
type Which = 'first' | 'last';

/** A value of this shape; what a text says is of no account. */
function anyValue(shape: Shape, which: Which): Value {
  switch (shape.kind) {
    case 'text':
    case 'folder':
      return which;
    case 'json':
    case 'policy':
      return JSON.stringify({ any: which });
    case 'choice':
      return shape.of.at(which === 'first' ? 0 : -1) ?? expect.fail('a choice of nothing');
    case 'whole-number':
    case 'number':
      return (shape.min ?? 0) + (which === 'first' ? 0 : 1);
    case 'flag':
      return which === 'first';
    case 'list':
      return [anyValue(shape.of, which)];
    case 'texts':
      return { any: which };
    case 'record':
      return anyProperties(shape.members, which);
  }
}

/** A value for each property that is not refused. */
function anyProperties(members: Members, which: Which): Properties {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, member]) =>
      member.treatment === 'refused' ? [] : [[name, anyValue(member.shape, which)]],
    ),
  );
}

/** The properties whose changes calls have to make. */
function changedByCalls({ properties, naming, life }: ResourceType): readonly string[] {
  const others = [naming.property, ...life.replacedBy, ...Object.keys(life.refusedChanges)];
  return Object.entries(properties).flatMap(([name, { treatment }]) =>
    treatment === 'simulated' && !others.includes(name) ? [name] : [],
  );
}

const TYPES = [...RESOURCE_TYPES].sort(([one], [other]) => (one < other ? -1 : 1));

describe('a change of a property that is simulated', () => {
  it.each(TYPES)('%s: replaces the resource, is refused, or is made by calls that say it', (_name, type) => {
    for (const property of changedByCalls(type)) {
      const all = anyProperties(type.properties, 'first');
      const { [property]: _absent, ...without } = all;
      const other = { ...without, ...pick(anyProperties(type.properties, 'last'), [property]) };
      const update = (before: Properties, after: Properties) =>
        type.life.updates({ name: 'it', before, after }, SETTINGS_FOR_TESTS);
      const [there, back, elsewhere] = [update(without, all), update(all, without), update(without, other)];
      expect([property, there.length > 0, back.length > 0]).toEqual([property, true, true]);
      // One of the two values may be the default, or say nothing. Calls that are always alike say neither.
      const said = new Set([there, back, elsewhere].map((calls) => JSON.stringify(calls)));
      expect([property, said.size > 1]).toEqual([property, true]);
    }
  });

  it.each(TYPES)('%s: its life speaks of properties that it has', (_name, { properties, life }) => {
    for (const property of [...life.replacedBy, ...Object.keys(life.refusedChanges)])
      expect(Object.keys(properties)).toContain(property);
  });
});

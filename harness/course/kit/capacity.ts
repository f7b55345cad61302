/**
 * What the checks of a downstream's capacity have in common: too many requests at once, too few, and their words.
 *
 * Which runs are judged, and by how many points, is the business of each lab.
 */

import { atLeast, type Failing } from './check.ts';

interface Counted {
  readonly count: number;
}

/** A judge: the downstream of this name never has more requests at once than it takes. */
export function neverMoreThan(
  capacity: number,
  downstream: string,
): (run: Counted) => Failing<'above-capacity'> | null {
  return ({ count }) => {
    if (count <= capacity) return null;
    const headline = `Legacy had ${count} requests at once, and takes ${capacity}.`;
    return { headline, hintId: 'above-capacity', about: { names: [], crowd: { downstream, most: capacity } } };
  };
}

/** A judge for one run that has to use the whole capacity and no more. */
export function asManyAs(
  capacity: number,
  downstream: string,
): (run: Counted) => Failing<'above-capacity' | 'places-unused'> | null {
  const judgeMost = neverMoreThan(capacity, downstream);
  return ({ count }) => {
    if (count >= capacity) return judgeMost({ count });
    return {
      headline: `Legacy takes ${capacity} requests at once, and had ${count} at most.`,
      hintId: 'places-unused',
    };
  };
}

/** A judge for `reach`: some schedule uses the whole capacity. */
export function usedUpTo(capacity: number): (run: Counted) => Failing<'places-unused'> | null {
  return atLeast(capacity, {
    headline: `Legacy takes ${capacity} requests at once, and in no schedule had ${capacity}.`,
    hintId: 'places-unused',
  });
}

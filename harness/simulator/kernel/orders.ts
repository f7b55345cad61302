/**
 * In how many orders the steps of a run could have come without changing what happened.
 *
 * That is the number of linear extensions of «comes before for a reason», counted exactly over the sets of steps that can
 * be done first. A run that is too long or too wide to count is not guessed at.
 */

/** Sets of steps are bits of one number. */
const MOST_STEPS = 30;
/** Sets of steps that are looked at before counting is given up. */
const MOST_SETS = 20_000;

/** `after[j]`: the steps that come before step j for a reason, closed under itself. Null if there are too many to count. */
export function countOrders(after: readonly ReadonlySet<number>[]): number | null {
  if (after.length > MOST_STEPS) return null;
  const needs = after.map((steps) => [...steps].reduce((bits, step) => bits | (1 << step), 0));
  const all = 2 ** after.length - 1;
  const known = new Map<number, number>([[all, 1]]);
  const count = (done: number): number | null => {
    const before = known.get(done);
    if (before !== undefined) return before;
    if (known.size > MOST_SETS) return null;
    let orders = 0;
    for (const [step, need] of needs.entries()) {
      if ((done & (1 << step)) !== 0 || (need & ~done) !== 0) continue;
      const rest = count(done | (1 << step));
      if (rest === null) return null;
      orders += rest;
    }
    known.set(done, orders);
    return orders;
  };
  return count(0);
}

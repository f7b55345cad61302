/** The rules of «charge twice by hand»: the page describes them correctly. */

import { describe, expect, it } from 'vitest';
import { explain } from '../../../grader/explain/explain.ts';
import { countOrders } from '../../kit/puzzle.ts';
import { AMOUNT } from '../scenarios/till.ts';
import puzzle, { AMOUNT_CENTS } from './puzzle.ts';

const A = 'debit#1';
const B = 'debit#2';
const inARow = ['till', A, A, A, A, 'till', B, B];
const bothLook = ['till', 'till', A, B, A, B, A, B, A, B];

describe('one order, sent twice', () => {
  it('is debited once when the second look comes after the mark', () => {
    expect(puzzle.end(inARow)).toBe('held');
    expect(puzzle.say(inARow)).toMatch(/^o-17 is debited once/);
  });

  it('is debited twice when both look before either marks', () => {
    expect(puzzle.end(bothLook)).toBe('broken');
    expect(puzzle.headline(bothLook)).toBe('Order o-17 was debited twice.');
    expect(puzzle.facts(bothLook)[0]).toEqual(['the customer has paid', '84.00']);
  });

  it('gives a delivery nothing to do before its message is sent', () => {
    expect(puzzle.next([], A)).toBeNull();
    expect(puzzle.idle([], A)).toBe('has no message yet');
    expect(puzzle.next(['till'], A)).toBe('take the message and start');
    expect(puzzle.next(['till'], B)).toBeNull();
  });

  it('sends the order twice and no third time', () => {
    expect(puzzle.next(['till', 'till'], 'till')).toBeNull();
  });

  it('states how many of its orders charge twice, and a search of all orders finds the same', () => {
    const { all, broken } = countOrders(puzzle);
    expect(broken).toBeGreaterThan(0);
    expect(broken).toBeLessThan(all);
    expect(puzzle.say(bothLook)).toContain(`${broken} of the ${all} schedules of these steps debit it twice.`);
  });

  it('charges the same amount as the lab', () => {
    expect(AMOUNT_CENTS).toBe(AMOUNT);
  });

  it('makes a trace that the grader explains like one of its own', () => {
    const violation = { headline: 'Order o-17 was debited twice.', hintId: 'debited-twice', about: puzzle.about };
    const { because, conflicts, marked } = explain(puzzle.trace(bothLook), violation);
    expect(because.join(' ')).toMatch(/asked it again.*had found no item/s);
    expect(conflicts).not.toEqual([]);
    expect(marked?.map(({ kind }) => kind)).toEqual(['repeats', 'repeats']);
  });

  it('makes no step of a move that changes nothing', () => {
    expect(puzzle.trace(['till', B, A])).toHaveLength(4);
  });
});

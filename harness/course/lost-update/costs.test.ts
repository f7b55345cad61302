/** The cost of a million bumps, as the page of lab 0 states it. */

import { expect, it } from 'vitest';
import { perMillionBumps } from './costs.ts';

it('a million bumps cost a write each, and half a read for designs that read first', () => {
  expect(perMillionBumps({ writes: 1, reads: 0 })).toBe('$0.63');
  expect(perMillionBumps({ writes: 1, reads: 0.5 })).toBe('$0.69');
  expect(perMillionBumps({ writes: 2, reads: 0 })).toBe('$1.25');
});

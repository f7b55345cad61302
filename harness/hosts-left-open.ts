/**
 * After each test file: no host of learners' code is left open in this process.
 *
 * Test files share their worker, so an open host would keep the next file's local time at UTC, whichever file that is.
 */

import { afterAll, expect } from 'vitest';
import { isUtcHeld } from './node/realm/time-zone.ts';

afterAll(() => {
  expect(isUtcHeld(), 'This file left a host of learners’ code open: close it, also where its test fails.').toBe(false);
});

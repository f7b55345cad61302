/** The specimens are there: some run of the solution, or of a specimen's wrong fix, shows each of them. */

import { expect, it } from 'vitest';
import { isShown } from '../kit/specimens-for-tests.ts';
import { kinesisOrdering } from './lab.ts';
import { specimens } from './specimens.ts';

it.each(specimens)(
  '$name is shown by a run',
  async (specimen) => {
    expect(await isShown(kinesisOrdering, specimen)).toBe(true);
  },
  60_000,
);

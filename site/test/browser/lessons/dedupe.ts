/** The page of lab 4. */

import type { Lesson } from '../lesson.ts';

const lesson: Lesson = {
  questions: 5,
  puzzle: {
    breaks: '1123232323',
    says: /^You debited o-17 twice: 84\.00 for an order of 42\.00/,
    drawn: /200 debit-2/,
    quiet: '12222133',
    quietSays: /^o-17 is debited once.*Undo/s,
  },
};

export default lesson;

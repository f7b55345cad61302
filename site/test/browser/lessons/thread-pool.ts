/** The page of lab 3. */

import type { Lesson } from '../lesson.ts';

const lesson: Lesson = {
  questions: 5,
  puzzle: {
    breaks: '123123',
    says: /^Legacy fell over: three requests at once\./,
    drawn: /legacy/,
    quiet: '111222333',
    quietSays: /^All three orders are booked.*Undo/s,
  },
};

export default lesson;

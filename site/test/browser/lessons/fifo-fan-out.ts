/** The page of lab 6. */

import type { Lesson } from '../lesson.ts';

const lesson: Lesson = {
  questions: 6,
  puzzle: {
    breaks: '1211221122',
    says: /^The queue has handed this event out 2 times/,
    drawn: /message 4 goes to StockLetters/,
    quiet: '22111111',
    quietSays: /^All events are booked\. Undo/,
  },
};

export default lesson;

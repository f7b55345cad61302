/** The page of lab 5. */

import type { Lesson } from '../lesson.ts';

const lesson: Lesson = {
  questions: 6,
  puzzle: {
    breaks: '1122331',
    says: /^The account has 100\.00 again/,
    drawn: /Accounts/,
    quiet: '111233',
    quietSays: /^The account has 20\.00 after event 2\. Undo/,
  },
};

export default lesson;

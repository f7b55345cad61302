/** The page of lab 0. */

import type { Lesson } from '../lesson.ts';

const lesson: Lesson = {
  questions: 4,
  puzzle: {
    breaks: '121212',
    says: /^You lost an update\..*12 of the 20 schedules/s,
    drawn: /erases bump#1/,
    quiet: '111222',
    quietSays: /^Both bumps count.*Undo/s,
  },
};

export default lesson;

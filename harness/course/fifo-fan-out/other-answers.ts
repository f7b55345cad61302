/**
 * Right answers to lab 6 that differ from the solution. All of them must pass, so that the checks ask for a result and not for a design.
 *
 * The files are in other-answers/<name>/ and replace the solution's.
 */

import type { OtherAnswer } from '../lab.ts';

export const otherAnswers: readonly OtherAnswer[] = [
  {
    name: 'parked-at-once',
    design:
      'The handler puts what can never be applied into the dead-letter queue itself, and the order goes on without it.',
  },
  {
    name: 'one-by-one',
    design:
      'A batch has one message, so nothing need be given back behind it; a reservation stands beside the maximum; the publisher sends ten orders with each call.',
  },
  {
    name: 'id-in-the-text',
    design:
      'The text of a message has the event’s id, so deduplication by content is right; a bill is read and written under a version.',
  },
];

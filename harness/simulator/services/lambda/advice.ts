/**
 * Advice on an invocation that failed by itself: one sentence for each kind of failure that has a remedy of its own.
 *
 * It reads the error alone and knows no lab. An error that could have many causes gets no advice: its line says more.
 */

import type { InvocationOutcome } from './trace-events.ts';

type Failed = InvocationOutcome & { readonly kind: 'failed' };

interface Advice {
  readonly applies: (failed: Failed) => boolean;
  readonly sentence: string;
}

/** The first entry that applies is used. */
const ADVICE: readonly Advice[] = [
  {
    applies: ({ error }) => error.errorType === 'Runtime.ExitError',
    sentence: 'Remove process.exit, which ends the whole environment: return an answer, or throw an error.',
  },
  {
    // The text of the realm's own refusal.
    applies: ({ error }) => error.errorMessage.includes("language's own objects are frozen in a lab"),
    sentence: "Write a function of your own instead of changing the language's.",
  },
  {
    // The engine's message does not say whose object it was; the learner's code may have frozen it.
    applies: ({ error }) =>
      error.errorType === 'TypeError' &&
      /read only property|not extensible|redefine property|delete property/.test(error.errorMessage),
    sentence:
      'If it belongs to the language, it is frozen in a lab: write a function of your own instead of changing it.',
  },
  {
    applies: ({ error }) => error.errorType === 'Runtime.UnhandledPromiseRejection',
    sentence: 'Await that promise, or catch its error.',
  },
  {
    applies: ({ error }) => error.errorType === 'RangeError' && error.errorMessage.includes('call stack'),
    sentence: 'Give the recursion an end, or write a loop.',
  },
  {
    applies: ({ error }) => error.errorType === 'ReferenceError' && error.errorMessage.endsWith(' is not defined'),
    sentence: 'Import that name, or declare it.',
  },
  {
    applies: ({ error }) => error.errorType === 'Runtime.HandlerNotFound',
    sentence: 'Export the function that Handler names in the template.',
  },
  {
    applies: ({ during }) => during === 'init',
    sentence:
      'It was thrown while the file was loaded, so the handler never ran: move what can fail into the handler, or let the template set what the file needs.',
  },
];

/** The advice on a failure; null if the error alone does not suffice. */
export function adviceOn(failed: Failed): string | null {
  return ADVICE.find(({ applies }) => applies(failed))?.sentence ?? null;
}

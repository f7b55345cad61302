/**
 * What to do about an invocation that failed by itself: one sentence for each way to fail that has a way out of its own.
 *
 * Looks at the error alone and knows no lab. An error that could mean anything gets no advice: its line says more.
 */

import type { InvocationOutcome } from './trace-events.ts';

type Failed = InvocationOutcome & { readonly kind: 'failed' };

interface Advice {
  readonly applies: (failed: Failed) => boolean;
  readonly sentence: string;
}

/** The first that applies is given. */
const ADVICE: readonly Advice[] = [
  {
    applies: ({ error }) => error.errorType === 'Runtime.ExitError',
    sentence: 'Remove process.exit, which ends the whole environment: return an answer, or throw an error.',
  },
  {
    // In the words of the realm's own refusal.
    applies: ({ error }) => error.errorMessage.includes("language's own objects are frozen in a lab"),
    sentence: "Write a function of your own instead of changing the language's.",
  },
  {
    // The engine's words do not say whose object it was: it may be one that the learner froze.
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
    applies: ({ during }) => during === 'init',
    sentence:
      'It was thrown while the file was loaded, so the handler never ran: move what can fail into the handler, or let the template set what the file needs.',
  },
];

/** The way out of a failure, or null if only the line can tell. */
export function adviceOn(failed: Failed): string | null {
  return ADVICE.find(({ applies }) => applies(failed))?.sentence ?? null;
}

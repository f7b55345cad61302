/**
 * Type errors in a submission, as notices of a result: warnings that change no verdict.
 *
 * The check runs beside the grading, and reports wait for it, since a missing name stands beside the failing check. What takes too
 * long is left out, and a notice says so. Too long is told by the processor time of the check, so that a busy machine shows the same
 * notices.
 */

import type { Notice } from '../grader/result.ts';
import { startTypeCheck, type TypeCheckEnd } from '../node/types/check-types.ts';
import { unreachable } from '../simulator/kernel/bug.ts';
import type { LearnerFiles } from './learner-files.ts';

/** Reading the declarations of the SDK takes half a second of processor time, so a check may compute for this long, in milliseconds. */
const MOST_COMPUTED_MS = 3_000;
/** How long the verdict waits in any case, in milliseconds. */
const MOST_WAITING_MS = 30_000;
const LOOK_EVERY_MS = 100;

export interface TypeNotices {
  /** To be called when the verdict is known. Resolves soon, and empty if `signal` was aborted. */
  soon(): Promise<readonly Notice[]>;
}

/** Starts the check; there is none of files that could not be read. */
export function startTypeNotices(
  read: LearnerFiles | null,
  signal: AbortSignal,
  { mostComputedMs = MOST_COMPUTED_MS } = {},
): TypeNotices {
  if (read?.kind !== 'read' || signal.aborted) return { soon: async () => [] };
  const check = startTypeCheck(read.files);
  const stop = (): void => check.giveUp();
  signal.addEventListener('abort', stop, { once: true });
  return {
    async soon() {
      const late = setTimeout(stop, MOST_WAITING_MS);
      const look = setInterval(() => {
        if (check.computedMs() >= mostComputedMs) stop();
      }, LOOK_EVERY_MS);
      const end = await check.end;
      clearTimeout(late);
      clearInterval(look);
      signal.removeEventListener('abort', stop);
      return signal.aborted ? [] : noticesOf(end);
    },
  };
}

/** The notices for these files, for callers that show them apart from a verdict. */
export function typeNotices(read: LearnerFiles | null, signal: AbortSignal): Promise<readonly Notice[]> {
  return startTypeNotices(read, signal).soon();
}

function noticesOf(end: TypeCheckEnd): readonly Notice[] {
  switch (end.kind) {
    case 'checked':
      return end.complaints.map(({ message, frame }) => ({ kind: 'type-error', message, frame }));
    case 'given-up':
      return [
        {
          kind: 'other',
          message: 'The types were not checked: it took too long, and the verdict does not need them.',
        },
      ];
    case 'failed':
      return [
        {
          kind: 'other',
          message: `The types were not checked, and the verdict does not need them: ${end.why}.`,
        },
      ];
    default:
      return unreachable(end, 'end of a type check');
  }
}

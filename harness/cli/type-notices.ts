/**
 * Type errors in a submission, as notices of a result: warnings that change no verdict, and that no verdict waits for.
 *
 * The check runs beside the grading. What is not done soon after the verdict is left out, and a notice says so.
 */

import type { Notice } from '../grader/result.ts';
import { startTypeCheck, type TypeCheckEnd } from '../node/types/check-types.ts';
import { unreachable } from '../simulator/kernel/bug.ts';
import type { LearnerFiles } from './learner-files.ts';

/** How long the verdict waits for the check, in milliseconds. */
const AFTER_THE_VERDICT_MS = 500;
/** Reading the declarations of the SDK takes two to three seconds, so each check has at least this long, in milliseconds. */
const AT_LEAST_MS = 5_000;

export interface TypeNotices {
  /** To be called when the verdict is known. Resolves soon, and empty if `signal` was aborted. */
  soon(): Promise<readonly Notice[]>;
}

/** Starts the check; there is none of files that could not be read. */
export function startTypeNotices(
  read: LearnerFiles | null,
  signal: AbortSignal,
  { atLeastMs = AT_LEAST_MS, afterTheVerdictMs = AFTER_THE_VERDICT_MS } = {},
): TypeNotices {
  if (read?.kind !== 'read' || signal.aborted) return { soon: async () => [] };
  const check = startTypeCheck(read.files);
  const startedMs = performance.now();
  const stop = (): void => check.giveUp();
  signal.addEventListener('abort', stop, { once: true });
  return {
    async soon() {
      const leftMs = Math.max(afterTheVerdictMs, startedMs + atLeastMs - performance.now());
      const late = setTimeout(stop, leftMs);
      const end = await check.end;
      clearTimeout(late);
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
          message: 'The types were not checked: it took longer than the verdict, which does not need them.',
        },
      ];
    case 'failed':
      return [
        {
          kind: 'other',
          message: `The types were not checked: TypeScript could not go through this code (${end.why}).`,
        },
      ];
    default:
      return unreachable(end, 'end of a type check');
  }
}

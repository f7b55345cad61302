/**
 * Type errors in a submission, as notices of a result: warnings that change no verdict.
 */

import type { Notice } from '../grader/result.ts';
import { checkTypes } from '../node/types/check-types.ts';
import type { LearnerFiles } from './learner-files.ts';

/** The notices for these files; empty if the files could not be read or `signal` was aborted. */
export async function typeNotices(read: LearnerFiles | null, signal: AbortSignal): Promise<readonly Notice[]> {
  if (read?.kind !== 'read') return [];
  const errors = await checkTypes(read.files, signal);
  return errors.map(({ message, frame }) => ({ kind: 'type-error', message, frame }));
}

/**
 * Why a run did not come to its end: the code repeats itself, or something comes back each time.
 */

import { ShownTrace } from '../../simulator/services/shown.ts';
import type { Trace } from '../../simulator/trace.ts';
import { thousands } from '../../words/phrases.ts';

/** What to tell the learner whose run met its cap on steps. */
export function sayEndless(trace: Trace, steps: number): string {
  const why = new ShownTrace(trace).sayEndless() ?? 'your code repeats itself without end. Give its retries a limit.';
  return `A run did not come to its end within ${thousands(steps)} steps: ${why}`;
}

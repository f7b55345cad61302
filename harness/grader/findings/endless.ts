/**
 * Says why a run did not end: the code repeats itself, or something comes back each time.
 */

import { ShownTrace } from '../../simulator/services/shown.ts';
import type { Trace } from '../../simulator/trace.ts';
import { thousands } from '../../words/phrases.ts';

/** The message for a learner whose run reached its limit of steps. */
export function sayEndless(trace: Trace, steps: number): string {
  const why = new ShownTrace(trace).sayEndless() ?? 'your code repeats itself without end. Give its retries a limit.';
  return `A run did not come to its end within ${thousands(steps)} steps: ${why}`;
}

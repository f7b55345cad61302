/**
 * `performance` in virtual time. A process's own clock begins with the process.
 *
 * https://nodejs.org/api/perf_hooks.html#performancenow
 */

import { NODE_NAMES } from './node-names.ts';
import type { RealmPresent } from './present.ts';
import { fillWithRefusals } from './refusals.ts';

const ADVICE = 'A lab’s performance has now() and timeOrigin, in virtual time.';

export function makePerformance(present: RealmPresent): object {
  const built = {
    now: () => present.upMs(),
    get timeOrigin() {
      return present.startedEpochMs();
    },
    toJSON: () => ({ timeOrigin: present.startedEpochMs() }),
  };
  return fillWithRefusals(built, 'performance', NODE_NAMES.performance, ADVICE);
}

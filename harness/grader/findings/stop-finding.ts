/**
 * The finding for learner's code that the host had to stop.
 */

import type { HostStopped } from '../../host/stopped.ts';
import { unreachable } from '../../simulator/kernel/bug.ts';
import type { Locate } from '../../simulator/stack.ts';
import type { Finding } from './finding.ts';

/** `locate` finds the learner's line, if the host knows where the code was. */
export function findingOfStop(stopped: HostStopped, locate: Locate): Finding {
  const frame = stopped.at === undefined ? undefined : locate(stopped.at);
  const message = messageOf(stopped);
  return { kind: stopped.reason, message, ...(frame === undefined ? {} : { frame }) };
}

/** What happened, and what to do next. The host's own message holds the amount. */
function messageOf({ reason, message }: HostStopped): string {
  switch (reason) {
    case 'hang':
      return 'Your code never gives control back: a loop without an await, or one that awaits nothing real. Give it an end.';
    case 'memory':
      return `Your code took ${message} of memory and was stopped. Work in smaller pieces.`;
    case 'died':
      return 'The process that ran your code ended by itself, and the run can’t be judged. Remove what ends it.';
    case 'output':
      return `Your code produced ${message} and was stopped. Print and return less.`;
    case 'slow':
      return `Your code computed for ${message}, where a handler needs a few milliseconds. Look for a loop that works too much.`;
    default:
      return unreachable(reason, 'reason of a stop');
  }
}

/**
 * Lines of the trace, each with its actor: an invocation, an environment, a function, or Lambda itself.
 */

import type { Actor } from '../../contract/trace-entry.ts';
import { unreachable } from '../../kernel/bug.ts';
import type { LambdaEffect } from './messages.ts';
import type { LambdaEvent } from './trace-events.ts';

/** Lambda's own queue, as an actor: it delivers events and their records. */
export const LAMBDA_QUEUE: Actor = 'Lambda';

/** Writes an event into the trace. */
export function note(event: LambdaEvent): LambdaEffect {
  return { kind: 'note', by: actorOf(event), event };
}

function actorOf(event: LambdaEvent): Actor {
  switch (event.kind) {
    case 'invocation-started':
    case 'invocation-ended':
      return event.invocation;
    case 'environment-created':
    case 'environment-reset':
      return event.environment;
    case 'invocation-throttled':
    case 'loop-stopped':
    case 'event-queued':
    case 'event-retried':
    case 'event-discarded':
    case 'environments-provisioned':
    case 'provisioning-failed':
      return event.functionName;
    case 'delivery-failed':
      return LAMBDA_QUEUE;
    default:
      return unreachable(event, 'event of Lambda');
  }
}

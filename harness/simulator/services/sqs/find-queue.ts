/**
 * Finds a queue by its name or its ARN. For requests with a queue's URL, see request.ts.
 */

import { invariant } from '../../kernel/bug.ts';
import type { Queue, SqsState } from './state.ts';

/** A queue that must exist; a missing one is a bug. */
export function queueByName(state: SqsState, name: string): Queue {
  const queue = state.queues.get(name);
  invariant(queue !== undefined, `no queue «${name}»`);
  return queue;
}

export function queueByArn(state: SqsState, arn: string): Queue | undefined {
  for (const queue of state.queues.values()) if (queue.arn === arn) return queue;
  return undefined;
}

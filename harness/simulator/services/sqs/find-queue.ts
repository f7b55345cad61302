/**
 * Finding a queue by its name or its ARN. Requests that name one by its URL are read in request.ts.
 */

import { invariant } from '../../kernel/bug.ts';
import type { Queue, SqsState } from './state.ts';

/** A queue that is known to be there. */
export function queueByName(state: SqsState, name: string): Queue {
  const queue = state.queues.get(name);
  invariant(queue !== undefined, `no queue «${name}»`);
  return queue;
}

export function queueByArn(state: SqsState, arn: string): Queue | undefined {
  for (const queue of state.queues.values()) if (queue.arn === arn) return queue;
  return undefined;
}

/**
 * Asynchronous events on the agenda: their turns, their retries, and where they are sent in the end.
 *
 * Lambda's queue keeps no order, so each event is a lane of its own. That an event runs once more than it should is a
 * choice with a budget (LA-03), made when it first runs; when the copy runs is a question of order.
 */

import type { LambdaEffect } from '../services/lambda/messages.ts';
import { handleSqs, queueByArn } from '../services/sqs/sqs.ts';
import { instantOf, type RunContext } from './context.ts';
import { tellLambda } from './lambda-effects.ts';
import { followSqs } from './sqs-effects.ts';

type Wait = LambdaEffect & { readonly kind: 'wait' };
type Deliver = LambdaEffect & { readonly kind: 'deliver' };

/** Who sends, in the trace. */
const LAMBDA = 'Lambda';

/** An event's turn may come at any moment from its instant on; a retry's wait is time that passes by itself. */
export function waitForEvent(context: RunContext, effect: Wait, cause: number | null): void {
  const { of, atMs, message, isCopy } = effect;
  const afterMs = atMs - context.clock.nowMs;
  const about = { lane: of, label: `an event for ${of}`, cause };
  context.schedule(afterMs === 0 ? 'step' : 'sleep', afterMs, about, () => {
    if (isCopy) context.faultsSpent += 1;
    const because = isCopy ? context.recorder.note(LAMBDA, cause, { kind: 'fault', fault: 'duplicate' }) : cause;
    if (message.kind === 'event-due') mayRunAgain(context, message.event, because);
    tellLambda(context, message, because);
  });
}

function mayRunAgain(context: RunContext, event: string, cause: number | null): void {
  if (!context.faults.mayStrike('duplicate') || context.account.lambda.events.get(event)?.runs !== 0) return;
  if (context.options.choices.pick('duplicate', 2) === 0) return;
  context.faults.spend('duplicate');
  tellLambda(context, { kind: 'duplicate-event', event }, cause);
}

/** Sends an event, or the record of what became of it, to a queue or to another function's events. */
export function deliver(context: RunContext, effect: Deliver, cause: number | null): void {
  const { functionName, requestId, target, body, attributes } = effect;
  const failed = () => {
    const shown = context.account.lambda.displayNames.get(functionName) ?? functionName;
    context.recorder.note(LAMBDA, cause, { kind: 'delivery-failed', functionName: shown, requestId, target });
  };
  const call = `delivery of ${requestId} to ${target}`;
  context.answeredToServices.set(call, (answer) => {
    if (!answer.ok) failed();
  });
  if (target.split(':')[2] === 'lambda') {
    const input = { FunctionName: target, InvocationType: 'Event', Payload: body };
    tellLambda(context, { kind: 'call', call, operation: 'Invoke', input }, cause);
    return;
  }
  const queue = queueByArn(context.account.sqs, target);
  if (queue === undefined) {
    context.answeredToServices.delete(call);
    failed();
    return;
  }
  const input = { QueueUrl: queue.url, MessageBody: body, MessageAttributes: attributes };
  const message = { kind: 'call', call, by: LAMBDA, operation: 'SendMessage', input } as const;
  followSqs(context, handleSqs(context.account.sqs, message, instantOf(context)), cause);
}

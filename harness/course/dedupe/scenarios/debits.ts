/**
 * The scenarios of task 1: bank debits through a gateway that has no keys.
 *
 * One order that the till sends twice, two orders that look alike, and an order beside an unreadable message. No crash is
 * explored: no code can save a handler that crashes between the claim and a gateway without memory, and the lesson says so.
 */

import { exhaustive } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { ScenarioContext } from '../../lab.ts';
import { type Debit, gateway } from '../gateway.ts';
import { attemptOf, messagesIn, type Payment, SMALL, send, sendBodies, waitUntilHandled } from './till.ts';

/** What the checks of task 1 see. */
export interface DebitRun {
  readonly sent: readonly Payment[];
  readonly debits: readonly Debit[];
  readonly deadLetters: number;
  /** The number of messages that are still in the queue. */
  readonly left: number;
}

export const debitTwice: LabScenario<DebitRun> = {
  name: 'debit-twice',
  title: 'one debit, sent twice at once',
  parameters: SMALL,
  faults: { duplicate: 1 },
  plan: exhaustive(),
  async run(context) {
    context.note('The till sends o-17, hears nothing for a second, and sends it again.');
    return debit(context, [attemptOf('o-17', 1), attemptOf('o-17', 2)]);
  },
};

export const debitSameAmount: LabScenario<DebitRun> = {
  name: 'debit-same-amount',
  title: 'two debits of one customer, of the same amount, at once',
  parameters: SMALL,
  plan: exhaustive(),
  async run(context) {
    context.note('One customer pays for two orders, and both cost the same.');
    return debit(context, [attemptOf('o-17', 1), attemptOf('o-18', 1)]);
  },
};

/** A message that the network cut off: it is not JSON, and its meaning is lost. */
const UNREADABLE = '{"orderId":"o-16","amo';

export const debitBesideUnreadable: LabScenario<DebitRun> = {
  name: 'debit-beside-unreadable',
  title: 'a debit in one batch with a message that nobody can read',
  // Its message has to fail until it is a dead letter, so few receives are allowed.
  parameters: { ...SMALL, BatchSize: '10', VisibilityTimeoutSeconds: '10', MaxReceiveCount: '2' },
  plan: exhaustive(),
  async run(context) {
    context.note('A message arrives that was cut off on its way, and a sound one beside it.');
    await sendBodies(context, context.outputs.DebitQueueUrl, [UNREADABLE, JSON.stringify(SOUND)]);
    return look(context, [SOUND]);
  },
};

const SOUND = attemptOf('o-17', 1);

async function debit(context: ScenarioContext, sent: readonly Payment[]): Promise<DebitRun> {
  await send(context, context.outputs.DebitQueueUrl, sent);
  return look(context, sent);
}

async function look(context: ScenarioContext, sent: readonly Payment[]): Promise<DebitRun> {
  await waitUntilHandled(context, [context.outputs.DebitQueueUrl]);
  const deadLetters = await messagesIn(context, context.outputs.DebitDeadLetterUrl);
  const left = await messagesIn(context, context.outputs.DebitQueueUrl);
  const { debits } = gateway.booksIn(await context.downstream(gateway.name));
  return { sent, debits, deadLetters, left };
}

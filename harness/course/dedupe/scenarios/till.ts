/**
 * What all scenarios of this lab share: they send payments as the till does, wait, and read the results.
 *
 * They use only SDK clients, as a person with a terminal could. Nothing here judges or knows of schedules.
 */

import { GetQueueAttributesCommand, GetQueueUrlCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { MESSAGE_COUNTS, messagesCounted, messagesIn, messagesOf, textsInQueue } from '../../kit/queue.ts';
import type { ScenarioContext } from '../../lab.ts';

/** One attempt of the till, as a message holds it. Attempts of one payment differ only in `attempt` and `sentAt`. */
export interface Payment {
  readonly orderId: string;
  readonly amount: number;
  readonly customer: string;
  readonly giftCardId?: string;
  readonly attempt: number;
  readonly sentAt: string;
}

/** A handler's answer to the till. */
export interface Receipt {
  readonly orderId: string;
  readonly attempt: number;
  readonly chargeId: string;
}

/**
 * Sizes at which every order of events can be tried: each message has its own invocation. A lease outlasts the visibility
 * timeout, so that a message that comes back finds the claim of the handler that crashed with it.
 */
export const SMALL: Readonly<Record<string, string>> = {
  BatchSize: '1',
  FunctionTimeoutSeconds: '10',
  VisibilityTimeoutSeconds: '60',
  LeaseSeconds: '90',
  MaxReceiveCount: '5',
};

/** The same with batches, and few receives: an unreadable message fails until it is a dead letter. */
export const BESIDE_UNREADABLE: Readonly<Record<string, string>> = {
  ...SMALL,
  BatchSize: '10',
  VisibilityTimeoutSeconds: '10',
  MaxReceiveCount: '2',
};

/**
 * The same where calls are refused for long: a handler that tries on has the time for it, and one that hands its message back at the first
 * refusal has a delivery for each.
 */
export const IN_AN_OUTAGE: Readonly<Record<string, string>> = {
  ...SMALL,
  FunctionTimeoutSeconds: '60',
  MaxReceiveCount: '20',
};

/** A message that the network cut off: it is not JSON, and its meaning is lost. */
export const UNREADABLE = '{"orderId":"o-16","amo';

/** The sizes of the story, which are also the template's defaults. */
export const OF_THE_STORY: Readonly<Record<string, string>> = {
  BatchSize: '10',
  FunctionTimeoutSeconds: '60',
  VisibilityTimeoutSeconds: '360',
  LeaseSeconds: '90',
  MaxReceiveCount: '5',
};

/** The amount of every payment in the plainest stories, in cents, so that an amount identifies nothing. */
export const AMOUNT = 4_200;

/** When the first attempts of the plainest stories are sent: a run begins at this instant. */
export const FIRST_SENT_MS = Date.UTC(2026, 0, 5, 9);

/** An instant as the till writes it, without milliseconds. */
export function instantOf(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`;
}

/** The payment of an order, as the till sends it for the n-th time. */
export function attemptOf(orderId: string, attempt: number, more: Partial<Payment> = {}): Payment {
  const sentAt = instantOf(FIRST_SENT_MS + (attempt - 1) * 1_000);
  return { orderId, amount: AMOUNT, customer: 'c-4', attempt, sentAt, ...more };
}

/** SQS's limit for one SendMessageBatch (SQ-11). */
const BATCH = 10;

/** Sends payments, up to ten with one call, so that they are in the queue at once. */
export function send(
  context: ScenarioContext,
  queueUrl: string | undefined,
  payments: readonly Payment[],
): Promise<void> {
  const bodies = payments.map((payment) => JSON.stringify(payment));
  return sendBodies(context, queueUrl, bodies);
}

/** The same with arbitrary message texts. */
export async function sendBodies(
  { clients }: ScenarioContext,
  queueUrl: string | undefined,
  bodies: readonly string[],
): Promise<void> {
  for (let at = 0; at < bodies.length; at += BATCH) {
    const Entries = bodies.slice(at, at + BATCH).map((MessageBody, index) => ({ Id: `payment-${index}`, MessageBody }));
    const { Failed = [] } = await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    if (Failed.length > 0) throw new Error(`SQS took ${Failed.length} messages less than were sent`);
  }
}

/** Waits until none of these queues has a message that is waiting or being processed. */
export function waitUntilHandled(context: ScenarioContext, queueUrls: readonly (string | undefined)[]): Promise<void> {
  return context.waitUntil('every payment is handled', async () => {
    const left = await Promise.all(queueUrls.map((url) => messagesIn(context, url)));
    return left.every((count) => count === 0);
  });
}

/** What became of a queue's messages: how many are still there, and the texts of those that are dead. */
export interface Rest {
  /** The number of messages that are still in the queue. */
  readonly left: number;
  /** The texts of the messages in its dead-letter queues: in the lab's own, and in the one that the queue names, if it is another. */
  readonly dead: readonly string[];
}

/** Looks at a queue and at every queue in which its dead letters may lie. */
export async function restOf(
  context: ScenarioContext,
  queueUrl: string | undefined,
  deadLetterUrl: string | undefined,
): Promise<Rest> {
  const { Attributes = {} } = await context.clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...MESSAGE_COUNTS, 'RedrivePolicy'] }),
  );
  const { RedrivePolicy = '{}', ...counts } = Attributes;
  const dead = [...(await textsInQueue(context, deadLetterUrl))];
  const { deadLetterTargetArn } = JSON.parse(RedrivePolicy) as { readonly deadLetterTargetArn?: string };
  const named = deadLetterTargetArn?.split(':').at(-1);
  if (named !== undefined && named !== deadLetterUrl?.split('/').at(-1)) {
    const { QueueUrl } = await context.clients.sqs.send(new GetQueueUrlCommand({ QueueName: named }));
    dead.push(...(await textsInQueue(context, QueueUrl)));
  }
  return { left: messagesCounted(counts), dead };
}

/** Every receipt that waits for the till. */
export async function readReceipts(context: ScenarioContext): Promise<readonly Receipt[]> {
  const bodies = await messagesOf(context, context.outputs.ReceiptQueueUrl);
  return [...bodies.values()].map(readReceipt);
}

/** A text that is no receipt becomes one that fits no attempt, so that the checks can say so. */
function readReceipt(body: string): Receipt {
  try {
    const { orderId, attempt, chargeId } = JSON.parse(body) ?? {};
    if (typeof orderId === 'string' && typeof attempt === 'number')
      return { orderId, attempt, chargeId: String(chargeId) };
  } catch {
    // It is told below what it is.
  }
  return { orderId: body, attempt: 0, chargeId: 'no receipt' };
}

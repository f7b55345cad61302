/**
 * What all scenarios of this lab share: they send payments as the till does, wait, and read the results.
 *
 * They use only SDK clients, as a person with a terminal could. Nothing here judges or knows of schedules.
 */

import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
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

/** The sizes of the story, which are also the template's defaults. */
export const OF_THE_STORY: Readonly<Record<string, string>> = {
  BatchSize: '10',
  FunctionTimeoutSeconds: '60',
  VisibilityTimeoutSeconds: '360',
  LeaseSeconds: '90',
  MaxReceiveCount: '5',
};

/** The amount of every payment in this lab, in cents, so that an amount identifies nothing. */
export const AMOUNT = 4_200;

/** The payment of an order, as the till sends it for the n-th time. */
export function attemptOf(orderId: string, attempt: number, more: Partial<Payment> = {}): Payment {
  const sentAt = `2026-01-05T09:00:${String(attempt - 1).padStart(2, '0')}Z`;
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

/** The number of messages in a queue, visible or not. Approximate on AWS, exact when nothing changes. */
export async function messagesIn({ clients }: ScenarioContext, queueUrl: string | undefined): Promise<number> {
  const { Attributes = {} } = await clients.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((total, count) => total + Number(count), 0);
}

/** A short poll may miss messages (SQ-08), so a queue counts as empty only after this many empty answers. */
const EMPTY_ANSWERS = 2;

/** Receives every receipt that waits for the till. It does not delete them, because nothing else reads this queue. */
export async function readReceipts({ clients, outputs }: ScenarioContext): Promise<readonly Receipt[]> {
  const receipts = new Map<string, Receipt>();
  for (let empty = 0; empty < EMPTY_ANSWERS; ) {
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: outputs.ReceiptQueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 3_600,
      }),
    );
    if (Messages.length === 0) empty += 1;
    for (const { MessageId = '', Body = '{}' } of Messages) receipts.set(MessageId, JSON.parse(Body) as Receipt);
  }
  return [...receipts.values()];
}

/**
 * Works through a batch of messages, for both consumers: one after the other, in the order in which they came.
 *
 * What can never be applied is put aside at once, and its order goes on without it.
 */

import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { Unusable } from './order-event.ts';

const sqs = new SQSClient({});

/** Applies each message of a batch, and gives back what is not done. */
export async function inOrder(
  records: readonly SQSRecord[],
  apply: (record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  const byOrder = new Map<string | undefined, SQSRecord[]>();
  for (const record of records) {
    const waiting = byOrder.get(record.attributes.MessageGroupId);
    if (waiting !== undefined) waiting.push(record);
    else if (!(await isDone(record, apply))) byOrder.set(record.attributes.MessageGroupId, [record]);
  }
  const notDone = [...byOrder.values()].flat();
  return { batchItemFailures: notDone.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

async function isDone(record: SQSRecord, apply: (record: SQSRecord) => Promise<void>): Promise<boolean> {
  try {
    await apply(record).catch((error) => park(record, error));
    return true;
  } catch (error) {
    console.error(record.messageId, error);
    return false;
  }
}

/** Puts a message aside for people to look at, if it can never be applied. */
async function park({ messageId, body, attributes }: SQSRecord, error: unknown): Promise<void> {
  if (!(error instanceof Unusable)) throw error;
  await sqs
    .send(
      new SendMessageCommand({
        QueueUrl: process.env.LETTERS_URL,
        MessageBody: JSON.stringify({ body, reason: error.message }),
        MessageGroupId: attributes.MessageGroupId,
        MessageDeduplicationId: messageId,
      }),
    )
    .catch(console.error);
}

/**
 * What a scenario reads of a queue, as a person with a terminal could: how many messages it has, and their texts.
 */

import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { ScenarioContext } from '../lab.ts';

/** The number of messages in a queue, visible or not. Approximate on AWS, exact when nothing changes. */
export async function messagesIn({ clients }: ScenarioContext, queueUrl: string | undefined): Promise<number> {
  const { Attributes = {} } = await clients.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: [...MESSAGE_COUNTS],
    }),
  );
  return messagesCounted(Attributes);
}

/** The attributes that count a queue's messages. */
export const MESSAGE_COUNTS = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

/** The number of messages that these attributes come to. */
export function messagesCounted(counts: Readonly<Record<string, string>>): number {
  return Object.values(counts).reduce((total, count) => total + Number(count), 0);
}

/** The texts of the messages in a queue. Most dead-letter queues are empty, so it asks for their number first. */
export async function textsInQueue(context: ScenarioContext, queueUrl: string | undefined): Promise<readonly string[]> {
  if ((await messagesIn(context, queueUrl)) === 0) return [];
  return [...(await messagesOf(context, queueUrl)).values()];
}

/** A short poll may miss messages (SQ-08), so a queue counts as empty only after this many empty answers. */
const EMPTY_ANSWERS = 2;

/** Receives every message of a queue, by its id. It deletes none, because no function reads this queue. */
export async function messagesOf(
  { clients }: ScenarioContext,
  queueUrl: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const bodies = new Map<string, string>();
  for (let empty = 0; empty < EMPTY_ANSWERS; ) {
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 3_600,
      }),
    );
    if (Messages.length === 0) empty += 1;
    for (const { MessageId = '', Body = '' } of Messages) bodies.set(MessageId, Body);
  }
  return bodies;
}

/**
 * The SDK's own idempotency token is made anew by each process (DD-08): after a crash it protects nothing,
 * and it harms nothing. A token made of the message does protect, for ten minutes.
 */

import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type ExploredWorld, type ExploreOptions, explore } from 'raceproof';
import { expect, it } from 'vitest';
import { queueTemplate } from './queue-template-for-tests.ts';

/** Adds one to a counter for each message; \`token\` is what the transaction is told about itself. */
const handlerWith = (token: string): string => `
import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { SQSEvent } from 'aws-lambda';

const client = new DynamoDBClient({});

export const handler = async (event: SQSEvent) => {
  for (const record of event.Records) {
    const add = { TableName: process.env.TABLE_NAME, Key: { id: { S: 'count' } }, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
    await client.send(new TransactWriteItemsCommand({ ${token} TransactItems: [{ Update: add }] }));
  }
};`;

const options = (token: string): ExploreOptions => ({
  template: queueTemplate('count'),
  code: { 'src/count.ts': handlerWith(token) },
  faults: { 'crash-after': 1 },
});

async function oneMessage({ clients, outputs, waitUntil }: ExploredWorld): Promise<void> {
  await clients.sqs.send(new SendMessageCommand({ QueueUrl: outputs.QueueUrl, MessageBody: 'one' }));
  await waitUntil('the message is counted', async () => true);
  const { Item } = await clients.documents.send(new GetCommand({ TableName: outputs.TableName, Key: { id: 'count' } }));
  expect(Item).toEqual({ id: 'count', n: 1 });
}

it('a transaction without a token of the message is done twice after a crash', async () => {
  await expect(explore(options(''), oneMessage)).rejects.toThrow('n: 2');
});

it('a transaction with a token of the message is done once', async () => {
  const { exhaustive } = await explore(options('ClientRequestToken: record.messageId,'), oneMessage);
  expect(exhaustive).toBe(true);
});

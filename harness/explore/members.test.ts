/**
 * A handler that signs and gives up after a while is judged by what it does; one that encrypts is told that a lab can't.
 */

import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type ExploredWorld, type ExploreOptions, explore } from 'raceproof';
import { expect, it } from 'vitest';
import { queueTemplate } from './queue-template-for-tests.ts';

const template = queueTemplate('sign');

/** Stores what `secret` makes of each message. */
const handlerWith = (secret: string): string => `
import * as crypto from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { SQSEvent } from 'aws-lambda';

const client = new DynamoDBClient({});

export const handler = async (event: SQSEvent) => {
  for (const record of event.Records) {
    let text = 'none';
    try {
      text = ${secret};
    } catch {
      console.log('no signature');
    }
    await sleep(5_000, undefined, { signal: AbortSignal.timeout(20) }).catch(() => {});
    const Item = { id: { S: 'signed' }, text: { S: text } };
    await client.send(new PutItemCommand({ TableName: process.env.TABLE_NAME, Item }));
  }
};`;

const options = (secret: string): ExploreOptions => ({ template, code: { 'src/sign.ts': handlerWith(secret) } });

async function oneMessage({ clients, outputs, waitUntil }: ExploredWorld): Promise<void> {
  await clients.sqs.send(new SendMessageCommand({ QueueUrl: outputs.QueueUrl, MessageBody: 'one' }));
  await waitUntil('the message is signed', async () => true);
  const { Item } = await clients.documents.send(
    new GetCommand({ TableName: outputs.TableName, Key: { id: 'signed' } }),
  );
  expect(Item).toEqual({ id: 'signed', text: 'DPGpqHO9eZB07O9wmcY531hZ4MG-20DQplwD--y1Duo' });
}

it('a message is signed with HMAC, and what takes too long is given up', async () => {
  const secret = `crypto.createHmac('sha256', 'key').update(record.body).digest('base64url')`;
  const { exhaustive } = await explore(options(secret), oneMessage);
  expect(exhaustive).toBe(true);
});

it('a cipher is refused with its line, although its error is caught', async () => {
  const secret = `crypto.createCipheriv('aes-256-gcm', 'key', 'iv').update(record.body, 'utf8', 'hex')`;
  await expect(explore(options(secret), oneMessage)).rejects.toThrow(
    /src\/sign\.ts:13[\s\S]*Your code calls crypto\.createCipheriv|Your code calls crypto\.createCipheriv[\s\S]*src\/sign\.ts:13/,
  );
});

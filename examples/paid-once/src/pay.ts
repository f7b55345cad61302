/**
 * Charges each payment and then writes down that it is done. A payment that is delivered twice may be charged twice.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const lambda = new LambdaClient({});
const TableName = process.env.TABLE_NAME;
const payment = z.object({ orderId: z.string(), cents: z.int().positive() });

export async function handler({ Records }: { readonly Records: readonly { readonly body: string }[] }): Promise<void> {
  for (const { body } of Records) {
    const { orderId, cents } = payment.parse(JSON.parse(body));
    const { Item } = await documents.send(new GetCommand({ TableName, Key: { orderId } }));
    if (Item !== undefined) continue;
    const Payload = JSON.stringify({ orderId, cents });
    await lambda.send(new InvokeCommand({ FunctionName: process.env.BANK, Payload }));
    await documents.send(new PutCommand({ TableName, Item: { orderId } }));
  }
}

/**
 * Sells one ticket of a show: one write that takes a ticket if one is left. The table decides between two buyers.
 */

import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE_NAME;

export async function handler({ show }: { readonly show: string }): Promise<{ sold: boolean }> {
  try {
    await documents.send(
      new UpdateCommand({
        TableName,
        Key: { id: show },
        UpdateExpression: 'SET #left = #left - :one',
        ConditionExpression: '#left >= :one',
        ExpressionAttributeNames: { '#left': 'left' },
        ExpressionAttributeValues: { ':one': 1 },
      }),
    );
    return { sold: true };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { sold: false };
    throw error;
  }
}

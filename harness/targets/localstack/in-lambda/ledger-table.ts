/**
 * The harness's own table beside a stack, as its Lambda functions see it: what happened, and what downstreams wrote down.
 *
 * Bundled into deployed functions; runs in no harness process. Its rows are read by ../ledger.ts.
 */

import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';

/** What a deployed function is told about its surroundings, in a file beside its code. */
export interface DeployedConfig {
  readonly ledgerTable: string;
}

/** One invocation of a learner's function, in milliseconds since 1970 with fractions. */
export interface InvocationRow {
  readonly requestId: string;
  readonly functionName: string;
  readonly environment: string;
  readonly startedMs: number;
  readonly endedMs: number;
  /** Null if it returned. */
  readonly error: { readonly errorType: string; readonly errorMessage: string } | null;
}

const client = new DynamoDBClient({ maxAttempts: 5 });

/** A clock finer than a millisecond; the same for all functions of one machine. */
export function preciseNowMs(): number {
  return performance.timeOrigin + performance.now();
}

export async function recordInvocation(table: string, row: InvocationRow): Promise<void> {
  const id = { S: `invocation ${row.requestId} ${row.startedMs}` };
  await client.send(new PutItemCommand({ TableName: table, Item: { id, json: { S: JSON.stringify(row) } } }));
}

/** Changes a document by a pure function, however many do so at once: the last version read is the one replaced. */
export async function changeDocument<Result>(
  table: string,
  name: string,
  initial: unknown,
  change: (document: never) => { readonly document: unknown; readonly result: Result },
): Promise<Result> {
  const id = { S: `document ${name}` };
  for (;;) {
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: { id }, ConsistentRead: true }));
    const version = Number(Item?.version?.N ?? 0);
    const { document, result } = change((Item?.json?.S === undefined ? initial : JSON.parse(Item.json.S)) as never);
    const written = { id, version: { N: String(version + 1) }, json: { S: JSON.stringify(document) } };
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: written,
          ConditionExpression: version === 0 ? 'attribute_not_exists(id)' : 'version = :read',
          ...(version === 0 ? {} : { ExpressionAttributeValues: { ':read': { N: String(version) } } }),
        }),
      );
      return result;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
    await sleep(Math.random() * 20);
  }
}

export function sleep(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });
}

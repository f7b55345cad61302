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

/** A document and how often it was written. */
export interface Versioned {
  readonly json: string;
  readonly version: number;
}

/** Where documents and rows lie. */
export interface LedgerTable {
  read(name: string): Promise<Versioned | null>;
  /** False if somebody else has written since `version`; 0 means that there was nothing. */
  replace(name: string, version: number, json: string): Promise<boolean>;
  record(row: InvocationRow): Promise<void>;
}

/** The table, by the SDK and what the environment says about where AWS is. */
export function ledgerTable({ ledgerTable: TableName }: DeployedConfig): LedgerTable {
  const client = new DynamoDBClient({ maxAttempts: 5 });
  return {
    async read(name) {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(name), ConsistentRead: true }));
      return Item?.json?.S === undefined ? null : { json: Item.json.S, version: Number(Item.version?.N) };
    },
    async replace(name, version, json) {
      const Item = { ...keyOf(name), version: { N: String(version + 1) }, json: { S: json } };
      const condition =
        version === 0
          ? { ConditionExpression: 'attribute_not_exists(id)' }
          : {
              ConditionExpression: 'version = :read',
              ExpressionAttributeValues: { ':read': { N: String(version) } },
            };
      try {
        await client.send(new PutItemCommand({ TableName, Item, ...condition }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    async record(row) {
      const id = { S: `invocation ${row.requestId} ${row.startedMs}` };
      await client.send(new PutItemCommand({ TableName, Item: { id, json: { S: JSON.stringify(row) } } }));
    },
  };
}

function keyOf(name: string): { id: { S: string } } {
  return { id: { S: `document ${name}` } };
}

export function sleep(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });
}

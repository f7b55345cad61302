/**
 * The harness's own table beside a stack, as its Lambda functions use it: invocations, and the ledgers of downstreams.
 *
 * It is bundled into deployed functions and runs in no harness process. ../ledger.ts reads its rows.
 */

import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';

/** The configuration of a deployed function, in a file beside its code. */
export interface DeployedConfig {
  readonly ledgerTable: string;
}

/** One invocation of a learner's function; times are fractional milliseconds since 1970. */
export interface InvocationRow {
  readonly requestId: string;
  readonly functionName: string;
  readonly environment: string;
  readonly startedMs: number;
  readonly endedMs: number;
  /** Null if it returned. */
  readonly error: { readonly errorType: string; readonly errorMessage: string } | null;
}

/** A document and the number of times it was written. */
export interface Versioned {
  readonly json: string;
  readonly version: number;
}

/** Where documents and rows are stored. */
export interface LedgerTable {
  read(name: string): Promise<Versioned | null>;
  /** False if the document was written since `version`; 0 means that it did not exist. */
  replace(name: string, version: number, json: string): Promise<boolean>;
  record(row: InvocationRow): Promise<void>;
}

/** The table, through the SDK and the environment's address of AWS. */
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

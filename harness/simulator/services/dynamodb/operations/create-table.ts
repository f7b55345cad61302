/**
 * CreateTable and DeleteTable.
 *
 * A table exists for all calls that are applied after this one. On AWS that takes seconds; the answers say `CREATING` and
 * `DELETING` as AWS's do. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
 */

import type { Input } from '../../../contract/answer.ts';
import { refusal } from '../../../contract/refusal.ts';
import { type AppliedAt, allItemsPath, type Outcome, tablePath, writeOutcome } from '../outcome.ts';
import { tableNotFound, validationError } from '../refusal.ts';
import { checkRequest, nameOf } from '../request.ts';
import type { DynamoDBState, TableDefinition, TableStream } from '../state.ts';
import { readDefinition } from '../table-definition.ts';
import { tableArn, tableDescription } from '../table-description.ts';
import { describeTableStream, readStreamSpecification } from '../table-stream.ts';

const CREATE_MEMBERS: ReadonlySet<string> = new Set([
  'TableName',
  'AttributeDefinitions',
  'KeySchema',
  'BillingMode',
  'ProvisionedThroughput',
  'LocalSecondaryIndexes',
  'GlobalSecondaryIndexes',
  'DeletionProtectionEnabled',
  'StreamSpecification',
  // The label by which a stack knows the stream before it is made.
  'DeployedStreamLabel',
  // Tags change nothing, and no call shows them.
  'Tags',
]);
const DELETE_MEMBERS: ReadonlySet<string> = new Set(['TableName']);

export function createTable(state: DynamoDBState, input: Input, at: AppliedAt): Outcome {
  checkRequest('CreateTable', input, CREATE_MEMBERS);
  const definition = readDefinition(state, input, at.nowMs);
  const { name } = definition;
  if (state.tables.has(name)) {
    throw refusal('ResourceInUseException', `Table already exists: ${name}`);
  }
  state.generations.set(name, definition.generation);
  const stream = streamOf(input, definition, at);
  state.tables.set(name, { definition, items: new Map(), replaced: new Map(), timeToLiveAttribute: null, stream });
  const description = tableDescription(state, definition, 'CREATING', at.epochMs);
  return writeOutcome(
    { TableDescription: { ...description, ...describeTableStream(state, name, stream) } },
    wholeTable(name),
  );
}

export function deleteTable(state: DynamoDBState, input: Input, at: AppliedAt): Outcome {
  checkRequest('DeleteTable', input, DELETE_MEMBERS);
  const name = nameOf(state, input);
  const table = state.tables.get(name);
  if (table === undefined) throw tableNotFound(name);
  if (table.definition.deletionProtection) {
    throw validationError(
      `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first. ` +
        `Resource: ${tableArn(state, name)}`,
    );
  }
  state.tables.delete(name);
  return writeOutcome(
    { TableDescription: tableDescription(state, table.definition, 'DELETING', at.epochMs) },
    wholeTable(name),
  );
}

/** The label of a stream is the instant at which it was made, unless its stack has named it before. */
function streamOf(input: Input, { generation }: TableDefinition, { nowMs, epochMs }: AppliedAt): TableStream | null {
  const { StreamSpecification: specification, DeployedStreamLabel: deployed } = input;
  const label = typeof deployed === 'string' ? deployed : new Date(epochMs + nowMs).toISOString().slice(0, -1);
  return readStreamSpecification(specification, { label, generation });
}

function wholeTable(name: string) {
  const paths = [tablePath(name), allItemsPath(name)];
  return { reads: paths, writes: paths };
}

/**
 * UpdateTimeToLive and DescribeTimeToLive.
 *
 * The TTL setting is stored and deletes nothing: AWS deletes «within a few days» and returns expired items until then, so a
 * run that ends before that sees all of them (fact DD-11, policy UV-16).
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */

import { type Input, ok } from '../../../contract/answer.ts';
import { type Outcome, readOutcome, tablePath, writeOutcome } from '../outcome.ts';
import { tableNotFound, validationError } from '../refusal.ts';
import { checkRequest, constraint, DYNAMODB_MEMBERS, nameOf } from '../request.ts';
import type { DynamoDBState, Table } from '../state.ts';

const UPDATE_MEMBERS: ReadonlySet<string> = new Set(['TableName', 'TimeToLiveSpecification']);
const DESCRIBE_MEMBERS: ReadonlySet<string> = new Set(['TableName']);

export function updateTimeToLive(state: DynamoDBState, input: Input): Outcome {
  checkRequest('UpdateTimeToLive', input, UPDATE_MEMBERS);
  const { name, table } = tableNamedBy(state, input);
  const specification = DYNAMODB_MEMBERS.record(input, 'TimeToLiveSpecification');
  const enabled = DYNAMODB_MEMBERS.boolean(specification, 'Enabled');
  const attribute = specification.AttributeName;
  if (typeof attribute !== 'string' || enabled === undefined) {
    const member = enabled === undefined ? 'enabled' : 'attributeName';
    throw constraint('null', `timeToLiveSpecification.${member}`, 'Member must not be null');
  }
  checkTransition(table.timeToLiveAttribute, attribute, enabled);
  state.tables.set(name, { ...table, timeToLiveAttribute: enabled ? attribute : null });
  const paths = [tablePath(name)];
  return writeOutcome(
    { TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled } },
    { reads: paths, writes: paths },
  );
}

export function describeTimeToLive(state: DynamoDBState, input: Input): Outcome {
  checkRequest('DescribeTimeToLive', input, DESCRIBE_MEMBERS);
  const { name, table } = tableNamedBy(state, input);
  const attribute = table.timeToLiveAttribute;
  const description =
    attribute === null ? { TimeToLiveStatus: 'DISABLED' } : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute };
  return readOutcome(ok({ TimeToLiveDescription: description }), [tablePath(name)]);
}

function tableNamedBy(state: DynamoDBState, input: Input): { name: string; table: Table } {
  const name = nameOf(state, input);
  const table = state.tables.get(name);
  if (table === undefined) throw tableNotFound(name);
  return { name, table };
}

function checkTransition(current: string | null, attribute: string, enabled: boolean): void {
  if (current !== null && current !== attribute) {
    throw validationError(`TimeToLive is active on a different AttributeName: current AttributeName is ${current}`);
  }
  if (enabled === (current !== null)) {
    throw validationError(`TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
  }
}

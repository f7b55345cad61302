/**
 * For tests: accounts in which calls meet something: functions, tables, queues, a stream, topics and buses, with mappings, subscriptions and rules.
 *
 * They are the accounts of random programs (programs/), with what the services' own inputs for tests begin with.
 */

import fc from 'fast-check';
import type { AwsCall } from '../contract/answer.ts';
import { toUtf8 } from '../contract/utf8.ts';
import { accountFor } from '../programs/account-for-tests.ts';
import { programs } from '../programs/arbitrary-for-tests.ts';
import { withCallsBefore, withMessages } from '../programs/calls-at-once-for-tests.ts';
import { callsBefore, type OperationsOf } from '../programs/every-operation-for-tests.ts';
import { InterpretingHost } from '../programs/host-for-tests.ts';
import { functionName, RECORDS_ARN, SECOND, STREAM } from '../programs/names-for-tests.ts';
import type { Program } from '../programs/program-for-tests.ts';
import type { Account } from '../world/account.ts';
import type { FuzzAct } from './run-for-tests.ts';

/** An account, and how to make another one that is equal to it. */
export interface FuzzedAccount {
  readonly account: Account;
  readonly faults: Program['faults'];
  again(): Account;
}

/** The first accounts that the seed of properties gives, every other one for runs by the clock. */
export function fuzzedAccounts(all: readonly OperationsOf[], count: number): readonly FuzzedAccount[] {
  return fc.sample(programs, count).map((program, place) => {
    const isTimed = place % 2 === 1;
    const again = () => {
      const empty = { program, account: accountFor(program, { isTimed }), host: new InterpretingHost(program) };
      return withCallsBefore(withMessages(empty), callsBefore(all)).account;
    };
    // No fault strikes in runs by the clock.
    return { account: again(), again, faults: isTimed ? {} : program.faults };
  });
}

/** With these calls the stream has a mapping and something to hand out, and there is a table that may be deleted. */
export const MAPPINGS_AT_WORK: readonly FuzzAct[] = [
  call('Lambda', 'CreateEventSourceMapping', {
    ...{ EventSourceArn: RECORDS_ARN, FunctionName: functionName(0), StartingPosition: 'TRIM_HORIZON' },
    ...{ MaximumRetryAttempts: 2, FunctionResponseTypes: ['ReportBatchItemFailures'] },
  }),
  call('DynamoDB', 'CreateTable', {
    ...{ TableName: SECOND, BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  }),
  call('Kinesis', 'PutRecord', { StreamName: STREAM, PartitionKey: 'b', Data: toUtf8('6') }),
];

function call(service: string, operation: string, input: AwsCall['input']): FuzzAct {
  return { call: { service, operation, input } };
}

/**
 * What the scenarios of this lab share: they put records on the stream or have the producer put them, wait, and read what became of them.
 *
 * They use only SDK clients, as a person with a terminal could. Nothing here judges or knows of schedules.
 */

import { PutRecordsCommand, UpdateShardCountCommand } from '@aws-sdk/client-kinesis';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { messagesIn, textsInQueue } from '../../kit/queue.ts';
import type { ScenarioContext, Situation } from '../../lab.ts';
import { type AccountEvent, accountsAfter } from '../bank.ts';
import { handToProducer } from './handing-over.ts';

/** A record that holds no event. It has the partition key of some account. */
export interface BrokenRecord {
  readonly key: string;
  readonly text: string;
}

export type ToldRecord = AccountEvent | BrokenRecord;

/** What is told at one moment. */
export interface Round {
  /** How long after the round before. */
  readonly afterMs: number;
  /** `producer`: the core system calls the learner's function. `stream`: the records are put as a right producer puts them. */
  readonly through: 'producer' | 'stream';
  readonly told: readonly ToldRecord[];
  /** An operator gives the stream as many shards before. */
  readonly shards?: number;
  /** The next round comes when this one is applied, however it is told. */
  readonly isAwaited?: true;
}

export interface Story extends Situation {
  readonly rounds: readonly Round[];
}

/** A record that a scenario has put on the stream itself. */
export interface PutRecord {
  readonly told: ToldRecord;
  readonly shardId: string;
  readonly sequenceNumber: string;
}

/** What the table has for an account; it may be anything. */
export interface SeenAccount {
  readonly account: string;
  readonly balance: unknown;
  readonly declined: unknown;
  readonly receipt: unknown;
}

/** What the checks see. */
export interface LedgerRun {
  /** Every event that was told, repeated ones included, in order. */
  readonly events: readonly AccountEvent[];
  readonly put: readonly PutRecord[];
  /** All items of the table: what customers see of each. */
  readonly items: readonly SeenAccount[];
  /** The texts in the queue of what can't be applied. */
  readonly letters: readonly string[];
}

/** A deposit. */
export function deposit(account: string, seq: number | string, amount = 10_000): AccountEvent {
  return { account, seq: String(seq), kind: 'deposit', amount };
}

/** A withdrawal. */
export function withdrawal(account: string, seq: number | string, amount = 8_000): AccountEvent {
  return { account, seq: String(seq), kind: 'withdrawal', amount };
}

/** Records on the stream, all at one moment. */
export function onStream(...told: readonly ToldRecord[]): readonly Round[] {
  return [{ afterMs: 0, through: 'stream', told }];
}

/** The same, one after the other, each so long after the one before was handled. */
export function apart(afterMs: number, ...told: readonly ToldRecord[]): readonly Round[] {
  return told.map((one, at) => ({ afterMs: at === 0 ? 0 : afterMs, through: 'stream', told: [one] }));
}

/** Events that the core system hands to the producer with one call. */
export function byProducer(...told: readonly AccountEvent[]): readonly Round[] {
  return [{ afterMs: 0, through: 'producer', told }];
}

export function isEvent(told: ToldRecord): told is AccountEvent {
  return 'seq' in told;
}

/** The account whose lane a record is in. */
export function keyOf(told: ToldRecord): string {
  return isEvent(told) ? told.account : told.key;
}

/** Tells a story, waits after each round until all is handled, and reads what came of it. */
export async function tell(context: ScenarioContext, { title, rounds }: Story): Promise<LedgerRun> {
  context.note(title);
  const told: ToldRecord[] = [];
  const put: PutRecord[] = [];
  for (const round of rounds) {
    if (round.afterMs > 0) await context.sleep(round.afterMs);
    put.push(...(await tellRound(context, round)));
    told.push(...round.told);
    await waitUntilApplied(context, told);
  }
  return whatBecameOf(context, told, put);
}

/** The same without waiting in between: rounds come by the clock, but behind one that is awaited. */
export async function stream(context: ScenarioContext, { title, rounds }: Story): Promise<LedgerRun> {
  context.note(title);
  const told: ToldRecord[] = [];
  const put: PutRecord[] = [];
  for (const round of rounds) {
    if (round.afterMs > 0) await context.sleep(round.afterMs);
    put.push(...(await tellRound(context, round)));
    told.push(...round.told);
    if (round.isAwaited) await waitUntilApplied(context, told);
  }
  await waitUntilApplied(context, told);
  return whatBecameOf(context, told, put);
}

async function tellRound(context: ScenarioContext, { through, told, shards }: Round): Promise<readonly PutRecord[]> {
  if (shards !== undefined) await reshard(context, shards);
  if (through === 'stream') return put(context, told);
  await handToProducer(context, told.filter(isEvent));
  return [];
}

async function reshard({ clients, outputs }: ScenarioContext, TargetShardCount: number): Promise<void> {
  await clients.kinesis.send(
    new UpdateShardCountCommand({
      StreamName: outputs.StreamName,
      TargetShardCount,
      ScalingType: 'UNIFORM_SCALING',
    }),
  );
}

/** Puts records with one call, each under its account. */
async function put({ clients, outputs }: ScenarioContext, told: readonly ToldRecord[]): Promise<readonly PutRecord[]> {
  const Records = told.map((one) => ({
    PartitionKey: keyOf(one),
    Data: new TextEncoder().encode(isEvent(one) ? JSON.stringify(one) : one.text),
  }));
  const answer = await clients.kinesis.send(new PutRecordsCommand({ StreamName: outputs.StreamName, Records }));
  const results = answer.Records ?? [];
  return told.map((one, at) => {
    const { ShardId: shardId, SequenceNumber: sequenceNumber } = results[at] ?? {};
    if (shardId === undefined || sequenceNumber === undefined) throw new Error('the stream did not take a record');
    return { told: one, shardId, sequenceNumber };
  });
}

/** Waits until the table has what the events make of the accounts, and there is a letter if there is a broken record. */
function waitUntilApplied(context: ScenarioContext, told: readonly ToldRecord[]): Promise<void> {
  return context.waitUntil('every event is applied', async () => {
    const items = await itemsIn(context);
    const letters = await messagesIn(context, context.outputs.UnreadableUrl);
    return (
      letters >= told.filter((one) => !isEvent(one)).length &&
      accountsAfter(told.filter(isEvent)).every(({ account, receipt }) =>
        items.some((item) => item.account === account && item.receipt === receipt),
      )
    );
  });
}

async function whatBecameOf(
  context: ScenarioContext,
  told: readonly ToldRecord[],
  put: readonly PutRecord[],
): Promise<LedgerRun> {
  const items = await itemsIn(context);
  const letters = [...(await textsInQueue(context, context.outputs.UnreadableUrl))].sort();
  return { events: told.filter(isEvent), put, items, letters };
}

async function itemsIn({ clients, outputs }: ScenarioContext): Promise<readonly SeenAccount[]> {
  const { Items = [] } = await clients.documents.send(
    new ScanCommand({ TableName: outputs.AccountsTable, ConsistentRead: true }),
  );
  return Items.map(shownIn);
}

/** What customers and auditors see. The item's other members are the learner's own, and may be what no JSON can say. */
function shownIn({ account, balance, declined, receipt }: Readonly<Record<string, unknown>>): SeenAccount {
  return { account: String(account), balance: seen(balance), declined: seen(declined), receipt: seen(receipt) };
}

/** A number that is too long for JavaScript is no amount of money. */
function seen(value: unknown): unknown {
  return typeof value === 'bigint' ? `${value} (too long)` : value;
}

/**
 * The scenarios of task 5: the producer, while the stream stores records in another order, refuses some, or does not say what it did.
 *
 * The consumer is switched off: what is asked stands on the stream.
 */

import { DescribeStreamCommand, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-kinesis';
import { switchConsumer } from '../../kit/consumers.ts';
import { BEFORE } from '../../kit/instants.ts';
import { exhaustive, timed } from '../../kit/plans.ts';
import type { LabScenario } from '../../kit/scenario.ts';
import type { ScenarioContext, Situation } from '../../lab.ts';
import type { AccountEvent } from '../bank.ts';
import { handToProducer } from './handing-over.ts';
import { SMALL } from './small.ts';
import { deposit, withdrawal } from './story.ts';

/** A record as it stands on the stream. */
export interface StoredRecord {
  readonly shardId: string;
  readonly text: string;
}

/** What the checks see. */
export interface StreamRun {
  /** What the core system handed over, in order. */
  readonly events: readonly AccountEvent[];
  /** Whether the producer has said of each call, in the end, that it is done. */
  readonly isDone: boolean;
  /** How many records may be on their way. */
  readonly highWaterMark: number;
  /** The records of the stream, shard by shard, in order. */
  readonly records: readonly StoredRecord[];
}

interface Batches extends Situation {
  /** If it is not that of the story; `parameters` says so, too. */
  readonly highWaterMark?: number;
  /** What the core system hands over: a list for each call, one call after the other. */
  readonly calls: readonly (readonly AccountEvent[])[];
}

/** As many attempts as the client of Kinesis makes (the SDK's own default). */
const STREAM_ATTEMPTS = 3;

/** Accounts of one shard, so that their order on the stream is a matter of the calls. */
export const publishing: LabScenario<StreamRun, Batches> = {
  name: 'publishing',
  title: 'events of three accounts with one call, while the stream turns round what it gets, or refuses a part',
  parameters: SMALL,
  faults: { reorder: 1, partial: 2 },
  plan: exhaustive(),
  situations: [
    {
      title: 'One account has three events, two others have one.',
      calls: [[deposit('a-8', 1), withdrawal('a-8', 2), deposit('a-9', 1), deposit('a-8', 3, 100), deposit('a-3', 9)]],
    },
    {
      title: 'Two calls, one after the other; the numbers of an account pass 9, and the amounts are equal.',
      startsAtMs: BEFORE.midnight,
      calls: [[deposit('7', 8, 1)], [deposit('7', 9, 1), deposit('é', 10, 1), deposit('7', 10, 1)]],
    },
  ],
  run: publish,
};

export const publishingAgain: LabScenario<StreamRun, Batches> = {
  name: 'publishing-again',
  title: 'two events of an account, while calls to the stream are refused, done in part, or done and not answered',
  parameters: SMALL,
  // The producer sees the error, and the core system calls again.
  faults: { throttled: STREAM_ATTEMPTS, 'failed-after': 1, partial: 1 },
  faultsAt: ['Kinesis'],
  plan: exhaustive(),
  situations: [
    {
      title: 'A customer pays in and takes out while the stream has trouble.',
      calls: [[deposit('a-7', 41), withdrawal('a-7', 42)]],
    },
  ],
  run: publish,
};

/** One account more than records may be on their way, so what is tried again has to wait for a place. */
export const oneTooMany: LabScenario<StreamRun, Batches> = {
  name: 'one-too-many',
  title: `events of three accounts, of which two may be on their way, while the stream refuses calls`,
  parameters: SMALL,
  faults: { throttled: STREAM_ATTEMPTS },
  faultsAt: ['Kinesis'],
  plan: exhaustive(),
  situations: [
    {
      title: 'Three accounts get an event each.',
      highWaterMark: Number(SMALL.HighWaterMark),
      calls: [[deposit('a-7', 1), deposit('a-8', 1), deposit('a-3', 1)]],
    },
  ],
  run: publish,
};

/** So many calls in a row are answered, and their record is refused. */
const REFUSALS = 8;

export const refusedForLong: LabScenario<StreamRun, Batches> = {
  name: 'refused-for-long',
  title: 'one event, which the stream refuses again and again',
  parameters: SMALL,
  faults: { partial: REFUSALS },
  faultsAt: ['Kinesis'],
  plan: exhaustive(),
  situations: [{ title: 'A customer pays in.', calls: [[deposit('a-7', 41)]] }],
  run: publish,
};

/** The most records that the producer may have on their way, in the story. */
export const HIGH_WATER_MARK = 50;

const BURST = 400;
const BURST_ACCOUNTS = 80;

/** As many events; the number of each is greater than those before. */
function burstOf(accountOf: (number: number) => string): readonly AccountEvent[] {
  return Array.from({ length: BURST }, (_, number) => deposit(accountOf(number), number));
}

export const burst: LabScenario<StreamRun, Batches> = {
  name: 'burst',
  title: `at the size of the story (${BURST} events at once through the producer)`,
  plan: timed({ seeds: 2 }),
  situations: [
    {
      title: `The core system hands over ${BURST} events of ${BURST_ACCOUNTS} accounts with one call.`,
      calls: [burstOf((number) => `a-${number % BURST_ACCOUNTS}`)],
    },
    {
      title: 'The same with fewer records on their way, before midnight, account after account.',
      startsAtMs: BEFORE.midnight,
      parameters: { HighWaterMark: '30' },
      highWaterMark: 30,
      calls: [burstOf((number) => `${Math.floor((number * BURST_ACCOUNTS) / BURST)}`)],
    },
  ],
  run: publish,
};

async function publish(
  context: ScenarioContext,
  { title, calls, highWaterMark = HIGH_WATER_MARK }: Batches,
): Promise<StreamRun> {
  context.note(title);
  // It reads nothing: an operator has switched it off for a while.
  await switchConsumer(context, 'apply', false);
  let isDone = true;
  for (const events of calls) isDone = (await handToProducer(context, events)) && isDone;
  await context.waitUntil('the producer is done', async () => true);
  return { events: calls.flat(), isDone, highWaterMark, records: await recordsIn(context) };
}

/** All records of the stream. */
async function recordsIn({ clients, outputs }: ScenarioContext): Promise<readonly StoredRecord[]> {
  const { StreamName } = outputs;
  const { StreamDescription } = await clients.kinesis.send(new DescribeStreamCommand({ StreamName }));
  const records: StoredRecord[] = [];
  for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
    const { ShardIterator } = await clients.kinesis.send(
      new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records = [] } = await clients.kinesis.send(new GetRecordsCommand({ ShardIterator }));
    records.push(...Records.map(({ Data }) => ({ shardId: ShardId, text: new TextDecoder().decode(Data) })));
  }
  return records;
}

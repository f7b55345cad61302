/**
 * A hundred thousand messages and records through their mappings, each in one timed run: what one of them costs at 25, 50 and 100 percent, and what
 * the run holds on to.
 *
 * The run keeps no trace, so that what is measured is what services, agenda and host keep. Handlers do nothing.
 */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { ListEventSourceMappingsCommand, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { PublishBatchCommand } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { ScenarioContext } from '../course/lab.ts';
import { type SmallLabOptions, withRunner } from '../grader/fixtures/small-lab.ts';
import { runScenario } from '../scenario/run-scenario.ts';
import type { Choices } from '../simulator/kernel/choices.ts';
import type { TraceEntry } from '../simulator/trace.ts';

/** One way to the function. */
interface Volume {
  readonly name: string;
  readonly resources: string;
  /** Sends these items, numbered from the first one on, in one request. */
  send(context: ScenarioContext, numbers: readonly number[]): Promise<unknown>;
  readonly perRequest: number;
  /** How many requests are on their way at once. */
  readonly atOnce: number;
  /** The time between one such group and the next, so that a shard's limits hold. */
  readonly pauseMs: number;
  /** The mapping is enabled when all has been sent. */
  readonly waits?: true;
}

export interface VolumeMeasured {
  readonly name: string;
  readonly items: number;
  readonly marks: readonly VolumeMark[];
  readonly entries: number;
}

/** Where a run stands when a share of its items has reached the function. */
interface VolumeMark {
  readonly percent: number;
  readonly ms: number;
  /** Microseconds of processor time for each item since the mark before, or since the run began. */
  readonly cpuUsPerItem: number;
  /** The heap after garbage collection. */
  readonly heapMb: number;
  /** How many items were sent and had not reached the function. */
  readonly behind: number;
}

const MARKS_PERCENT = [25, 50, 100];
const ACCOUNT = 'us-east-1.amazonaws.com/123456789012';
const batchOf = (numbers: readonly number[]) => numbers.map((n) => ({ Id: `${n}`, MessageBody: `order ${n}` }));
const queue = (more: string, batchSize: number) => `
  Orders:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: 60, ${more} }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref f, BatchSize: ${batchSize} }
`;

const toQueue =
  (name: string, more: (n: number) => object = () => ({})) =>
  ({ clients }: ScenarioContext, numbers: readonly number[]) => {
    const Entries = batchOf(numbers).map((entry, at) => ({ ...entry, ...more(numbers[at] ?? 0) }));
    return clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: `https://sqs.${ACCOUNT}/${name}`, Entries }));
  };

const GROUPS = 500;
const SHARDS = 4;

const ON_THE_WAY: readonly Volume[] = [
  {
    name: 'messages through a queue',
    resources: queue('QueueName: orders', 10),
    send: toQueue('orders'),
    ...{ perRequest: 10, atOnce: 1, pauseMs: 0 },
  },
  {
    name: `messages of ${GROUPS} groups through a FIFO queue`,
    resources: queue('QueueName: orders.fifo, FifoQueue: true, ContentBasedDeduplication: true', 10),
    send: toQueue('orders.fifo', (n) => ({ MessageGroupId: `group-${n % GROUPS}` })),
    ...{ perRequest: 10, atOnce: 3, pauseMs: 100 },
  },
  {
    name: 'messages through a topic and a queue',
    resources: `${queue('QueueName: orders', 10)}
  News:
    Type: AWS::SNS::Topic
    Properties: { TopicName: news }
  Subscription:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref News, Protocol: sqs, Endpoint: !GetAtt Orders.Arn, RawMessageDelivery: true }
`,
    send: ({ clients }, numbers) => {
      const PublishBatchRequestEntries = numbers.map((n) => ({ Id: `${n}`, Message: `order ${n}` }));
      const TopicArn = 'arn:aws:sns:us-east-1:123456789012:news';
      return clients.sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
    },
    ...{ perRequest: 10, atOnce: 1, pauseMs: 0 },
  },
  {
    name: `records through a stream of ${SHARDS} shards`,
    resources: `
  Orders:
    Type: AWS::Kinesis::Stream
    Properties: { Name: orders, ShardCount: ${SHARDS} }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref f, StartingPosition: TRIM_HORIZON }
`,
    send: async ({ clients }, numbers) => {
      const Records = numbers.map((n) => ({ PartitionKey: `key-${n}`, Data: new TextEncoder().encode(`order ${n}`) }));
      const { FailedRecordCount = 0 } = await clients.kinesis.send(
        new PutRecordsCommand({ StreamName: 'orders', Records }),
      );
      if (FailedRecordCount > 0) throw new Error(`${FailedRecordCount} records were too many for their shards`);
    },
    ...{ perRequest: 500, atOnce: 1, pauseMs: 200 },
  },
];

/** Each as it comes, and those that wait where they are until all have been sent. */
export const VOLUMES: readonly Volume[] = [
  ...ON_THE_WAY,
  ...ON_THE_WAY.filter(({ name }) => !name.includes('topic')).map((volume) => ({
    ...{ ...volume, name: `${volume.name}, where all wait`, waits: true as const },
    resources: volume.resources.replace('FunctionName: !Ref f', 'FunctionName: !Ref f, Enabled: false'),
  })),
];

interface Listener {
  sent(sent: number): void;
  /** The mapping begins to read what waits. */
  enabled(): void;
}

function labOfVolume(volume: Volume, items: number, on: Listener): SmallLabOptions {
  const { perRequest, atOnce, pauseMs, send, resources, waits } = volume;
  return {
    functions: { f: 'export const handler = async () => {};' },
    resources,
    plan: { mode: 'timed', seeds: [1] },
    async run(context) {
      for (let sent = 0; sent < items; ) {
        const requests: Promise<unknown>[] = [];
        for (; requests.length < atOnce && sent < items; sent += perRequest) {
          const from = sent;
          requests.push(
            send(
              context,
              Array.from({ length: Math.min(perRequest, items - from) }, (_, n) => from + n),
            ),
          );
        }
        await Promise.all(requests);
        on.sent(sent);
        if (pauseMs > 0) await context.sleep(pauseMs);
      }
      if (waits) {
        on.enabled();
        await enable(context);
      }
      await context.waitUntil('every item has reached the function', async () => true);
      return {};
    },
  };
}

async function enable({ clients: { lambda } }: ScenarioContext): Promise<void> {
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
  const [{ UUID } = {}] = EventSourceMappings;
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
}

/** One run. */
export function measureVolume(volume: Volume, items: number): Promise<VolumeMeasured> {
  const marks: VolumeMark[] = [];
  const collect = garbageCollectorOfBench();
  let [sent, done, doneBefore, entries] = [0, 0, 0, 0];
  let startedMs = 0;
  let cpu = process.cpuUsage();
  const restart = () => {
    startedMs = performance.now();
    cpu = process.cpuUsage();
  };
  const witness = ({ event }: TraceEntry): void => {
    entries += 1;
    if (event.kind !== 'invocation-started') return;
    done += (event.payload as { readonly Records: readonly unknown[] }).Records.length;
    const percent = MARKS_PERCENT[marks.length];
    if (percent === undefined || done < (items * percent) / 100) return;
    const { user, system } = process.cpuUsage(cpu);
    const ms = performance.now() - startedMs;
    const cpuUsPerItem = (user + system) / (done - doneBefore);
    collect();
    const heapMb = process.memoryUsage().heapUsed / 1_048_576;
    marks.push({ percent, ms, heapMb, behind: Math.max(0, sent - done), cpuUsPerItem });
    // The collection is not the run's work.
    startedMs = performance.now() - ms;
    cpu = process.cpuUsage();
    doneBefore = done;
  };
  return withRunner(
    labOfVolume(volume, items, {
      sent: (now) => {
        sent = now;
      },
      enabled: restart,
    }),
    async (runner) => {
      restart();
      const { end } = await runScenario({ ...runner, witness }, unrecorded(1), 'verify').done;
      if (end !== 'quiet' || done !== items)
        throw new Error(`${done} of ${items} items reached the function, and the run ended with «${end}»`);
      return { name: volume.name, items, marks, entries };
    },
  );
}

/** Choices by chance that keep no record, which would grow with every wait. */
function unrecorded(seed: number): Choices {
  let state = seed;
  return {
    record: [],
    pick: (_reason, of) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * of);
    },
  };
}

function garbageCollectorOfBench(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** Formats a table. */
export function printedVolumes(measured: readonly VolumeMeasured[]): string {
  const marks = MARKS_PERCENT.map((percent) => `${percent} %`);
  return [
    `| one timed run | items | seconds | µs of processor for each, up to ${marks.join(' · ')} | ratio | heap in MB, at the same | waiting then |`,
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...measured.map(({ name, items, marks: all }) => {
      const [first] = all;
      const ratios = all.map(({ cpuUsPerItem }) => (cpuUsPerItem / (first?.cpuUsPerItem ?? Number.NaN)).toFixed(2));
      const cells = [
        ...[name, items.toLocaleString('en-US'), ((all.at(-1)?.ms ?? 0) / 1_000).toFixed(1)],
        all.map(({ cpuUsPerItem }) => cpuUsPerItem.toFixed(0)).join(' · '),
        ...[ratios.join(' · '), all.map(({ heapMb }) => heapMb.toFixed(0)).join(' · ')],
        all.map(({ behind }) => behind.toLocaleString('en-US')).join(' · '),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}

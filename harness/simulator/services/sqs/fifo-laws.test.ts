/**
 * Laws of FIFO queues that hold for every history: of a queue by itself, against a model of a few lines; and of a queue with a mapping, a
 * function that fails and a reservation, under random schedules.
 */

import { SendMessageCommand } from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { left, rest } from '../../../grader/fixtures/queue-lab.ts';
import { type SmallLabOptions, withRunner } from '../../../grader/fixtures/small-lab.ts';
import { runScenario } from '../../../scenario/run-scenario.ts';
import { seeded } from '../../kernel/choices.ts';
import type { Trace } from '../../trace.ts';
import type { ReceivedMessage } from './messages.ts';
import { arn, QueuesForTests } from './sqs-for-tests.ts';
import type { QueuedMessage } from './state.ts';

const QUEUE = 'orders.fifo';

type Act =
  | { readonly do: 'send'; readonly group: string }
  | { readonly do: 'receive'; readonly max: number; readonly timeoutSeconds: number }
  | { readonly do: 'delete' | 'return'; readonly which: number }
  | { readonly do: 'extend'; readonly which: number; readonly timeoutSeconds: number }
  | { readonly do: 'wait'; readonly ms: number };

/** Of the last messages that were received: the older ones are rarely in flight. */
const which = fc.nat(6);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('send' as const), group: fc.constantFrom('a', 'a', 'a', 'b') }) },
  fc.record({ do: fc.constant('receive' as const), max: fc.integer({ min: 1, max: 5 }), timeoutSeconds: fc.nat(5) }),
  fc.record({ do: fc.constantFrom('delete' as const, 'return' as const), which }),
  fc.record({ do: fc.constant('extend' as const), which, timeoutSeconds: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(4_000) }),
);
const history = fc.array(act, { maxLength: 60, size: 'max' });

/** One history of a queue whose dead letters go to another. */
class PlayedInGroups {
  readonly account = new QueuesForTests();
  readonly received: ReceivedMessage[] = [];
  #sent = 0;

  constructor(maxReceiveCount: number) {
    this.account.createFifo('dead.fifo');
    this.account.createFifo(QUEUE);
    const policy = { deadLetterTargetArn: arn('dead.fifo'), maxReceiveCount };
    this.account.set(QUEUE, { RedrivePolicy: JSON.stringify(policy) });
  }

  play(step: Act): readonly ReceivedMessage[] {
    const { account } = this;
    switch (step.do) {
      case 'send':
        this.#sent += 1;
        account.send(QUEUE, `message ${this.#sent}`, { MessageGroupId: step.group });
        return [];
      case 'receive': {
        const input = { MaxNumberOfMessages: step.max, VisibilityTimeout: step.timeoutSeconds };
        const now = account.receive(QUEUE, { ...input, MessageSystemAttributeNames: ['All'] });
        this.received.push(...now);
        return now;
      }
      case 'delete':
        account.delete(QUEUE, this.#handle(step.which));
        return [];
      case 'return':
        account.change(QUEUE, this.#handle(step.which), 0);
        return [];
      case 'extend':
        account.change(QUEUE, this.#handle(step.which), step.timeoutSeconds);
        return [];
      case 'wait':
        account.nowMs += step.ms;
        return [];
    }
  }

  #handle(index: number): string {
    return this.received.at(-1 - index)?.ReceiptHandle ?? 'AQEBq1m0r0';
  }

  /** The messages of a queue, in order of their sends. */
  messages(queue: string): readonly QueuedMessage[] {
    return [...(this.account.state.queues.get(queue)?.messages.values() ?? [])];
  }
}

const groupOf = ({ content: { messageGroupId } }: QueuedMessage) => messageGroupId ?? '';

describe('a FIFO queue', () => {
  it('hands out of each group a beginning of what is left, in order, and nothing behind a message in flight', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const played = new PlayedInGroups(1_000);
        for (const step of steps) {
          const before = played.messages(QUEUE).map((message) => ({ ...message }));
          const { nowMs } = played.account;
          const got = played.play(step).map(({ MessageId }) => MessageId);
          const isHidden = ({ place, visibleAtMs }: QueuedMessage) => place !== 'visible' && visibleAtMs > nowMs;
          for (const group of new Set(before.map(groupOf))) {
            const ofGroup = before.filter((message) => groupOf(message) === group);
            const given = got.filter((id) => ofGroup.some(({ content }) => content.messageId === id));
            const free = ofGroup.slice(0, [...ofGroup.map(isHidden), true].indexOf(true));
            expect(given).toEqual(free.slice(0, given.length).map(({ content }) => content.messageId));
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('loses nothing and doubles nothing: what was not deleted is there once, or is one dead letter, received as often as allowed', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 3 }), (steps, maxReceiveCount) => {
        const played = new PlayedInGroups(maxReceiveCount);
        const kept = steps.filter(({ do: what }) => what !== 'delete');
        for (const step of kept) played.play(step);
        const [here, dead] = [played.messages(QUEUE), played.messages('dead.fifo')];
        const ids = [...here, ...dead].map(({ content }) => content.messageId);
        expect(ids).toHaveLength(kept.filter(({ do: what }) => what === 'send').length);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { receiveCount } of dead) expect(receiveCount).toBe(maxReceiveCount);
        for (const { receiveCount } of here) expect(receiveCount).toBeLessThanOrEqual(maxReceiveCount);
      }),
    );
  });

  it('keeps the order of each group among its dead letters', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const played = new PlayedInGroups(1);
        for (const step of steps) played.play(step);
        for (const group of ['a', 'b']) {
          const dead = played.messages('dead.fifo').filter((message) => groupOf(message) === group);
          const numbers = dead.map(({ content }) => Number(content.body.split(' ')[1]));
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        }
      }),
    );
  });
});

const MAX_RECEIVES = 2;
const SENT = ['a-1', 'b-bad', 'a-2', 'c-1', 'b-2', 'a-bad', 'a-3'];

/** Messages of three groups, of which some always fail, and a function with one place. */
const FAILING: SmallLabOptions = {
  functions: {
    f: {
      code: `export const handler = async (event) => {
  for (const { body } of event.Records) { await add(body); if (body.endsWith('bad')) throw new Error(body); }
};`,
      reserved: 1,
    },
  },
  resources: `  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders.fifo
      FifoQueue: true
      ContentBasedDeduplication: true
      VisibilityTimeout: 12
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: ${MAX_RECEIVES} }
  Dead:
    Type: AWS::SQS::Queue
    Properties: { QueueName: dead.fifo, FifoQueue: true }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref f, BatchSize: 2 }
`,
  faults: { split: 2, reorder: 2 },
  run: async (context) => {
    const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders.fifo';
    for (const MessageBody of SENT) {
      const input = { QueueUrl, MessageBody, MessageGroupId: MessageBody.slice(0, 1) };
      await context.clients.sqs.send(new SendMessageCommand(input));
    }
    await rest(context);
    return { left: await left(context, 'orders.fifo'), dead: await left(context, 'dead.fifo') };
  },
};

/** What a trace tells of its messages. */
function lifeOf(trace: Trace) {
  const bodies = new Map<string, string>();
  const receives: string[] = [];
  const runs: {
    readonly invocation: string;
    readonly bodies: readonly string[];
    readonly receives: readonly string[];
  }[] = [];
  const ended = new Set<string>();
  const deleted: string[] = [];
  const dead: string[] = [];
  const overlaps: string[] = [];
  for (const { event } of trace) {
    if (event.kind === 'message-sent') bodies.set(event.messageId, event.body);
    if (event.kind === 'message-received') receives.push(`${bodies.get(event.messageId)} ${event.receiveCount}`);
    if (event.kind === 'message-deleted') deleted.push(bodies.get(event.messageId) ?? '');
    if (event.kind === 'message-dead-lettered') dead.push(bodies.get(event.messageId) ?? '');
    if (event.kind === 'invocation-ended') ended.add(event.invocation);
    if (event.kind !== 'invocation-started') continue;
    const { Records } = event.payload as {
      readonly Records: readonly { readonly body: string; readonly attributes: Readonly<Record<string, string>> }[];
    };
    const run = {
      invocation: event.invocation,
      bodies: Records.map(({ body }) => body),
      receives: Records.map(({ body, attributes }) => `${body} ${attributes.ApproximateReceiveCount}`),
    };
    const groups = run.bodies.map((body) => body.slice(0, 1));
    const others = runs.filter(({ invocation }) => !ended.has(invocation));
    overlaps.push(...others.flatMap((other) => other.bodies.filter((body) => groups.includes(body.slice(0, 1)))));
    runs.push(run);
  }
  return { receives, runs, deleted, dead, overlaps };
}

describe('a FIFO queue, its mapping and a function with one place, under random schedules', () => {
  it('process each group in the order of its sends until a dead letter, and account for every receive', async () => {
    let deadUnrun = 0;
    await withRunner(FAILING, async (runner) => {
      for (let seed = 1; seed <= 150; seed += 1) {
        const { trace, result } = await runScenario(runner, seeded(seed), 'explore').done;
        const { receives, runs, deleted, dead, overlaps } = lifeOf(trace);
        // P2: no group is in two invocations at once, and its messages are done in order.
        expect(overlaps).toEqual([]);
        for (const group of ['a', 'b', 'c']) {
          const done = [...deleted].filter((body) => body.startsWith(group));
          expect(done).toEqual(SENT.filter((body) => done.includes(body)));
        }
        // P3: each receive has one run, or none because it was throttled; the last allowed one makes a dead letter.
        const run = runs.flatMap((one) => one.receives);
        expect(new Set(run).size).toBe(run.length);
        expect(receives).toEqual(expect.arrayContaining(run));
        for (const body of SENT) {
          const times = receives.filter((one) => one.startsWith(`${body} `)).length;
          expect(times).toBeLessThanOrEqual(MAX_RECEIVES);
          expect([deleted, dead].map((gone) => gone.filter((one) => one === body).length)).toEqual(
            deleted.includes(body) ? [1, 0] : [0, 1],
          );
          if (dead.includes(body)) expect(times).toBe(MAX_RECEIVES);
          if (dead.includes(body) && !run.some((one) => one.startsWith(`${body} `))) deadUnrun += 1;
        }
        expect(result).toEqual({ left: 0, dead: dead.length });
      }
    });
    expect(deadUnrun).toBeGreaterThan(0);
  }, 60_000);
});

/**
 * Random sequences of calls on a FIFO queue with a dead-letter queue, answered by fauxqs and by our SQS.
 *
 * One group, one message at a time, and no waiting: there AWS leaves no choice, so each answer has to be the same but for ids.
 */

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QueuesForTests } from '../simulator/services/sqs/sqs-for-tests.ts';
import { type Oracle, type OracleAnswer, startFauxqs } from './running.ts';

let oracle: Oracle;
beforeAll(async () => {
  oracle = await startFauxqs();
});
afterAll(() => oracle.stop());

const message = fc.record({
  body: fc.constantFrom('one', 'two', 'three'),
  /** Null: the queue goes by the content. */
  id: fc.constantFrom(null, 'a', 'b', 'c'),
  group: fc.constantFrom('g', 'g', 'g', 'g', null),
});
const aCall = fc.oneof(
  fc.record({ do: fc.constant('send' as const), message }),
  fc.record({ do: fc.constant('send all' as const), messages: fc.array(message, { minLength: 1, maxLength: 3 }) }),
  fc.record({ do: fc.constant('receive' as const), from: fc.constantFrom('orders', 'orders', 'orders', 'letters') }),
  fc.record({ do: fc.constantFrom('delete' as const, 'give back' as const), nth: fc.nat(2) }),
  fc.record({ do: fc.constant('count' as const) }),
);
const aSequence = fc.record({
  byContent: fc.boolean(),
  maxReceiveCount: fc.integer({ min: 1, max: 3 }),
  calls: fc.array(aCall, { minLength: 5, maxLength: 40, size: 'max' }),
});
type Sequence = typeof aSequence extends fc.Arbitrary<infer Value> ? Value : never;
type Call = Sequence['calls'][number];

/** Either of the two: it makes queues, and answers calls. */
type Side = (operation: string, input: object) => Promise<OracleAnswer>;

/** What a sequence was answered, call by call, with ids in the order of their first appearance. */
class Session {
  readonly #ask: Side;
  readonly #urls = new Map<string, string>();
  readonly #known = new Map<string, string>();
  /** The handles of messages that were received and are neither deleted nor given back, the oldest first. */
  readonly #held: { readonly queue: string; readonly handle: string }[] = [];

  constructor(ask: Side) {
    this.#ask = ask;
  }

  async begin({ byContent, maxReceiveCount }: Sequence, name: string): Promise<void> {
    const fifo = { FifoQueue: 'true' };
    await this.#create('letters', `letters-${name}.fifo`, fifo);
    const arn = await this.#attributes('letters', 'QueueArn');
    await this.#create('orders', `orders-${name}.fifo`, {
      ...fifo,
      ContentBasedDeduplication: String(byContent),
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn.QueueArn, maxReceiveCount }),
    });
  }

  async #create(queue: string, QueueName: string, Attributes: object): Promise<void> {
    const { QueueUrl } = outputOf(await this.#ask('CreateQueue', { QueueName, Attributes }));
    this.#urls.set(queue, String(QueueUrl));
  }

  async #attributes(queue: string, ...AttributeNames: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.#ask('GetQueueAttributes', { QueueUrl: this.#urls.get(queue), AttributeNames });
    return Object(outputOf(answer).Attributes);
  }

  /** Makes a call and says what was answered. */
  async say(call: Call): Promise<unknown> {
    switch (call.do) {
      case 'send':
        return this.#told(await this.#ask('SendMessage', { ...this.#queue('orders'), ...entryOf(call.message) }));
      case 'send all': {
        const Entries = call.messages.map((each, at) => ({ Id: `${at}`, ...entryOf(each) }));
        return this.#told(await this.#ask('SendMessageBatch', { ...this.#queue('orders'), Entries }));
      }
      case 'receive':
        return this.#receive(call.from);
      case 'delete':
      case 'give back':
        return this.#letGo(call.do, call.nth);
      case 'count': {
        const both = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
        return {
          orders: await this.#attributes('orders', ...both),
          letters: await this.#attributes('letters', ...both),
        };
      }
    }
  }

  #queue(queue: string): object {
    return { QueueUrl: this.#urls.get(queue) };
  }

  async #receive(from: string): Promise<unknown> {
    const answer = await this.#ask('ReceiveMessage', {
      ...this.#queue(from),
      MaxNumberOfMessages: 1,
      WaitTimeSeconds: 0,
      AttributeNames: ['ApproximateReceiveCount', 'MessageGroupId', 'MessageDeduplicationId'],
    });
    const [given] = (outputOf(answer).Messages ?? []) as readonly Readonly<Record<string, unknown>>[];
    if (given === undefined) return 'nothing';
    const { MessageId, ReceiptHandle, Body, Attributes } = given;
    this.#held.push({ queue: from, handle: String(ReceiptHandle) });
    const { ApproximateReceiveCount, MessageGroupId, MessageDeduplicationId } = Object(Attributes);
    const told = { id: this.#nameOf(MessageId), Body, MessageGroupId };
    // A dead letter has another deduplication id at AWS, and how often it counts as received AWS does not say: the README of SQS has both.
    return from === 'letters' ? told : { ...told, ApproximateReceiveCount, MessageDeduplicationId };
  }

  async #letGo(how: 'delete' | 'give back', nth: number): Promise<unknown> {
    const [one] = this.#held.splice(nth, 1);
    if (one === undefined) return 'nothing is held';
    const about = { ...this.#queue(one.queue), ReceiptHandle: one.handle };
    if (how === 'delete') return this.#told(await this.#ask('DeleteMessage', about));
    return this.#told(await this.#ask('ChangeMessageVisibility', { ...about, VisibilityTimeout: 0 }));
  }

  #told(answer: OracleAnswer): unknown {
    if (!answer.ok) return { refused: answer.code };
    const entries = [answer.output.Successful, answer.output.Failed].flatMap((list) =>
      Array.isArray(list) ? list : [],
    );
    const told = entries.length > 0 ? entries : [answer.output];
    return told.map(({ Id, MessageId, Code, SenderFault }) => ({
      Id,
      Code,
      SenderFault,
      message: MessageId === undefined ? undefined : this.#nameOf(MessageId),
    }));
  }

  #nameOf(id: unknown): string {
    const name = this.#known.get(String(id)) ?? `message ${this.#known.size + 1}`;
    this.#known.set(String(id), name);
    return name;
  }
}

function entryOf({ body, id, group }: typeof message extends fc.Arbitrary<infer Value> ? Value : never): object {
  return {
    MessageBody: body,
    ...(group === null ? {} : { MessageGroupId: group }),
    ...(id === null ? {} : { MessageDeduplicationId: id }),
  };
}

function outputOf(answer: OracleAnswer): Readonly<Record<string, unknown>> {
  return answer.ok ? answer.output : expect.fail(answer.code);
}

/** Our SQS. A millisecond goes by with each call. */
function ours(): Side {
  const queues = new QueuesForTests();
  return async (operation, input) => {
    queues.nowMs += 1;
    const answer = queues.answerTo(operation, input as Readonly<Record<string, unknown>>);
    return answer.ok ? answer : { ok: false, code: answer.error.code };
  };
}

const SEQUENCES = 300;

describe('a FIFO queue of one group', () => {
  it('SQ-13 to SQ-26 is answered as fauxqs answers it', async () => {
    let number = 0;
    let calls = 0;
    await fc.assert(
      fc.asyncProperty(aSequence, async (sequence) => {
        number += 1;
        const theirs = new Session((operation, input) => oracle.call(operation, input));
        const own = new Session(ours());
        await theirs.begin(sequence, `${number}`);
        await own.begin(sequence, `${number}`);
        for (const [at, call] of sequence.calls.entries()) {
          calls += 1;
          expect({ at, call, told: await own.say(call) }).toEqual({ at, call, told: await theirs.say(call) });
        }
      }),
      { numRuns: SEQUENCES },
    );
    console.log(`${calls} calls in ${SEQUENCES} sequences were answered alike.`);
  });
});

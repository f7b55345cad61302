/**
 * Laws of a queue that hold for every history: random histories of sends, receives, deletes, changes and time.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceivedMessage } from './messages.ts';
import { SQS } from './sqs.ts';
import { arn, QueuesForTests, url } from './sqs-for-tests.ts';

type Act =
  | { readonly do: 'send'; readonly delaySeconds: number; readonly tenant: string | undefined }
  | { readonly do: 'receive'; readonly max: number; readonly timeoutSeconds: number }
  | { readonly do: 'delete'; readonly which: number }
  | { readonly do: 'change'; readonly which: number; readonly timeoutSeconds: number }
  | { readonly do: 'duplicate'; readonly which: number }
  | { readonly do: 'wait'; readonly ms: number };

const which = fc.nat(50);
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    do: fc.constant('send' as const),
    delaySeconds: fc.constantFrom(0, 0, 0, 2),
    tenant: fc.constantFrom(undefined, 'loud', 'loud', 'quiet'),
  }),
  fc.record({
    do: fc.constant('receive' as const),
    max: fc.integer({ min: 1, max: 10 }),
    timeoutSeconds: fc.nat(5),
  }),
  fc.record({ do: fc.constant('delete' as const), which }),
  fc.record({ do: fc.constant('change' as const), which, timeoutSeconds: fc.nat(5) }),
  fc.record({ do: fc.constant('duplicate' as const), which }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(4_000) }),
);
const history = fc.array(act, { maxLength: 60 });

/** One history, and what the test knows of it. */
class Played {
  readonly account = new QueuesForTests('orders', 'dead');
  readonly sent: string[] = [];
  readonly received: ReceivedMessage[] = [];

  play(step: Act): readonly ReceivedMessage[] {
    const { account } = this;
    switch (step.do) {
      case 'send':
        this.sent.push(
          account.send('orders', `message ${this.sent.length}`, {
            DelaySeconds: step.delaySeconds,
            MessageGroupId: step.tenant,
          }),
        );
        return [];
      case 'receive': {
        const now = account.receive('orders', {
          MaxNumberOfMessages: step.max,
          VisibilityTimeout: step.timeoutSeconds,
          MessageSystemAttributeNames: ['All'],
        });
        this.received.push(...now);
        return now;
      }
      case 'delete':
        account.delete('orders', this.#handle(step.which));
        return [];
      case 'change':
        account.change('orders', this.#handle(step.which), step.timeoutSeconds);
        return [];
      case 'duplicate': {
        const handed = this.received[step.which % Math.max(1, this.received.length)];
        if (handed === undefined) return [];
        const { MessageId: messageId } = handed;
        account.tell({ kind: 'comes-again', queue: 'orders', messageId, receives: 1, by: 'tester', to: null });
        return [];
      }
      case 'wait':
        account.nowMs += step.ms;
        return [];
    }
  }

  #handle(index: number): string {
    return this.received[index % Math.max(1, this.received.length)]?.ReceiptHandle ?? 'AQEBq1m0r0';
  }

  /** The number of a queue's messages in each place, counted one by one. */
  places(queue: string): readonly number[] {
    const messages = [...(this.account.state.queues.get(queue)?.messages.values() ?? [])];
    return ['visible', 'in-flight', 'delayed'].map(
      (place) => messages.filter((message) => message.place === place).length,
    );
  }
}

describe('a queue', () => {
  it('counts its messages: each is in exactly one place', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const played = new Played();
        for (const step of steps) {
          played.play(step);
          expect(played.account.counts('orders')).toEqual(played.places('orders'));
        }
      }),
    );
  });

  it('hands a message out only when it is not in flight, and counts each time', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const played = new Played();
        const receives = new Map<string, number>();
        for (const step of steps) {
          const queue = played.account.state.queues.get('orders');
          const hidden = [...(queue?.messages.values() ?? [])].filter(
            ({ place, visibleAtMs }) => place !== 'visible' && visibleAtMs > played.account.nowMs,
          );
          const got = played.play(step);
          expect(new Set(got.map(({ MessageId }) => MessageId)).size).toBe(got.length);
          for (const { MessageId, Attributes } of got) {
            expect(hidden.map(({ content }) => content.messageId)).not.toContain(MessageId);
            receives.set(MessageId, (receives.get(MessageId) ?? 0) + 1);
            expect(Attributes.ApproximateReceiveCount).toBe(String(receives.get(MessageId)));
          }
        }
      }),
    );
  });

  it('loses nothing: without deletes every message that was sent is still there, or is a dead letter', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 4 }), (steps, maxReceiveCount) => {
        const played = new Played();
        const { account } = played;
        account.set('orders', {
          RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount }),
        });
        for (const step of steps) if (step.do !== 'delete') played.play(step);
        const ids = ['orders', 'dead'].flatMap((name) =>
          [...(account.state.queues.get(name)?.messages.values() ?? [])].map(({ content }) => content.messageId),
        );
        expect(ids.sort()).toEqual([...played.sent].sort());
        const counts = played.received.map(({ Attributes }) => Number(Attributes.ApproximateReceiveCount));
        expect(counts.every((count) => count <= maxReceiveCount)).toBe(true);
      }),
    );
  });

  it('can be emptied: receives and deletes go on until no message comes', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const played = new Played();
        for (const step of steps) played.play(step);
        const { account } = played;
        account.nowMs += 10_000;
        const left = account.counts('orders')[0] ?? 0;
        let given = 0;
        for (let got = account.receive('orders'); got.length > 0; got = account.receive('orders')) {
          given += got.length;
          for (const { ReceiptHandle } of got) account.delete('orders', ReceiptHandle);
        }
        expect(given).toBe(left);
        expect(account.counts('orders')).toEqual([0, 0, 0]);
      }),
    );
  });

  it('is copied completely: a change in one world is not visible in another, and has the same result in both', () => {
    fc.assert(
      fc.property(history, history, (before, after) => {
        const played = new Played();
        for (const step of before) played.play(step);
        const copy = SQS.copy(played.account.state);
        const kept = structuredClone(copy);
        const other = new QueuesForTests();
        Object.assign(other, { state: SQS.copy(copy), nowMs: played.account.nowMs });
        const receive = (account: QueuesForTests) =>
          account.call('ReceiveMessage', { QueueUrl: url('orders'), MaxNumberOfMessages: 10 });
        expect(receive(other)).toEqual(receive(played.account));
        for (const step of after) played.play(step);
        expect(copy).toEqual(kept);
      }),
    );
  });
});

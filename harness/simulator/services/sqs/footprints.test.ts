/**
 * What SQS says of its steps is true: two calls that have nothing in common may come in either order.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflict } from '../../kernel/footprint.ts';
import { cloneSqs, handleSqs, type SqsState } from './sqs.ts';
import { EPOCH_MS, TestAccount, url } from './sqs-for-tests.ts';

interface Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const QUEUES = ['a', 'b', 'c'] as const;

/** Calls about one queue; handles are those that the receives before have given. */
function calls(handles: ReadonlyMap<string, readonly string[]>): fc.Arbitrary<Call> {
  return fc.constantFrom(...QUEUES).chain((name) => {
    const QueueUrl = url(name);
    const known = handles.get(name) ?? [];
    const always = [
      fc.constantFrom('x', 'y').map((MessageBody) => ({ operation: 'SendMessage', input: { QueueUrl, MessageBody } })),
      fc.constant({ operation: 'ReceiveMessage', input: { QueueUrl, MaxNumberOfMessages: 2 } }),
      fc.constant({ operation: 'ReceiveMessage', input: { QueueUrl, WaitTimeSeconds: 5 } }),
      fc.constant({ operation: 'GetQueueAttributes', input: { QueueUrl, AttributeNames: ['All'] } }),
      fc.constant({ operation: 'PurgeQueue', input: { QueueUrl } }),
      fc.constant({ operation: 'ListQueues', input: {} }),
      fc.constant({ operation: 'SetQueueAttributes', input: { QueueUrl, Attributes: { DelaySeconds: '3' } } }),
    ];
    if (known.length === 0) return fc.oneof(...always);
    const handle = fc.constantFrom(...known);
    return fc.oneof(
      ...always,
      handle.map((ReceiptHandle) => ({ operation: 'DeleteMessage', input: { QueueUrl, ReceiptHandle } })),
      handle.map((ReceiptHandle) => ({
        operation: 'ChangeMessageVisibility',
        input: { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 },
      })),
    );
  });
}

function apply(state: SqsState, { operation, input }: Call, call: string) {
  const message = { kind: 'call', call, by: 'tester', operation, input } as const;
  return handleSqs(state, message, { nowMs: 0, epochMs: EPOCH_MS });
}

/** What each call brings about in this order, and what the queues look like afterwards. */
function inOrder(state: SqsState, all: readonly (readonly [Call, string])[]): Readonly<Record<string, unknown>> {
  const copy = cloneSqs(state);
  const effects = Object.fromEntries(all.map(([call, name]) => [name, apply(copy, call, name).effects]));
  const left = QUEUES.map((name) =>
    apply(copy, { operation: 'GetQueueAttributes', input: { QueueUrl: url(name), AttributeNames: ['All'] } }, 'look'),
  );
  return { effects, left: left.map((step) => step.effects) };
}

describe('calls of SQS that have nothing in common', () => {
  it('come in either order with the same effects, and leave the same queues', () => {
    let independent = 0;
    fc.assert(
      fc.property(
        fc.gen(),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 2 }),
        (gen, messages, received) => {
          const account = new TestAccount(...QUEUES);
          const handles = new Map<string, readonly string[]>();
          for (const name of QUEUES) {
            for (let i = 0; i < messages; i += 1) account.send(name, `m${i}`);
            const got = received === 0 ? [] : account.receive(name, { MaxNumberOfMessages: received });
            handles.set(
              name,
              got.map(({ ReceiptHandle }) => ReceiptHandle),
            );
          }
          const first = gen(() => calls(handles));
          const second = gen(() => calls(handles));
          const one = apply(cloneSqs(account.state), first, 'first').footprint;
          const other = apply(cloneSqs(account.state), second, 'second').footprint;
          if (conflict(one, other)) return;
          independent += 1;
          const forwards = inOrder(account.state, [
            [first, 'first'],
            [second, 'second'],
          ]);
          const backwards = inOrder(account.state, [
            [second, 'second'],
            [first, 'first'],
          ]);
          expect(backwards).toEqual(forwards);
        },
      ),
      { numRuns: 1_500, endOnFailure: true },
    );
    expect(independent).toBeGreaterThan(200);
  });
});

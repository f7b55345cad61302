/**
 * The footprints of SQS are true: two calls whose footprints do not conflict may come in either order.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Served } from '../../contract/effect.ts';
import type { FaultKind } from '../../contract/fault.ts';
import { conflict } from '../../kernel/footprint.ts';
import type { SqsEffect, SqsMessage } from './messages.ts';
import { SQS } from './sqs.ts';
import { QueuesForTests, url } from './sqs-for-tests.ts';
import type { SqsState } from './state.ts';
import type { SqsEvent } from './trace-events.ts';

interface Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const QUEUES = ['a', 'b', 'c'] as const;

/** Calls for one queue; the handles are those that earlier receives returned. */
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

/**
 * With a budget for deadlines, the order in which hidden messages come back matters. Without one, time passes only when all
 * other work is done.
 */
type Budget = readonly FaultKind[];

function apply(
  state: SqsState,
  budget: Budget,
  { operation, input }: Call,
  call: string,
): Served<SqsMessage, SqsEvent> {
  const account = new QueuesForTests();
  account.faults = budget;
  const { answer, effects, footprint } = SQS.call(
    state,
    { id: call, by: 'tester', operation, input, number: null },
    account.moment,
  );
  const isOfDeadline = ({ kind }: SqsEffect) => kind === 'timer' || kind === 'cancel' || kind === 'keep';
  const matters = (effect: SqsEffect) => budget.includes('deadline') || !isOfDeadline(effect);
  return { answer, effects: effects.filter(matters), footprint };
}

/** The results of each call in this order, and the queues afterwards. */
function inOrder(
  state: SqsState,
  budget: Budget,
  calls: readonly (readonly [Call, string])[],
): Readonly<Record<string, unknown>> {
  const copy = SQS.copy(state);
  const consequences = ({ answer, effects }: Served<SqsMessage, SqsEvent>) => [answer, effects];
  const served = calls.map(([call, name]) => [name, consequences(apply(copy, budget, call, name))] as const);
  const left = QUEUES.map((name) => {
    const input = { QueueUrl: url(name), AttributeNames: ['All'] };
    return consequences(apply(copy, budget, { operation: 'GetQueueAttributes', input }, 'look'));
  });
  return { served: Object.fromEntries(served), left };
}

describe('calls of SQS whose footprints do not conflict', () => {
  it.each([
    ['with all that follows', ['deadline'] as const],
    ['with all that follows but deadlines, without a budget for these', [] as const],
  ])('may come in either order %s, and leave the same queues', (_what, budget) => {
    let independent = 0;
    fc.assert(
      fc.property(
        fc.gen(),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 2 }),
        (gen, messages, received) => {
          const account = new QueuesForTests(...QUEUES);
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
          const one = apply(SQS.copy(account.state), budget, first, 'first').footprint;
          const other = apply(SQS.copy(account.state), budget, second, 'second').footprint;
          if (conflict(one, other)) return;
          independent += 1;
          const forwards = inOrder(account.state, budget, [
            [first, 'first'],
            [second, 'second'],
          ]);
          const backwards = inOrder(account.state, budget, [
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

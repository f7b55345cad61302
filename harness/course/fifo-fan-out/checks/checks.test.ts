/** The checks of lab 6 on hand-written runs: when they hold, when they fail, with which words and which hint. */

import { describe, expect, it } from 'vitest';
import type { Trace, TraceEvent } from '../../../simulator/trace.ts';
import { invocationReturns, invocationStarts, traceByHand } from '../../kit/trace-for-tests.ts';
import { fifoFanOut } from '../lab.ts';
import { type Consumer, eachOnce, isUsable, type OrderEvent, type OutboxRow, orderEventIn } from '../orders.ts';
import { row, type ShopRun } from '../scenarios/shop.ts';

function judge(id: string, run: object, trace: Trace = []) {
  const check = fifoFanOut.checks.find((candidate) => candidate.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return check.judge({ observation: { ...run }, trace });
}

const eventsOf = (rows: readonly OutboxRow[], consumer: Consumer): readonly OrderEvent[] =>
  eachOnce(rows)
    .filter((one) => isUsable(one, consumer))
    .flatMap(({ event }) => orderEventIn(event) ?? []);

/** A run in which all of this was told to one consumer, or to both, and all went well. */
function well(consumers: readonly Consumer[], ...rows: readonly OutboxRow[]): ShopRun {
  const billed = Map.groupBy(eventsOf(rows, 'bill'), ({ orderId }) => orderId);
  const poison = (consumer: Consumer) =>
    eachOnce(rows)
      .filter((one) => !isUsable(one, consumer))
      .map(({ event }) => JSON.stringify(event));
  return {
    rows,
    consumers,
    isPublished: true,
    bills: [...billed].map(([orderId, lines]) => ({ orderId, lines: lines.map(({ orderId: _, ...line }) => line) })),
    stock: eventsOf(rows, 'stock').map((event) => ({ ...event, key: null })),
    letters: { bill: poison('bill'), stock: poison('stock') },
  };
}

const first = row('e-1', 'o-17', 3);
const second = row('e-2', 'o-17', -1);
const other = row('e-3', 'o-18', 5);
const poison = row('e-4', 'o-17', 1_000);
const both = well(['bill', 'stock'], first, second, other);

describe('an order', () => {
  const checks = [
    ...['in-order', 'same-row-same-event', 'waiting-kills-nothing', 'rush-in-order', 'rest-of-the-order-waits'],
    ...['bills-in-trouble', 'poison-is-told', 'applied-once', 'old-write-refused', 'repeated-later'],
  ];

  it.each(checks)('%s compares it with its events, in order and each once, at both consumers', (id) => {
    expect(judge(id, both)).toBeNull();
    expect(judge(id, well(['bill', 'stock'], first, second, first, other))).toBeNull();
    const swapped = { ...both, stock: both.stock.toReversed() };
    expect(judge(id, swapped)?.headline).toBe(
      'The warehouse has -1 mug, +3 mug for order o-17. Its events, in order and each once, make it +3 mug, -1 mug.',
    );
    const [bill, ...others] = both.bills;
    const doubled = { ...both, bills: [{ ...bill, lines: [...(bill?.lines ?? []), bill?.lines[0]] }, ...others] };
    expect(judge(id, doubled)?.headline).toBe(
      'Billing has +3 mug, -1 mug, +3 mug for order o-17. Its events, in order and each once, make it +3 mug, -1 mug.',
    );
  });

  it.each([
    ['is missing', [], 'Billing has nothing for order o-17.'],
    ['has another quantity', [{ customer: 'c-4', sku: 'mug', quantity: 4 }], 'Billing has +4 mug for order o-17.'],
    ['has its quantity as text', [{ customer: 'c-4', sku: 'mug', quantity: '3' }], 'Billing has +3 mug for order'],
    ['has another customer', [{ customer: 'c-5', sku: 'mug', quantity: 3 }], 'Billing has +3 mug for order'],
    ['has what is no line', ['+3 mug'], 'Billing has undefined undefined for order'],
  ])('%s', (_, lines, headline) => {
    const run = { ...well(['bill'], first), bills: [{ orderId: 'o-17', lines }] };
    expect(judge('in-order', run)?.headline).toContain(headline);
  });

  it('is one that was placed', () => {
    const run = { ...both, bills: [...both.bills, { orderId: 'seen', lines: [] }] };
    expect(judge('in-order', run)?.headline).toBe('Billing has an order «seen», which no customer has placed.');
  });

  it('is not looked at where its consumer is switched off', () => {
    expect(judge('in-order', { ...both, consumers: ['stock'], bills: [] })).toBeNull();
  });
});

describe('task 1', () => {
  it('the dangers are several events of an order that arrive, and a call that is not confirmed', () => {
    expect(judge('several-at-once', both)).toBeNull();
    expect(judge('several-at-once', { ...both, bills: [] })?.hintId).toBe('nothing-arrives');
    expect(judge('handed-over-twice', both, traceByHand({ kind: 'fault', fault: 'failed-after' }))).toBeNull();
    expect(judge('handed-over-twice', both)?.hintId).toBe('nothing-published');
  });

  it('side-by-side is shown by two invocations of one consumer', () => {
    const two = traceByHand(invocationStarts('stock#1', {}), invocationStarts('stock#2', {}));
    const apart = traceByHand(
      invocationStarts('stock#1', {}),
      invocationReturns('stock#1'),
      invocationStarts('stock#2', {}),
    );
    const ofTwo = traceByHand(invocationStarts('stock#1', {}), invocationStarts('bill#1', {}));
    expect(judge('side-by-side', both, two)).toBeNull();
    expect(judge('side-by-side', both, apart)?.hintId).toBe('one-at-a-time');
    expect(judge('side-by-side', both, ofTwo)?.hintId).toBe('one-at-a-time');
  });

  it('same-row-same-event tells what was swallowed from what was counted twice, and a publisher that always fails', () => {
    const twice = well(['stock'], row('e-1', 'o-17', 1), row('e-2', 'o-17', 1));
    expect(judge('same-row-same-event', twice)).toBeNull();
    expect(judge('same-row-same-event', { ...twice, stock: twice.stock.slice(1) })?.hintId).toBe('swallowed');
    expect(judge('same-row-same-event', { ...twice, stock: [...twice.stock, ...twice.stock] })?.hintId).toBe(
      'counted-twice',
    );
    expect(judge('same-row-same-event', { ...twice, isPublished: false })?.hintId).toBe('not-published');
  });
});

describe('task 2', () => {
  const three = well(['stock'], first, other, row('e-5', 'o-19', 1));
  const entered = (count: number) =>
    traceByHand(
      ...Array.from({ length: count }, (_, at): TraceEvent => {
        return { kind: 'downstream-entered', downstream: 'legacy', call: `call-${at}`, request: {} } as never;
      }),
    );

  it('the danger is that more orders wait than legacy takes', () => {
    expect(judge('three-wait', three)).toBeNull();
    expect(judge('three-wait', both)?.hintId).toBe('nothing-booked');
    expect(judge('three-wait', { ...three, stock: [] })?.hintId).toBe('nothing-booked');
  });

  it('legacy has two requests at once in the small scenario, and five in the rush', () => {
    expect(judge('never-above-capacity', three, entered(2))).toBeNull();
    expect(judge('never-above-capacity', three, entered(3))?.headline).toBe(
      'Legacy had 3 requests at once, and takes 2.',
    );
    expect(judge('all-places-used', three, entered(2))).toBeNull();
    expect(judge('all-places-used', three, entered(1))?.hintId).toBe('places-unused');
    expect(judge('five-at-once', three, entered(5))).toBeNull();
    expect(judge('five-at-once', three, entered(6))?.hintId).toBe('above-capacity');
    expect(judge('five-at-once', three, entered(4))?.headline).toBe(
      'Legacy takes 5 requests at once, and had 4 at most.',
    );
  });

  it('waiting-kills-nothing names a healthy event among the dead letters', () => {
    const run = { ...three, letters: { bill: [], stock: [JSON.stringify(other.event)] }, stock: [] };
    expect(judge('waiting-kills-nothing', run)).toMatchObject({
      headline:
        'The dead-letter queue of the warehouse has the event «+5 mug» of order o-18, and nothing is wrong with it.',
      hintId: 'died-waiting',
    });
    expect(judge('waiting-kills-nothing', { ...three, stock: [] })?.hintId).toBe('never-booked');
  });
});

describe('task 3', () => {
  const sent = (messageId: string, orderId: string, queue = 'q'): TraceEvent => ({
    kind: 'message-sent',
    ...{ queue, messageId, body: JSON.stringify({ orderId }), visibleAtMs: 0 },
  });
  const received = (messageId: string, receiveCount: number, queue = 'q'): TraceEvent => ({
    kind: 'message-received',
    ...{ queue, messageId, receiveCount, by: 'mapping', visibleAgainAtMs: 0 },
  });
  const refused: TraceEvent = { kind: 'fault', fault: 'refused' };
  const throttled: TraceEvent = { kind: 'fault', fault: 'throttled' };
  const two = [sent('m-1', 'o-17'), sent('m-2', 'o-17'), sent('m-3', 'o-18')];

  it('other-orders-go-on counts orders that came again, not messages', () => {
    const rest = traceByHand(...two, refused, received('m-1', 2), received('m-2', 2), received('m-3', 1));
    expect(judge('other-orders-go-on', both, rest)).toBeNull();
    const all = traceByHand(...two, refused, received('m-1', 2), received('m-3', 2));
    expect(judge('other-orders-go-on', both, all)?.headline).toBe('1 event failed, and events of 2 orders came again.');
    expect(
      judge('other-orders-go-on', both, traceByHand(...two, refused, refused, ...all.map(({ event }) => event))),
    ).toBeNull();
    expect(judge('other-orders-go-on', both, traceByHand(...two, received('m-1', 2)))?.headline).toBe(
      '0 events failed, and events of 1 order came again.',
    );
  });

  it('a call that was throttled four times has failed', () => {
    const four = traceByHand(...two, throttled, throttled, throttled, throttled, received('m-1', 2));
    expect(judge('other-orders-go-on', both, four)).toBeNull();
    expect(judge('table-refused', both, four)).toBeNull();
    expect(judge('other-orders-go-on', both, four.slice(1))).toBeNull();
    expect(judge('table-refused', both, four.slice(-2))?.hintId).toBe('no-call-refused');
  });

  it('an order’s name is found in an envelope, too', () => {
    const enveloped = { ...sent('m-1', ''), body: JSON.stringify({ Message: JSON.stringify({ orderId: 'o-17' }) }) };
    const plain = sent('m-2', 'o-17');
    const run = traceByHand(enveloped as TraceEvent, plain, refused, received('m-1', 2), received('m-2', 2));
    expect(judge('other-orders-go-on', both, run)).toBeNull();
  });

  it('the danger is that legacy refuses, and what was given up too soon is named', () => {
    expect(judge('an-event-failed', both, traceByHand(refused))).toBeNull();
    expect(judge('an-event-failed', both)?.hintId).toBe('nothing-refused');
    const run = { ...both, letters: { bill: [], stock: [JSON.stringify(second.event)] } };
    expect(judge('rest-of-the-order-waits', run)?.hintId).toBe('given-up-too-soon');
  });
});

describe('task 4', () => {
  const third = row('e-5', 'o-17', 7);
  const run = well(['stock'], first, poison, third, other);
  const poisoned = JSON.stringify(poison.event);
  const stockWithoutThird = run.stock.filter(({ quantity }) => quantity !== 7);
  const goneWithIt = {
    ...run,
    stock: stockWithoutThird,
    letters: { bill: [], stock: [poisoned, JSON.stringify(third.event)] },
  };

  it.each(['poison-is-told', 'neighbours-applied', 'only-poison-is-told', 'others-never-wait'])(
    '%s: what comes behind it may go on, or go with it',
    (id) => {
      expect(judge(id, run)).toBeNull();
      expect(judge(id, goneWithIt)).toBeNull();
    },
  );

  it('poison-is-told wants a letter with the event in it, whatever is around it', () => {
    for (const text of [
      JSON.stringify({ Type: 'Notification', Message: poisoned }),
      JSON.stringify({ messageId: 'm', body: poisoned }),
      JSON.stringify({ record: { body: JSON.stringify({ Message: poisoned }) } }),
    ])
      expect(judge('poison-is-told', { ...run, letters: { bill: [], stock: [text] } })).toBeNull();
    for (const letters of [[], ['e-4'], ['{"orderId":"o-17"}'], [JSON.stringify(third.event)]])
      expect(judge('poison-is-told', { ...run, letters: { bill: [], stock: letters } })?.headline).toBe(
        'Event e-4 of order o-17 can never be applied by the warehouse, and its dead-letter queue does not have it: no person will hear of it.',
      );
  });

  it('an event without a quantity is told as it is', () => {
    const broken: OutboxRow = { id: 'e-9', event: { orderId: 'o-17', customer: 'c-4', sku: 'mug' } };
    expect(judge('poison-is-told', well(['bill', 'stock'], first, broken))).toBeNull();
  });

  it('neighbours-applied looks at what is missing, in whatever order', () => {
    expect(judge('neighbours-applied', { ...run, stock: run.stock.toReversed() })).toBeNull();
    expect(judge('poison-is-told', { ...run, stock: run.stock.toReversed() })?.hintId).toBe('lost-with-it');
    expect(judge('neighbours-applied', { ...run, stock: stockWithoutThird })?.headline).toBe(
      'The warehouse does not have the event «+7 mug» of order o-17.',
    );
    const before = { ...goneWithIt, stock: run.stock.filter(({ quantity }) => quantity !== 3) };
    expect(judge('neighbours-applied', before)?.headline).toContain('«+3 mug» of order o-17');
  });

  it.each([
    [
      'an event of another order',
      JSON.stringify(other.event),
      'has the event «+5 mug» of order o-18, and nothing is wrong',
    ],
    ['an event from before', JSON.stringify(first.event), 'has the event «+3 mug» of order o-17, and nothing is wrong'],
    ['the same twice', poisoned, 'has the event «+1000 mug» of order o-17 twice.'],
    ['what is no event', 'e-4', 'has a letter that tells of no event.'],
  ])('only-poison-is-told names %s', (_, text, headline) => {
    const letters = { bill: [], stock: [poisoned, text] };
    expect(judge('only-poison-is-told', { ...run, letters })?.headline).toContain(headline);
  });

  it('few-attempts counts how often one message was received', () => {
    const times = (count: number) =>
      traceByHand(
        ...Array.from(
          { length: count },
          (_, at): TraceEvent => ({
            kind: 'message-received',
            ...{ queue: 'q', messageId: 'm', receiveCount: at + 1, by: 'mapping', visibleAgainAtMs: 0 },
          }),
        ),
      );
    expect(judge('few-attempts', run, times(4))).toBeNull();
    expect(judge('few-attempts', run, times(5))?.headline).toBe(
      'One event was received 5 times, and its order waited each time.',
    );
  });

  it('others-never-wait looks at the last time a function was given a message, and not at the order of the poison', () => {
    const waits = (orderId: string, ms: number): Trace => {
      const body = JSON.stringify({ orderId });
      const Records = [{ messageId: 'm', eventSourceARN: 'arn:aws:sqs:eu-central-1:1:q' }];
      const sent: TraceEvent = { kind: 'message-sent', queue: 'q', messageId: 'm', body, visibleAtMs: 0 };
      const at = (atMs: number, event: TraceEvent) => traceByHand(event).map((entry) => ({ ...entry, atMs }));
      return [
        ...at(1_000, sent),
        ...at(1_500, invocationStarts('stock#1', { Records })),
        ...at(1_000 + ms, invocationStarts('stock#2', { Records })),
      ];
    };
    expect(judge('others-never-wait', run, waits('o-2', 15_000))).toBeNull();
    expect(judge('others-never-wait', run, waits('o-1', 60_000))).toBeNull();
    expect(judge('others-never-wait', run, waits('o-2', 16_000))?.headline).toBe(
      'An event of order o-2 waited 16 seconds, and the one that can’t be applied is of order o-1.',
    );
    expect(judge('others-never-wait', { ...run, stock: [] })?.hintId).toBe('lost-with-it');
  });
});

describe('task 5', () => {
  it('the dangers are a message that comes twice, and a call that hangs', () => {
    const received: TraceEvent = {
      kind: 'message-received',
      ...{ queue: 'q', messageId: 'm', receiveCount: 1, by: 'mapping', visibleAgainAtMs: 0 },
    };
    expect(judge('came-again', both, traceByHand(received, received))).toBeNull();
    expect(judge('came-again', both, traceByHand(received))?.hintId).toBe('nothing-came-again');
    expect(judge('a-call-hung', both, traceByHand({ kind: 'fault', fault: 'deadline' }))).toBeNull();
    expect(judge('a-call-hung', both)?.hintId).toBe('nothing-hung');
  });

  it.each(['applied-once', 'old-write-refused', 'repeated-later'])(
    '%s wants no dead letter of what is applied',
    (id) => {
      const run = { ...both, letters: { bill: [JSON.stringify(first.event)], stock: [] } };
      expect(judge(id, run)?.hintId).toBe('dead-though-applied');
    },
  );
});

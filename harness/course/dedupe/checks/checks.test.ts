/** The checks of lab 4 on hand-written runs: when they hold, when they fail, with which words and which hint. */

import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../simulator/contract/fault.ts';
import type { Trace, TraceEvent } from '../../../simulator/trace.ts';
import { invocationStarts, traceByHand } from '../../kit/trace-for-tests.ts';
import type { Charge, ChargeRequest } from '../charge-api.ts';
import type { Debit } from '../gateway.ts';
import { dedupe } from '../lab.ts';
import type { CardBatchRun, CardRun } from '../scenarios/cards.ts';
import type { DebitRun } from '../scenarios/debits.ts';
import type { GiftCardRun } from '../scenarios/gift-cards.ts';
import { AMOUNT, attemptOf, type Payment } from '../scenarios/till.ts';

function judge(id: string, run: object, trace: Trace = []) {
  const check = dedupe.checks.find((candidate) => candidate.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return check.judge({ observation: { ...run }, trace });
}

const traceOf = (...events: readonly TraceEvent[]): Trace =>
  events.map((event, seq) => ({ seq, atMs: 0, cause: null, step: seq, actor: 'scenario', event }));

const debit = (orderId: string): Debit => ({ debitId: 'd', orderId, amount: AMOUNT, atMs: 0 });
const charge = (orderId: string, chargeId = 'charge-1'): Charge => {
  return { chargeId, orderId, amount: AMOUNT, key: orderId, atMs: 0 };
};
const asked = (orderId: string, outcome: ChargeRequest['outcome'] = 'charged'): ChargeRequest => {
  return { orderId, key: orderId, outcome, atMs: 0 };
};

/** So many dead letters. */
const dead = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `dead ${at}`);

const twice = [attemptOf('o-17', 1), attemptOf('o-17', 2)];
const debits = (...taken: readonly string[]): DebitRun => {
  return { sent: twice, debits: taken.map(debit), dead: [], left: 0 };
};

describe('task 1', () => {
  it('one-debit-per-order holds for one debit, and for none', () => {
    expect(judge('one-debit-per-order', debits('o-17'))).toBeNull();
    expect(judge('one-debit-per-order', debits())).toBeNull();
  });

  it('one-debit-per-order names the order, and says how often', () => {
    expect(judge('one-debit-per-order', debits('o-17', 'o-17'))).toEqual({
      headline: 'Order o-17 was debited twice.',
      hintId: 'debited-twice',
      about: { names: ['o-17'], tooOften: true },
    });
    expect(judge('one-debit-per-order', debits('o-17', 'o-17', 'o-17'))?.headline).toContain('3 times');
  });

  it('every-order-debited says where the messages of a lost order are', () => {
    expect(judge('every-order-debited', debits('o-17'))).toBeNull();
    expect(judge('every-order-debited', debits())?.headline).toBe(
      'Order o-17 was never debited. Its messages are deleted, so no delivery will try again.',
    );
    expect(judge('every-order-debited', { ...debits(), dead: dead(2) })?.headline).toBe(
      'Order o-17 was never debited. 2 messages are in the dead-letter queue.',
    );
    expect(judge('every-order-debited', { ...debits(), left: 2 })?.headline).toBe(
      'Order o-17 was never debited. 2 messages are in the queue, and no function takes them.',
    );
  });

  it('same-amount-passes requires both orders', () => {
    const sent = [attemptOf('o-17', 1), attemptOf('o-18', 1)];
    expect(judge('same-amount-passes', { ...debits('o-18', 'o-17'), sent })).toBeNull();
    expect(judge('same-amount-passes', { ...debits('o-17'), sent })?.hintId).toBe('same-amount');
  });

  it('debit-duplicates-done fails on dead letters, even if the money is right', () => {
    expect(judge('debit-duplicates-done', debits('o-17'))).toBeNull();
    expect(judge('debit-duplicates-done', { ...debits('o-17'), dead: dead(1) })).toEqual({
      headline: 'Order o-17 was sent twice, and 1 message is in the dead-letter queue.',
      hintId: 'duplicate-dead',
    });
  });

  it('only-unreadable-is-dead requires exactly the unreadable messages among the dead letters', () => {
    const sent = [attemptOf('o-17', 1)];
    const beside = (bodies: readonly string[], ...taken: readonly string[]) => {
      return { ...debits(...taken), sent, dead: bodies, unreadable: ['{"cut', '{'] };
    };
    const says = (run: DebitRun) => judge('only-unreadable-is-dead', run)?.headline ?? null;
    expect(says(beside(['{', '{"cut'], 'o-17'))).toBeNull();
    expect(says(beside(['{', '{"cut', '{}'], 'o-17'))).toBe('1 message that can be read is in the dead-letter queue.');
    expect(says(beside(['{"cut', '{}'], 'o-17'))).toBe('1 message that can be read is in the dead-letter queue.');
    expect(says(beside(['{'], 'o-17'))).toContain('1 of the unreadable messages is gone');
    expect(says(beside(['{', '{"cut']))).toBe('Order o-17 was never debited. 2 messages are in the dead-letter queue.');
  });

  it('debits-as-sent compares order and amount of every debit', () => {
    expect(judge('debits-as-sent', debits('o-17', 'o-17'))).toBeNull();
    expect(judge('debits-as-sent', { ...debits(), debits: [{ ...debit('o-17'), amount: 42 }] })).toEqual({
      headline: 'Order o-17 costs 42.00, and 0.42 were debited.',
      hintId: 'other-debit',
      about: { names: ['o-17'] },
    });
    expect(judge('debits-of-a-batch-as-sent', debits('o-18'))?.headline).toBe(
      '42.00 were debited for an order «o-18», which the till has never sent.',
    );
  });

  it('late-debit-duplicate requires exactly one debit', () => {
    expect(judge('late-debit-duplicate', debits('o-17'))).toBeNull();
    expect(judge('late-debit-duplicate', debits('o-17', 'o-17'))?.hintId).toBe('debited-later');
    expect(judge('late-debit-duplicate', debits())?.hintId).toBe('never-debited');
  });

  it('trouble-loses-no-debit fails on a deficit and on dead letters, not on a surplus', () => {
    expect(judge('trouble-loses-no-debit', debits('o-17'))).toBeNull();
    expect(judge('trouble-loses-no-debit', debits('o-17', 'o-17'))).toBeNull();
    expect(judge('trouble-loses-no-debit', debits())?.hintId).toBe('error-taken-for-duplicate');
    expect(judge('trouble-loses-no-debit', { ...debits('o-17'), dead: dead(1) })?.hintId).toBe('duplicate-dead');
  });

  it('debits-of-a-batch fails on a surplus, on a deficit, and on dead letters', () => {
    expect(judge('debits-of-a-batch', debits('o-17'))).toBeNull();
    expect(judge('debits-of-a-batch', debits('o-17', 'o-17'))?.hintId).toBe('debited-twice');
    expect(judge('debits-of-a-batch', debits())?.hintId).toBe('never-debited');
    expect(judge('debits-of-a-batch', { ...debits('o-17'), dead: dead(1) })?.hintId).toBe('duplicate-dead');
  });

  it('alike-debited-once names the order that was debited again', () => {
    expect(judge('alike-debited-once', debits('o-17'))).toBeNull();
    expect(judge('alike-debited-once', debits('o-17', 'o-17'))?.hintId).toBe('debited-later');
  });

  it('the checks of trouble and of an outage fail on a lost order and on dead letters', () => {
    for (const id of ['trouble-loses-no-debit', 'outage-loses-no-debit']) {
      expect(judge(id, debits('o-17'))).toBeNull();
      expect(judge(id, debits())?.hintId).toBe('error-taken-for-duplicate');
      expect(judge(id, { ...debits('o-17'), dead: dead(1) })?.hintId).toBe('duplicate-dead');
    }
  });

  it('trouble-loses-no-debit points at the batch where several orders were sent', () => {
    const sent = [attemptOf('o-17', 1), attemptOf('o-18', 1)];
    expect(judge('trouble-loses-no-debit', { ...debits('o-17'), sent })?.hintId).toBe('batch-in-trouble');
  });

  it('no-debit-without-claim asks that the invocation itself wrote something, and wrote it before', () => {
    const claimed: TraceEvent = { kind: 'item-changed', table: 'Debits', key: {}, before: null, after: {} };
    const asked: TraceEvent = {
      kind: 'downstream-entered',
      downstream: 'gateway',
      call: 'c',
      request: { orderId: 'o-17' },
    };
    const judged = (...acts: readonly (readonly [actor: string, event: TraceEvent])[]) =>
      judge('no-debit-without-claim', debits('o-17'), traceByHand(...acts));
    expect(judged(['debit#1', claimed], ['debit#1', asked])).toBeNull();
    expect(judged(['debit#1', asked], ['debit#1', claimed])?.headline).toContain('Order o-17 was debited');
    expect(judged(['debit#1', claimed], ['debit#2', asked])?.hintId).toBe('debited-without-claim');
  });

  it('debit-claim-outlasts-slowness fails if two invocations at work ask for one order', () => {
    const asked = (order: string): TraceEvent => {
      return { kind: 'downstream-entered', downstream: 'gateway', call: 'c', request: { orderId: order } };
    };
    const judged = (first: string, second: string) =>
      judge(
        'debit-claim-outlasts-slowness',
        debits(),
        traceByHand(
          invocationStarts('debit#1'),
          invocationStarts('debit#2'),
          ['debit#1', asked(first)],
          ['debit#2', asked(second)],
        ),
      );
    expect(judged('o-17', 'o-18')).toBeNull();
    expect(judged('o-17', 'o-17')?.hintId).toBe('debit-claim-too-short');
  });

  it('saturday-debits counts orders that went wrong', () => {
    expect(judge('saturday-debits', { debit: debits('o-17') })).toBeNull();
    const sent = ['o-1', 'o-2', 'o-3'].map((orderId) => attemptOf(orderId, 1));
    const wrong = { sent, debits: ['o-1', 'o-1', 'o-2', 'o-2', 'o-3'].map(debit), dead: [], left: 0 };
    expect(judge('saturday-debits', { debit: wrong })?.headline).toBe(
      'Order o-1 was debited twice. So it went for 2 orders in all.',
    );
    const lost = { sent, debits: [debit('o-1')], dead: dead(1), left: 0 };
    expect(judge('saturday-debits', { debit: lost })?.headline).toBe(
      'Order o-2 was never debited, and 1 more were not. 1 message is in the dead-letter queue.',
    );
  });
});

describe('task 2', () => {
  const ofCard = (payments: readonly Payment[]) => payments.map((payment) => ({ ...payment, giftCardId: 'g-1' }));
  const paid = (after: number, sent = twice): GiftCardRun => {
    return {
      sent: ofCard(sent),
      cards: [{ giftCardId: 'g-1', before: 50_000, after, isSound: true }],
      dead: [],
      left: 0,
    };
  };

  it('counts an order once, however often it was sent', () => {
    for (const id of ['gift-card-pays-once', 'every-gift-card-payment', 'late-gift-card-duplicate']) {
      expect(judge(id, paid(50_000 - AMOUNT))).toBeNull();
    }
    expect(judge('saturday-gift-cards', { giftCard: paid(50_000 - AMOUNT) })).toBeNull();
  });

  it('names the surplus that was taken, and the sum that is missing', () => {
    expect(judge('gift-card-pays-once', paid(50_000 - 2 * AMOUNT))).toEqual({
      headline: 'Order o-17 costs 42.00, and 84.00 were taken: 42.00 too much.',
      hintId: 'gift-card-twice',
      about: { names: ['o-17', 'g-1'], tooOften: true },
    });
    expect(judge('every-gift-card-payment', paid(50_000))).toEqual({
      headline: 'Order o-17 costs 42.00, and 0.00 were taken: 42.00 were never taken.',
      hintId: 'gift-card-lost',
      about: { names: ['o-17', 'g-1'] },
    });
  });

  it('reports a surplus by one check and a deficit by the other', () => {
    expect(judge('gift-card-pays-once', paid(50_000))).toBeNull();
    expect(judge('every-gift-card-payment', paid(0))).toBeNull();
  });

  it('gift-card-duplicates-done fails on dead letters', () => {
    expect(judge('gift-card-duplicates-done', paid(50_000 - AMOUNT))).toBeNull();
    const run = { ...paid(50_000 - AMOUNT), dead: dead(2) };
    expect(judge('gift-card-duplicates-done', run)?.hintId).toBe('duplicate-dead');
  });

  it('each gift card has a bill of its own', () => {
    const [card] = paid(50_000 - AMOUNT).cards;
    const other = { giftCardId: 'g-2', before: 900, after: 858 };
    const run = { ...paid(0), cards: [card, other] };
    expect(judge('two-orders-one-gift-card', run)?.headline).toBe(
      'No order is paid with gift card g-2, and 0.42 were taken: 0.42 too much.',
    );
    const swapped = {
      ...run,
      cards: [
        { ...card, after: 50_000 },
        { ...other, after: 900 - AMOUNT },
      ],
    };
    expect(judge('two-orders-one-gift-card', swapped)?.hintId).toBe('gift-card-twice');
  });

  it('trouble-loses-no-gift-card fails on a surplus, on a deficit, and on dead letters', () => {
    expect(judge('trouble-loses-no-gift-card', paid(50_000 - AMOUNT))).toBeNull();
    expect(judge('trouble-loses-no-gift-card', paid(0))?.hintId).toBe('gift-card-twice');
    expect(judge('trouble-loses-no-gift-card', paid(50_000))?.hintId).toBe('error-taken-for-duplicate');
    const run = { ...paid(50_000 - AMOUNT), dead: dead(1) };
    expect(judge('trouble-loses-no-gift-card', run)?.hintId).toBe('duplicate-dead');
  });

  it('the checks of an outage, of a batch in trouble and of orders that look alike fail on a surplus and on a deficit', () => {
    const ids = ['outage-loses-no-gift-card', 'trouble-loses-no-gift-card-of-a-batch', 'alike-gift-card-payments'];
    for (const id of ids) {
      expect(judge(id, paid(50_000 - AMOUNT))).toBeNull();
      expect(judge(id, paid(0))?.headline).toContain('too much');
      expect(judge(id, paid(50_000))?.headline).toContain('never taken');
    }
  });

  it('gift-cards-stay-sound fails on a gift card that is no item with a number any more', () => {
    expect(judge('gift-cards-stay-sound', paid(0))).toBeNull();
    const cards = paid(0).cards.map((card) => ({ ...card, isSound: false }));
    expect(judge('gift-cards-stay-sound', { ...paid(0), cards })?.headline).toContain('g-1');
  });

  it('only-unreadable-gift-card-is-dead wants the unreadable messages among the dead, and no others', () => {
    const run = { ...paid(50_000 - AMOUNT), unreadable: ['{'], dead: ['{'] };
    expect(judge('only-unreadable-gift-card-is-dead', run)).toBeNull();
    expect(judge('only-unreadable-gift-card-is-dead', { ...run, dead: [] })?.headline).toBe(
      '1 of the unreadable messages is gone, 0 messages are in the dead-letter queue, and nothing will tell of it.',
    );
    expect(judge('only-unreadable-gift-card-is-dead', { ...run, dead: ['{', '{}'] })?.headline).toBe(
      '1 message that can be read is in the dead-letter queue.',
    );
  });

  it('gift-cards-of-a-batch fails on a surplus, on a deficit, and on dead letters', () => {
    expect(judge('gift-cards-of-a-batch', paid(50_000 - AMOUNT))).toBeNull();
    expect(judge('gift-cards-of-a-batch', paid(0))?.hintId).toBe('gift-card-twice');
    expect(judge('gift-cards-of-a-batch', paid(50_000))?.hintId).toBe('gift-card-lost');
    const run = { ...paid(50_000 - AMOUNT), dead: dead(1) };
    expect(judge('gift-cards-of-a-batch', run)?.hintId).toBe('duplicate-dead');
  });

  it('two-orders-one-gift-card adds both up', () => {
    const sent = [attemptOf('o-21', 1), attemptOf('o-22', 1)];
    expect(judge('two-orders-one-gift-card', paid(50_000 - 2 * AMOUNT, sent))).toBeNull();
    expect(judge('two-orders-one-gift-card', paid(50_000 - AMOUNT, sent))).toEqual({
      headline: '2 orders cost 84.00, and 42.00 were taken: 42.00 were never taken.',
      hintId: 'gift-card-conflict',
      about: { names: ['o-21', 'o-22'] },
    });
  });
});

describe('task 3', () => {
  const good: CardBatchRun = {
    unreadable: [],
    sent: twice,
    charges: [charge('o-17')],
    requests: [asked('o-17')],
    receipts: [1, 2].map((attempt) => ({ orderId: 'o-17', attempt, chargeId: 'charge-1' })),
    dead: [],
    left: 0,
  };

  it('holds for one charge, one request and a receipt for each attempt', () => {
    for (const check of dedupe.checks) {
      if (check.task === 3 && check.kind !== 'reach' && check.scenario !== 'saturday') {
        expect(check.judge({ observation: { ...good }, trace: [] })).toBeNull();
      }
    }
    expect(judge('saturday-charges', { card: good })).toBeNull();
  });

  it('one-charge-per-order counts charges, not requests', () => {
    const replayed = { ...good, requests: [asked('o-17'), asked('o-17', 'replayed')] };
    expect(judge('one-charge-per-order', replayed)).toBeNull();
    const charges = [charge('o-17'), charge('o-17', 'charge-2')];
    expect(judge('one-charge-per-order', { ...good, charges })?.hintId).toBe('charged-twice');
  });

  it('api-asked-once counts requests, and says what became of them', () => {
    const requests = [asked('o-17'), asked('o-17', 'in-flight')];
    expect(judge('api-asked-once', { ...good, requests })).toEqual({
      headline: 'Order o-17 was sent to the charge API twice. Once it was answered 409.',
      hintId: 'asked-twice',
      about: { names: ['o-17'], tooOften: true },
    });
  });

  it('every-order-charged distinguishes a swallowed order from one that hangs', () => {
    expect(judge('every-order-charged', { ...good, charges: [] })?.hintId).toBe('order-swallowed');
    expect(judge('every-order-charged', { ...good, charges: [], dead: dead(2) })?.hintId).toBe('order-hangs');
  });

  it('a receipt that is missing or names another charge is reported', () => {
    const [first] = good.receipts;
    expect(judge('duplicate-gets-first-answer', { ...good, receipts: [first] })).toEqual({
      headline: 'Attempt 2 of order o-17 got no receipt.',
      hintId: 'no-receipt',
    });
    const receipts = [...good.receipts, { orderId: 'o-17', attempt: 2, chargeId: 'charge-9' }];
    expect(judge('every-attempt-answered', { ...good, receipts })).toEqual({
      headline: 'Attempt 2 of order o-17 was told «charge-9», but its charge is «charge-1».',
      hintId: 'wrong-receipt',
    });
  });

  it('card-duplicates-done fails on dead letters, even if every attempt has its receipt', () => {
    expect(judge('card-duplicates-done', { ...good, dead: dead(1) })?.hintId).toBe('duplicate-dead');
  });

  it('a receipt for an attempt that was never sent is reported', () => {
    const receipts = [...good.receipts, { orderId: 'o-17', attempt: 0, chargeId: 'charge-1' }];
    expect(judge('every-attempt-answered', { ...good, receipts })?.headline).toBe(
      'A receipt is for attempt 0 of order o-17, which the till has never sent.',
    );
  });

  it('charges-as-sent compares order and amount of every charge', () => {
    const charges = [{ ...charge('o-17'), amount: 1 }];
    expect(judge('charges-as-sent', { ...good, charges })?.headline).toBe(
      'Order o-17 costs 42.00, and 0.01 were charged.',
    );
    expect(judge('charges-as-sent', { ...good, charges: [] })?.hintId).toBe('order-hangs');
    expect(judge('cards-of-a-batch', { ...good, charges })?.hintId).toBe('other-charge');
  });

  it.each(['refusal-loses-no-charge', 'trouble-loses-no-charge', 'slowness-loses-no-charge', 'cards-of-a-batch'])(
    '%s fails on whatever is wrong at rest',
    (id) => {
      const hintOf = (run: Partial<CardRun>) => judge(id, { ...good, ...run })?.hintId;
      expect(hintOf({ charges: [charge('o-17'), charge('o-17', 'charge-2')] })).toBe('charged-twice');
      expect(hintOf({ charges: [] })).toBe('order-hangs');
      expect(hintOf({ charges: [{ ...charge('o-17'), amount: 1 }] })).toBe('other-charge');
      expect(hintOf({ receipts: [] })).toBe('no-receipt');
      expect(hintOf({ dead: dead(1) })).toBe('duplicate-dead');
    },
  );

  it('cards-of-a-batch wants unreadable messages among the dead letters, and no others with them', () => {
    const [unreadable] = ['{"orderId":"o-16","amo'];
    const run = { ...good, unreadable: [unreadable] };
    expect(judge('cards-of-a-batch', { ...run, dead: [unreadable] })).toBeNull();
    expect(judge('cards-of-a-batch', { ...run, dead: [unreadable, ...dead(1)] })?.hintId).toBe('neighbour-dead');
    expect(judge('cards-of-a-batch', run)?.headline).toBe(
      '1 unreadable message was deleted, and no dead letter tells of it.',
    );
  });

  it('shows a part of a cent, so that a wrong amount does not look like the right one', () => {
    const charges = [{ ...charge('o-17'), amount: AMOUNT - 0.001 }];
    expect(judge('charges-as-sent', { ...good, charges })?.headline).toBe(
      'Order o-17 costs 42.00, and 4199.999 cents were charged.',
    );
  });

  it('late-duplicate requires one charge and its receipt', () => {
    const charges = [charge('o-17'), charge('o-17', 'charge-2')];
    expect(judge('late-duplicate', { ...good, charges })?.hintId).toBe('charged-later');
  });
});

describe('reach', () => {
  const sent = (messageId: string, orderId: string): TraceEvent => {
    const body = JSON.stringify(attemptOf(orderId, 1));
    return { kind: 'message-sent', queue: 'Debit', messageId, body, visibleAtMs: 0 };
  };
  const deleted = (messageId: string): TraceEvent => ({ kind: 'message-deleted', queue: 'Debit', messageId, by: 'm' });
  const crashed = (functionName: string): TraceEvent => {
    return { kind: 'environment-reset', functionName, environment: `${functionName}/1`, why: 'crash' };
  };
  const entered: TraceEvent = { kind: 'downstream-entered', downstream: 'charge', call: 'call-1', request: {} };

  it('sees two messages of one order in the queue at the same time', () => {
    for (const id of ['debits-offered-at-once', 'gift-card-offered-at-once', 'charges-offered-at-once']) {
      const debits = [{ orderId: 'o-1' }];
      expect(judge(id, { debits }, traceOf(sent('a', 'o-1'), sent('b', 'o-1')))).toBeNull();
      expect(judge(id, {}, traceOf(sent('a', 'o-1'), deleted('a'), sent('b', 'o-1')))?.hintId).toBe('nothing-offered');
      expect(judge(id, {}, traceOf(sent('a', 'o-1'), sent('b', 'o-2')))?.hintId).toBe('nothing-offered');
    }
  });

  it('sees no danger for debits where none is made', () => {
    const atOnce = traceOf(sent('a', 'o-1'), sent('b', 'o-1'));
    expect(judge('debits-offered-at-once', { debits: [] }, atOnce)?.hintId).toBe('nothing-debited');
  });

  it('sees only a crash after a charge was requested', () => {
    expect(judge('crashed-after-charging', {}, traceOf(entered, crashed('card')))).toBeNull();
    expect(judge('crashed-after-charging', {}, traceOf(crashed('card'), entered))).not.toBeNull();
    expect(judge('crashed-after-charging', {}, traceOf(entered, crashed('debit')))).not.toBeNull();
  });

  const begun = (invocation: string, payload: object): TraceEvent => {
    const about = { functionName: 'debit', environment: invocation, cold: true, requestId: 'r' };
    return { kind: 'invocation-started', invocation, payload, ...about };
  };
  const ended = (invocation: string): TraceEvent => {
    const outcome = { kind: 'returned', payload: null } as const;
    return { kind: 'invocation-ended', invocation, functionName: 'debit', environment: invocation, outcome };
  };

  it('sees two concurrent orders, but not two in sequence', () => {
    const [one, two] = [begun('debit#1', {}), begun('debit#2', {})];
    expect(judge('orders-side-by-side', {}, traceOf(one, two, ended('debit#1'), ended('debit#2')))).toBeNull();
    const after = judge('orders-side-by-side', {}, traceOf(one, ended('debit#1'), two, ended('debit#2')));
    expect(after?.hintId).toBe('one-at-a-time');
  });

  it('sees two card payments in progress, but not two in sequence, nor debits', () => {
    const card = (event: TraceEvent): TraceEvent => ({ ...event, functionName: 'card' }) as TraceEvent;
    const [one, two] = [card(begun('card#1', {})), card(begun('card#2', {}))];
    expect(judge('cards-at-once', {}, traceOf(one, two))).toBeNull();
    expect(judge('cards-at-once', {}, traceOf(one, card(ended('card#1')), two))?.hintId).toBe('one-at-a-time');
    expect(judge('cards-at-once', {}, traceOf(one, begun('debit#1', {})))?.hintId).toBe('one-at-a-time');
  });

  it('sees the troubles that it asks for, and as many as it asks for', () => {
    const faults = (fault: FaultKind, many: number) =>
      traceOf(...Array.from({ length: many }, (): TraceEvent => ({ kind: 'fault', fault })));
    for (const id of ['debit-table-refused', 'gift-card-troubled', 'charge-throttled']) {
      expect(judge(id, {}, faults('throttled', 4))).toBeNull();
      expect(judge(id, {}, faults('throttled', 3))?.hintId).toBe('nothing-troubled');
    }
    expect(judge('charge-turned-away', {}, faults('refused', 1))).toBeNull();
    expect(judge('charge-turned-away', {}, faults('slow', 1))?.hintId).toBe('nothing-troubled');
    expect(judge('call-was-slow', {}, faults('slow', 1))).toBeNull();
    expect(judge('call-was-slow', {}, [])?.hintId).toBe('nothing-troubled');
  });

  it('sees two owners of one order at work', () => {
    const asks = (): TraceEvent => {
      return { kind: 'downstream-entered', downstream: 'charge', call: 'call-1', request: { orderId: 'o-17' } };
    };
    const of = (actor: string, event: TraceEvent) => ({ seq: 0, atMs: 0, cause: null, step: 0, actor, event });
    const [one, two] = ['card#1', 'card#2'].map((name) => of(name, begun(name, {})));
    const trace = [one, two, of('card#1', asks()), of('card#2', asks())].filter((entry) => entry !== undefined);
    expect(judge('claim-outlasts-slowness', {}, trace)).toEqual({
      headline: '2 invocations were at work at once, and each of them asked the charge API for the same order.',
      hintId: 'claim-too-short',
    });
    expect(judge('claim-outlasts-slowness', {}, trace.slice(0, 3))).toBeNull();
  });

  it('sees a batch of two', () => {
    expect(judge('beside-unreadable', {}, traceOf(begun('debit#1', { Records: [{}, {}] })))).toBeNull();
    expect(judge('beside-unreadable', {}, traceOf(begun('debit#1', { Records: [{}] })))).not.toBeNull();
    expect(judge('batch-held-several', {}, traceOf(begun('debit#1', { Records: [{}, {}] })))).toBeNull();
  });

  it('sees a crash of the gift card handler', () => {
    expect(judge('gift-card-crashed', {}, traceOf(crashed('gift-card')))).toBeNull();
    expect(judge('gift-card-crashed', {}, traceOf(crashed('card')))).not.toBeNull();
    expect(judge('gift-card-batch-crashed', {}, traceOf(crashed('gift-card')))).toBeNull();
  });
});

describe('the lab as a whole', () => {
  it('has hints for every failure that a check can name', () => {
    const known = new Set(dedupe.hints.map(({ id }) => id));
    const template = (dedupe.templateChecks ?? []).map(({ hintId }) => hintId);
    const named = ['charged-twice', 'order-hangs', 'wrong-receipt', 'never-debited', 'gift-card-lost'];
    const also = ['one-at-a-time', 'duplicate-dead', 'neighbour-dead', 'nothing-offered'];
    for (const id of [...template, ...named, ...also]) expect(known).toContain(id);
  });

  it('lists only existing checks and scenarios among the limits of a target', () => {
    const ids = new Set(dedupe.checks.map(({ id }) => id));
    const names = new Set(dedupe.scenarios.map(({ name }) => name));
    for (const limits of [dedupe.targets?.localstack, dedupe.targets?.aws]) {
      for (const id of Object.keys(limits?.notJudged ?? {})) expect(ids).toContain(id);
      for (const name of Object.keys(limits?.notRun ?? {})) expect(names).toContain(name);
    }
    for (const { provokedBy } of dedupe.checks) if (provokedBy !== undefined) expect(ids).toContain(provokedBy);
  });
});

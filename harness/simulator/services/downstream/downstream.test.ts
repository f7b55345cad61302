/**
 * What a downstream does with requests, through the service's public interface: which it answers, when, and its ledger.
 */

import { describe, expect, it } from 'vitest';
import type { AccountSettings } from '../../contract/account-settings.ts';
import { type AwsAnswer, type Input, NOT_SIMULATED } from '../../contract/answer.ts';
import { type Downstream, functionNameOf } from '../../contract/downstream.ts';
import { effectsOf, notesIn, replyIn, ServiceForTests } from '../../contract/service-for-tests.ts';
import { fromUtf8, toUtf8 } from '../../contract/utf8.ts';
import { DOWNSTREAM, ledgerOf } from './downstream.ts';

/** Charges the amount of a request; a request with «later» takes the service time. */
const CHARGE: Downstream = {
  name: 'charge',
  functionNameParameter: 'ChargeFunctionName',
  serviceTimeMs: 200,
  ledger: { charged: 0, atMs: null },
  enter(ledger, request, nowMs) {
    const charged = Number(ledger.charged) + 1;
    const next = { ...ledger, charged, atMs: nowMs };
    return request === 'later' ? { ledger: next, pending: `${charged}` } : { ledger: next, answer: { charged } };
  },
  leave: (ledger, pending, nowMs) => ({ ledger: { ...ledger, leftAtMs: nowMs }, answer: { done: pending } }),
};

const FunctionName = functionNameOf(CHARGE);
const asking = (request: unknown) => ({ FunctionName, Payload: toUtf8(JSON.stringify(request)) });
const payloadIn = (answer: AwsAnswer | null): unknown =>
  answer?.ok ? JSON.parse(fromUtf8(answer.output.Payload as Uint8Array)) : answer;

function withCharge(settings: Partial<AccountSettings> = {}) {
  return new ServiceForTests(DOWNSTREAM, { epochMs: 1_000_000, downstreams: [CHARGE], ...settings });
}

describe('a downstream', () => {
  it('takes the calls of Lambda that name it, and no others', () => {
    const { service, state } = withCharge();
    expect(service.claims?.(state, { operation: 'Invoke', input: { FunctionName } })).toBe(true);
    expect(service.claims?.(state, { operation: 'Invoke', input: { FunctionName: 'charge' } })).toBe(false);
    expect(service.claims?.(state, { operation: 'GetFunction', input: { FunctionName } })).toBe(false);
  });

  it('answers at once if its work takes no time, and notes in the trace which request entered and left', () => {
    const downstream = withCharge();
    downstream.nowMs = 5;
    const { answer, effects, footprint } = downstream.call('Invoke', asking('now'), { by: 'f#1' });
    expect(payloadIn(answer)).toEqual({ charged: 1 });
    const common = { downstream: 'charge', call: 'call-1' };
    expect(notesIn(effects)).toEqual([
      { kind: 'downstream-entered', ...common, request: 'now' },
      { kind: 'downstream-left', ...common, answer: { charged: 1 }, abandoned: false },
    ]);
    expect(effectsOf(effects, 'note').map(({ by }) => by)).toEqual(['f#1', 'f#1']);
    expect(footprint).toEqual({ reads: [], writes: ['downstream/charge'] });
    expect(ledgerOf(downstream.state, 'charge').ledger).toEqual({ charged: 1, atMs: 1_000_005 });
  });

  it('ends its work at any moment within the service time where orders are explored', () => {
    const downstream = withCharge();
    downstream.nowMs = 5;
    const { answer, effects } = downstream.call('Invoke', asking('later'));
    expect(answer).toBeNull();
    expect(effectsOf(effects, 'timer')).toMatchObject([{ as: 'step', atMs: 5, latestMs: 205 }]);
  });

  it('works for its service time in a timed run', () => {
    const { effects } = withCharge({ isTimed: true }).call('Invoke', asking('later'));
    const [timer] = effectsOf(effects, 'timer');
    expect(timer).toMatchObject({ as: 'sleep', atMs: 200 });
    expect(timer).not.toHaveProperty('latestMs');
  });

  it('answers when its work is done, and records that in its ledger', () => {
    const downstream = withCharge();
    const [timer] = effectsOf(downstream.call('Invoke', asking('later')).effects, 'timer');
    downstream.nowMs = 90;
    const { effects } = downstream.tell(timer?.message ?? expect.fail('it does not work'));
    expect(payloadIn(replyIn(effects))).toEqual({ done: '1' });
    expect(effectsOf(effects, 'reply')[0]?.call).toBe('call-1');
    expect(ledgerOf(downstream.state, 'charge').ledger).toMatchObject({ charged: 1, leftAtMs: 1_000_090 });
  });

  it('finishes its work for a sender that has died, and the trace says that no sender was left', () => {
    const downstream = withCharge();
    const [timer] = effectsOf(downstream.call('Invoke', asking('later')).effects, 'timer');
    downstream.deadSenders.add('call-1');
    const { effects } = downstream.tell(timer?.message ?? expect.fail('it does not work'));
    expect(notesIn(effects)).toMatchObject([{ kind: 'downstream-left', abandoned: true }]);
    expect(ledgerOf(downstream.state, 'charge').ledger).toMatchObject({ charged: 1, leftAtMs: 1_000_000 });
  });

  it('receives null for a request that is not JSON, and an empty object for a request without payload', () => {
    const downstream = withCharge();
    const requestOf = (more: Input) => notesIn(downstream.call('Invoke', { FunctionName, ...more }).effects)[0];
    expect(requestOf({ Payload: toUtf8('{') })).toMatchObject({ kind: 'downstream-entered', request: null });
    expect(requestOf({})).toMatchObject({ kind: 'downstream-entered', request: {} });
  });

  it('refuses in its own words where the fault strikes, and does nothing', () => {
    const refusal = { status: 503, message: 'Try again later.' };
    const busy = withCharge({ downstreams: [{ ...CHARGE, refusal }] });
    const [fault, ...more] = busy.faultsAt('Invoke', asking('now'), []);
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ fault: 'refused', served: { effects: [], footprint: { reads: [], writes: [] } } });
    expect(fault && 'served' in fault && payloadIn(fault.served.answer)).toEqual(refusal);
    expect(ledgerOf(busy.state, 'charge').ledger).toEqual(CHARGE.ledger);
  });

  it('refuses nothing if it has no refusal, and no event', () => {
    expect(withCharge().faultsAt('Invoke', asking('now'), [])).toEqual([]);
    const busy = withCharge({ downstreams: [{ ...CHARGE, refusal: null }] });
    expect(busy.faultsAt('Invoke', { FunctionName, InvocationType: 'Event' }, [])).toEqual([]);
  });

  it('accepts no events: another invocation type is refused by name', () => {
    const downstream = withCharge();
    const error = downstream.errorOf('Invoke', { FunctionName, InvocationType: 'Event' });
    expect(error).toMatchObject({
      code: NOT_SIMULATED,
      message: 'Invoking the downstream charge with InvocationType «Event» is not simulated.',
    });
    expect(ledgerOf(downstream.state, 'charge').ledger).toEqual(CHARGE.ledger);
  });
});

/**
 * What a mapping does with a queue's messages, fact by fact, through the service's one door.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AwsAnswer } from '../../contract/answer.ts';
import { handleMapping } from './event-source-mapping.ts';
import { FAILED, Mappings, message, only, QUEUE_ARN, returned, THROTTLED } from './mappings-for-tests.ts';
import type { MappingEffect, MappingMessage } from './messages.ts';

const kinds = (effects: readonly MappingEffect[]) => effects.map(({ kind }) => kind);
const deleted = (effects: readonly MappingEffect[]) => only(effects, 'delete').flatMap((one) => one.receiptHandles);
const recordIds = (effects: readonly MappingEffect[]) =>
  only(effects, 'invoke').map(({ payloadJson }) =>
    (JSON.parse(payloadJson) as { Records: { messageId: string }[] }).Records.map(({ messageId }) => messageId),
  );

describe('polling', () => {
  it('SE-01 takes messages, invokes with them, and deletes them when the function has returned', () => {
    const mappings = new Mappings();
    const mapping = mappings.create();
    const [poll] = only(mappings.available(), 'poll');
    expect(poll).toMatchObject({ queueArn: QUEUE_ARN, mapping, by: 'mapping of charge' });
    const received = mappings.receive(mapping, [message('m1'), message('m2')]);
    expect(recordIds(received)).toEqual([['m1', 'm2']]);
    expect(deleted(received)).toEqual([]);
    const [invoked] = only(received, 'invoke');
    expect(deleted(mappings.answer(invoked?.batch ?? '', returned(null)))).toEqual(['handle of m1', 'handle of m2']);
  });

  it('SE-01 asks for one receive at a time, and for none when there is nothing to take', () => {
    const mappings = new Mappings();
    const mapping = mappings.create();
    expect(kinds(mappings.available())).toEqual(['poll']);
    expect(kinds(mappings.available())).toEqual([]);
    expect(kinds(mappings.receive(mapping, [message('m1')]))).toEqual(['invoke', 'poll']);
    expect(kinds(mappings.receive(mapping, []))).toEqual([]);
  });

  it('SE-01 takes more while a batch is worked on: batches run beside each other', () => {
    const mappings = new Mappings();
    const mapping = mappings.create();
    const first = mappings.batchOf(mapping, message('m1'));
    const second = mappings.batchOf(mapping, message('m2'));
    expect(first).not.toBe(second);
    expect(deleted(mappings.answer(second, returned(null)))).toEqual(['handle of m2']);
    expect(deleted(mappings.answer(first, returned(null)))).toEqual(['handle of m1']);
  });

  it('SE-02 a batch has at most 10 messages unless set otherwise', () => {
    const mappings = new Mappings();
    mappings.create();
    expect(only(mappings.available(), 'poll')[0]?.maxMessages).toBe(10);
  });

  it('SE-02 BatchSize says how many it takes', () => {
    const mappings = new Mappings();
    mappings.create({ BatchSize: 3 });
    expect(only(mappings.available(), 'poll')[0]?.maxMessages).toBe(3);
  });
});

describe('a window', () => {
  const windowed = (settings: Readonly<Record<string, unknown>> = {}) => {
    const mappings = new Mappings();
    const mapping = mappings.create({ BatchSize: 20, MaximumBatchingWindowInSeconds: 5, ...settings });
    return { mappings, mapping };
  };

  it('SE-03 holds messages until it ends', () => {
    const { mappings, mapping } = windowed();
    mappings.available();
    const [wait] = only(mappings.receive(mapping, [message('m1')]), 'wait');
    expect(wait?.atMs).toBe(5_000);
    mappings.available();
    mappings.nowMs = 2_000;
    expect(kinds(mappings.receive(mapping, [message('m2')]))).toEqual([]);
    mappings.nowMs = 5_000;
    expect(recordIds(mappings.tell(wait?.message ?? expect.fail('no wait')))).toEqual([['m1', 'm2']]);
  });

  it('SE-03 ends when the batch is full', () => {
    const { mappings, mapping } = windowed({ BatchSize: 2 });
    mappings.available();
    const [wait] = only(mappings.receive(mapping, [message('m1')]), 'wait');
    const [poll] = only(mappings.available(), 'poll');
    expect(poll?.maxMessages).toBe(1);
    const full = mappings.receive(mapping, [message('m2')]);
    expect(kinds(full)).toEqual(['cancel-wait', 'invoke']);
    expect(only(full, 'cancel-wait')[0]?.of).toBe(wait?.of);
  });

  it('SE-03 ends when the payload would have more than 6 MB: the rest is another batch', () => {
    const { mappings, mapping } = windowed();
    mappings.available();
    const large = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'].map((id) => message(id, 'x'.repeat(1_000_000)));
    expect(recordIds(mappings.receive(mapping, large))).toEqual([['m1', 'm2', 'm3', 'm4', 'm5', 'm6'], ['m7']]);
  });

  it('SE-03 counts bytes, not characters', () => {
    const { mappings, mapping } = windowed();
    mappings.available();
    const large = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'].map((id) => message(id, '☕'.repeat(333_333)));
    expect(recordIds(mappings.receive(mapping, large)).map((ids) => ids.length)).toEqual([6, 1]);
  });

  it('SE-03 SE-09 what no longer fits waits for a place', () => {
    const { mappings, mapping } = windowed({ ScalingConfig: { MaximumConcurrency: 2 } });
    mappings.available();
    const large = Array.from({ length: 13 }, (_, index) => message(`m${index}`, 'x'.repeat(1_000_000)));
    const effects = mappings.receive(mapping, large);
    expect(recordIds(effects).map((ids) => ids.length)).toEqual([6, 6]);
    const [first, second] = only(effects, 'invoke');
    expect(recordIds(mappings.answer(first?.batch ?? '', FAILED))).toEqual([['m12']]);
    expect(recordIds(mappings.answer(second?.batch ?? '', FAILED))).toEqual([]);
  });

  it('SE-19 of one second makes two batches of 30 messages with a batch size of 20', () => {
    const mappings = new Mappings();
    const mapping = mappings.create({
      BatchSize: 20,
      MaximumBatchingWindowInSeconds: 1,
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    const many = Array.from({ length: 30 }, (_, index) => message(`m${index}`));
    mappings.available();
    mappings.available();
    const first = mappings.receive(mapping, many.slice(0, 20));
    mappings.available();
    const [wait] = only(mappings.receive(mapping, many.slice(20)), 'wait');
    const second = mappings.tell(wait?.message ?? expect.fail('no wait'));
    expect([...recordIds(first), ...recordIds(second)].map((ids) => ids.length)).toEqual([20, 10]);
  });
});

describe('scaling', () => {
  /** The queue never runs dry, and each poll brings one message: how many does it take before it stops asking? */
  const takeAll = (mappings: Mappings, mapping: string, first = mappings.available()): number => {
    let taken = 0;
    let polls = only(first, 'poll').length;
    while (polls > 0 && taken < 2_000) {
      taken += 1;
      polls += only(mappings.available(), 'poll').length - 1;
      polls += only(mappings.receive(mapping, [message(`m${mappings.nowMs}-${taken}`)]), 'poll').length;
    }
    return taken;
  };

  it('SE-05 begins with 5 batches at once, in timed runs', () => {
    const mappings = new Mappings({ scaling: 'enforced' });
    expect(takeAll(mappings, mappings.create({ BatchSize: 1 }))).toBe(5);
  });

  it('SE-05 asks with five pollers at once, in timed runs', () => {
    const mappings = new Mappings({ scaling: 'enforced' });
    mappings.create();
    expect(only(mappings.available(), 'poll')).toHaveLength(5);
  });

  it('SE-05 adds up to 300 a minute while messages are left', () => {
    const mappings = new Mappings({ scaling: 'enforced' });
    const mapping = mappings.create({ BatchSize: 1 });
    let inHand = takeAll(mappings, mapping);
    for (let second = 1; second <= 60; second += 1) {
      mappings.nowMs = second * 1_000;
      inHand += takeAll(mappings, mapping, mappings.tell({ kind: 'scale-due', mapping }));
    }
    expect(inHand).toBe(305);
  });

  it('SE-05 asks for the next step of its ramp in a second, once, while it has more messages than places', () => {
    const mappings = new Mappings({ scaling: 'enforced' });
    const mapping = mappings.create({ BatchSize: 1 });
    mappings.nowMs = 500;
    const effects = Array.from({ length: 7 }, (_, index) => [
      ...mappings.available(),
      ...(index < 5 ? mappings.receive(mapping, [message(`m${index}`)]) : []),
    ]);
    const waits = only(effects.flat(), 'wait');
    expect(waits).toMatchObject([{ atMs: 1_500, message: { kind: 'scale-due', mapping } }]);
    mappings.nowMs = 1_500;
    mappings.tell({ kind: 'scale-due', mapping });
    const concurrency = () => mappings.state.mappings.get(mapping)?.scale?.concurrency;
    expect(concurrency()).toBe(10);
    mappings.answer([...mappings.state.batches.keys()][0] ?? '', returned(null));
    expect(concurrency()).toBe(10);
  });

  it('SE-05 does not ramp beyond its MaximumConcurrency', () => {
    const mappings = new Mappings({ scaling: 'enforced' });
    const mapping = mappings.create({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 5 } });
    expect(takeAll(mappings, mapping)).toBe(5);
    expect(mappings.state.mappings.get(mapping)?.scale).toMatchObject({ concurrency: 5, waiting: false });
  });

  it('SE-05 is back at 5 batches when nothing is left', () => {
    const mappings = new Mappings({ scaling: 'enforced' });
    const mapping = mappings.create({ BatchSize: 1 });
    takeAll(mappings, mapping);
    mappings.nowMs = 1_000;
    const more = only(mappings.tell({ kind: 'scale-due', mapping }), 'poll').length;
    for (let poll = 0; poll < more; poll += 1) mappings.receive(mapping, []);
    for (const batch of [...mappings.state.batches.keys()]) mappings.answer(batch, returned(null));
    mappings.nowMs = 2_000;
    expect(takeAll(mappings, mapping)).toBe(5);
  });

  it('SE-05 has at most 1,250 batches at once', () => {
    const mappings = new Mappings();
    expect(takeAll(mappings, mappings.create({ BatchSize: 1 }))).toBe(1_250);
  });

  it('SE-09 SE-10 MaximumConcurrency: takes no more messages until a batch is done', () => {
    const mappings = new Mappings();
    const mapping = mappings.create({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    const first = mappings.batchOf(mapping, message('m1'));
    mappings.batchOf(mapping, message('m2'));
    expect(kinds(mappings.available())).toEqual([]);
    expect(kinds(mappings.answer(first, returned(null)))).toEqual(['delete', 'poll']);
  });

  const concurrencyAfter = (answer: AwsAnswer, settings: Readonly<Record<string, unknown>> = {}) => {
    const mappings = new Mappings({ scaling: 'enforced' });
    const mapping = mappings.create(settings);
    const after = [answer, returned(null), returned(null)].map((one, index) => {
      mappings.answer(mappings.batchOf(mapping, message(`m${index}`)), one);
      return mappings.state.mappings.get(mapping)?.scale?.concurrency;
    });
    return after;
  };
  const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };

  it('SE-08 SE-13 failures halve it in timed runs, but not where failed items are reported', () => {
    expect(concurrencyAfter(FAILED)).toEqual([2, 3, 4]);
    expect(concurrencyAfter(FAILED, REPORTS)).toEqual([5, 5, 5]);
  });

  it('SE-11 throttles halve it in timed runs, even where failed items are reported', () => {
    expect(concurrencyAfter(THROTTLED)[0]).toBe(2);
    expect(concurrencyAfter(THROTTLED, REPORTS)[0]).toBe(2);
  });
});

describe('any sequence of answers', () => {
  const answers = fc.array(fc.constantFrom('done', 'failed', 'throttled'), { maxLength: 30 });

  it('deletes each message at most once and never has more batches in hand than it may', () => {
    fc.assert(
      fc.property(answers, fc.integer({ min: 2, max: 5 }), (outcomes, most) => {
        const mappings = new Mappings();
        const mapping = mappings.create({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: most } });
        const inHand: string[] = [];
        const gone: string[] = [];
        for (const [index, outcome] of outcomes.entries()) {
          mappings.available();
          if (mappings.state.mappings.get(mapping)?.polling === 1) {
            const [invoked] = only(mappings.receive(mapping, [message(`m${index}`)]), 'invoke');
            if (invoked !== undefined) inHand.push(invoked.batch);
          }
          expect(mappings.state.batches.size).toBeLessThanOrEqual(most);
          const batch = inHand.shift();
          if (batch === undefined) continue;
          const answer = { done: returned(null), failed: FAILED, throttled: THROTTLED }[outcome];
          gone.push(...deleted(mappings.answer(batch, answer)));
        }
        expect(new Set(gone).size).toBe(gone.length);
      }),
    );
  });
});

describe('a footprint', () => {
  it('names the mapping that a message changes, and all of them for a call that makes one', () => {
    const mappings = new Mappings();
    const uuid = mappings.create();
    const footprintOf = (said: MappingMessage) => handleMapping(mappings.state, said, 0).footprint;
    const path = 'lambda/event-source-mappings';
    expect(footprintOf({ kind: 'available', queueArn: QUEUE_ARN })).toEqual({
      reads: [`${path}/settings`, `${path}/${uuid}/settings`],
      writes: [`${path}/${uuid}/polling`],
    });
    expect(footprintOf({ kind: 'available', queueArn: 'another' })).toEqual({
      reads: [`${path}/settings`],
      writes: [],
    });
    const list = { kind: 'call', call: 'c', operation: 'ListEventSourceMappings', input: {} } as const;
    expect(footprintOf({ ...list, subjects: mappings.subjects })).toEqual({
      reads: ['lambda/event-source-mappings/*'],
      writes: [],
    });
  });
});

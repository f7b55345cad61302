/**
 * What a mapping does with the items of a queue, fact by fact, through the service's public interface.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AwsAnswer, Input } from '../../contract/answer.ts';
import { effectsOf, sentIn } from '../../contract/service-for-tests.ts';
import {
  aboutOf,
  acknowledgedIn,
  batchesIn,
  batchIn,
  FAILED,
  mostIn,
  QUEUE_ARN,
  QueueMappings,
  returned,
  THROTTLED,
  waitIn,
} from './mappings-for-tests.ts';

const named = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `m${index}`);
const large = (count: number, body: string) => named(count).map((id) => [id, { body }] as const);

describe('polling', () => {
  it('SE-01 takes messages, invokes with them, and deletes them when the function has returned', () => {
    const mappings = new QueueMappings();
    const mapping = mappings.create();
    expect(mappings.put('m1', 'm2')).toMatchObject([
      {
        kind: 'timer',
        as: 'step',
        atMs: 0,
        message: { kind: 'poll-due', mapping, source: QUEUE_ARN, lane: null, by: 'mapping of charge' },
      },
    ]);
    const polled = mappings.poll();
    expect(sentIn(polled, 'poll')).toMatchObject([
      { to: QUEUE_ARN, by: 'mapping of charge', request: { mapping: mappings.arnOf(mapping), lane: null, from: null } },
    ]);
    expect(batchesIn(polled)).toEqual([['m1', 'm2']]);
    expect(acknowledgedIn(polled)).toEqual([]);
    const done = mappings.answered(batchIn(polled), returned(null));
    expect(acknowledgedIn(done)).toEqual(['handle of m1', 'handle of m2']);
    expect(sentIn(done, 'acknowledge')).toMatchObject([{ to: QUEUE_ARN, by: 'mapping of charge' }]);
  });

  it('SE-01 asks for one receive at a time, and for none when the queue is empty', () => {
    const mappings = new QueueMappings();
    mappings.create({ BatchSize: 1 });
    expect(aboutOf(mappings.put('m1'))).toEqual(['poll-due']);
    expect(aboutOf(mappings.put('m2'))).toEqual([]);
    expect(aboutOf(mappings.poll())).toEqual(['poll', 'invoke', 'poll-due']);
    mappings.source.emptyByAnother();
    expect(aboutOf(mappings.poll())).toEqual(['poll']);
  });

  it('SE-01 takes more messages while a batch is processed: batches run concurrently', () => {
    const mappings = new QueueMappings();
    mappings.create();
    const first = mappings.batchOf('m1');
    const second = mappings.batchOf('m2');
    expect(first).not.toBe(second);
    expect(acknowledgedIn(mappings.answered(second, returned(null)))).toEqual(['handle of m2']);
    expect(acknowledgedIn(mappings.answered(first, returned(null)))).toEqual(['handle of m1']);
  });

  it('SE-02 a batch has at most 10 messages unless set otherwise', () => {
    const mappings = new QueueMappings();
    mappings.create();
    expect(mostIn(mappings.put('m1'))).toEqual([10]);
  });

  it('SE-02 takes at most BatchSize messages', () => {
    const mappings = new QueueMappings();
    mappings.create({ BatchSize: 3 });
    expect(mostIn(mappings.put('m1'))).toEqual([3]);
  });
});

describe('a window', () => {
  const windowed = (settings: Input = {}) => {
    const mappings = new QueueMappings();
    mappings.create({ BatchSize: 20, MaximumBatchingWindowInSeconds: 5, ...settings });
    return mappings;
  };

  it('SE-03 holds messages until it ends', () => {
    const mappings = windowed();
    mappings.put('m1');
    const wait = waitIn(mappings.poll());
    expect(wait).toMatchObject({ as: 'sleep', atMs: 5_000, isCancellable: true });
    mappings.put('m2');
    mappings.nowMs = 2_000;
    expect(aboutOf(mappings.poll())).toEqual(['poll']);
    expect(batchesIn(mappings.comes(wait))).toEqual([['m1', 'm2']]);
  });

  it('SE-03 ends when the batch is full', () => {
    const mappings = windowed({ BatchSize: 2 });
    mappings.put('m1');
    const wait = waitIn(mappings.poll());
    expect(mostIn(mappings.put('m2'))).toEqual([1]);
    const full = mappings.poll();
    expect(aboutOf(full)).toEqual(['poll', 'cancel', 'invoke']);
    expect(effectsOf(full, 'cancel')).toEqual([{ kind: 'cancel', of: wait.of }]);
  });

  it('SE-03 ends when the payload would have more than 6 MB: the rest is another batch', () => {
    const mappings = windowed();
    mappings.put(...large(7, 'x'.repeat(1_000_000)));
    expect(batchesIn(mappings.poll())).toEqual([named(6), ['m6']]);
  });

  it('SE-03 counts bytes, not characters', () => {
    const mappings = windowed();
    mappings.put(...large(7, '☕'.repeat(333_333)));
    expect(batchesIn(mappings.poll()).map((ids) => ids.length)).toEqual([6, 1]);
  });

  it('SE-03 SE-09 a message that no longer fits waits for capacity', () => {
    const mappings = windowed({ ScalingConfig: { MaximumConcurrency: 2 } });
    mappings.put(...large(13, 'x'.repeat(1_000_000)));
    const polled = mappings.poll();
    expect(batchesIn(polled).map((ids) => ids.length)).toEqual([6, 6]);
    const [first = '', second = ''] = sentIn(polled, 'invoke').map(({ call }) => call);
    expect(batchesIn(mappings.answered(first, FAILED))).toEqual([['m12']]);
    expect(batchesIn(mappings.answered(second, FAILED))).toEqual([]);
  });

  it('SE-19 of one second makes two batches of 30 messages with a batch size of 20', () => {
    const mappings = windowed({ MaximumBatchingWindowInSeconds: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    mappings.put(...named(30));
    const first = mappings.poll();
    const second = mappings.comes(waitIn(mappings.poll()));
    expect([...batchesIn(first), ...batchesIn(second)].map((ids) => ids.length)).toEqual([20, 10]);
  });
});

describe('scaling', () => {
  /**
   * Counts the batches that a mapping takes before it stops to ask, if each receive brings one message and the queue never
   * empties.
   */
  const takeAll = (mappings: QueueMappings): number => {
    if (mappings.polls.length === 0) mappings.put(...named(2_000));
    let taken = 0;
    while (mappings.polls.length > 0 && taken < 2_000) {
      taken += batchesIn(mappings.poll()).length;
    }
    return taken;
  };
  const scaleDue = (mappings: QueueMappings, mapping: string) => mappings.tell({ kind: 'scale-due', mapping }).effects;
  const concurrencyIn = (mappings: QueueMappings, mapping: string) =>
    mappings.state.mappings.get(mapping)?.scale?.concurrency;

  it('SE-05 begins with 5 concurrent batches, in timed runs', () => {
    const mappings = new QueueMappings({ isTimed: true });
    mappings.create({ BatchSize: 1 });
    expect(takeAll(mappings)).toBe(5);
  });

  it('SE-05 polls with five concurrent pollers, in timed runs', () => {
    const mappings = new QueueMappings({ isTimed: true });
    mappings.create();
    expect(aboutOf(mappings.put('m1'))).toEqual(Array(5).fill('poll-due'));
  });

  it('SE-05 adds up to 300 a minute while messages are left', () => {
    const mappings = new QueueMappings({ isTimed: true });
    const mapping = mappings.create({ BatchSize: 1 });
    let inHand = takeAll(mappings);
    for (let second = 1; second <= 60; second += 1) {
      mappings.nowMs = second * 1_000;
      scaleDue(mappings, mapping);
      inHand += takeAll(mappings);
    }
    expect(inHand).toBe(305);
  });

  it('SE-05 asks for the next step of its ramp in a second, once, while it has more messages than capacity', () => {
    const mappings = new QueueMappings({ isTimed: true });
    const mapping = mappings.create({ BatchSize: 1 });
    mappings.nowMs = 500;
    mappings.put(...named(100));
    for (let poll = 0; poll < 5; poll += 1) mappings.poll();
    mappings.put('one more');
    mappings.put('and one more');
    expect(mappings.polls).toEqual([]);
    expect(waitIn(mappings.log)).toMatchObject({
      as: 'sleep',
      atMs: 1_500,
      message: { kind: 'scale-due', mapping },
    });
    mappings.nowMs = 1_500;
    scaleDue(mappings, mapping);
    expect(concurrencyIn(mappings, mapping)).toBe(10);
    mappings.answered([...mappings.state.batches.keys()][0] ?? '', returned(null));
    expect(concurrencyIn(mappings, mapping)).toBe(10);
  });

  it('SE-05 does not ramp beyond its MaximumConcurrency', () => {
    const mappings = new QueueMappings({ isTimed: true });
    const mapping = mappings.create({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 5 } });
    expect(takeAll(mappings)).toBe(5);
    expect(mappings.state.mappings.get(mapping)?.scale).toMatchObject({ concurrency: 5, waiting: false });
  });

  it('SE-05 returns to 5 batches when no message is left', () => {
    const mappings = new QueueMappings({ isTimed: true });
    const mapping = mappings.create({ BatchSize: 1 });
    takeAll(mappings);
    mappings.nowMs = 1_000;
    expect(aboutOf(scaleDue(mappings, mapping))).toEqual(Array(5).fill('poll-due'));
    mappings.source.emptyByAnother();
    while (mappings.polls.length > 0) expect(aboutOf(mappings.poll())).toEqual(['poll']);
    for (const batch of [...mappings.state.batches.keys()]) mappings.answered(batch, returned(null));
    mappings.nowMs = 2_000;
    expect(takeAll(mappings)).toBe(5);
  });

  it('SE-05 has at most 1,250 concurrent batches', () => {
    const mappings = new QueueMappings();
    mappings.create({ BatchSize: 1 });
    expect(takeAll(mappings)).toBe(1_250);
  });

  it('SE-09 SE-10 MaximumConcurrency: takes no more messages until a batch is done', () => {
    const mappings = new QueueMappings();
    mappings.create({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    const first = mappings.batchOf('m1');
    mappings.batchOf('m2');
    expect(aboutOf(mappings.put('m3'))).toEqual([]);
    expect(aboutOf(mappings.answered(first, returned(null)))).toEqual(['acknowledge', 'poll-due']);
  });

  const concurrencyAfter = (answer: AwsAnswer, settings: Input = {}) => {
    const mappings = new QueueMappings({ isTimed: true });
    const mapping = mappings.create(settings);
    return [answer, returned(null), returned(null)].map((one, index) => {
      mappings.answered(mappings.batchOf(`m${index}`), one);
      while (mappings.polls.length > 0) mappings.poll();
      return concurrencyIn(mappings, mapping);
    });
  };
  const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };

  it('SE-08 SE-13 failures halve its concurrency in timed runs, but not if failed items are reported', () => {
    expect(concurrencyAfter(FAILED)).toEqual([2, 3, 4]);
    expect(concurrencyAfter(FAILED, REPORTS)).toEqual([5, 5, 5]);
  });

  it('SE-11 throttles halve its concurrency in timed runs, even if failed items are reported', () => {
    expect(concurrencyAfter(THROTTLED)[0]).toBe(2);
    expect(concurrencyAfter(THROTTLED, REPORTS)[0]).toBe(2);
  });
});

describe('any sequence of answers', () => {
  const answers = fc.array(fc.constantFrom('done', 'failed', 'throttled'), { maxLength: 30 });

  it('deletes each message at most once and never exceeds the mapping’s concurrency', () => {
    fc.assert(
      fc.property(answers, fc.integer({ min: 2, max: 5 }), (outcomes, most) => {
        const mappings = new QueueMappings();
        mappings.create({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: most } });
        const inHand: string[] = [];
        const gone: string[] = [];
        for (const [index, outcome] of outcomes.entries()) {
          mappings.put(`m${index}`);
          if (mappings.polls.length > 0) inHand.push(...sentIn(mappings.poll(), 'invoke').map(({ call = '' }) => call));
          expect(mappings.state.batches.size).toBeLessThanOrEqual(most);
          const batch = inHand.shift();
          if (batch === undefined) continue;
          const answer = { done: returned(null), failed: FAILED, throttled: THROTTLED }[outcome];
          gone.push(...acknowledgedIn(mappings.answered(batch, answer)));
        }
        expect(new Set(gone).size).toBe(gone.length);
      }),
    );
  });
});

describe('a footprint', () => {
  it('names the mapping that a message changes, and all mappings for a call that creates one', () => {
    const mappings = new QueueMappings();
    const uuid = mappings.create();
    const path = 'lambda/event-source-mappings';
    const available = (source: string) =>
      mappings.take(mappings.arnOf('*'), { kind: 'available', source, lane: null, isAtOnce: false }).footprint;
    expect(available(QUEUE_ARN)).toEqual({
      reads: [`${path}/settings`, `${path}/${uuid}/settings`],
      writes: [`${path}/${uuid}/polling`],
    });
    expect(available('another')).toEqual({ reads: [`${path}/settings`], writes: [] });
    expect(mappings.call('ListEventSourceMappings', {}).footprint).toEqual({
      reads: ['lambda/event-source-mappings/*'],
      writes: [],
    });
  });
});

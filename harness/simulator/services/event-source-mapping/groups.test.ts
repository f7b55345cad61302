/**
 * Mappings of a source that keeps the order of groups itself, as a FIFO queue does: groups are processed concurrently, and each in order
 * as long as the function reports what it has not done.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { sentIn } from '../../contract/service-for-tests.ts';
import {
  acknowledgedIn,
  batchesIn,
  batchIn,
  FAILED,
  QUEUE_ARN,
  QueueMappings,
  returned,
} from './mappings-for-tests.ts';

const failuresOf = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

/** A mapping of a source with groups; an item is of the group that its first letter names. */
function withGroups(settings: Input = {}): QueueMappings {
  const mappings = new QueueMappings({}, true);
  mappings.create(settings);
  return mappings;
}

describe('a mapping of a source with groups', () => {
  const refusalOf = (settings: Input) => {
    const input = { EventSourceArn: QUEUE_ARN, FunctionName: 'charge', ...settings };
    const answer = new QueueMappings({}, true).answerTo('CreateEventSourceMapping', input);
    return answer.ok ? null : answer.error.message;
  };

  it('SE-02 takes at most ten items at once', () => {
    expect(refusalOf({ BatchSize: 11 })).toBe('Batch size must be between 1 and 10 for FIFO queues.');
    expect(refusalOf({ BatchSize: 10 })).toBeNull();
  });

  it('SE-02 SE-03 takes neither a window nor what would need one', () => {
    const words = 'Batching window is not supported for FIFO queues.';
    expect(refusalOf({ MaximumBatchingWindowInSeconds: 1 })).toBe(words);
    expect(refusalOf({ BatchSize: 11, MaximumBatchingWindowInSeconds: 1 })).toBe(words);
  });

  it('SE-02 says so when it is changed, too', () => {
    const mappings = new QueueMappings({}, true);
    const UUID = mappings.create();
    const changed = mappings.refusalOf('UpdateEventSourceMapping', { UUID, BatchSize: 11 });
    expect(changed?.message).toBe('Batch size must be between 1 and 10 for FIFO queues.');
    expect(mappings.answerTo('UpdateEventSourceMapping', { UUID, BatchSize: 1 }).ok).toBe(true);
  });

  it('SE-06 processes groups concurrently, and each in one batch at a time', () => {
    const mappings = withGroups({ BatchSize: 1 });
    mappings.put('a1', 'a2', 'b1', 'c1');
    const batches = [mappings.poll(), mappings.poll(), mappings.poll()];
    expect(batches.map(batchesIn)).toEqual([[['a1']], [['b1']], [['c1']]]);
    expect(mappings.polls).toEqual([]);
    mappings.answered(batchIn(batches[0] ?? []), returned(null));
    expect(batchesIn(mappings.poll())).toEqual([['a2']]);
  });

  it('SE-06 does not forget a group that was reported while it asked for another', () => {
    const mappings = withGroups({ BatchSize: 1 });
    mappings.put('a1');
    mappings.put('b1');
    expect([...mappings.poll(), ...mappings.poll()].length).toBeGreaterThan(0);
    expect(batchesIn(mappings.log)).toEqual([['a1'], ['b1']]);
  });

  it('SE-07 puts several groups into a batch; what failed comes again before later items of its group', () => {
    const mappings = withGroups({ BatchSize: 3 });
    mappings.put('a1', 'a2', 'b1');
    const first = mappings.poll();
    expect(batchesIn(first)).toEqual([['a1', 'a2', 'b1']]);
    mappings.put('a3');
    mappings.answered(batchIn(first), FAILED);
    expect(mappings.polls).toEqual([]);
    mappings.nowMs = 30_000;
    mappings.told(mappings.source.timePasses(mappings.nowMs));
    expect(batchesIn(mappings.poll())).toEqual([['a1', 'a2', 'b1']]);
  });

  it('SE-14 deletes what the function does not name, although an item before it failed', () => {
    const mappings = withGroups({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
    mappings.put('a1', 'a2', 'b1');
    const done = mappings.answered(batchIn(mappings.poll()), returned(failuresOf('a1')));
    expect(acknowledgedIn(done)).toEqual(['handle of a2', 'handle of b1']);
    expect(sentIn(done, 'hand-back')).toMatchObject([{ request: { handles: ['handle of a1'] } }]);
    mappings.nowMs = 30_000;
    mappings.told(mappings.source.timePasses(mappings.nowMs));
    expect(batchesIn(mappings.poll())).toEqual([['a1']]);
  });

  it('SE-14 keeps the order if the function names everything after the first failure', () => {
    const mappings = withGroups({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
    mappings.put('a1', 'a2', 'a3');
    const done = mappings.answered(batchIn(mappings.poll()), returned(failuresOf('a2', 'a3')));
    expect(acknowledgedIn(done)).toEqual(['handle of a1']);
    mappings.nowMs = 30_000;
    mappings.told(mappings.source.timePasses(mappings.nowMs));
    expect(batchesIn(mappings.poll())).toEqual([['a2', 'a3']]);
  });

  it('UV-60 has no ramp in timed runs: as many batches as there are groups', () => {
    const mappings = new QueueMappings({ isTimed: true }, true);
    mappings.create({ BatchSize: 1 });
    const letters = [...'abcdefghij'];
    mappings.put(...letters);
    while (mappings.polls.length > 0) mappings.poll();
    expect(batchesIn(mappings.log)).toHaveLength(letters.length);
    for (const { call = '' } of sentIn(mappings.log, 'invoke')) mappings.answered(call, returned(null));
    mappings.put(...letters.map((letter) => `${letter}2`));
    while (mappings.polls.length > 0) mappings.poll();
    expect(batchesIn(mappings.log)).toHaveLength(2 * letters.length);
  });

  it('notes that a further report commutes with another, if neither makes it ask', () => {
    const mappings = withGroups();
    const request = { kind: 'available', source: QUEUE_ARN, lane: null, isAtOnce: false } as const;
    const report = () => mappings.take(mappings.arnOf('*'), request).footprint;
    const [first, second] = [report(), report()];
    expect([first.writes.length, first.adds]).toEqual([1, undefined]);
    expect([second.writes, second.adds]).toEqual([[], first.writes]);
  });
});

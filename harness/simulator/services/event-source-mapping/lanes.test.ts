/**
 * What a mapping does with a source that has lanes, such as a stream's shards: it reads each lane in order from a position,
 * one batch at a time, and reads the lanes concurrently.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { effectsOf, sentIn } from '../../contract/service-for-tests.ts';
import { conflict } from '../../kernel/footprint.ts';
import {
  aboutOf,
  batchesIn,
  batchIn,
  FAILED,
  returned,
  STREAM_ARN,
  StreamMappings,
  THROTTLED,
  waitIn,
} from './mappings-for-tests.ts';
import type { MappingEffect } from './messages.ts';

const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const failedFrom = (...ids: readonly string[]) =>
  returned({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

function withMapping(settings: Input = {}): StreamMappings {
  const mappings = new StreamMappings();
  mappings.create(settings);
  return mappings;
}

/** The position from which each receive reads. */
const readFrom = (effects: readonly MappingEffect[]) =>
  sentIn(effects, 'poll').map(({ request }) => `${request.lane} from ${request.from}`);
const positions = (mappings: StreamMappings) =>
  [...mappings.state.mappings.values()].flatMap(({ lanes }) => lanes.map(({ name, position }) => [name, position]));

describe('a lane', () => {
  it('is read from its beginning, in order', () => {
    const mappings = withMapping();
    expect(mappings.put('a', 'a1', 'a2')).toMatchObject([{ as: 'step', message: { kind: 'poll-due', lane: 'a' } }]);
    const polled = mappings.poll();
    expect(readFrom(polled)).toEqual(['a from null']);
    expect(batchesIn(polled)).toEqual([['a1', 'a2']]);
  });

  it('has one batch at a time: items that arrive meanwhile are read when it is done', () => {
    const mappings = withMapping({ BatchSize: 2 });
    mappings.put('a', 'a1', 'a2', 'a3');
    const first = mappings.poll();
    expect(aboutOf(first)).toEqual(['poll', 'invoke']);
    expect(mappings.put('a', 'a4')).toEqual([]);
    expect(aboutOf(mappings.answered(batchIn(first), returned(null)))).toEqual(['acknowledge', 'poll-due']);
    const second = mappings.poll();
    expect(readFrom(second)).toEqual(['a from 2']);
    expect(batchesIn(second)).toEqual([['a3', 'a4']]);
  });

  it('continues behind a batch that is done, and reads nothing twice', () => {
    const mappings = withMapping();
    mappings.put('a', 'a1', 'a2');
    mappings.answered(batchIn(mappings.poll()), returned(null));
    expect(positions(mappings)).toEqual([
      ['a', '2'],
      ['b', null],
    ]);
    expect(mappings.polls).toEqual([]);
    mappings.put('a', 'a3');
    const next = mappings.poll();
    expect(readFrom(next)).toEqual(['a from 2']);
    expect(batchesIn(next)).toEqual([['a3']]);
  });

  it('KE-05 is held up by a batch that fails: the same batch is tried again in place, after a pause', () => {
    const mappings = withMapping({ BatchSize: 2 });
    mappings.put('a', 'a1', 'a2', 'a3');
    mappings.put('b', 'b1');
    const batch = batchIn(mappings.poll());
    const pause = waitIn(mappings.answered(batch, FAILED));
    expect(pause).toMatchObject({ as: 'sleep', atMs: 1_000 });
    expect(positions(mappings)[0]).toEqual(['a', null]);
    expect(mappings.put('a', 'a4')).toEqual([]);
    expect(batchesIn(mappings.poll())).toEqual([['b1']]);
    expect(batchesIn(mappings.comes(pause))).toEqual([['a1', 'a2']]);
    mappings.answered(batch, returned(null));
    expect(batchesIn(mappings.poll())).toEqual([['a3', 'a4']]);
  });

  it('waits with a batch that was throttled, which is retried in place', () => {
    const mappings = withMapping({ BatchSize: 1 });
    mappings.put('a', 'a1', 'a2');
    const batch = batchIn(mappings.poll());
    const wait = waitIn(mappings.answered(batch, THROTTLED));
    expect(mappings.polls).toEqual([]);
    expect(batchesIn(mappings.comes(wait))).toEqual([['a1']]);
    mappings.answered(batch, returned(null));
    expect(batchesIn(mappings.poll())).toEqual([['a2']]);
  });

  it('moves past items that no filter lets through', () => {
    const mappings = withMapping({ FilterCriteria: { Filters: [{ Pattern: '{"data":{"n":[1]}}' }] } });
    mappings.put('a', ['a1', { data: '{"n":2}' }], ['a2', { data: '{"n":2}' }]);
    expect(aboutOf(mappings.poll())).toEqual(['poll', 'acknowledge']);
    expect(positions(mappings)[0]).toEqual(['a', '2']);
    mappings.put('a', ['a3', { data: '{"n":2}' }], ['a4', { data: '{"n":1}' }], ['a5', { data: '{"n":2}' }]);
    const next = mappings.poll();
    expect(readFrom(next)).toEqual(['a from 2']);
    expect(batchesIn(next)).toEqual([['a4']]);
    mappings.answered(batchIn(next), returned(null));
    expect(positions(mappings)[0]).toEqual(['a', '5']);
  });

  it('continues behind the items that one invocation could take', () => {
    const mappings = withMapping({ BatchSize: 10 });
    const data = 'x'.repeat(1_000_000);
    mappings.put('a', ...[1, 2, 3, 4, 5, 6, 7].map((n) => [`a${n}`, { data }] as const));
    const first = mappings.poll();
    expect(batchesIn(first)).toEqual([['a1', 'a2', 'a3', 'a4', 'a5', 'a6']]);
    expect(sentIn(first, 'hand-back')).toMatchObject([{ request: { lane: 'a', handles: ['handle of a7'] } }]);
    expect(mappings.polls).toEqual([]);
    mappings.answered(batchIn(first), returned(null));
    expect(positions(mappings)[0]).toEqual(['a', '6']);
    expect(batchesIn(mappings.poll())).toEqual([['a7']]);
  });

  it('keeps its position while the mapping is disabled', () => {
    const mappings = new StreamMappings();
    const UUID = mappings.create();
    mappings.put('a', 'a1');
    mappings.answered(batchIn(mappings.poll()), returned(null));
    mappings.ask('UpdateEventSourceMapping', { UUID, Enabled: false });
    expect(mappings.put('a', 'a2')).toEqual([]);
    mappings.ask('UpdateEventSourceMapping', { UUID, Enabled: true });
    expect(batchesIn(mappings.poll())).toEqual([['a2']]);
  });

  it('is not read for a mapping that was deleted while its receive was under way', () => {
    const mappings = new StreamMappings();
    const UUID = mappings.create();
    mappings.put('a', 'a1');
    mappings.ask('DeleteEventSourceMapping', { UUID });
    expect(mappings.poll()).toEqual([]);
  });
});

describe('lanes', () => {
  it('are read concurrently', () => {
    const mappings = withMapping();
    mappings.put('a', 'a1');
    mappings.put('b', 'b1');
    const ofA = mappings.poll();
    const ofB = mappings.poll();
    expect([batchesIn(ofA), batchesIn(ofB)]).toEqual([[['a1']], [['b1']]]);
    mappings.answered(batchIn(ofB), returned(null));
    expect(positions(mappings)).toEqual([
      ['a', null],
      ['b', '1'],
    ]);
    mappings.put('b', 'b2');
    mappings.put('a', 'a2');
    expect(mappings.polls).toHaveLength(1);
    expect(batchesIn(mappings.poll())).toEqual([['b2']]);
  });

  it('come in any order: each has a lane of its own on the agenda', () => {
    const mappings = withMapping();
    mappings.put('a', 'a1');
    mappings.put('b', 'b1');
    const [first, second] = mappings.polls.map(({ of }) => of);
    expect(first).not.toBe(second);
  });

  it('are as many batches at once as there are: a limit of its own is refused, as for every stream', () => {
    const mappings = new StreamMappings({}, ['a', 'b', 'c']);
    const input = { EventSourceArn: STREAM_ARN, FunctionName: 'charge', StartingPosition: 'LATEST' };
    expect(
      mappings.errorOf('CreateEventSourceMapping', { ...input, ScalingConfig: { MaximumConcurrency: 2 } }).message,
    ).toBe('Unsupported ScalingConfig parameter for given event source mapping type.');
    mappings.create({ BatchSize: 1 });
    for (const lane of ['a', 'b', 'c']) mappings.put(lane, `${lane}1`, `${lane}2`);
    for (let n = 0; n < 3; n += 1) mappings.poll();
    expect(mappings.state.batches.size).toBe(3);
    expect(mappings.polls).toEqual([]);
  });

  it('make the mapping report that no mapping takes every item immediately', () => {
    const mappings = withMapping();
    expect(sentIn(mappings.log, 'watch')[0]?.request.reader?.alone).toBeNull();
  });

  it('are copied with their positions: a change in one mapping is not visible in its copy', () => {
    const mappings = withMapping({ BatchSize: 2, MaximumBatchingWindowInSeconds: 1 });
    mappings.put('a', 'a1');
    mappings.poll();
    mappings.put('a', 'a2');
    mappings.put('b', 'b1');
    const copy = mappings.service.copy(mappings.state);
    const kept = structuredClone(copy);
    const [ofA] = [mappings.poll(), mappings.poll()].flatMap((effects) => sentIn(effects, 'invoke'));
    mappings.answered(ofA?.call ?? '', returned(null));
    expect(positions(mappings)[0]).toEqual(['a', '2']);
    expect(copy).toEqual(kept);
  });

  it('make the steps of one lane depend on each other, and those of two have nothing in common', () => {
    const mappings = new StreamMappings();
    const UUID = mappings.create({ BatchSize: 1 });
    mappings.put('a', 'a1', 'a2');
    mappings.put('b', 'b1');
    const ofA = batchIn(mappings.poll());
    const ofB = batchIn(mappings.poll());
    const ended = mappings.answer(ofA, returned(null)).footprint;
    const polled = mappings.tell(mappings.polls[0]?.message ?? expect.fail('nothing is to be read')).footprint;
    expect(conflict(ended, polled)).toBe(true);
    expect(ended.writes).toEqual([`lambda/event-source-mappings/${UUID}/lanes/a/0`]);
    expect(conflict(ended, mappings.answer(ofB, returned(null)).footprint)).toBe(false);
  });
});

describe('a window', () => {
  const windowed = (settings: Input = {}) =>
    withMapping({ BatchSize: 3, MaximumBatchingWindowInSeconds: 5, ...settings });

  it('gathers the items that arrive in its lane, each once', () => {
    const mappings = windowed();
    mappings.put('a', 'a1');
    const wait = waitIn(mappings.poll());
    expect(wait).toMatchObject({ as: 'sleep', atMs: 5_000 });
    mappings.put('a', 'a2');
    const second = mappings.poll();
    expect(readFrom(second)).toEqual(['a from 1']);
    expect(aboutOf(second)).toEqual(['poll']);
    const gathered = mappings.comes(wait);
    expect(batchesIn(gathered)).toEqual([['a1', 'a2']]);
    mappings.answered(batchIn(gathered), returned(null));
    expect(positions(mappings)[0]).toEqual(['a', '2']);
  });

  it('gathers for each lane separately', () => {
    const mappings = windowed();
    mappings.put('a', 'a1');
    const ofA = waitIn(mappings.poll());
    mappings.put('b', 'b1', 'b2', 'b3');
    const full = mappings.poll();
    expect(batchesIn(full)).toEqual([['b1', 'b2', 'b3']]);
    expect(effectsOf(full, 'cancel')).toEqual([]);
    expect(batchesIn(mappings.comes(ofA))).toEqual([['a1']]);
  });

  it('ends when its batch is full', () => {
    const mappings = windowed();
    mappings.put('a', 'a1', 'a2');
    const wait = waitIn(mappings.poll());
    mappings.put('a', 'a3', 'a4');
    const full = mappings.poll();
    expect(batchesIn(full)).toEqual([['a1', 'a2', 'a3']]);
    expect(effectsOf(full, 'cancel')).toEqual([{ kind: 'cancel', of: wait.of }]);
    mappings.answered(batchIn(full), returned(null));
    expect(readFrom(mappings.poll())).toEqual(['a from 3']);
  });

  it('that ends while a receive is under way keeps it from passing the batch', () => {
    const mappings = windowed();
    mappings.put('a', 'a1');
    const wait = waitIn(mappings.poll());
    mappings.put('a', 'a2');
    const batch = batchIn(mappings.comes(wait));
    expect(mappings.poll()).toEqual([]);
    expect(aboutOf(mappings.answered(batch, returned(null)))).toEqual(['acknowledge', 'poll-due']);
    expect(readFrom(mappings.poll())).toEqual(['a from 1']);
  });

  it('moves past items that no filter lets through, and tries what it has gathered again if that fails', () => {
    const mappings = windowed({ FilterCriteria: { Filters: [{ Pattern: '{"data":{"n":[1]}}' }] } });
    mappings.put('a', ['a1', { data: '{"n":1}' }]);
    const wait = waitIn(mappings.poll());
    mappings.put('a', ['a2', { data: '{"n":2}' }]);
    expect(aboutOf(mappings.poll())).toEqual(['poll', 'acknowledge']);
    expect(positions(mappings)[0]).toEqual(['a', null]);
    mappings.put('a', ['a3', { data: '{"n":1}' }]);
    expect(readFrom(mappings.poll())).toEqual(['a from 2']);
    const pause = waitIn(mappings.answered(batchIn(mappings.comes(wait)), FAILED));
    const again = mappings.comes(pause);
    expect(batchesIn(again)).toEqual([['a1', 'a3']]);
    mappings.answered(batchIn(again), returned(null));
    expect(positions(mappings)[0]).toEqual(['a', '3']);
  });
});

describe('for any answers of the function', () => {
  const outcomes = fc.array(fc.constantFrom('done', 'failed', 'partly'), { maxLength: 30 });

  it('each lane is processed in order, nothing is left out, and at most one batch of it is under way', () => {
    fc.assert(
      fc.property(outcomes, fc.integer({ min: 1, max: 3 }), fc.nat(4), (answers, BatchSize, count) => {
        const mappings = withMapping({ BatchSize, ...REPORTS });
        const done: Record<string, string[]> = { a: [], b: [] };
        const sent = (lane: string) => Array.from({ length: count }, (_, n) => `${lane}${n}`);
        for (const lane of ['a', 'b']) mappings.put(lane, ...sent(lane));
        const inHand: (readonly [batch: string, ids: readonly string[]])[] = [];
        const step = (how: string) => {
          for (const pause of mappings.pauses()) {
            const again = mappings.comes(pause);
            for (const ids of batchesIn(again)) inHand.push([batchIn(again), ids]);
          }
          if (mappings.polls.length > 0) {
            const polled = mappings.poll();
            for (const ids of batchesIn(polled)) inHand.push([batchIn(polled), ids]);
          }
          const lanes = [...mappings.state.batches.values()].map(({ lane }) => lane);
          expect(new Set(lanes).size).toBe(lanes.length);
          const [batch, ids] = inHand.shift() ?? [];
          const [first, ...others] = ids ?? [];
          if (batch === undefined || first === undefined) return;
          const isPartly = how === 'partly' && others.length > 0;
          const through = how === 'done' ? (ids ?? []) : isPartly ? [first] : [];
          done[first[0] ?? '']?.push(...through);
          mappings.answered(batch, how === 'done' ? returned(null) : isPartly ? failedFrom(...others) : FAILED);
        };
        for (const how of answers) step(how);
        while (mappings.polls.length > 0 || inHand.length > 0 || mappings.isPausing) step('done');
        expect(done).toEqual({ a: sent('a'), b: sent('b') });
      }),
    );
  });
});

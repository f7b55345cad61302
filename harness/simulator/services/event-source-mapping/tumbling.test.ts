/**
 * Tumbling windows: what the function is told of them, the state that it hands on, and their ends.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Input, NOT_SIMULATED } from '../../contract/answer.ts';
import type { Timer } from '../../contract/effect.ts';
import { effectsOf, notesIn, SETTINGS_FOR_TESTS, sentIn } from '../../contract/service-for-tests.ts';
import {
  batchIn,
  DEAD_ARN,
  FAILED,
  QueueMappings,
  returned,
  returnedText,
  STREAM_ARN,
  StreamMappings,
  THROTTLED,
  waitIn,
} from './mappings-for-tests.ts';
import type { MappingEffect, MappingMessage } from './messages.ts';

const TEN_SECONDS = { TumblingWindowInSeconds: 10 };
const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const NOTHING = {};

function windowed(settings: Input = {}, lanes: readonly string[] = ['a']): StreamMappings {
  const mappings = new StreamMappings({}, lanes);
  mappings.create({ ...TEN_SECONDS, ...settings });
  return mappings;
}

interface Told {
  readonly Records: readonly { readonly id: string }[];
  readonly window: { readonly start: string; readonly end: string };
  readonly state: Input;
  readonly isFinalInvokeForWindow: boolean;
  readonly isWindowTerminatedEarly: boolean;
}

/** The events that the function is given. */
const eventsIn = (effects: readonly MappingEffect[]) =>
  sentIn(effects, 'invoke').map(({ request }) => JSON.parse(request.payloadJson) as Told);

/** The records, the state, and of which end the function hears. */
function toldIn(effects: readonly MappingEffect[]): readonly (readonly [ids: string, state: Input, end: string])[] {
  return eventsIn(effects).map(({ Records, state, isFinalInvokeForWindow, isWindowTerminatedEarly }) => {
    const end = `${isFinalInvokeForWindow ? 'final' : ''}${isWindowTerminatedEarly ? 'early' : ''}`;
    return [Records.map(({ id }) => id).join(' '), state, end];
  });
}

/** The function returns this state. */
const keeps = (mappings: StreamMappings, given: readonly MappingEffect[], state: Input) =>
  mappings.answered(batchIn(given), returned({ state }));

const ends = (effects: readonly MappingEffect[]) =>
  effectsOf(effects, 'timer').filter(({ message }) => message.kind === 'window-ends-due');

function endIn(effects: readonly MappingEffect[]): Timer<MappingMessage> {
  return ends(effects)[0] ?? expect.fail('no window begins');
}

describe('a tumbling window', () => {
  it('KE-16 is told to the function, with the state that it returned last', () => {
    const mappings = windowed();
    mappings.put('a', 'a1');
    const first = mappings.poll();
    expect(eventsIn(first)).toEqual([
      {
        Records: [{ id: 'a1', data: 'data of a1' }],
        window: { start: '2026-01-01T00:00:00Z', end: '2026-01-01T00:00:10Z' },
        ...{ state: {}, shardId: 'a', eventSourceARN: STREAM_ARN },
        ...{ isFinalInvokeForWindow: false, isWindowTerminatedEarly: false },
      },
    ]);
    keeps(mappings, first, { n: 1 });
    mappings.put('a', 'a2');
    expect(toldIn(mappings.poll())).toEqual([['a2', { n: 1 }, '']]);
  });

  it('KE-16 UV-81 ends by the clock, in an invocation without records, and its state is dropped', () => {
    const mappings = windowed();
    mappings.put('a', 'a1');
    const first = mappings.poll();
    const end = endIn(first);
    expect(end).toMatchObject({ as: 'sleep', atMs: 10_000 });
    keeps(mappings, first, { n: 1 });
    const last = mappings.comes(end);
    expect(toldIn(last)).toEqual([['', { n: 1 }, 'final']]);
    expect(notesIn(last)).toMatchObject([{ kind: 'window-ends', end: '2026-01-01T00:00:10Z', isAgain: false }]);
    keeps(mappings, last, { n: 1 });
    mappings.nowMs = 12_000;
    mappings.put('a', 'a2');
    const next = mappings.poll();
    expect(toldIn(next)).toEqual([['a2', {}, '']]);
    expect(eventsIn(next)[0]?.window.start).toBe('2026-01-01T00:00:10Z');
    expect(endIn(next).atMs).toBe(20_000);
  });

  it('KE-16 UV-81 ends when all of its records are done: what has arrived in it comes before its end', () => {
    const mappings = windowed({ BatchSize: 1 });
    mappings.put('a', 'a1', 'a2', 'a3');
    const first = mappings.poll();
    expect(toldIn(keeps(mappings, first, { n: 1 }))).toEqual([]);
    expect(mappings.polls).toHaveLength(1);
    expect(mappings.comes(endIn(first))).toEqual([]);
    const second = mappings.poll();
    expect(toldIn(second)).toEqual([['a2', { n: 1 }, '']]);
    expect(toldIn(keeps(mappings, second, { n: 2 }))).toEqual([]);
    expect(toldIn(keeps(mappings, mappings.poll(), { n: 3 }))).toEqual([['', { n: 3 }, 'final']]);
  });

  it('KE-16 ends after the batch that the function has', () => {
    const mappings = windowed();
    mappings.put('a', 'a1');
    const first = mappings.poll();
    expect(mappings.comes(endIn(first))).toEqual([]);
    expect(toldIn(keeps(mappings, first, { n: 1 }))).toEqual([['', { n: 1 }, 'final']]);
  });

  it('KE-16 UV-81 has batches of its own: records of two windows never come together', () => {
    const mappings = windowed();
    mappings.put('a', 'a1', 'a2');
    mappings.nowMs = 10_000;
    mappings.put('a', 'a3');
    const first = mappings.poll();
    expect(toldIn(first)).toEqual([['a1 a2', {}, '']]);
    expect(ends(first)).toEqual([]);
    keeps(mappings, first, { n: 2 });
    const last = mappings.poll();
    expect(toldIn(last)).toEqual([['', { n: 2 }, 'final']]);
    expect(toldIn(keeps(mappings, last, { n: 2 }))).toEqual([['a3', {}, '']]);
  });

  it('KE-16 is one of each lane', () => {
    const mappings = windowed({}, ['a', 'b']);
    mappings.put('a', 'a1');
    keeps(mappings, mappings.poll(), { n: 1 });
    mappings.put('b', 'b1');
    expect(toldIn(mappings.poll())).toEqual([['b1', {}, '']]);
  });

  it('UV-80 begins at a multiple of its length, in Unix time', () => {
    const mappings = windowed({ TumblingWindowInSeconds: 11 });
    mappings.put('a', 'a1');
    const begun = Date.parse(eventsIn(mappings.poll())[0]?.window.start ?? '');
    expect(begun % 11_000).toBe(0);
    expect(SETTINGS_FOR_TESTS.epochMs - begun).toBeLessThan(11_000);
  });

  it('KE-16 cuts a batching window short', () => {
    const mappings = windowed({ MaximumBatchingWindowInSeconds: 30 });
    mappings.put('a', 'a1');
    mappings.nowMs = 9_000;
    const over = waitIn(mappings.poll());
    expect(over).toMatchObject({ atMs: 10_000, message: { kind: 'window-over' } });
    const last = keeps(mappings, mappings.comes(over), { n: 1 });
    expect(toldIn(last)).toEqual([['', { n: 1 }, 'final']]);
    keeps(mappings, last, NOTHING);
    mappings.put('a', 'a2');
    const late = mappings.poll();
    mappings.nowMs = 25_000;
    expect(waitIn(late).atMs).toBe(20_000);
    mappings.put('a', 'a3');
    expect(toldIn(mappings.poll())).toEqual([['a2', {}, '']]);
  });
});

describe('an answer of the function to a batch of a window', () => {
  it('KE-16 is a failure if it has no state', () => {
    for (const answer of [
      returned(null),
      returned({}),
      returned({ state: null }),
      returnedText(''),
      returnedText('x'),
    ]) {
      const mappings = windowed();
      mappings.put('a', 'a1');
      const again = mappings.comes(waitIn(mappings.answered(batchIn(mappings.poll()), answer)));
      expect(toldIn(again)).toEqual([['a1', {}, '']]);
    }
  });

  it('KE-16 leaves the state as it was if it is a failure, also when the batch is given up', () => {
    const mappings = windowed({ MaximumRetryAttempts: 0, BatchSize: 1 });
    mappings.put('a', 'a1', 'a2', 'a3');
    keeps(mappings, mappings.poll(), { n: 1 });
    expect(notesIn(mappings.answered(batchIn(mappings.poll()), FAILED))).toMatchObject([{ itemIds: ['a2'] }]);
    expect(toldIn(mappings.poll())).toEqual([['a3', { n: 1 }, '']]);
  });

  it('KE-16 KE-08 hands the state of one half of a batch to the other', () => {
    const mappings = windowed({ BisectBatchOnFunctionError: true });
    mappings.put('a', 'a1', 'a2');
    const half = mappings.comes(waitIn(mappings.answered(batchIn(mappings.poll()), FAILED)));
    expect(toldIn(half)).toEqual([['a1', {}, '']]);
    expect(toldIn(keeps(mappings, half, { n: 1 }))).toEqual([['a2', { n: 1 }, '']]);
  });

  it('UV-83 KE-09 counts with what it says is done, and not if that is nothing', () => {
    const mappings = windowed(REPORTS);
    mappings.put('a', 'a1', 'a2', 'a3');
    const partly = (itemIdentifier: string, n: number) =>
      returned({ state: { n }, batchItemFailures: [{ itemIdentifier }] });
    const given = mappings.poll();
    const rest = mappings.comes(endlessly(mappings.answered(batchIn(given), partly('a2', 1))));
    expect(toldIn(rest)).toEqual([['a2 a3', { n: 1 }, '']]);
    const again = mappings.comes(endlessly(mappings.answered(batchIn(rest), partly('a2', 9))));
    expect(toldIn(again)).toEqual([['a2 a3', { n: 1 }, '']]);
    mappings.answered(batchIn(again), returned({ state: { n: 3 }, batchItemFailures: [] }));
    mappings.put('a', 'a4');
    expect(toldIn(mappings.poll())).toEqual([['a4', { n: 3 }, '']]);
  });

  it('KE-16 KE-01 comes to nothing if the batch comes once more: that has the state from before', () => {
    const mappings = windowed();
    mappings.put('a', 'a1');
    mappings.faults = ['duplicate'];
    const [offer] = effectsOf(mappings.poll(), 'offer');
    mappings.faults = [];
    const twice = offer?.options[1] ?? expect.fail('no choice');
    const given = mappings.tell(twice).effects;
    const again = mappings.comes(endlessly(keeps(mappings, given, { n: 1 })));
    expect(toldIn(again)).toEqual([['a1', {}, '']]);
  });

  /** The pause before a batch comes again. */
  function endlessly(effects: readonly MappingEffect[]): Timer<MappingMessage> {
    const [pause] = effectsOf(effects, 'timer').filter(({ message }) => message.kind === 'retry-due');
    return pause ?? expect.fail('nothing comes again');
  }
});

describe('a state of more than 1 MB', () => {
  /** A state that is so long as JSON. */
  const ofBytes = (bytes: number) => ({ x: 'x'.repeat(bytes - '{"x":""}'.length) });

  it('KE-16 ends the window early; then it goes on with an empty state', () => {
    const mappings = windowed({ BatchSize: 1 });
    mappings.put('a', 'a1', 'a2', 'a3');
    const fits = ofBytes(1_048_576);
    keeps(mappings, mappings.poll(), fits);
    const second = mappings.poll();
    expect(toldIn(second)).toEqual([['a2', fits, '']]);
    const tooLarge = ofBytes(1_048_577);
    const early = keeps(mappings, second, tooLarge);
    expect(toldIn(early)).toEqual([['', tooLarge, 'early']]);
    keeps(mappings, early, { n: 9 });
    const third = mappings.poll();
    expect(toldIn(third)).toEqual([['a3', {}, '']]);
    expect(ends(third)).toEqual([]);
  });

  it('KE-16 KE-09 ends it before the rest of a batch comes again', () => {
    const mappings = windowed(REPORTS);
    mappings.put('a', 'a1', 'a2');
    const answer = returned({ state: ofBytes(1_048_577), batchItemFailures: [{ itemIdentifier: 'a2' }] });
    const early = mappings.answered(batchIn(mappings.poll()), answer);
    expect(toldIn(early)[0]?.[2]).toBe('early');
    expect(toldIn(keeps(mappings, early, NOTHING))).toEqual([['a2', {}, '']]);
  });

  it('KE-02 KE-16 leaves room for the state in an event', () => {
    const mappings = windowed();
    const data = 'x'.repeat(1_048_000);
    mappings.put('a', 'a1');
    keeps(mappings, mappings.poll(), ofBytes(1_048_576));
    mappings.put('a', ...[2, 3, 4, 5, 6, 7].map((n) => [`a${n}`, { data }] as const));
    const given = mappings.poll();
    expect(toldIn(given)[0]?.[0]).toBe('a2 a3 a4 a5 a6');
    expect(sentIn(given, 'invoke')[0]?.request.payloadJson.length).toBeLessThan(6_291_456 + 1_000);
  });
});

describe('the end of a window', () => {
  /** A window whose end comes, with a record of the next one behind it. */
  function atEnd(settings: Input = {}) {
    const mappings = windowed(settings);
    mappings.put('a', 'a1');
    const first = mappings.poll();
    keeps(mappings, first, { n: 1 });
    const last = mappings.comes(endIn(first));
    mappings.put('a', 'a2');
    return { mappings, last };
  }

  it.each([FAILED, THROTTLED, returned({})])('KE-16 holds up its lane until the function has heard of it', (answer) => {
    const { mappings, last } = atEnd();
    const again = mappings.comes(waitIn(mappings.answered(batchIn(last), answer)));
    expect(toldIn(again)).toEqual([['', { n: 1 }, 'final']]);
    expect(mappings.polls).toEqual([]);
    keeps(mappings, again, NOTHING);
    expect(toldIn(mappings.poll())).toEqual([['a2', {}, '']]);
  });

  it('UV-82 is given up when its attempts are used up, and the lane goes on', () => {
    const { mappings, last } = atEnd({
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: DEAD_ARN } },
    });
    const throttled = mappings.comes(waitIn(mappings.answered(batchIn(last), THROTTLED)));
    const again = mappings.comes(waitIn(mappings.answered(batchIn(throttled), FAILED)));
    const up = mappings.answered(batchIn(again), FAILED);
    expect(notesIn(up)).toMatchObject([
      { kind: 'window-given-up', end: '2026-01-01T00:00:10Z', condition: 'RetryAttemptsExhausted' },
    ]);
    expect(sentIn(up, 'deliver')).toEqual([]);
    expect(toldIn(mappings.poll())).toEqual([['a2', {}, '']]);
  });

  it('UV-82 is given up when its records are older than the mapping takes', () => {
    const { mappings, last } = atEnd({ MaximumRecordAgeInSeconds: 60 });
    const pause = waitIn(mappings.answered(batchIn(last), FAILED));
    mappings.nowMs = 60_001;
    const up = mappings.comes({ ...pause, atMs: 60_001 });
    expect(notesIn(up)).toMatchObject([{ kind: 'window-given-up', condition: 'RecordAgeExceeded' }]);
    expect(toldIn(mappings.poll())).toEqual([['a2', {}, '']]);
  });

  it('KE-16 KE-17 comes at once if its lane ends, and before the lanes that take its place', () => {
    const mappings = windowed();
    mappings.put('a', 'a1');
    mappings.end('a', 'b');
    mappings.put('b', 'b1');
    const first = mappings.poll();
    const { of } = endIn(first);
    const last = keeps(mappings, first, { n: 1 });
    expect(toldIn(last)).toEqual([['', { n: 1 }, 'final']]);
    expect(effectsOf(last, 'cancel')).toEqual([{ kind: 'cancel', of }]);
    expect(mappings.polls).toEqual([]);
    keeps(mappings, last, NOTHING);
    expect(toldIn(mappings.poll())).toEqual([['b1', {}, '']]);
  });

  it('KE-16 waits for a mapping that is disabled, and comes when it is enabled', () => {
    const mappings = new StreamMappings({}, ['a']);
    const UUID = mappings.create(TEN_SECONDS);
    mappings.put('a', 'a1');
    const first = mappings.poll();
    keeps(mappings, first, { n: 1 });
    mappings.ask('UpdateEventSourceMapping', { UUID, Enabled: false });
    expect(mappings.comes(endIn(first))).toEqual([]);
    mappings.ask('UpdateEventSourceMapping', { UUID, Enabled: true });
    expect(toldIn(mappings.poll())).toEqual([['', { n: 1 }, 'final']]);
  });

  it('KE-16 that comes when another window is open is overlooked', () => {
    const { mappings, last } = atEnd();
    keeps(mappings, last, NOTHING);
    const next = mappings.poll();
    keeps(mappings, next, { n: 1 });
    const message = { kind: 'window-ends-due', mapping: mapping(mappings), lane: 'a', startsAtMs: 0 } as const;
    expect(mappings.comes({ ...endIn(next), message })).toEqual([]);
  });

  const mapping = (mappings: StreamMappings) => [...mappings.state.mappings.keys()][0] ?? '';

  it('KE-16 tells of every record once, whatever fails and however long it takes', () => {
    const steps = fc.array(
      fc.record({
        put: fc.nat(2),
        pauseMs: fc.nat(9_000),
        how: fc.constantFrom('done', 'done', 'failed', 'throttled'),
      }),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 3 }), (all, BatchSize) => {
        const mappings = windowed({ BatchSize, BisectBatchOnFunctionError: true });
        const inHand: (readonly [call: string, event: Told])[] = [];
        const waits: Timer<MappingMessage>[] = [];
        let sent = 0;
        let counted = 0;
        const follow = (effects: readonly MappingEffect[]) => {
          const events = eventsIn(effects);
          for (const [place, { call = '' }] of sentIn(effects, 'invoke').entries())
            inHand.push([call, events[place] ?? expect.fail('no event')]);
          waits.push(...effectsOf(effects, 'timer').filter(({ message }) => message.kind !== 'poll-due'));
          for (const { of } of effectsOf(effects, 'cancel'))
            waits.splice(0, 99, ...waits.filter((one) => one.of !== of));
        };
        const answer = (how: string) => {
          const [call, event] = inHand.shift() ?? [];
          if (call === undefined || event === undefined) return;
          const n = Number(event.state.n ?? 0) + event.Records.length;
          if (how === 'done' && event.isFinalInvokeForWindow) counted += n;
          const answers = { done: returned({ state: { n } }), failed: FAILED, throttled: THROTTLED };
          follow(mappings.answered(call, answers[how as keyof typeof answers]));
        };
        const pass = (untilMs: number) => {
          waits.sort((one, other) => one.atMs - other.atMs);
          while ((waits[0]?.atMs ?? Number.POSITIVE_INFINITY) <= untilMs) {
            const next = waits.shift() ?? expect.fail('no wait');
            follow(mappings.comes(next));
            waits.sort((one, other) => one.atMs - other.atMs);
          }
          mappings.nowMs = Math.max(mappings.nowMs, untilMs);
        };
        for (const { put, pauseMs, how } of all) {
          for (let n = 0; n < put; n += 1) {
            sent += 1;
            follow(mappings.put('a', `a${sent}`));
          }
          if (mappings.polls.length > 0) follow(mappings.poll());
          expect(inHand.length).toBeLessThanOrEqual(1);
          answer(how);
          pass(mappings.nowMs + pauseMs);
        }
        for (let n = 0; n < 400 && mappings.polls.length + inHand.length + waits.length > 0; n += 1) {
          if (mappings.polls.length > 0) follow(mappings.poll());
          answer('done');
          if (inHand.length === 0 && mappings.polls.length === 0) pass(waits[0]?.atMs ?? 0);
        }
        expect(counted).toBe(sent);
      }),
    );
  });
});

describe('the setting TumblingWindowInSeconds', () => {
  it('KE-16 is 0 to 900 seconds, and is described', () => {
    const mappings = new StreamMappings();
    const UUID = mappings.create({ TumblingWindowInSeconds: 900 });
    expect(mappings.ask('GetEventSourceMapping', { UUID }).TumblingWindowInSeconds).toBe(900);
    const input = { EventSourceArn: STREAM_ARN, FunctionName: 'charge', StartingPosition: 'LATEST' };
    const wordsOf = (TumblingWindowInSeconds: number) =>
      new StreamMappings().errorOf('CreateEventSourceMapping', { ...input, TumblingWindowInSeconds }).message;
    expect(wordsOf(901)).toContain(
      "'tumblingWindowInSeconds' failed to satisfy constraint: Member must have value less",
    );
    expect(wordsOf(-1)).toContain('greater than or equal to 0');
  });

  it('is refused by name in a change, and beside a ParallelizationFactor', () => {
    const mappings = new StreamMappings();
    const UUID = mappings.create(TEN_SECONDS);
    const change = mappings.errorOf('UpdateEventSourceMapping', { UUID, TumblingWindowInSeconds: 20 });
    expect(change.code).toBe(NOT_SIMULATED);
    mappings.ask('UpdateEventSourceMapping', { UUID, ...TEN_SECONDS, BatchSize: 5 });
    const input = { EventSourceArn: STREAM_ARN, FunctionName: 'charge', StartingPosition: 'LATEST', ...TEN_SECONDS };
    const parts = new StreamMappings().errorOf('CreateEventSourceMapping', { ...input, ParallelizationFactor: 2 });
    expect(parts.message).toContain('A TumblingWindowInSeconds with a ParallelizationFactor');
  });

  it('is refused for a queue', () => {
    const input = {
      EventSourceArn: new QueueMappings().source.description.arn,
      FunctionName: 'charge',
      ...TEN_SECONDS,
    };
    expect(new QueueMappings().errorOf('CreateEventSourceMapping', input).message).toBe(
      'Unsupported TumblingWindowInSeconds parameter for given event source mapping type.',
    );
  });
});

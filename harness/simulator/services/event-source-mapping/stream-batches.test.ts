/**
 * What a mapping does with batches of a stream: where it starts, which records come together, what is tried again, and what is given up.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AwsError, type Input, ok } from '../../contract/answer.ts';
import { effectsOf, notesIn, SETTINGS_FOR_TESTS, sentIn } from '../../contract/service-for-tests.ts';
import {
  acknowledgedIn,
  batchesIn,
  batchIn,
  DEAD_ARN,
  FAILED,
  FUNCTION_ARN,
  returned,
  returnedText,
  STREAM_ARN,
  StreamMappings,
  THROTTLED,
  waitIn,
} from './mappings-for-tests.ts';
import type { MappingEffect } from './messages.ts';

const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const BISECTS = { BisectBatchOnFunctionError: true };
const DESTINATION = { DestinationConfig: { OnFailure: { Destination: DEAD_ARN } } };
const failedFrom = (...ids: readonly string[]) =>
  returned({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

function withMapping(settings: Input = {}, lanes: readonly string[] = ['a', 'b']): StreamMappings {
  const mappings = new StreamMappings({}, lanes);
  mappings.create(settings);
  return mappings;
}

/** The position behind which each lane, or each part of one, is read next. */
const positions = (mappings: StreamMappings) =>
  [...mappings.state.mappings.values()].flatMap(({ lanes }) => lanes.map(({ name, position }) => [name, position]));

/** The function fails with what it is given now, and what comes of it after the pause. */
function failNow(mappings: StreamMappings, given: readonly MappingEffect[]): readonly MappingEffect[] {
  const answered = mappings.answered(batchIn(given), FAILED);
  return mappings.isPausing ? mappings.pauses().flatMap((pause) => mappings.comes(pause)) : answered;
}

/** The records that destinations are told of. */
const toldIn = (effects: readonly MappingEffect[]) =>
  sentIn(effects, 'deliver').map(({ to, request }) => ({ to, ...(JSON.parse(request.body) as Input) }));

describe('a mapping of a stream', () => {
  const errorOf = (input: Input): AwsError =>
    new StreamMappings().errorOf('CreateEventSourceMapping', {
      ...{ EventSourceArn: STREAM_ARN, FunctionName: 'charge', StartingPosition: 'LATEST' },
      ...input,
    });

  it('KE-04 needs a starting position', () => {
    expect(errorOf({ StartingPosition: undefined })).toMatchObject({
      code: 'InvalidParameterValueException',
      message:
        "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    });
    expect(errorOf({ StartingPosition: 'NEWEST' })).toMatchObject({
      message: expect.stringContaining('[LATEST, AT_TIMESTAMP, TRIM_HORIZON]'),
    });
  });

  it('KE-04 begins with the oldest record, or with what comes after it', () => {
    for (const [StartingPosition, ids] of [
      ['TRIM_HORIZON', ['a1', 'a2', 'a3']],
      ['LATEST', ['a3']],
    ] as const) {
      const mappings = new StreamMappings();
      mappings.put('a', 'a1', 'a2');
      mappings.create({ StartingPosition });
      mappings.put('a', 'a3');
      const given = mappings.pollEach().flat();
      expect(batchesIn(given)).toEqual([ids]);
    }
  });

  it('KE-02 takes 100 records at once unless it is told otherwise, and no window for more than ten', () => {
    const mappings = withMapping();
    mappings.put('a', ...Array.from({ length: 101 }, (_, n) => `a${n}`));
    expect(batchesIn(mappings.poll())[0]).toHaveLength(100);
    expect(errorOf({ BatchSize: 10_001 }).message).toBe('Batch size must be between 1 and 10000.');
  });

  it('KE-06 has bounds for its attempts, the age of records, and its parallel batches', () => {
    for (const [member, value, words] of [
      [
        'MaximumRetryAttempts',
        -2,
        "'-2' at 'maximumRetryAttempts' failed to satisfy constraint: Member must have value greater than or equal to -1",
      ],
      ['MaximumRetryAttempts', 10_001, 'less than or equal to 10000'],
      ['MaximumRecordAgeInSeconds', 59, 'MaximumRecordAgeInSeconds must be -1, or at least 60.'],
      ['MaximumRecordAgeInSeconds', 604_801, 'less than or equal to 604800'],
      ['ParallelizationFactor', 0, 'greater than or equal to 1'],
      ['ParallelizationFactor', 11, 'less than or equal to 10'],
    ] as const)
      expect(errorOf({ [member]: value })).toMatchObject({ message: expect.stringContaining(words) });
  });

  it('KE-06 KE-12 is described with all of its settings, and keeps what an update does not name', () => {
    const mappings = new StreamMappings();
    const UUID = mappings.create({ ParallelizationFactor: 2, MaximumRetryAttempts: 3, ...BISECTS, ...DESTINATION });
    const settings = {
      ...{ BatchSize: 100, StartingPosition: 'TRIM_HORIZON', ParallelizationFactor: 2, MaximumRetryAttempts: 3 },
      ...{ MaximumRecordAgeInSeconds: -1, BisectBatchOnFunctionError: true, TumblingWindowInSeconds: 0 },
      DestinationConfig: { OnFailure: { Destination: DEAD_ARN } },
    };
    expect(mappings.ask('GetEventSourceMapping', { UUID })).toMatchObject(settings);
    mappings.ask('UpdateEventSourceMapping', { UUID, MaximumRecordAgeInSeconds: 60 });
    expect(mappings.ask('GetEventSourceMapping', { UUID })).toMatchObject({
      ...settings,
      MaximumRecordAgeInSeconds: 60,
    });
    mappings.ask('UpdateEventSourceMapping', { UUID, DestinationConfig: {} });
    expect(mappings.ask('GetEventSourceMapping', { UUID }).DestinationConfig).toEqual({});
  });
});

describe('a lane, by the clock', () => {
  it('KE-21 is sent its records within a moment if the source pushes them', () => {
    const mappings = new StreamMappings();
    mappings.describeSource({ isPushed: true });
    mappings.create({ BatchSize: 1 });
    mappings.put('a', 'a1');
    expect(mappings.polls.map(({ wait }) => wait)).toEqual([{ fromMs: 40, toMs: 100 }]);
  });

  it('KE-01 is read about once a second, and at once while there is more', () => {
    const mappings = withMapping({ BatchSize: 1 });
    const waits = () => mappings.polls.map(({ wait }) => wait?.toMs);
    mappings.put('a', 'a1', 'a2');
    expect(waits()).toEqual([1_000]);
    mappings.answered(batchIn(mappings.poll()), returned(null));
    expect(waits()).toEqual([40]);
  });
});

describe('a batch that fails', () => {
  it.each([
    [true, [1, 2, 4, 8, 16, 32, 60, 60]],
    [false, [1, 2, 4, 8, 16, 32, 64, 128]],
  ])('KE-05 is tried again without end; by the clock (%s), after these seconds (UV-13)', (isTimed, seconds) => {
    const mappings = new StreamMappings({ isTimed });
    mappings.create();
    mappings.put('a', 'a1');
    const batch = batchIn(mappings.poll());
    const pauses = Array.from({ length: 8 }, () => {
      const pause = waitIn(mappings.answered(batch, FAILED));
      const { nowMs } = mappings;
      expect(batchesIn(mappings.comes(pause))).toEqual([['a1']]);
      return pause.atMs - nowMs;
    });
    expect(pauses).toEqual(seconds.map((one) => one * 1_000));
  });

  it('UV-45 KE-05 is given up when its source no longer keeps its records, and not before', () => {
    const mappings = withMapping(DESTINATION);
    mappings.source.keepsForMs = 20_000;
    mappings.put('a', 'a1');
    mappings.nowMs = 5_000;
    mappings.put('a', 'a2');
    let given = mappings.poll();
    while (mappings.nowMs < 12_000) given = failNow(mappings, given);
    expect(batchesIn(given)).toEqual([['a1', 'a2']]);
    const after20s = failNow(mappings, given);
    expect(batchesIn(after20s)).toEqual([['a2']]);
    expect(notesIn(after20s)).toMatchObject([
      { kind: 'records-given-up', itemIds: ['a1'], condition: 'RecordAgeExceeded', sentTo: 'dead' },
      { kind: 'records-tried-again', itemIds: ['a2'] },
    ]);
    expect(batchesIn(failNow(mappings, after20s))).toEqual([]);
    expect(positions(mappings)[0]).toEqual(['a', '2']);
  });

  it('KE-06 KE-14 is given up when its attempts are used up, and its lane goes on', () => {
    const mappings = withMapping({ BatchSize: 1, MaximumRetryAttempts: 2 });
    mappings.put('a', 'a1', 'a2');
    let given = mappings.poll();
    for (let n = 0; n < 2; n += 1) given = failNow(mappings, given);
    expect(batchesIn(given)).toEqual([['a1']]);
    const last = failNow(mappings, given);
    expect(notesIn(last)).toEqual([
      {
        ...{ kind: 'records-given-up', lane: 'a', itemIds: ['a1'], by: 'mapping of charge' },
        ...{ condition: 'RetryAttemptsExhausted', sentTo: null },
      },
    ]);
    expect(sentIn(last, 'deliver')).toEqual([]);
    expect(positions(mappings)[0]).toEqual(['a', '1']);
    expect(batchesIn(mappings.poll())).toEqual([['a2']]);
  });

  it('KE-06 is given up at once without attempts', () => {
    const mappings = withMapping({ MaximumRetryAttempts: 0 });
    mappings.put('a', 'a1', 'a2');
    expect(notesIn(failNow(mappings, mappings.poll()))).toMatchObject([
      { kind: 'records-given-up', itemIds: ['a1', 'a2'] },
    ]);
  });

  it('KE-07 uses up no attempt when Lambda throttles it', () => {
    const mappings = withMapping({ MaximumRetryAttempts: 0 });
    mappings.put('a', 'a1');
    const batch = batchIn(mappings.poll());
    for (let n = 0; n < 3; n += 1) {
      expect(batchesIn(mappings.comes(waitIn(mappings.answered(batch, THROTTLED))))).toEqual([['a1']]);
    }
    expect(notesIn(mappings.answered(batch, FAILED))).toMatchObject([{ condition: 'RetryAttemptsExhausted' }]);
  });

  it('KE-06 KE-07 KE-12 is given up when its records are older than the mapping takes, and only those are', () => {
    const mappings = withMapping({ MaximumRecordAgeInSeconds: 60, ...DESTINATION });
    mappings.put('a', 'a1');
    mappings.nowMs = 500;
    mappings.put('a', 'a2');
    const batch = batchIn(mappings.poll());
    mappings.nowMs = 59_001;
    const again = mappings.comes(waitIn(mappings.answered(batch, THROTTLED)));
    expect(mappings.nowMs).toBe(60_001);
    expect(batchesIn(again)).toEqual([['a2']]);
    expect(notesIn(again)).toMatchObject([
      { kind: 'records-given-up', itemIds: ['a1'], condition: 'RecordAgeExceeded', sentTo: 'dead' },
      { kind: 'records-tried-again', itemIds: ['a2'] },
    ]);
    const [told] = toldIn(again);
    expect(told).not.toHaveProperty('responseContext');
    expect(told).toMatchObject({ requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 } });
  });

  it('KE-06 does not go to the function if all of it is too old when it is read', () => {
    const mappings = withMapping({ MaximumRecordAgeInSeconds: 60 });
    mappings.put('a', 'a1');
    mappings.nowMs = 60_001;
    const given = mappings.poll();
    expect(batchesIn(given)).toEqual([]);
    expect(notesIn(given)).toMatchObject([{ itemIds: ['a1'], condition: 'RecordAgeExceeded' }]);
    expect(positions(mappings)[0]).toEqual(['a', '1']);
  });

  it('KE-12 is told to the destination, without what the records say', () => {
    const mappings = withMapping({ MaximumRetryAttempts: 1, ...DESTINATION });
    mappings.put('a', 'a1');
    mappings.nowMs = 2_000;
    mappings.put('a', 'a2');
    const told = toldIn(failNow(mappings, failNow(mappings, mappings.poll())));
    const instant = (ms: number) => new Date(SETTINGS_FOR_TESTS.epochMs + ms).toISOString();
    expect(told).toEqual([
      {
        to: DEAD_ARN,
        requestContext: {
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          functionArn: FUNCTION_ARN,
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 2,
        },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        version: '1.0',
        timestamp: instant(3_000),
        TestBatchInfo: {
          shardId: 'a',
          startSequenceNumber: 'a1',
          endSequenceNumber: 'a2',
          approximateArrivalOfFirstRecord: instant(0),
          approximateArrivalOfLastRecord: instant(2_000),
          batchSize: 2,
          streamArn: STREAM_ARN,
        },
      },
    ]);
  });

  it('KE-12 is told with the version that had it, if the mapping names an alias', () => {
    const mappings = withMapping({ MaximumRetryAttempts: 0, ...DESTINATION });
    mappings.put('a', 'a1');
    const failed = ok({ StatusCode: 200, ExecutedVersion: '2', FunctionError: 'Unhandled', Payload: new Uint8Array() });
    expect(toldIn(mappings.answered(batchIn(mappings.poll()), failed))).toMatchObject([
      { responseContext: { executedVersion: '2' } },
    ]);
  });

  it('is left where it is by a mapping that is disabled, and read again when it is enabled', () => {
    const mappings = new StreamMappings();
    const UUID = mappings.create();
    mappings.put('a', 'a1');
    const pause = waitIn(mappings.answered(batchIn(mappings.poll()), FAILED));
    mappings.ask('UpdateEventSourceMapping', { UUID, Enabled: false });
    expect(mappings.comes(pause)).toEqual([]);
    mappings.ask('UpdateEventSourceMapping', { UUID, Enabled: true });
    expect(batchesIn(mappings.poll())).toEqual([['a1']]);
  });

  it('is tried no more by a mapping that was deleted', () => {
    const mappings = new StreamMappings();
    const UUID = mappings.create();
    mappings.put('a', 'a1');
    const pause = waitIn(mappings.answered(batchIn(mappings.poll()), FAILED));
    mappings.ask('DeleteEventSourceMapping', { UUID });
    expect(batchesIn(mappings.comes(pause))).toEqual([]);
    expect(mappings.state.mappings.size).toBe(0);
  });
});

describe('bisection', () => {
  it('KE-08 splits a batch that fails, uses up no attempt, and holds up nothing but what fails', () => {
    const mappings = withMapping({ ...BISECTS, MaximumRetryAttempts: 1 });
    mappings.put('a', 'a1', 'a2', 'a3', 'a4');
    const seen: (readonly string[])[] = [];
    let given = mappings.poll();
    while (sentIn(given, 'invoke').length > 0) {
      const [ids = []] = batchesIn(given);
      seen.push(ids);
      given = ids.includes('a2') ? failNow(mappings, given) : mappings.answered(batchIn(given), returned(null));
    }
    expect(seen).toEqual([['a1', 'a2', 'a3', 'a4'], ['a1', 'a2'], ['a1'], ['a2'], ['a2'], ['a3', 'a4']]);
    expect(positions(mappings)[0]).toEqual(['a', '4']);
  });

  it('KE-08 finds the one record that fails, whatever it is, and gives up that one alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(11), fc.integer({ min: 0, max: 2 }), (count, at, retries) => {
        const poison = `a${(at % count) + 1}`;
        const mappings = withMapping({ ...BISECTS, MaximumRetryAttempts: retries });
        mappings.put('a', ...Array.from({ length: count }, (_, n) => `a${n + 1}`));
        const done: string[] = [];
        const log: MappingEffect[] = [];
        let alone = 0;
        let given = mappings.poll();
        while (sentIn(given, 'invoke').length > 0) {
          log.push(...given);
          const [ids = []] = batchesIn(given);
          if (ids.length === 1 && ids[0] === poison) alone += 1;
          if (!ids.includes(poison)) done.push(...ids);
          given = ids.includes(poison) ? failNow(mappings, given) : mappings.answered(batchIn(given), returned(null));
        }
        log.push(...given);
        const all = Array.from({ length: count }, (_, n) => `a${n + 1}`);
        expect(done).toEqual(all.filter((id) => id !== poison));
        expect(alone).toBe(retries + 1);
        const up = notesIn(log).filter(({ kind }) => kind === 'records-given-up');
        expect(up).toMatchObject([{ itemIds: [poison] }]);
      }),
    );
  });
});

describe('a partial batch response', () => {
  const given = (settings: Input = {}) => {
    const mappings = withMapping({ ...REPORTS, ...settings });
    mappings.put('a', 'a1', 'a2', 'a3', 'a4');
    return { mappings, batch: batchIn(mappings.poll()) };
  };

  it('KE-09 counts by its lowest record: all from there on come again', () => {
    const { mappings, batch } = given();
    const partly = mappings.answered(batch, failedFrom('a4', 'a2'));
    expect(acknowledgedIn(partly)).toEqual(['handle of a1']);
    expect(positions(mappings)[0]).toEqual(['a', '1']);
    expect(batchesIn(mappings.comes(waitIn(partly)))).toEqual([['a2', 'a3', 'a4']]);
  });

  it('KE-10 means success if it names no record', () => {
    for (const answer of [
      returnedText(''),
      returned(null),
      returned({}),
      failedFrom(),
      returned({ batchItemFailures: null }),
    ]) {
      const { mappings, batch } = given();
      expect(acknowledgedIn(mappings.answered(batch, answer))).toHaveLength(4);
      expect(positions(mappings)[0]).toEqual(['a', '4']);
    }
  });

  it('KE-10 means failure of all if it can’t be read, or names what was not in the batch', () => {
    for (const answer of [
      ...[failedFrom(''), failedFrom('a9'), returned({ batchItemFailures: [{ itemIdentifier: null }] })],
      ...[returned({ batchItemFailures: [{ id: 'a2' }] }), returnedText('no JSON')],
    ]) {
      const { mappings, batch } = given();
      expect(batchesIn(mappings.comes(waitIn(mappings.answered(batch, answer))))).toEqual([['a1', 'a2', 'a3', 'a4']]);
    }
  });

  it('KE-09 KE-12 uses up attempts, and the destination is told of no error', () => {
    const { mappings, batch } = given({ MaximumRetryAttempts: 1, ...DESTINATION });
    mappings.comes(waitIn(mappings.answered(batch, failedFrom('a3'))));
    const told = toldIn(mappings.answered(batch, failedFrom('a3')));
    expect(told).toMatchObject([
      {
        requestContext: { approximateInvokeCount: 2 },
        responseContext: { functionError: null },
        TestBatchInfo: { startSequenceNumber: 'a3', endSequenceNumber: 'a4', batchSize: 2 },
      },
    ]);
  });

  it('KE-11 splits the batch at its record if batches are bisected, and uses up no attempt', () => {
    const { mappings, batch } = given({ ...BISECTS, MaximumRetryAttempts: 0 });
    const rest = mappings.comes(waitIn(mappings.answered(batch, failedFrom('a3'))));
    expect(batchesIn(rest)).toEqual([['a3', 'a4']]);
    const halved = mappings.comes(waitIn(mappings.answered(batch, failedFrom('a3'))));
    expect(batchesIn(halved)).toEqual([['a3']]);
    const next = mappings.answered(batch, failedFrom('a3'));
    expect(notesIn(next)).toMatchObject([{ kind: 'records-given-up', itemIds: ['a3'] }]);
    expect(batchesIn(next)).toEqual([['a4']]);
  });
});

describe('a lane in parts', () => {
  const KEYS = [...'abcdefghij'];

  it('KE-03 has at most so many batches at once', () => {
    const mappings = withMapping({ ParallelizationFactor: 3, BatchSize: 1 }, ['s']);
    mappings.put('s', ...KEYS.map((key) => `${key}1`));
    const batches = mappings.pollEach().flatMap(batchesIn);
    expect(batches).toHaveLength(3);
    expect(mappings.polls).toEqual([]);
  });

  it('KE-03 is asked for nothing where no key of the part has arrived', () => {
    const mappings = withMapping({ ParallelizationFactor: 10 }, ['s']);
    mappings.put('s', 'a1', 'a2');
    expect(mappings.polls).toHaveLength(1);
    expect(batchesIn(mappings.poll())).toEqual([['a1', 'a2']]);
  });

  it('UV-11 holds up itself alone when it fails', () => {
    const mappings = withMapping({ ParallelizationFactor: 10, BatchSize: 1 }, ['s']);
    mappings.put('s', ...KEYS.map((key) => `${key}1`));
    const [first, ...others] = mappings.pollEach();
    expect(others.length).toBeGreaterThan(1);
    mappings.answered(batchIn(first ?? []), FAILED);
    for (const other of others) mappings.answered(batchIn(other), returned(null));
    expect(mappings.state.batches.size).toBeGreaterThanOrEqual(1);
    expect([...mappings.state.batches.values()].filter(({ state }) => state === 'paused')).toHaveLength(1);
  });

  /** A batch of each part of a shard, one record of each key; the first one has failed. */
  function firstPartFailed(mappings: StreamMappings): {
    readonly failed: string;
    readonly others: readonly string[];
    readonly pause: readonly MappingEffect[];
  } {
    mappings.create({ ParallelizationFactor: 10, BatchSize: 1 });
    mappings.put('s', ...KEYS.flatMap((key) => [`${key}1`, `${key}2`]));
    const [failed = '', ...others] = mappings.pollEach().map(batchIn);
    return { failed, others, pause: mappings.answered(failed, FAILED) };
  }

  it.each([
    ['its-part', true],
    ['its-shard', false],
  ] as const)('UV-11 that fails holds up %s: other parts go on meanwhile (%s)', (failedPartHoldsUp, goOn) => {
    const mappings = new StreamMappings({ policies: { failedPartHoldsUp } }, ['s', 't']);
    const { failed, others, pause } = firstPartFailed(mappings);
    for (const other of others) mappings.answered(other, returned(null));
    expect(mappings.polls.length > 0).toBe(goOn);
    mappings.put('t', 'a1');
    expect(mappings.polls.some(({ of }) => of.includes('/poll/t/'))).toBe(true);
    mappings.comes(waitIn(pause));
    mappings.answered(failed, returned(null));
    const inS = mappings.polls.filter(({ of }) => of.includes('/poll/s/'));
    expect(inS.length).toBeGreaterThan(1);
  });

  it('UV-11 KE-01 holds up nothing when it only comes once more', () => {
    const mappings = new StreamMappings({ policies: { failedPartHoldsUp: 'its-shard' } }, ['s']);
    mappings.create({ ParallelizationFactor: 10, BatchSize: 1 });
    mappings.put('s', ...KEYS.flatMap((key) => [`${key}1`, `${key}2`]));
    const [first = '', second = ''] = mappings.pollEach().map(batchIn);
    const batch = mappings.state.batches.get(first) ?? expect.fail('no batch');
    batch.isTwice = true;
    mappings.answered(first, returned(null));
    mappings.answered(second, returned(null));
    expect(mappings.polls).toHaveLength(1);
  });

  it('UV-11 depends on the other parts of its shard only if they hold each other up', () => {
    const writes = (['its-part', 'its-shard'] as const).map((failedPartHoldsUp) => {
      const mappings = new StreamMappings({ policies: { failedPartHoldsUp } }, ['s']);
      mappings.create({ ParallelizationFactor: 10, BatchSize: 1 });
      mappings.put('s', ...KEYS.map((key) => `${key}1`));
      const [one = '', other = ''] = mappings.pollEach().map(batchIn);
      const steps = [one, other].map((batch) => mappings.answer(batch, returned(null)).footprint.writes);
      return new Set(steps.flat()).size;
    });
    expect(writes).toEqual([2, 1]);
  });

  it('KE-03 keeps the order of each key, whatever fails, and leaves nothing out', () => {
    const records = fc.array(fc.constantFrom(...KEYS), { maxLength: 25 });
    const answers = fc.array(fc.constantFrom('done', 'failed', 'partly'), { maxLength: 40 });
    const factor = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(records, answers, factor, fc.integer({ min: 1, max: 4 }), (keys, hows, parallel, BatchSize) => {
        const mappings = withMapping({ ParallelizationFactor: parallel, BatchSize, ...REPORTS }, ['s']);
        const ids = keys.map((key, n) => `${key}${n}`);
        const done: string[] = [];
        const inHand: (readonly [batch: string, ids: readonly string[]])[] = [];
        const hold = (effects: readonly MappingEffect[]) => {
          const batches = batchesIn(effects);
          for (const [place, { call = '' }] of sentIn(effects, 'invoke').entries())
            inHand.push([call, batches[place] ?? []]);
        };
        const step = (how: string) => {
          for (const pause of mappings.pauses()) hold(mappings.comes(pause));
          if (mappings.polls.length > 0) hold(mappings.poll());
          expect(inHand.length).toBeLessThanOrEqual(parallel);
          const [batch, batchIds = []] = inHand.shift() ?? [];
          if (batch === undefined) return;
          const [first = '', second] = batchIds;
          const isPartly = how === 'partly' && second !== undefined;
          done.push(...(how === 'done' ? batchIds : isPartly ? [first] : []));
          hold(mappings.answered(batch, how === 'done' ? returned(null) : isPartly ? failedFrom(second) : FAILED));
        };
        for (const [n, id] of ids.entries()) {
          mappings.put('s', id);
          step(hows[n] ?? 'done');
        }
        for (const how of hows) step(how);
        while (mappings.polls.length > 0 || inHand.length > 0 || mappings.isPausing) step('done');
        for (const key of KEYS) {
          const ofKey = (all: readonly string[]) => all.filter((id) => id.startsWith(key));
          expect(ofKey(done)).toEqual(ofKey(ids));
        }
      }),
    );
  });
});

describe('lanes that take the place of others', () => {
  it('KE-17 are read when those have been read to their ends', () => {
    const mappings = withMapping({ BatchSize: 1 }, ['a']);
    mappings.put('a', 'a1');
    const first = mappings.poll();
    mappings.end('a', 'b', 'c');
    mappings.put('b', 'b1');
    mappings.put('c', 'c1');
    expect(mappings.polls).toEqual([]);
    mappings.answered(batchIn(first), returned(null));
    expect(batchesIn(mappings.poll())).toEqual([]);
    expect(mappings.pollEach().flatMap(batchesIn)).toEqual([['b1'], ['c1']]);
  });

  it('KE-17 wait for the last batch of those, as long as it fails', () => {
    const mappings = withMapping({}, ['a']);
    mappings.put('a', 'a1');
    mappings.end('a', 'b');
    mappings.put('b', 'b1');
    const given = mappings.poll();
    expect(batchesIn(given)).toEqual([['a1']]);
    const again = failNow(mappings, given);
    expect(mappings.polls).toEqual([]);
    mappings.answered(batchIn(again), returned(null));
    expect(batchesIn(mappings.poll())).toEqual([['b1']]);
  });

  it('KE-17 wait for all parents of a merge, and all parts of each', () => {
    const mappings = withMapping({ ParallelizationFactor: 2, BatchSize: 1 }, ['s', 't']);
    mappings.put('s', 'a1', 'e1');
    const [one, other] = mappings.pollEach();
    mappings.end('s', 'm');
    mappings.end('t', 'm');
    mappings.put('m', 'a2', 'e2');
    const ends = () => mappings.pollEach().flatMap(batchesIn);
    expect(ends()).toEqual([]);
    mappings.answered(batchIn(one ?? []), returned(null));
    expect(ends()).toEqual([]);
    mappings.answered(batchIn(other ?? []), returned(null));
    expect(ends()).toEqual([]);
    expect(ends()).toEqual(expect.arrayContaining([['a2'], ['e2']]));
  });

  it('KE-04 KE-17 are read from their beginning, also by a mapping that began at the end', () => {
    const mappings = new StreamMappings({}, ['a']);
    mappings.put('a', 'a1');
    mappings.create({ StartingPosition: 'LATEST' });
    mappings.end('a', 'b');
    mappings.put('b', 'b1');
    const given = [0, 1, 2].flatMap(() => (mappings.polls.length > 0 ? batchesIn(mappings.poll()) : []));
    expect(given).toEqual([['b1']]);
  });
});

describe('a batch that is given to the function, within a budget', () => {
  /** The options of the only choice. */
  const optionsIn = (effects: readonly MappingEffect[]) => {
    const [offer, ...more] = effectsOf(effects, 'offer');
    expect(more).toEqual([]);
    expect(offer?.fault).toBe('duplicate');
    const [once, twice] = offer?.options ?? [];
    return { once: once ?? expect.fail('no choice'), twice: twice ?? expect.fail('no other option') };
  };
  const offered = () => {
    const mappings = withMapping({ BatchSize: 1 });
    mappings.put('a', 'a1', 'a2');
    mappings.faults = ['duplicate'];
    const polled = mappings.poll();
    expect(batchesIn(polled)).toEqual([]);
    mappings.faults = [];
    return { mappings, ...optionsIn(polled) };
  };

  it('KE-01 may come once more although it was done, at any time, and its lane waits for that', () => {
    const { mappings, twice } = offered();
    const { effects } = mappings.tell(twice);
    expect(batchesIn(effects)).toEqual([['a1']]);
    const done = mappings.answered(batchIn(effects), returned(null));
    expect(done).toMatchObject([
      { kind: 'strike', fault: 'duplicate' },
      { kind: 'timer', as: 'step', atMs: 0 },
    ]);
    expect(mappings.polls).toEqual([]);
    const again = mappings.comes(waitIn(done));
    expect(batchesIn(again)).toEqual([['a1']]);
    mappings.answered(batchIn(again), returned(null));
    expect(batchesIn(mappings.poll())).toEqual([['a2']]);
  });

  it('KE-01 usually comes once', () => {
    const { mappings, once } = offered();
    mappings.answered(batchIn(mappings.tell(once).effects), returned(null));
    expect(batchesIn(mappings.poll())).toEqual([['a2']]);
  });
});

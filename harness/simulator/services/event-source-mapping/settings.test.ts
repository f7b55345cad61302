/**
 * The operations of mappings: the settings that they accept and refuse, and the words of a refusal.
 */

import { describe, expect, it } from 'vitest';
import { type AwsAnswer, notSimulated } from '../../contract/answer.ts';
import type { Reader } from '../../contract/event-source.ts';
import { sentIn } from '../../contract/service-for-tests.ts';
import {
  aboutOf,
  acknowledgedIn,
  batchIn,
  FAILED,
  FUNCTION_ARN,
  QUEUE_ARN,
  QueueMappings,
  returned,
} from './mappings-for-tests.ts';

const create = (settings: object, mappings = new QueueMappings()): AwsAnswer =>
  mappings.answerTo('CreateEventSourceMapping', { EventSourceArn: QUEUE_ARN, FunctionName: 'charge', ...settings });

const outputOf = (answer: AwsAnswer) => (answer.ok ? answer.output : expect.fail(answer.error.message));

const refusalOf = (answer: AwsAnswer) =>
  answer.ok ? null : [answer.error.status, answer.error.code, answer.error.message];

describe('CreateEventSourceMapping', () => {
  it('SE-17 answers with the state Creating; then it is Enabled', () => {
    const mappings = new QueueMappings();
    const answer = create({}, mappings);
    expect(answer).toMatchObject({
      ok: true,
      output: {
        State: 'Creating',
        StateTransitionReason: 'USER_INITIATED',
        BatchSize: 10,
        MaximumBatchingWindowInSeconds: 0,
        EventSourceArn: QUEUE_ARN,
        FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:charge',
      },
    });
    const UUID = answer.ok ? answer.output.UUID : null;
    expect(mappings.answerTo('GetEventSourceMapping', { UUID })).toMatchObject({
      ok: true,
      output: { State: 'Enabled' },
    });
  });

  it('SE-17 answers with the ARN of the mapping, and with the time of its last change', () => {
    const mappings = new QueueMappings();
    const { UUID, ...created } = outputOf(create({}, mappings));
    expect(created).toMatchObject({
      EventSourceMappingArn: `arn:aws:lambda:us-east-1:123456789012:event-source-mapping:${String(UUID)}`,
      LastModified: 1_767_225_600,
    });
    mappings.nowMs = 5_000;
    const changed = outputOf(mappings.answerTo('UpdateEventSourceMapping', { UUID, BatchSize: 3 }));
    expect(changed.LastModified).toBe(1_767_225_605);
    expect(outputOf(mappings.answerTo('GetEventSourceMapping', { UUID })).LastModified).toBe(1_767_225_605);
  });

  it.each([
    [
      'SE-02',
      { BatchSize: 11 },
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    ],
    ['SE-02', { BatchSize: 0 }, 'Batch size must be between 1 and 10000.'],
    ['SE-02', { BatchSize: 10_001, MaximumBatchingWindowInSeconds: 1 }, 'Batch size must be between 1 and 10000.'],
    ['SE-03', { MaximumBatchingWindowInSeconds: 301 }, 'Maximum batch window must be between 0 and 300 seconds.'],
    ['SE-09', { ScalingConfig: { MaximumConcurrency: 1 } }, 'Maximum concurrency must be between 2 and 1000.'],
    ['SE-09', { ScalingConfig: { MaximumConcurrency: 1_001 } }, 'Maximum concurrency must be between 2 and 1000.'],
    ['SE-15', { FilterCriteria: { Filters: [{ Pattern: '{' }] } }, 'Invalid filter pattern definition.'],
    [
      'SE-17',
      { DestinationConfig: { OnFailure: {} } },
      'Unsupported DestinationConfig parameter for given event source mapping type.',
    ],
  ])('%s %j is refused', (_fact, settings, words) => {
    expect(refusalOf(create(settings))).toEqual([400, 'InvalidParameterValueException', words]);
  });

  it.each([
    ['SE-02', { BatchSize: 10_000, MaximumBatchingWindowInSeconds: 1 }],
    ['SE-03', { MaximumBatchingWindowInSeconds: 300 }],
    ['SE-09', { ScalingConfig: { MaximumConcurrency: 1_000 } }],
  ])('%s %j is accepted', (_fact, settings) => {
    expect(create(settings).ok).toBe(true);
  });

  it('SE-04 is refused if the visibility timeout is shorter than the function’s timeout', () => {
    const mappings = new QueueMappings();
    mappings.describeSource({ visibilityTimeoutMs: 2_000 });
    expect(refusalOf(create({}, mappings))).toEqual([
      400,
      'InvalidParameterValueException',
      'Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds',
    ]);
    mappings.describeSource({ visibilityTimeoutMs: 3_000 });
    expect(create({}, mappings).ok).toBe(true);
  });

  it('SE-17 for the same queue and function twice is a conflict', () => {
    const mappings = new QueueMappings();
    mappings.create();
    expect(refusalOf(create({}, mappings))?.slice(0, 2)).toEqual([409, 'ResourceConflictException']);
  });

  it.each([
    [
      'an ARN that stands for no event source',
      { EventSourceArn: 'arn:aws:mq:us-east-1:123456789012:broker:b' },
      'An event source mapping for «arn:aws:mq:us-east-1:123456789012:broker:b» is not simulated.',
    ],
    [
      'SE-18 provisioned pollers',
      { ProvisionedPollerConfig: {} },
      'An event source mapping with ProvisionedPollerConfig is not simulated.',
    ],
    [
      'SE-15 a wildcard',
      { FilterCriteria: { Filters: [{ Pattern: '{"body":[{"wildcard":"a*"}]}' }] } },
      'The filter operator «wildcard» is not simulated.',
    ],
  ])('%s is refused by name', (_what, settings, words) => {
    expect(refusalOf(create(settings))?.[2]).toBe(words);
  });

  it('is refused in the words of the source that it names, if that cannot be read', () => {
    const mappings = new QueueMappings();
    const fifo = `${QUEUE_ARN}.fifo`;
    mappings.described.set(fifo, { is: null, refusal: notSimulated('An event source mapping for this queue') });
    expect(refusalOf(create({ EventSourceArn: fifo }, mappings))?.[2]).toBe(
      'An event source mapping for this queue is not simulated.',
    );
    expect(mappings.state.mappings.size).toBe(0);
  });

  it('is refused if the function does not exist', () => {
    expect(refusalOf(create({ FunctionName: 'nobody' }))).toEqual([
      400,
      'InvalidParameterValueException',
      'Function does not exist',
    ]);
  });

  it('accepts a source that hides nothing: no visibility timeout is too short then', () => {
    const mappings = new QueueMappings();
    mappings.describeSource({ visibilityTimeoutMs: null });
    expect(create({}, mappings).ok).toBe(true);
  });
});

describe('UpdateEventSourceMapping', () => {
  it('SE-17 Enabled false stops taking messages, and true begins again', () => {
    const mappings = new QueueMappings();
    const UUID = mappings.create();
    expect(mappings.answerTo('UpdateEventSourceMapping', { UUID, Enabled: false })).toMatchObject({
      output: { State: 'Disabling' },
    });
    expect(mappings.answerTo('GetEventSourceMapping', { UUID })).toMatchObject({ output: { State: 'Disabled' } });
    expect(mappings.put('m1')).toEqual([]);
    expect(mappings.answerTo('UpdateEventSourceMapping', { UUID, Enabled: true })).toMatchObject({
      output: { State: 'Enabling' },
    });
    expect(mappings.polls).toHaveLength(1);
  });

  it('SE-17 keeps settings that it does not name', () => {
    const mappings = new QueueMappings();
    const UUID = mappings.create({ BatchSize: 3, ScalingConfig: { MaximumConcurrency: 7 } });
    expect(mappings.answerTo('UpdateEventSourceMapping', { UUID, BatchSize: 4 })).toMatchObject({
      output: { State: 'Updating', BatchSize: 4, ScalingConfig: { MaximumConcurrency: 7 } },
    });
  });

  it('SE-09 a higher MaximumConcurrency takes effect at once', () => {
    const mappings = new QueueMappings();
    const UUID = mappings.create({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    mappings.batchOf('m1');
    mappings.batchOf('m2');
    expect(mappings.put('m3')).toEqual([]);
    const more = { UUID, ScalingConfig: { MaximumConcurrency: 3 } };
    expect(aboutOf(mappings.called('UpdateEventSourceMapping', more))).toEqual(['poll-due']);
  });
});

describe('DeleteEventSourceMapping', () => {
  it('SE-17 leaves only batches in flight, which run to their end', () => {
    const mappings = new QueueMappings();
    const UUID = mappings.create();
    const batch = mappings.batchOf('m1');
    expect(mappings.answerTo('DeleteEventSourceMapping', { UUID })).toMatchObject({ output: { State: 'Deleting' } });
    expect(refusalOf(mappings.answerTo('GetEventSourceMapping', { UUID }))?.[0]).toBe(404);
    expect(mappings.answerTo('ListEventSourceMappings', {})).toMatchObject({ output: { EventSourceMappings: [] } });
    expect(mappings.put('m2')).toEqual([]);
    expect(acknowledgedIn(mappings.answered(batch, returned(null)))).toEqual(['handle of m1']);
    expect(mappings.state.mappings.size).toBe(0);
  });
});

describe('the source', () => {
  const readersIn = (mappings: QueueMappings): readonly (Reader | null)[] =>
    sentIn(mappings.log, 'watch').map(({ request }) => request.reader);
  const OTHER = 'arn:aws:lambda:us-east-1:123456789012:function:other';
  const another = (mappings: QueueMappings): string => {
    mappings.described.set(OTHER, {
      is: { kind: 'function', functionName: 'other', functionArn: OTHER, shownName: 'other', timeoutMs: 3_000 },
    });
    return mappings.create({ FunctionName: 'other' });
  };

  it('learns which mappings read it, and that a single one takes every item immediately', () => {
    const mappings = new QueueMappings();
    const UUID = mappings.create();
    const alone = { mapping: mappings.arnOf(UUID), functionArn: FUNCTION_ARN };
    expect(readersIn(mappings)).toEqual([{ arn: mappings.arnOf('*'), alone }]);
  });

  it.each([
    ['places can run out', { ScalingConfig: { MaximumConcurrency: 2 } }],
    ['a window gathers', { MaximumBatchingWindowInSeconds: 1 }],
  ])('learns of no mapping that takes every item immediately if %s', (_why, settings) => {
    const mappings = new QueueMappings();
    mappings.create(settings);
    expect(readersIn(mappings)).toEqual([{ arn: mappings.arnOf('*'), alone: null }]);
  });

  it('learns of no mapping that takes every item immediately in timed runs, where concurrency is limited', () => {
    const mappings = new QueueMappings({ isTimed: true });
    mappings.create();
    expect(mappings.source.reader).toEqual({ arn: mappings.arnOf('*'), alone: null });
  });

  it('learns again when that has changed, and not otherwise', () => {
    const mappings = new QueueMappings();
    const first = mappings.create();
    const arn = mappings.arnOf('*');
    const alone = (UUID: string, functionArn: string) => ({ mapping: mappings.arnOf(UUID), functionArn });
    const second = another(mappings);
    expect(mappings.source.reader).toEqual({ arn, alone: null });
    mappings.ask('UpdateEventSourceMapping', { UUID: first, BatchSize: 3 });
    mappings.ask('DeleteEventSourceMapping', { UUID: second });
    mappings.ask('UpdateEventSourceMapping', { UUID: first, Enabled: false });
    mappings.ask('UpdateEventSourceMapping', { UUID: first, Enabled: true });
    mappings.ask('DeleteEventSourceMapping', { UUID: first });
    expect(readersIn(mappings)).toEqual([
      { arn, alone: alone(first, FUNCTION_ARN) },
      { arn, alone: null },
      { arn, alone: alone(first, FUNCTION_ARN) },
      null,
      { arn, alone: alone(first, FUNCTION_ARN) },
      null,
    ]);
  });

  it('learns that a mapping is its only reader as soon as the other one, which was deleted, has no batch left', () => {
    const mappings = new QueueMappings();
    const second = another(mappings);
    const batch = mappings.batchOf('m1');
    const first = mappings.create();
    mappings.ask('DeleteEventSourceMapping', { UUID: second });
    expect(mappings.source.reader?.alone).toBeNull();
    mappings.answered(batch, returned(null));
    expect(mappings.source.reader?.alone?.mapping).toBe(mappings.arnOf(first));
  });

  it('reports existing items to a mapping that begins to read', () => {
    const mappings = new QueueMappings();
    mappings.put('m1', 'm2');
    mappings.create({ BatchSize: 1 });
    expect(mappings.polls).toHaveLength(1);
    mappings.poll();
    another(mappings);
    expect(mappings.polls).toHaveLength(2);
  });

  it('is read by several mappings concurrently: each message goes to one of them', () => {
    const mappings = new QueueMappings();
    mappings.create({ BatchSize: 1 });
    another(mappings);
    mappings.put('m1', 'm2');
    const [first, second] = [mappings.poll(), mappings.poll()].map((effects) => sentIn(effects, 'invoke'));
    expect([first?.[0]?.to, second?.[0]?.to].sort()).toEqual([FUNCTION_ARN, OTHER]);
    mappings.answered(batchIn(first ?? []), FAILED);
    expect(mappings.source.handedBack).toEqual(['handle of m1']);
  });
});

describe('a setting of another JSON type', () => {
  it.each([
    [{ BatchSize: '5' }],
    [{ FilterCriteria: 'all' }],
    [{ FilterCriteria: { Filters: [null] } }],
    [{ ScalingConfig: { MaximumConcurrency: true } }],
    [{ FunctionResponseTypes: 'ReportBatchItemFailures' }],
    [{ EventSourceArn: { a: 1 } }],
  ])('is refused: %o', (settings) => {
    expect(refusalOf(create(settings))).toEqual([400, 'SerializationException', expect.any(String)]);
  });

  it('is not given if it is null', () => {
    const settings = {
      ScalingConfig: null,
      FilterCriteria: { Filters: null },
      FunctionResponseTypes: null,
      BatchSize: null,
    };
    expect(outputOf(create(settings))).toMatchObject({ BatchSize: 10 });
  });
});

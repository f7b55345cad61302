/**
 * The calls about mappings: what they take, what they refuse and in which words.
 */

import { describe, expect, it } from 'vitest';
import type { AwsAnswer } from '../../contract/answer.ts';
import { Mappings, message, only, QUEUE_ARN, returned, SUBJECTS } from './mappings-for-tests.ts';

const create = (settings: object, mappings = new Mappings()): AwsAnswer =>
  mappings.call('CreateEventSourceMapping', { EventSourceArn: QUEUE_ARN, FunctionName: 'charge', ...settings });

const refusalOf = (answer: AwsAnswer) =>
  answer.ok ? null : [answer.error.status, answer.error.code, answer.error.message];

describe('CreateEventSourceMapping', () => {
  it('SE-17 answers with the state Creating; then it is Enabled', () => {
    const mappings = new Mappings();
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
    expect(mappings.call('GetEventSourceMapping', { UUID })).toMatchObject({ ok: true, output: { State: 'Enabled' } });
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
  ])('%s %j is taken', (_fact, settings) => {
    expect(create(settings).ok).toBe(true);
  });

  it('SE-04 is refused if the visibility timeout is shorter than the function may run', () => {
    const mappings = new Mappings();
    mappings.subjects = { ...SUBJECTS, queue: { arn: QUEUE_ARN, visibilityTimeoutMs: 2_000 } };
    expect(refusalOf(create({}, mappings))).toEqual([
      400,
      'InvalidParameterValueException',
      'Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds',
    ]);
    mappings.subjects = { ...SUBJECTS, queue: { arn: QUEUE_ARN, visibilityTimeoutMs: 3_000 } };
    expect(create({}, mappings).ok).toBe(true);
  });

  it('SE-17 for the same queue and function twice is a conflict', () => {
    const mappings = new Mappings();
    mappings.create();
    expect(refusalOf(create({}, mappings))?.slice(0, 2)).toEqual([409, 'ResourceConflictException']);
  });

  it.each([
    [
      'a FIFO queue',
      { EventSourceArn: `${QUEUE_ARN}.fifo` },
      'An event source mapping for a FIFO queue is not simulated.',
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
});

describe('UpdateEventSourceMapping', () => {
  it('SE-17 Enabled false stops taking messages, and true begins again', () => {
    const mappings = new Mappings();
    const UUID = mappings.create();
    expect(mappings.call('UpdateEventSourceMapping', { UUID, Enabled: false })).toMatchObject({
      output: { State: 'Disabling' },
    });
    expect(mappings.call('GetEventSourceMapping', { UUID })).toMatchObject({ output: { State: 'Disabled' } });
    expect(mappings.available()).toEqual([]);
    expect(mappings.call('UpdateEventSourceMapping', { UUID, Enabled: true })).toMatchObject({
      output: { State: 'Enabling' },
    });
    expect(only(mappings.available(), 'poll')).toHaveLength(1);
  });

  it('SE-17 keeps what it is not told', () => {
    const mappings = new Mappings();
    const UUID = mappings.create({ BatchSize: 3, ScalingConfig: { MaximumConcurrency: 7 } });
    expect(mappings.call('UpdateEventSourceMapping', { UUID, BatchSize: 4 })).toMatchObject({
      output: { State: 'Updating', BatchSize: 4, ScalingConfig: { MaximumConcurrency: 7 } },
    });
  });

  it('SE-09 a higher MaximumConcurrency lets it go on at once', () => {
    const mappings = new Mappings();
    const UUID = mappings.create({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    mappings.batchOf(UUID, message('m1'));
    mappings.batchOf(UUID, message('m2'));
    mappings.available();
    const input = { UUID, ScalingConfig: { MaximumConcurrency: 3 } };
    const call = { kind: 'call', call: 'c', operation: 'UpdateEventSourceMapping', input, subjects: SUBJECTS } as const;
    expect(only(mappings.tell(call), 'poll')).toHaveLength(1);
  });
});

describe('DeleteEventSourceMapping', () => {
  it('SE-17 leaves nothing behind but what is in flight, which comes to its end', () => {
    const mappings = new Mappings();
    const UUID = mappings.create();
    const batch = mappings.batchOf(UUID, message('m1'));
    expect(mappings.call('DeleteEventSourceMapping', { UUID })).toMatchObject({ output: { State: 'Deleting' } });
    expect(refusalOf(mappings.call('GetEventSourceMapping', { UUID }))?.[0]).toBe(404);
    expect(mappings.call('ListEventSourceMappings', {})).toMatchObject({ output: { EventSourceMappings: [] } });
    expect(mappings.available()).toEqual([]);
    expect(only(mappings.answer(batch, returned(null)), 'delete')).toHaveLength(1);
    expect(mappings.state.mappings.size).toBe(0);
  });
});

/**
 * What becomes of a batch, fact by fact: every kind of answer, and how the function receives the batch.
 */

import { describe, expect, it } from 'vitest';
import { fail, type Input } from '../../contract/answer.ts';
import { sentIn } from '../../contract/service-for-tests.ts';
import {
  aboutOf,
  acknowledgedIn,
  batchesIn,
  batchIn,
  FAILED,
  FUNCTION_ARN,
  QUEUE_ARN,
  QueueMappings,
  returned,
  returnedText,
  THROTTLED,
  waitIn,
} from './mappings-for-tests.ts';

const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };

function withMapping(settings: Input = {}): QueueMappings {
  const mappings = new QueueMappings();
  mappings.create(settings);
  return mappings;
}

describe('a batch that was not processed', () => {
  it('SE-08 is not retried in place, and none of its messages is deleted', () => {
    const mappings = withMapping();
    const failed = mappings.answered(mappings.batchOf('m1'), FAILED);
    expect(aboutOf(failed)).toEqual(['hand-back']);
    expect(sentIn(failed, 'hand-back')).toMatchObject([
      { to: QUEUE_ARN, request: { lane: null, handles: ['handle of m1'] } },
    ]);
  });

  it('SE-08 comes back after the visibility timeout, in a new batch', () => {
    const mappings = withMapping();
    mappings.answered(mappings.batchOf('m1'), FAILED);
    mappings.nowMs = 29_999;
    expect(mappings.told(mappings.source.timePasses(mappings.nowMs))).toEqual([]);
    mappings.nowMs = 30_000;
    expect(aboutOf(mappings.told(mappings.source.timePasses(mappings.nowMs)))).toEqual(['poll-due']);
    const again = mappings.poll();
    expect(batchesIn(again)).toEqual([['m1']]);
    expect(acknowledgedIn(mappings.answered(batchIn(again), returned(null)))).toEqual(['handle 2 of m1']);
  });

  it('SE-11 is retried after a throttle, with growing waits, until its messages are back in the queue', () => {
    const mappings = withMapping();
    const batch = mappings.batchOf('m1');
    const attempts: number[] = [];
    let effects = mappings.answered(batch, THROTTLED);
    while (!aboutOf(effects).includes('hand-back')) {
      const wait = waitIn(effects);
      expect(wait).toMatchObject({ as: 'sleep', isCancellable: true });
      attempts.push(wait.atMs);
      expect(batchesIn(mappings.comes(wait))).toEqual([['m1']]);
      effects = mappings.answered(batch, THROTTLED);
    }
    expect(attempts).toEqual([1_000, 3_000, 7_000, 15_000]);
    expect(aboutOf(effects)).toEqual(['hand-back']);
  });

  it('SE-11 counts as failed after any other refusal of Lambda, and is not retried in place', () => {
    const mappings = withMapping();
    const gone = fail('ResourceNotFoundException', 'Function not found', 404);
    expect(aboutOf(mappings.answered(mappings.batchOf('m1'), gone))).toEqual(['hand-back']);
  });

  it('SE-11 a batch that waits keeps its place', () => {
    const mappings = withMapping({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    mappings.batchOf('m1');
    mappings.answered(mappings.batchOf('m2'), THROTTLED);
    expect(aboutOf(mappings.put('m3'))).toEqual([]);
  });
});

describe('ReportBatchItemFailures', () => {
  const done = (answer: ReturnType<typeof returned>, settings: Input = REPORTS) => {
    const mappings = withMapping(settings);
    const effects = mappings.answered(mappings.batchOf('m1', 'm2'), answer);
    const ids = acknowledgedIn(effects).map((handle) => handle.replace('handle of ', ''));
    const left = sentIn(effects, 'hand-back').flatMap(({ request }) => request.handles);
    expect(left).toEqual(['m1', 'm2'].filter((id) => !ids.includes(id)).map((id) => `handle of ${id}`));
    return ids;
  };

  it('SE-12 named messages come back, the others are deleted', () => {
    expect(done(returned({ batchItemFailures: [{ itemIdentifier: 'm1' }] }))).toEqual(['m2']);
  });

  it.each([
    ['an empty list', returned({ batchItemFailures: [] })],
    ['a null list', returned({ batchItemFailures: null })],
    ['an empty object', returned({})],
    ['null', returned(null)],
    ['nothing', returnedText('')],
  ])('SE-12 %s means that all succeeded', (_what, answer) => {
    expect(done(answer)).toEqual(['m1', 'm2']);
  });

  it.each([
    ['text that is no JSON', returnedText('{')],
    ['a text', returned('all went well')],
    ['an empty identifier', returned({ batchItemFailures: [{ itemIdentifier: '' }] })],
    ['a null identifier', returned({ batchItemFailures: [{ itemIdentifier: null }] })],
    ['a wrong key', returned({ batchItemFailures: [{ id: 'm1' }] })],
    ['an unknown message', returned({ batchItemFailures: [{ itemIdentifier: 'm9' }] })],
    ['a list that is none', returned({ batchItemFailures: 'm1' })],
    ['a function error', FAILED],
  ])('SE-12 %s means that all failed', (_what, answer) => {
    expect(done(answer)).toEqual([]);
  });

  it('SE-12 deletes nothing if every message is named', () => {
    const mappings = withMapping(REPORTS);
    const failures = { batchItemFailures: [{ itemIdentifier: 'm1' }] };
    expect(aboutOf(mappings.answered(mappings.batchOf('m1'), returned(failures)))).toEqual(['hand-back']);
  });

  it('SE-12 has no effect if the mapping does not ask for it', () => {
    expect(done(returned({ batchItemFailures: [{ itemIdentifier: 'm1' }] }), {})).toEqual(['m1', 'm2']);
  });
});

describe('records', () => {
  it('SE-16 come to the function together, as the source hands them out', () => {
    const mappings = withMapping();
    mappings.put(['m1', { body: 'hello' }], ['m2', { body: 'world' }]);
    const [invoked] = sentIn(mappings.poll(), 'invoke');
    expect(invoked).toMatchObject({ to: FUNCTION_ARN, by: 'mapping of charge' });
    expect(JSON.parse(invoked?.request.payloadJson ?? '')).toEqual({
      Records: [
        { id: 'm1', body: 'hello' },
        { id: 'm2', body: 'world' },
      ],
    });
  });
});

describe('the deletion of messages that are done', () => {
  it('is a step of its own if the visibility timeout could run out before', () => {
    const mappings = withMapping();
    const batch = mappings.batchOf('m1', 'm2');
    mappings.faults = ['deadline'];
    const due = waitIn(mappings.answered(batch, returned(null)));
    expect(due).toMatchObject({ as: 'step', atMs: 0, message: { kind: 'acknowledge-due' } });
    expect(mappings.source.acknowledged).toEqual([]);
    expect(acknowledgedIn(mappings.comes(due))).toEqual(['handle of m1', 'handle of m2']);
    expect(mappings.source.acknowledged).toEqual(['handle of m1', 'handle of m2']);
  });

  it('happens at once if no filter lets a message through: it was never given to the function', () => {
    const mappings = withMapping({ FilterCriteria: { Filters: [{ Pattern: '{"body":{"n":[1]}}' }] } });
    mappings.faults = ['deadline'];
    mappings.put(['m1', { body: '{"n":2}' }]);
    expect(aboutOf(mappings.poll())).toEqual(['poll', 'acknowledge']);
  });
});

describe('a second delivery of a message', () => {
  const again = (mappings: QueueMappings, mapping: string, id: string) =>
    mappings.told(mappings.source.again(id, mappings.arnOf(mapping), 7, mappings.nowMs));

  it('is a batch by itself, independent of others, and its invocation has the number that was reserved for it', () => {
    const mappings = new QueueMappings();
    const mapping = mappings.create();
    const first = mappings.batchOf('m1');
    const effects = again(mappings, mapping, 'm1');
    expect(aboutOf(effects)).toEqual(['invoke']);
    expect(sentIn(effects, 'invoke')[0]?.request.number).toBe(7);
    expect(batchIn(effects)).toBe(`${mapping}/again-m1-2`);
    expect(acknowledgedIn(mappings.answered(first, returned(null)))).toEqual(['handle of m1']);
    expect(acknowledgedIn(mappings.answered(batchIn(effects), returned(null)))).toEqual(['handle 2 of m1']);
  });

  it('reads and changes only that batch', () => {
    const mappings = new QueueMappings();
    const mapping = mappings.create();
    const [told] = mappings.source.again('m1', mappings.arnOf(mapping), 7, 0);
    const path = `lambda/event-source-mappings/${mapping}`;
    const step = mappings.take(mappings.arnOf(mapping), told?.request ?? expect.fail('nothing was told'));
    expect(step.footprint.writes).toEqual([`${path}/batches/${mapping}/again-m1-1`]);
    const batch = batchIn(step.effects);
    expect(mappings.answer(batch, returned(null)).footprint.writes).toEqual([`${path}/batches/${batch}`]);
  });

  it('is deleted if no filter lets it through', () => {
    const mappings = new QueueMappings();
    const mapping = mappings.create({ FilterCriteria: { Filters: [{ Pattern: '{"body":{"n":[1]}}' }] } });
    expect(aboutOf(again(mappings, mapping, 'm1'))).toEqual(['acknowledge']);
  });

  it('is taken in the same step by one of the mappings that read, if the source says so', () => {
    const mappings = new QueueMappings();
    const mapping = mappings.create();
    mappings.put('m1');
    mappings.poll();
    const atOnce = (isAtOnce: boolean) =>
      mappings.take(mappings.arnOf('*'), { kind: 'available', source: QUEUE_ARN, lane: null, isAtOnce }).effects;
    expect(aboutOf(atOnce(true))).toEqual(['poll']);
    expect(aboutOf(atOnce(false))).toEqual(['poll-due']);
    expect(mappings.state.mappings.get(mapping)?.lanes[0]?.polling).toBe(1);
  });
});

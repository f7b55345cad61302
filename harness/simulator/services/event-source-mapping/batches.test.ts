/**
 * What becomes of a batch, fact by fact: answers of every kind, and the shape of what the function gets.
 */

import { describe, expect, it } from 'vitest';
import { fail } from '../../contract/answer.ts';
import { FAILED, Mappings, message, only, QUEUE_ARN, returned, returnedText, THROTTLED } from './mappings-for-tests.ts';
import type { MappingEffect } from './messages.ts';

const kinds = (effects: readonly MappingEffect[]) => effects.map(({ kind }) => kind);
const deleted = (effects: readonly MappingEffect[]) => only(effects, 'delete').flatMap((one) => one.receiptHandles);

describe('a batch that was not processed', () => {
  it('SE-08 is not tried again in place, and nothing of it is deleted', () => {
    const mappings = new Mappings();
    const mapping = mappings.create();
    expect(mappings.answer(mappings.batchOf(mapping, message('m1')), FAILED)).toEqual([]);
  });

  it('SE-11 is tried again after a throttle, later and later, until its messages are back in the queue', () => {
    const mappings = new Mappings();
    const batch = mappings.batchOf(mappings.create(), message('m1'));
    const attempts: number[] = [];
    let effects = mappings.answer(batch, THROTTLED);
    for (let [wait] = only(effects, 'wait'); wait !== undefined; [wait] = only(effects, 'wait')) {
      attempts.push(wait.atMs);
      mappings.nowMs = wait.atMs;
      expect(only(mappings.tell(wait.message), 'invoke')).toHaveLength(1);
      effects = mappings.answer(batch, THROTTLED);
    }
    expect(attempts).toEqual([1_000, 3_000, 7_000, 15_000]);
    expect(effects).toEqual([]);
  });

  it('SE-11 any other «no» of Lambda is a failure, not tried again in place', () => {
    const mappings = new Mappings();
    const gone = fail('ResourceNotFoundException', 'Function not found', 404);
    expect(mappings.answer(mappings.batchOf(mappings.create(), message('m1')), gone)).toEqual([]);
  });

  it('SE-11 a batch that waits keeps its place', () => {
    const mappings = new Mappings();
    const mapping = mappings.create({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    mappings.batchOf(mapping, message('m1'));
    mappings.answer(mappings.batchOf(mapping, message('m2')), THROTTLED);
    expect(kinds(mappings.available())).toEqual([]);
  });
});

describe('ReportBatchItemFailures', () => {
  const done = (
    answer: ReturnType<typeof returned>,
    settings: Readonly<Record<string, unknown>> = { FunctionResponseTypes: ['ReportBatchItemFailures'] },
  ) => {
    const mappings = new Mappings();
    const batch = mappings.batchOf(mappings.create(settings), message('m1'), message('m2'));
    return deleted(mappings.answer(batch, answer)).map((handle) => handle.replace('handle of ', ''));
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

  it('SE-12 where every message is named, nothing is deleted', () => {
    const mappings = new Mappings();
    const mapping = mappings.create({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
    const failures = { batchItemFailures: [{ itemIdentifier: 'm1' }] };
    expect(mappings.answer(mappings.batchOf(mapping, message('m1')), returned(failures))).toEqual([]);
  });

  it('SE-12 says nothing where the mapping does not ask for it', () => {
    expect(done(returned({ batchItemFailures: [{ itemIdentifier: 'm1' }] }), {})).toEqual(['m1', 'm2']);
  });
});

describe('records', () => {
  it('SE-16 have this shape', () => {
    const mappings = new Mappings();
    const mapping = mappings.create();
    mappings.available();
    const [invoked] = only(
      mappings.receive(mapping, [
        message('m1', 'hello', {
          MessageAttributes: {
            tenant: { DataType: 'String', StringValue: 'a' },
            picture: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 255]) },
          },
        }),
      ]),
      'invoke',
    );
    expect(JSON.parse(invoked?.payloadJson ?? '')).toEqual({
      Records: [
        {
          messageId: 'm1',
          receiptHandle: 'handle of m1',
          body: 'hello',
          attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1767225600000' },
          messageAttributes: {
            tenant: { stringValue: 'a', stringListValues: [], binaryListValues: [], dataType: 'String' },
            picture: { binaryValue: 'AQL/', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
          },
          md5OfBody: 'd41d8cd98f00b204e9800998ecf8427e',
          eventSource: 'aws:sqs',
          eventSourceARN: QUEUE_ARN,
          awsRegion: 'us-east-1',
        },
      ],
    });
  });
});

/**
 * Where a mapping of a stream begins: at an instant. The other positions stand in stream-batches.test.ts.
 */

import { DescribeStreamSummaryCommand, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { CreateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { rest } from '../../../grader/fixtures/queue-lab.ts';
import { distinct, everyClass, look } from '../../../grader/fixtures/small-lab.ts';
import type { Input } from '../../contract/answer.ts';
import { SETTINGS_FOR_TESTS, sentIn } from '../../contract/service-for-tests.ts';
import { toUtf8 } from '../../contract/utf8.ts';
import { batchesIn, batchIn, FAILED, returned, STREAM_ARN, StreamMappings, waitIn } from './mappings-for-tests.ts';

/** An instant of virtual time, in seconds of the calendar. */
const seconds = (ms: number) => (SETTINGS_FOR_TESTS.epochMs + ms) / 1_000;
const at = (ms: number) => ({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: seconds(ms) });

/** Two records of the first instant, one of the fifth second, and a mapping that is created in the tenth. */
function begun(settings: Input): StreamMappings {
  const mappings = new StreamMappings({}, ['a']);
  mappings.put('a', 'a1', 'a2');
  mappings.nowMs = 5_000;
  mappings.put('a', 'a3');
  mappings.nowMs = 10_000;
  mappings.create(settings);
  return mappings;
}

describe('a mapping that begins at an instant', () => {
  it.each([
    [0, ['a1', 'a2', 'a3']],
    [1, ['a3']],
    [5_000, ['a3']],
    [5_001, []],
  ])('KE-20 reads what arrived at %i ms or later', (ms, ids) => {
    const given = begun(at(ms)).poll();
    expect(batchesIn(given).flat()).toEqual(ids);
  });

  it('KE-20 takes the instant from the SDK as well, which gives a date', () => {
    const StartingPositionTimestamp = new Date(SETTINGS_FOR_TESTS.epochMs + 5_000);
    const given = begun({ ...at(0), StartingPositionTimestamp }).poll();
    expect(batchesIn(given)).toEqual([['a3']]);
  });

  it('KE-20 goes on from its position, and reads a batch that fails again from where it begins', () => {
    const mappings = begun({ ...at(5_000), BatchSize: 1 });
    mappings.put('a', 'a4');
    const given = mappings.poll();
    const again = mappings.comes(waitIn(mappings.answered(batchIn(given), FAILED)));
    expect(batchesIn(again)).toEqual([['a3']]);
    mappings.answered(batchIn(again), returned(null));
    const next = mappings.poll();
    expect(batchesIn(next)).toEqual([['a4']]);
    expect(sentIn(next, 'poll')[0]?.request).not.toHaveProperty('sinceMs');
  });

  it('KE-20 is described with it', () => {
    const mappings = new StreamMappings();
    const UUID = mappings.create(at(0));
    expect(mappings.ask('GetEventSourceMapping', { UUID })).toMatchObject(at(0));
    mappings.ask('UpdateEventSourceMapping', { UUID, BatchSize: 7 });
    expect(mappings.ask('GetEventSourceMapping', { UUID })).toMatchObject({ ...at(0), BatchSize: 7 });
    expect(mappings.state.mappings.get(UUID)?.settings.stream?.startsAtMs).toBe(0);
  });

  it.each([
    [{ StartingPosition: 'AT_TIMESTAMP' }, 'Need to specify a timestamp'],
    [at(1), 'StartingPositionTimestamp cannot be in the future.'],
    [{ ...at(0), StartingPosition: 'LATEST' }, 'StartingPositionTimestamp is only valid with StartingPosition AT_TIM'],
    [{ ...at(0), StartingPositionTimestamp: 'noon' }, 'StartingPositionTimestamp is no timestamp'],
  ])('KE-20 is refused with %j', (settings, words) => {
    const input = { EventSourceArn: STREAM_ARN, FunctionName: 'charge', ...settings };
    const error = new StreamMappings().errorOf('CreateEventSourceMapping', input);
    expect(error.message).toContain(words);
    expect(error.status).toBe(400);
  });
});

describe('a scenario that creates its mapping later', () => {
  const CODE = `export const handler = async ({ Records }) => {
    await put('seen', Records.map(({ kinesis: { data } }) => Buffer.from(data, 'base64').toString()).join(''));
  };`;

  it('KE-20 lets it begin at an instant', async () => {
    const runs = await everyClass({
      functions: { f: CODE },
      resources: '  Orders: { Type: AWS::Kinesis::Stream, Properties: { Name: orders, ShardCount: 1 } }\n',
      run: async (context) => {
        const { kinesis, lambda } = context.clients;
        const put = (text: string) =>
          kinesis.send(new PutRecordCommand({ StreamName: 'orders', PartitionKey: 'a', Data: toUtf8(text) }));
        await put('1');
        await context.sleep(60_000);
        await put('2');
        const summary = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: 'orders' }));
        const createdMs = summary.StreamDescriptionSummary?.StreamCreationTimestamp?.getTime() ?? 0;
        const StartingPositionTimestamp = new Date(createdMs + 30_000);
        await lambda.send(
          new CreateEventSourceMappingCommand({
            EventSourceArn: 'arn:aws:kinesis:us-east-1:123456789012:stream/orders',
            ...{ FunctionName: 'f', StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp },
          }),
        );
        await rest(context);
        return { seen: await look(context, 'seen') };
      },
    });
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ seen: '2' }]);
  });
});

/**
 * The settings of streams over the stream of a table: what is split, named, gathered, tried again and given up (KE-02 to KE-12).
 *
 * The source is the simulated DynamoDB itself. That a lane of any source is treated so stands in stream-batches.test.ts.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import type { SourceDescription, SourceRequest } from '../../contract/event-source.ts';
import { effectsOf, notesIn, SETTINGS_FOR_TESTS, sentIn } from '../../contract/service-for-tests.ts';
import { type DynamoDBForTests, withStreamedThings } from '../dynamodb/dynamodb-for-tests.ts';
import {
  batchIn,
  DEAD_ARN,
  FAILED,
  FUNCTION_ARN,
  MappingsForTests,
  returned,
  THROTTLED,
  waitIn,
} from './mappings-for-tests.ts';
import type { MappingEffect } from './messages.ts';
import type { SourceForTests, ToldReader } from './source-for-tests.ts';

const ARN = 'arn:aws:dynamodb:us-east-1:123456789012:table/Things/stream/2026-01-01T00:00:00.000';
const DAY_MS = 24 * 3_600_000;
const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const BISECTS = { BisectBatchOnFunctionError: true };
const DESTINATION = { DestinationConfig: { OnFailure: { Destination: DEAD_ARN } } };

/** The stream of a real table, which tells its readers through the test. */
class ChangesForTests implements SourceForTests {
  readonly #db: DynamoDBForTests = withStreamedThings();

  get description(): SourceDescription {
    const { is } = this.#db.describe(ARN);
    return is?.kind === 'event-source' ? is : expect.fail('the table has no stream');
  }

  /** Writes items: `a1` is the item a with the number 1. */
  put(nowMs: number, names: readonly string[]): readonly ToldReader[] {
    this.#db.nowMs = nowMs;
    return names.flatMap((name) => {
      const Item = { id: { S: name.slice(0, 1) }, n: { N: name.slice(1) } };
      return toldIn(this.#db.call('PutItem', { TableName: 'Things', Item }).effects);
    });
  }

  take(request: SourceRequest, nowMs: number): readonly ToldReader[] {
    this.#db.nowMs = nowMs;
    return toldIn(this.#db.take(ARN, request, null, 'mapping of charge').effects);
  }
}

function toldIn(effects: ReturnType<DynamoDBForTests['call']>['effects']): readonly ToldReader[] {
  return [...sentIn(effects, 'available'), ...sentIn(effects, 'handed-out')];
}

class TableMappings extends MappingsForTests<ChangesForTests> {
  put(...names: readonly string[]): readonly MappingEffect[] {
    return this.told(this.source.put(this.nowMs, names));
  }
}

function withTable(settings: Input = {}): TableMappings {
  const mappings = new TableMappings(new ChangesForTests());
  mappings.create(settings);
  return mappings;
}

interface Change {
  readonly Keys: { readonly id: { readonly S: string } };
  readonly NewImage: { readonly n: { readonly N: string } };
  readonly SequenceNumber: string;
}

/** The changes that the function is given. */
function changesIn(effects: readonly MappingEffect[]): readonly Change[] {
  return sentIn(effects, 'invoke').flatMap(({ request }) => {
    const { Records } = JSON.parse(request.payloadJson) as {
      readonly Records: readonly { readonly dynamodb: Change }[];
    };
    return Records.map(({ dynamodb }) => dynamodb);
  });
}

const namesIn = (effects: readonly MappingEffect[]) =>
  changesIn(effects).map(({ Keys, NewImage }) => Keys.id.S + NewImage.n.N);
const numbersIn = (effects: readonly MappingEffect[]) => changesIn(effects).map((change) => change.SequenceNumber);
const failedAt = (itemIdentifier: string | undefined) => returned({ batchItemFailures: [{ itemIdentifier }] });
const lettersIn = (effects: readonly MappingEffect[]) =>
  sentIn(effects, 'deliver').map(({ request }) => JSON.parse(request.body) as Input);

/** The function fails with what it has, and gets what comes after the pause. */
function failNow(mappings: TableMappings, given: readonly MappingEffect[]): readonly MappingEffect[] {
  const answered = mappings.answered(batchIn(given), FAILED);
  return mappings.isPausing ? mappings.pauses().flatMap((pause) => mappings.comes(pause)) : answered;
}

describe('a mapping of the stream of a table', () => {
  it('KE-08 splits a batch that fails until the change that fails is alone, and gives up that one', () => {
    const mappings = withTable({ ...BISECTS, MaximumRetryAttempts: 1, ...DESTINATION });
    mappings.put('a1', 'b1', 'c1', 'd1');
    const seen: (readonly string[])[] = [];
    const letters: Input[] = [];
    let given = mappings.poll();
    while (namesIn(given).length > 0) {
      seen.push(namesIn(given));
      given = namesIn(given).includes('b1')
        ? failNow(mappings, given)
        : mappings.answered(batchIn(given), returned(null));
      letters.push(...lettersIn(given));
    }
    expect(seen).toEqual([['a1', 'b1', 'c1', 'd1'], ['a1', 'b1'], ['a1'], ['b1'], ['b1'], ['c1', 'd1']]);
    expect(letters).toMatchObject([{ DDBStreamBatchInfo: { batchSize: 1 } }]);
  });

  it('KE-09 KE-10 takes the sequence number of a change for a checkpoint, and no other name of it', () => {
    const mappings = withTable(REPORTS);
    mappings.put('a1', 'b1', 'a2');
    const given = mappings.poll();
    const [, second] = numbersIn(given);
    const rest = mappings.comes(waitIn(mappings.answered(batchIn(given), failedAt(second))));
    expect(namesIn(rest)).toEqual(['b1', 'a2']);
    const again = mappings.comes(waitIn(mappings.answered(batchIn(rest), failedAt('b'))));
    expect(namesIn(again)).toEqual(['b1', 'a2']);
    mappings.answered(batchIn(again), returned({ batchItemFailures: [] }));
    mappings.put('c1');
    expect(namesIn(mappings.poll())).toEqual(['c1']);
  });

  it('KE-11 splits a batch at the sequence number that is named if it bisects', () => {
    const mappings = withTable({ ...REPORTS, ...BISECTS, MaximumRetryAttempts: 0 });
    mappings.put('a1', 'b1', 'c1');
    const given = mappings.poll();
    const third = numbersIn(given).at(-1);
    const alone = mappings.comes(waitIn(mappings.answered(batchIn(given), failedAt(third))));
    expect(namesIn(alone)).toEqual(['c1']);
    expect(notesIn(mappings.answered(batchIn(alone), failedAt(third)))).toMatchObject([
      { kind: 'records-given-up', itemIds: [third], condition: 'RetryAttemptsExhausted' },
    ]);
  });

  it('KE-02 gathers changes until its window is over, or its batch is full', () => {
    const mappings = withTable({ BatchSize: 3, MaximumBatchingWindowInSeconds: 5 });
    mappings.put('a1');
    const wait = waitIn(mappings.poll());
    expect(wait.atMs).toBe(5_000);
    mappings.nowMs = 2_000;
    mappings.put('a2');
    expect(namesIn(mappings.poll())).toEqual([]);
    const gathered = mappings.comes(wait);
    expect(namesIn(gathered)).toEqual(['a1', 'a2']);
    mappings.answered(batchIn(gathered), returned(null));
    mappings.put('a3', 'b1', 'b2', 'b3');
    expect(namesIn(mappings.poll())).toEqual(['a3', 'b1', 'b2']);
  });

  it('KE-06 gives up a change that is older than it takes, by the instant of its write, and tells of it', () => {
    const mappings = withTable({ MaximumRecordAgeInSeconds: 60, ...DESTINATION });
    mappings.put('a1');
    mappings.nowMs = 500;
    mappings.put('b1');
    const given = mappings.poll();
    const [first] = numbersIn(given);
    mappings.nowMs = 59_001;
    const again = mappings.comes(waitIn(mappings.answered(batchIn(given), THROTTLED)));
    expect(namesIn(again)).toEqual(['b1']);
    const instant = new Date(SETTINGS_FOR_TESTS.epochMs).toISOString();
    expect(lettersIn(again)).toMatchObject([
      {
        requestContext: { condition: 'RecordAgeExceeded', functionArn: FUNCTION_ARN },
        DDBStreamBatchInfo: { startSequenceNumber: first, approximateArrivalOfFirstRecord: instant, streamArn: ARN },
      },
    ]);
  });

  it('KE-06 KE-14 gives up a batch when its attempts are used up, and its lane goes on', () => {
    const mappings = withTable({ BatchSize: 1, MaximumRetryAttempts: 2 });
    mappings.put('a1', 'a2');
    let given = mappings.poll();
    for (let n = 0; n < 2; n += 1) {
      given = failNow(mappings, given);
      expect(namesIn(given)).toEqual(['a1']);
    }
    const last = failNow(mappings, given);
    expect(notesIn(last)).toMatchObject([{ kind: 'records-given-up', sentTo: null }]);
    expect(namesIn(mappings.poll())).toEqual(['a2']);
  });

  it('UV-45 KE-05 tries a batch for a day at most, as long as the stream keeps its changes', () => {
    const mappings = withTable();
    mappings.put('a1');
    let given = mappings.poll();
    for (let n = 0; n < 20 && namesIn(given).length > 0; n += 1) given = failNow(mappings, given);
    expect(mappings.nowMs).toBeGreaterThanOrEqual(DAY_MS);
    expect(notesIn(given)).toMatchObject([{ kind: 'records-given-up', condition: 'RecordAgeExceeded' }]);
    expect(effectsOf(mappings.log, 'send').filter(({ request }) => request.kind === 'invoke')).toHaveLength(17);
  });

  it('KE-20 begins at no instant: AWS refuses that for a table', () => {
    const mappings = new TableMappings(new ChangesForTests());
    const start = { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: SETTINGS_FOR_TESTS.epochMs / 1_000 };
    mappings.describeSource({});
    expect(
      mappings.errorOf('CreateEventSourceMapping', { EventSourceArn: ARN, FunctionName: 'charge', ...start }),
    ).toMatchObject({
      code: 'InvalidParameterValueException',
      message: `Unsupported starting position for arn type: ${ARN}`,
    });
  });
});

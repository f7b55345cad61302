/** How the failures of a queue's handlers are explained: refused writes, faults, and downstreams that are called twice. */

import { describe, expect, it } from 'vitest';
import type { AwsAnswer } from '../../simulator/contract/answer.ts';
import type { Trace, TraceEvent } from '../../simulator/trace.ts';
import { explain } from './explain.ts';

const ITEM = 'dynamodb/Charges/{"orderId":{"S":"o-31"}}';
const OTHER = 'dynamodb/Cards/{"id":{"S":"g-1"}}';
const VIOLATION = { headline: 'Order o-31 was charged twice.', hintId: 'charged-twice' };

const traceOf = (...entries: readonly (readonly [actor: string, event: TraceEvent])[]): Trace =>
  entries.map(([actor, event], seq) => ({ seq, atMs: 0, cause: null, step: seq, actor, event }));

const said = (trace: Trace): string => explain(trace, VIOLATION, { numbering: ({ step }) => step }).because.join(' ');

function applied(
  operation: string,
  answer: AwsAnswer,
  paths: readonly string[],
  service: 'DynamoDB' | 'SQS',
): TraceEvent {
  const footprint = { reads: paths, writes: answer.ok ? paths : [] };
  return { kind: 'call-applied', call: `call-${operation}`, service, operation, input: {}, answer, footprint };
}

const wrote = applied('PutItem', { ok: true, output: {} }, [ITEM], 'DynamoDB');
const NO: AwsAnswer = { ok: false, error: { code: 'ConditionalCheckFailedException', message: 'no', status: 400 } };
const refused = applied('PutItem', NO, [ITEM], 'DynamoDB');
const ended = (invocation: string, failures: readonly object[]): TraceEvent => ({
  kind: 'invocation-ended',
  invocation,
  functionName: 'card',
  environment: 'card/1',
  outcome: { kind: 'returned', payload: { batchItemFailures: failures } },
});

describe('a refused write of a handler that works for a queue', () => {
  const refusedFor = (orderId: string, line: number): TraceEvent => {
    const about = applied('PutItem', NO, [`dynamodb/Charges/{"orderId":{"S":"${orderId}"}}`], 'DynamoDB');
    return { ...about, frame: { file: 'src/card.ts', line, column: 1 } } as TraceEvent;
  };
  const begun = (invocation: string): TraceEvent => {
    const about = { functionName: 'card', environment: 'card/1', cold: true, requestId: 'r' };
    return { kind: 'invocation-started', invocation, payload: { Records: [{}, {}] }, ...about };
  };

  it('is found in a batch that went on with another order, and told before the refused writes of other orders', () => {
    const trace = traceOf(
      ['card#1', begun('card#1')],
      ['card#1', refusedFor('o-3', 1)],
      ['card#1', refusedFor('o-31', 2)],
      ['card#1', applied('PutItem', { ok: true, output: {} }, [OTHER], 'DynamoDB')],
      ['card#1', applied('SendMessage', { ok: true, output: {} }, [], 'SQS')],
      ['card#1', ended('card#1', [])],
    );
    const { because, frame } = explain(trace, VIOLATION, { numbering: ({ step }) => step });
    expect(because).toEqual([
      "The condition of card#1's write at step 2 failed.",
      'card#1 took that for done at step 5, so its message was deleted.',
    ]);
    expect(frame?.line).toBe(2);
  });

  it('is told with the message that was deleted because of it', () => {
    const trace = traceOf(['card#1', wrote], ['card#2', refused], ['card#2', ended('card#2', [])]);
    expect(said(trace)).toBe(
      "card#1 wrote at step 0, so the condition of card#2's write at step 1 failed. card#2 took that for done at step 2, so its message was deleted.",
    );
  });

  it('is told with the record that the mapping of a stream passed over because of it', () => {
    const about = { functionName: 'card', environment: 'card/1', cold: true, requestId: 'r' };
    const payload = { Records: [{ eventSource: 'aws:kinesis' }] };
    const started: TraceEvent = { kind: 'invocation-started', invocation: 'card#2', payload, ...about };
    const trace = traceOf(['card#1', wrote], ['card#2', started], ['card#2', refused], ['card#2', ended('card#2', [])]);
    expect(said(trace)).toContain('card#2 took that for done at step 3, so its record does not come again.');
  });

  it('is not mentioned when its message comes again, or when the handler knew what to do', () => {
    const comesAgain = ended('card#2', [{ itemIdentifier: 'm' }]);
    expect(said(traceOf(['card#1', wrote], ['card#2', refused], ['card#2', comesAgain]))).toBe('');
    const receipt = applied('SendMessage', { ok: true, output: {} }, [], 'SQS');
    const handsOn = traceOf(
      ['card#1', wrote],
      ['card#2', refused],
      ['card#2', receipt],
      ['card#2', ended('card#2', [])],
    );
    expect(said(handsOn)).toBe('');
  });

  it('is not a failed condition when two transactions met', () => {
    const members = { CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }] };
    const error = { code: 'TransactionCanceledException', message: 'no', status: 400, members };
    const cancelled = applied('TransactWriteItems', { ok: false, error }, [ITEM, OTHER], 'DynamoDB');
    expect(said(traceOf(['card#1', wrote], ['card#2', cancelled], ['card#2', ended('card#2', [])]))).toBe('');
  });

  it('is a failed condition for the item whose cancellation reason says so', () => {
    const members = { CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }] };
    const error = { code: 'TransactionCanceledException', message: 'no', status: 400, members };
    const cancelled = applied('TransactWriteItems', { ok: false, error }, [ITEM, OTHER], 'DynamoDB');
    const trace = traceOf(['card#1', wrote], ['card#2', cancelled], ['card#2', ended('card#2', [])]);
    expect(said(trace)).toContain("card#1 wrote at step 0, so the condition of card#2's write at step 1 failed.");
  });
});

describe('a system that is called twice', () => {
  const asks = (request: object): TraceEvent => ({
    kind: 'downstream-entered',
    downstream: 'charge',
    call: 'c',
    request,
  });

  it('is told with the callers, the steps, and the difference between the requests', () => {
    const trace = traceOf(
      ['card#1', asks({ orderId: 'o-31', amount: 5, key: 'a' })],
      ['card#2', asks({ orderId: 'o-31', amount: 5, key: 'b' })],
    );
    expect(said(trace)).toBe(
      'card#1 asked charge about o-31 at step 0, and card#2 asked it again at step 1, with another key.',
    );
    const same = { orderId: 'o-31', amount: 5 };
    expect(said(traceOf(['card#1', asks(same)], ['card#1', asks(same)]))).toContain(
      'and asked it again at step 1, with the same request.',
    );
  });

  it('is not mentioned when the two requests were about two things', () => {
    expect(said(traceOf(['card#1', asks({ orderId: 'o-31' })], ['card#2', asks({ orderId: 'o-32' })]))).toBe('');
    expect(said(traceOf(['card#1', asks({ amount: 3 })], ['card#2', asks({ amount: 3 })]))).toBe('');
  });
});

it('a fault is told before its consequences', () => {
  const crash: TraceEvent = { kind: 'fault', fault: 'crash-after', call: 'call-PutItem' };
  const trace = traceOf(['card#1', wrote], ['card#1', crash], ['card#2', refused], ['card#2', ended('card#2', [])]);
  expect(said(trace)).toMatch(/^card#1 crashed at step 1: .* card#1 wrote at step 0, so the condition/);
});

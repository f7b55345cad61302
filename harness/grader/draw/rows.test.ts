/** How queues and downstreams appear as rows and lanes: their place, and what is left out. */

import { describe, expect, it } from 'vitest';
import type { Trace, TraceEvent } from '../../simulator/trace.ts';
import { PLAIN_PAGE } from '../report/page.ts';
import { lanesOf } from './lanes.ts';
import { rowsOf } from './rows.ts';
import { drawTrace } from './terminal.ts';

type Happening = readonly [step: number, actor: string, event: TraceEvent];

function traceOf(...happenings: readonly Happening[]): Trace {
  return happenings.map(([step, actor, event], seq) => ({ seq, atMs: 0, cause: null, step, actor, event }));
}

const nothing = { reads: [], writes: [] };

function called(service: 'SQS' | 'Lambda' | 'DynamoDB', operation: string, input: object = {}): TraceEvent {
  return { kind: 'call-applied', call: 'c', service, operation, input, answer: null, footprint: nothing };
}

const sent: TraceEvent = { kind: 'message-sent', queue: 'Orders', messageId: 'm', body: '{}', visibleAtMs: 0 };
const received: TraceEvent = {
  kind: 'message-received',
  queue: 'Orders',
  messageId: 'm',
  receiveCount: 1,
  by: 'pay#1',
  visibleAgainAtMs: 60_000,
};
const started: TraceEvent = {
  kind: 'invocation-started',
  invocation: 'pay#1',
  functionName: 'pay',
  environment: 'pay/1',
  cold: true,
  requestId: 'r',
  payload: {},
};
const entered: TraceEvent = { kind: 'downstream-entered', downstream: 'bank', call: 'c', request: {} };

function left(abandoned: boolean): TraceEvent {
  const answer = { status: 200, id: 'p-1' };
  return { kind: 'downstream-left', downstream: 'bank', call: 'c', answer, abandoned };
}

const run = traceOf(
  [1, 'scenario', called('SQS', 'SendMessage')],
  [1, 'scenario', sent],
  [2, 'pay#1', received],
  [2, 'pay#1', started],
  [3, 'pay#1', called('Lambda', 'Invoke', { FunctionName: 'raceproof-bank' })],
  [3, 'pay#1', entered],
  [4, 'pay#1', left(false)],
  [5, 'scenario', called('SQS', 'GetQueueAttributes')],
);

describe('a queue and a downstream in a drawing', () => {
  it('have their own lanes: the queue on the side of the sources, the downstream behind its callers', () => {
    expect(lanesOf(rowsOf(run))).toEqual(['queue Orders', 'pay#1', 'bank']);
  });

  it('show a late answer in the lane of the actor that gives it', () => {
    const [, , asks, tells] = rowsOf(run);
    expect(asks).toMatchObject({ actor: 'pay#1', effect: { lane: 'bank', in: 'downstream', text: 'at work' } });
    expect(tells).toMatchObject({ actor: 'bank', text: 'tells pay#1: 200 p-1' });
  });

  it('name the sender of the message that began an invocation', () => {
    expect(rowsOf(run)[1]).toMatchObject({ text: 'starts: message 1', from: 'queue Orders' });
  });

  it('say that an abandoned call has no caller left to hear its answer', () => {
    const [row] = rowsOf(traceOf([1, 'pay#1', left(true)]));
    expect(row).toMatchObject({ actor: 'bank', kind: 'trouble', text: '✗ 200 p-1, unheard' });
  });

  it('leave out a look at the number of messages', () => {
    expect(drawTrace(run, PLAIN_PAGE).join('\n')).not.toContain('GetQueueAttributes');
  });

  it('stand in the terminal with an arrow to the system that was called', () => {
    expect(drawTrace(run, PLAIN_PAGE)[3]).toMatch(/asks ─+▶ at work/);
  });
});

describe('what the scenario does in tables', () => {
  it('stands at the table that it read or wrote', () => {
    const look = traceOf([1, 'scenario', called('DynamoDB', 'GetItem', { TableName: 'Cards', Key: {} })]);
    expect(rowsOf(look)[0]).toMatchObject({ from: 'table Cards' });
    expect(lanesOf(rowsOf(look))).toEqual(['table Cards']);
  });
});

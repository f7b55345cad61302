/** What queues and downstreams do, as rows and lanes: where it stands, and what is left out. */

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
  it('have lanes of their own: the queue where things come from, the downstream behind those who ask it', () => {
    expect(lanesOf(rowsOf(run))).toEqual(['queue Orders', 'pay#1', 'bank']);
  });

  it('show an answer that comes later in the lane of who gives it', () => {
    const [, , asks, tells] = rowsOf(run);
    expect(asks).toMatchObject({ actor: 'pay#1', effect: { lane: 'bank', in: 'downstream', text: 'at work' } });
    expect(tells).toMatchObject({ actor: 'bank', text: 'tells pay#1: 200 p-1' });
  });

  it('say whose message began an invocation', () => {
    expect(rowsOf(run)[1]).toMatchObject({ text: 'starts: message 1', from: 'queue Orders' });
  });

  it('say of an abandoned call that nobody hears its answer', () => {
    const [row] = rowsOf(traceOf([1, 'pay#1', left(true)]));
    expect(row).toMatchObject({ actor: 'bank', kind: 'trouble', text: '✗ 200 p-1, unheard' });
  });

  it('leave out that somebody looked how many messages there are', () => {
    expect(drawTrace(run, PLAIN_PAGE).join('\n')).not.toContain('GetQueueAttributes');
  });

  it('stand in the terminal with an arrow to what was asked', () => {
    expect(drawTrace(run, PLAIN_PAGE)[3]).toMatch(/asks ─+▶ at work/);
  });
});

describe('what the scenario does in tables', () => {
  it('stands at the table that it looked into', () => {
    const look = traceOf([1, 'scenario', called('DynamoDB', 'GetItem', { TableName: 'Cards', Key: {} })]);
    expect(rowsOf(look)[0]).toMatchObject({ from: 'table Cards' });
    expect(lanesOf(rowsOf(look))).toEqual(['table Cards']);
  });
});

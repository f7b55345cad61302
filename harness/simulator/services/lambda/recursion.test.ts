/**
 * The guard against loops: when it stops an invocation, what becomes of the event, and how it is switched off (LS-32, LS-46 to LS-49).
 */

import { describe, expect, it } from 'vitest';
import { chainOfAll, type EventChain } from '../../contract/event-chain.ts';
import { effectsOf, sentIn } from '../../contract/service-for-tests.ts';
import { arnOf, EventsForTests, queueArn } from './event-queue-for-tests.ts';
import { FunctionsForTests } from './lambda-for-tests.ts';

/** A function and a call of it that carries a chain. */
function called(chain: EventChain, more: FunctionsForTests = new FunctionsForTests()) {
  if (more.state.functions.size === 0) more.create('bump');
  const call = { id: 'call', by: 'other#1', operation: 'Invoke', input: { FunctionName: 'bump' }, number: null, chain };
  return { lambda: more, served: more.service.call(more.state, call, more.moment) };
}

describe('the guard against loops', () => {
  it('LS-32 UV-84 lets a chain pass a function 16 times, and answers the next invocation with 400', () => {
    expect(called({ bump: 15 }).served.answer).toBeNull();
    const { served } = called({ bump: 16 });
    expect(served.answer).toMatchObject({
      ok: false,
      error: { code: 'RecursiveInvocationException', status: 400, members: { Type: 'User' } },
    });
    expect(effectsOf(served.effects, 'start')).toEqual([]);
    expect(effectsOf(served.effects, 'note')).toMatchObject([
      { event: { kind: 'loop-stopped', functionName: 'bump', passages: 16 } },
    ]);
  });

  it('LS-32 counts the passages through each function by itself, and those of other chains not at all', () => {
    expect(called({ other: 40, bump: 3 }).served.answer).toBeNull();
    const { lambda } = called({ bump: 16 });
    expect(lambda.invoke('bump').answer).toBeNull();
  });

  it('LS-46 gives an invocation the chain with one passage more', () => {
    const { lambda, served } = called({ other: 2, bump: 3 });
    const environment = effectsOf(served.effects, 'start')[0]?.environment ?? '';
    const { effects } = lambda.report({ kind: 'initialised', environment });
    expect(effectsOf(effects, 'invoke')).toMatchObject([{ chain: { other: 2, bump: 4 } }]);
  });

  it('LS-46 UV-85 gives a batch of each function the most passages', () => {
    const chains = [{ chain: { f: 3, g: 1 } }, {}, { chain: { f: 1, g: 2 } }];
    expect(chainOfAll(chains)).toEqual({ chain: { f: 3, g: 2 } });
    expect(chainOfAll([...chains].reverse())).toEqual({ chain: { f: 3, g: 2 } });
    expect(chainOfAll([{}, {}])).toEqual({});
  });

  it('LS-46 hands the chain of an event on to its destination', () => {
    const lambda = new EventsForTests();
    lambda.configure({ DestinationConfig: { OnSuccess: { Destination: queueArn('done') } } });
    const request = { kind: 'deliver', body: '{}', attributes: {}, chain: { f: 2 } } as const;
    for (const effect of lambda.take(arnOf('f'), request).effects)
      if (effect.kind === 'timer') lambda.tell(effect.message);
    lambda.succeed();
    expect(lambda.delivered.map(({ request: { chain } }) => chain)).toEqual([{ f: 3 }]);
  });

  it('LS-47 answers a mapping with the error, so that its messages go back to their queue', () => {
    const lambda = new FunctionsForTests();
    lambda.create('bump');
    const request = { kind: 'invoke', payloadJson: '{}', chain: { bump: 16 } } as const;
    const { effects } = lambda.take(arnOf('bump'), request, 'batch-1');
    expect(effectsOf(effects, 'reply')).toMatchObject([
      { call: 'batch-1', answer: { ok: false, error: { code: 'RecursiveInvocationException' } } },
    ]);
  });

  it('LS-48 accepts an event of a loop, and gives it up when its turn comes: it goes where given up events go', () => {
    const lambda = new EventsForTests({ DeadLetterConfig: { TargetArn: queueArn('dead') } });
    lambda.configure({ DestinationConfig: { OnFailure: { Destination: queueArn('failed') } } });
    const request = { kind: 'deliver', body: '{"order":17}', attributes: {}, chain: { f: 16 } } as const;
    const taken = lambda.take(arnOf('f'), request, 'the delivery');
    expect(effectsOf(taken.effects, 'reply')).toMatchObject([{ answer: { ok: true, output: { StatusCode: 202 } } }]);
    const [timer] = effectsOf(taken.effects, 'timer');
    if (timer !== undefined) lambda.tell(timer.message);
    expect(lambda.runs).toEqual([]);
    expect(lambda.noted('event-discarded')).toMatchObject([{ condition: 'LoopStopped', sentTo: ['dead', 'failed'] }]);
    expect(lambda.sent.map(({ to }) => to)).toEqual(['dead', 'failed']);
    expect(lambda.sent[0]?.body).toEqual({ order: 17 });
    expect(lambda.sent[1]?.body).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 0 },
    });
    expect(lambda.delivered[0]?.request.attributes).toMatchObject({ ErrorCode: { StringValue: '400' } });
  });

  it('LS-48 UV-86 sends an event nowhere that comes back after it was stopped', () => {
    const lambda = new EventsForTests({ DeadLetterConfig: { TargetArn: queueArn('dead') } });
    const request = { kind: 'deliver', body: '{}', attributes: {}, chain: { f: 17 } } as const;
    const [timer] = effectsOf(lambda.take(arnOf('f'), request).effects, 'timer');
    const { effects } = lambda.tell(timer?.message ?? { kind: 'event-due', event: '', isCopy: false });
    expect(sentIn(effects, 'deliver')).toEqual([]);
    expect(lambda.noted('event-discarded')).toMatchObject([{ sentTo: [] }]);
  });
});

describe('the settings of the guard', () => {
  it('LS-49 are Terminate, until they are set to Allow', () => {
    const lambda = new FunctionsForTests();
    lambda.create('bump');
    const get = () => lambda.ask('GetFunctionRecursionConfig', { FunctionName: 'bump' });
    expect(get()).toEqual({ RecursiveLoop: 'Terminate' });
    const allow = { FunctionName: 'bump', RecursiveLoop: 'Allow' };
    expect(lambda.ask('PutFunctionRecursionConfig', allow)).toEqual({ RecursiveLoop: 'Allow' });
    expect(get()).toEqual({ RecursiveLoop: 'Allow' });
    expect(called({ bump: 40 }, lambda).served.answer).toBeNull();
    lambda.ask('PutFunctionRecursionConfig', { ...allow, RecursiveLoop: 'Terminate' });
    expect(called({ bump: 40 }, lambda).served.answer).toMatchObject({ ok: false });
  });

  it('LS-49 refuse another value, none, and a function that is not there', () => {
    const lambda = new FunctionsForTests();
    lambda.create('bump');
    const errorOf = (input: object) => lambda.errorOf('PutFunctionRecursionConfig', { FunctionName: 'bump', ...input });
    expect(errorOf({ RecursiveLoop: 'Maybe' })).toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining("Value 'Maybe' at 'recursiveLoop'"),
    });
    expect(errorOf({}).code).toBe('ValidationException');
    expect(errorOf({ FunctionName: 'none', RecursiveLoop: 'Allow' }).code).toBe('ResourceNotFoundException');
    expect(lambda.errorOf('GetFunctionRecursionConfig', { FunctionName: 'none' }).code).toBe(
      'ResourceNotFoundException',
    );
  });

  it('LS-49 go with their function', () => {
    const lambda = new FunctionsForTests();
    lambda.create('bump');
    lambda.ask('PutFunctionRecursionConfig', { FunctionName: 'bump', RecursiveLoop: 'Allow' });
    lambda.ask('DeleteFunction', { FunctionName: 'bump' });
    lambda.create('bump');
    expect(lambda.ask('GetFunctionRecursionConfig', { FunctionName: 'bump' })).toEqual({ RecursiveLoop: 'Terminate' });
  });
});

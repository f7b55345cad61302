/**
 * Lambda's facts, one by one, through the service's one door. No host: the test plays the part of the processes.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import type { AwsAnswer } from '../../contract/answer.ts';
import { askFor, handleLambda } from './lambda.ts';
import type { LambdaEffect, LambdaMessage } from './messages.ts';
import { type LambdaOptions, type LambdaState, newLambda } from './state.ts';

const INPUT = { FunctionName: 'bump' };

let state: LambdaState;
let calls: number;

beforeEach(() => {
  calls = 0;
  account();
});

function account(options: Partial<LambdaOptions> = {}): void {
  state = newLambda({
    accountConcurrency: 1_000,
    rates: 'not-enforced',
    region: 'us-east-1',
    accountId: '123456789012',
    epochMs: 0,
    ...options,
  });
  create('bump');
}

function create(name: string, more: Readonly<Record<string, unknown>> = {}): AwsAnswer {
  return answerTo('CreateFunction', {
    FunctionName: name,
    Runtime: 'nodejs24.x',
    Handler: 'bump.handler',
    Role: 'arn:aws:iam::123456789012:role/r',
    ...more,
  });
}

function send(operation: string, input: Readonly<Record<string, unknown>>, nowMs = 0): readonly LambdaEffect[] {
  calls += 1;
  return handleLambda(state, { kind: 'call', call: `call-${calls}`, operation, input }, nowMs).effects;
}

function answerTo(operation: string, input: Readonly<Record<string, unknown>>, nowMs = 0): AwsAnswer {
  return replyIn(send(operation, input, nowMs));
}

function replyIn(effects: readonly LambdaEffect[]): AwsAnswer {
  const reply = effects.find((effect) => effect.kind === 'reply');
  if (reply === undefined) expect.fail(`no reply among ${effects.map(({ kind }) => kind).join(', ')}`);
  return reply.answer;
}

function invoke(name = 'bump', nowMs = 0, more: Readonly<Record<string, unknown>> = {}): readonly LambdaEffect[] {
  return send('Invoke', { FunctionName: name, ...more }, nowMs);
}

function tell(message: LambdaMessage, nowMs = 0): readonly LambdaEffect[] {
  return handleLambda(state, message, nowMs).effects;
}

/** Invokes and lets Init succeed; returns the environment. */
function running(name = 'bump', nowMs = 0): string {
  const start = invoke(name, nowMs).find((effect) => effect.kind === 'start');
  if (start === undefined) expect.fail('no environment was started');
  tell({ kind: 'initialised', environment: start.environment }, nowMs);
  return start.environment;
}

/** Invokes and lets the handler answer at once. */
function serve(name: string): void {
  const effects = invoke(name);
  const start = effects.find((effect) => effect.kind === 'start');
  const begun = start === undefined ? effects : tell({ kind: 'initialised', environment: start.environment });
  const invoked = begun.find((effect) => effect.kind === 'invoke');
  if (invoked === undefined) expect.fail(`«${name}» was not invoked`);
  tell({ kind: 'returned', invocation: invoked.invocation, payloadJson: 'null' });
}

const kinds = (effects: readonly LambdaEffect[]): string[] => effects.map(({ kind }) => kind);
const errorOf = (answer: AwsAnswer) => (answer.ok ? null : answer.error);
const reasonOf = (effects: readonly LambdaEffect[]): unknown => errorOf(replyIn(effects))?.members?.Reason;
const payloadOf = (answer: AwsAnswer): unknown =>
  answer.ok ? JSON.parse(new TextDecoder().decode(answer.output.Payload as Uint8Array)) : null;

describe('limits and pools', () => {
  it('LS-01 the account has 1,000 concurrent executions, and the request after them is throttled', () => {
    for (let i = 0; i < 1_000; i += 1) running();
    expect(errorOf(replyIn(invoke()))).toMatchObject({
      code: 'TooManyRequestsException',
      members: { Reason: 'ConcurrentInvocationLimitExceeded' },
    });
  });

  it('LS-02 a reservation is a maximum for its function', () => {
    answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 2 });
    running();
    running();
    expect(errorOf(replyIn(invoke()))?.members).toMatchObject({
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
  });

  it('LS-01 LS-02 count what runs, not environments that wait', () => {
    account({ accountConcurrency: 20 });
    create('other');
    answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 1 });
    for (let i = 0; i < 3; i += 1) serve('bump');
    expect(kinds(invoke('bump'))).toContain('invoke');
    for (let i = 0; i < 19; i += 1) running('other');
    expect(kinds(invoke('other'))).toContain('reply');
    tell({ kind: 'returned', invocation: 'other#1', payloadJson: 'null' });
    expect(kinds(invoke('other'))).toContain('invoke');
  });

  it('LS-03 a reservation is kept free while others fill the shared pool', () => {
    create('other');
    answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 300 });
    for (let i = 0; i < 700; i += 1) running('other');
    expect(errorOf(replyIn(invoke('other')))).toMatchObject({ code: 'TooManyRequestsException' });
    expect(kinds(invoke('bump'))).toContain('start');
  });

  it('LS-04 100 units stay unreserved, and AWS says so in these words', () => {
    expect(
      errorOf(answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 901 })),
    ).toMatchObject({
      code: 'InvalidParameterValueException',
      status: 400,
      message:
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    });
    expect(answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 900 }).ok).toBe(
      true,
    );
  });

  it('LS-05 the account settings tell the limit and what of it is not reserved', () => {
    answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 5 });
    expect(answerTo('GetAccountSettings', {})).toMatchObject({
      output: { AccountLimit: { ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: 995 } },
    });
  });

  it('LS-06 a function without a reservation answers without the member; one that is unknown is not found', () => {
    expect(answerTo('GetFunctionConcurrency', { FunctionName: 'bump' })).toEqual({ ok: true, output: {} });
    expect(answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 7 })).toEqual({
      ok: true,
      output: { ReservedConcurrentExecutions: 7 },
    });
    answerTo('DeleteFunctionConcurrency', { FunctionName: 'bump' });
    expect(answerTo('GetFunctionConcurrency', { FunctionName: 'bump' })).toEqual({ ok: true, output: {} });
    expect(errorOf(answerTo('GetFunctionConcurrency', { FunctionName: 'nobody' }))).toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
      message: 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody:$LATEST',
    });
    expect(
      errorOf(answerTo('PutFunctionConcurrency', { FunctionName: 'bump:live', ReservedConcurrentExecutions: 1 })),
    ).toMatchObject({
      message: expect.stringMatching(/^This operation is permitted on Lambda functions only/) as string,
    });
  });

  it('LS-07 a reservation of 0 stops every invocation', () => {
    answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 0 });
    expect(errorOf(replyIn(invoke()))?.members).toMatchObject({
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
  });

  it('LS-08 lowering a reservation stops nothing that runs', () => {
    const environment = running();
    answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 0 });
    expect(state.environments.get(environment)?.state).toBe('busy');
    expect(replyIn(tell({ kind: 'returned', invocation: 'bump#1', payloadJson: '1' })).ok).toBe(true);
  });

  it('LS-09 ten requests a second for each unit of concurrency, in timed runs', () => {
    account({ rates: 'enforced' });
    answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 2 });
    let accepted = 0;
    let throttled = 0;
    for (let i = 0; i < 25; i += 1) {
      const nowMs = i * 40;
      const effects = invoke('bump', nowMs);
      if (kinds(effects).includes('reply')) {
        expect(errorOf(replyIn(effects))?.members).toMatchObject({
          Reason: 'ReservedFunctionInvocationRateLimitExceeded',
        });
        throttled += 1;
        continue;
      }
      accepted += 1;
      const start = effects.find((effect) => effect.kind === 'start');
      if (start !== undefined) tell({ kind: 'initialised', environment: start.environment }, nowMs);
      tell({ kind: 'returned', invocation: `bump#${accepted}`, payloadJson: 'null' }, nowMs + 10);
    }
    expect({ accepted, throttled }).toEqual({ accepted: 20, throttled: 5 });
    expect(kinds(invoke('bump', 1_000))).toContain('invoke');
  });

  it('LS-10 a function gains at most 1,000 environments in 10 seconds, refilled continuously', () => {
    account({ rates: 'enforced', accountConcurrency: 5_000 });
    for (let i = 0; i < 1_000; i += 1) running();
    expect(errorOf(replyIn(invoke('bump', 0)))).toMatchObject({ code: 'TooManyRequestsException' });
    expect(kinds(invoke('bump', 10))).toContain('start');
    expect(errorOf(replyIn(invoke('bump', 19)))).toMatchObject({ code: 'TooManyRequestsException' });
    expect(kinds(invoke('bump', 39))).toContain('start');
    expect(kinds(invoke('bump', 39))).toContain('start');
    expect(errorOf(replyIn(invoke('bump', 39)))).toMatchObject({ code: 'TooManyRequestsException' });
    expect(kinds(invoke('bump', 40))).toContain('start');
  });

  it('LS-09 LS-10 measure elapsed time, and hold in timed runs only', () => {
    account({ accountConcurrency: 2_000 });
    for (let i = 0; i < 1_001; i += 1) running();
    account({ accountConcurrency: 1 });
    for (let i = 0; i < 10; i += 1) serve('bump');
    expect(kinds(invoke('bump'))).toContain('invoke');
  });
});

describe('throttle errors', () => {
  it('LS-13 are HTTP 429 with this body', () => {
    answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 0 });
    expect(errorOf(replyIn(invoke()))).toEqual({
      code: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      status: 429,
      members: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User' },
    });
  });

  it('LS-14 name whose concurrency is used up', () => {
    account({ accountConcurrency: 200 });
    create('other');
    answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 1 });
    running('bump');
    expect(reasonOf(invoke('bump'))).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
    for (let i = 0; i < 199; i += 1) running('other');
    expect(reasonOf(invoke('other'))).toBe('ConcurrentInvocationLimitExceeded');
  });

  it('LS-14 name whose request rate is exceeded', () => {
    account({ accountConcurrency: 20, rates: 'enforced' });
    create('other');
    answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 1 });
    for (let i = 0; i < 10; i += 1) serve('bump');
    expect(reasonOf(invoke('bump'))).toBe('ReservedFunctionInvocationRateLimitExceeded');
    for (let i = 0; i < 200; i += 1) serve('other');
    expect(reasonOf(invoke('other'))).toBe('FunctionInvocationRateLimitExceeded');
  });

  it('LS-15 a throttled request is not tried again by Lambda: nothing follows from it', () => {
    answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 0 });
    expect(kinds(invoke())).toEqual(['note', 'reply']);
    expect(state.invocations.size).toBe(0);
  });
});

describe('execution environments', () => {
  it('LS-17 an environment in Init is busy, and a free one is used again', () => {
    const first = invoke('bump', 0).find((effect) => effect.kind === 'start')?.environment ?? '';
    const second = invoke('bump', 1_500).find((effect) => effect.kind === 'start')?.environment ?? '';
    expect(second).not.toBe(first);
    tell({ kind: 'initialised', environment: first }, 2_000);
    tell({ kind: 'returned', invocation: 'bump#1', payloadJson: 'null' }, 3_000);
    const third = invoke('bump', 3_200);
    expect(kinds(third)).not.toContain('start');
    expect(third.find((effect) => effect.kind === 'invoke')?.environment).toBe(first);
  });

  it('LS-17 an environment serves its own function alone', () => {
    create('other');
    serve('other');
    expect(kinds(invoke('bump'))).toContain('start');
  });

  it.each([
    [1, 2],
    [2, 1],
  ])(
    'LS-18 of several free environments a timed run takes the most recently used one: %i was free before %i',
    (before, after) => {
      account({ rates: 'enforced' });
      const environments = [running(), running()];
      tell({ kind: 'returned', invocation: `bump#${before}`, payloadJson: 'null' });
      tell({ kind: 'returned', invocation: `bump#${after}`, payloadJson: 'null' });
      const taken = [invoke(), invoke()].map((effects) => effects.find(({ kind }) => kind === 'invoke'));
      expect(taken).toMatchObject([
        { environment: environments[after - 1] },
        { environment: environments[before - 1] },
      ]);
    },
  );

  it.each([
    [1, 2],
    [2, 1],
  ])(
    'LS-18 of several free environments an exploration takes the first that was made, though %i was free before %i',
    (before, after) => {
      const environments = [running(), running()];
      tell({ kind: 'returned', invocation: `bump#${before}`, payloadJson: 'null' });
      tell({ kind: 'returned', invocation: `bump#${after}`, payloadJson: 'null' });
      const taken = [invoke(), invoke()].map((effects) => effects.find(({ kind }) => kind === 'invoke'));
      expect(taken).toMatchObject([{ environment: environments[0] }, { environment: environments[1] }]);
    },
  );

  it('LS-19 the environment is frozen once the handler has answered', () => {
    const environment = running();
    expect(tell({ kind: 'returned', invocation: 'bump#1', payloadJson: 'null' })).toContainEqual({
      kind: 'freeze',
      environment,
    });
  });

  it('LS-19 the environment is frozen once the handler has thrown', () => {
    const environment = running();
    const effects = tell({ kind: 'failed', invocation: 'bump#1', error: { errorType: 'Error', errorMessage: 'boom' } });
    expect(effects).toContainEqual({ kind: 'freeze', environment });
    expect(kinds(effects)).not.toContain('kill');
  });

  it('LS-20 Init that takes 10 seconds is stopped and run again within the timeout', () => {
    const effects = invoke('bump', 0);
    const environment = effects.find((effect) => effect.kind === 'start')?.environment ?? '';
    expect(effects).toContainEqual({
      kind: 'deadline',
      of: `${environment}/init`,
      atMs: 10_000,
      message: { kind: 'init-overran', environment },
    });
    const again = tell({ kind: 'init-overran', environment }, 10_000);
    expect(kinds(again)).toEqual(['kill', 'note', 'start', 'deadline']);
    expect(again.at(-1)).toMatchObject({ atMs: 13_000 });
  });

  it('LS-21 a crash resets the environment: the next invocation runs Init again in it', () => {
    const environment = running();
    const crashed = tell({ kind: 'exited', environment, why: 'crash' });
    expect(crashed).toContainEqual({ kind: 'kill', environment });
    const next = invoke();
    expect(next.find((effect) => effect.kind === 'start')?.environment).toBe(environment);
  });

  it('LS-23 the timeout counts from the start of Invoke, Init excluded', () => {
    const environment = invoke('bump', 0).find((effect) => effect.kind === 'start')?.environment ?? '';
    const effects = tell({ kind: 'initialised', environment }, 4_000);
    expect(effects.find((effect) => effect.kind === 'invoke')).toMatchObject({ context: { deadlineMs: 7_000 } });
    expect(effects).toContainEqual({
      kind: 'deadline',
      of: 'bump#1',
      atMs: 7_000,
      message: { kind: 'timed-out', invocation: 'bump#1' },
    });
  });

  it('LS-23 nothing times out that has answered', () => {
    running();
    expect(tell({ kind: 'returned', invocation: 'bump#1', payloadJson: 'null' })).toContainEqual({
      kind: 'cancel-deadline',
      of: 'bump#1',
    });
  });

  it('LS-24 the default timeout is 3 seconds', () => {
    expect(answerTo('GetFunctionConfiguration', { FunctionName: 'bump' })).toMatchObject({ output: { Timeout: 3 } });
    create('slow', { Timeout: 900 });
    expect(answerTo('GetFunctionConfiguration', { FunctionName: 'slow' })).toMatchObject({ output: { Timeout: 900 } });
  });
});

describe('invoke responses', () => {
  it('LS-25 a request over 6 MB is refused, a response over it is a function error', () => {
    const huge = new Uint8Array(6_291_557).fill(49);
    expect(errorOf(replyIn(invoke('bump', 0, { Payload: huge })))).toMatchObject({
      code: 'RequestTooLargeException',
      status: 413,
    });
    running();
    const answer = replyIn(
      tell({ kind: 'returned', invocation: 'bump#1', payloadJson: JSON.stringify('x'.repeat(6_291_556)) }),
    );
    expect(answer).toMatchObject({ output: { FunctionError: 'Unhandled' } });
    expect(payloadOf(answer)).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
    invoke();
    const most = JSON.stringify('x'.repeat(6_291_554));
    expect(replyIn(tell({ kind: 'returned', invocation: 'bump#2', payloadJson: most }))).not.toHaveProperty(
      'output.FunctionError',
    );
    expect(kinds(invoke('bump', 0, { Payload: new Uint8Array(6_291_556).fill(49) }))).not.toContain('reply');
  });

  it('LS-26 RequestResponse answers 200, DryRun 204', () => {
    running();
    const answer = replyIn(tell({ kind: 'returned', invocation: 'bump#1', payloadJson: '{"a":1}' }));
    expect(answer).toMatchObject({ output: { StatusCode: 200, ExecutedVersion: '$LATEST' } });
    expect(answer).not.toHaveProperty('output.FunctionError');
    expect(payloadOf(answer)).toEqual({ a: 1 });
    expect(replyIn(invoke('bump', 0, { InvocationType: 'DryRun' }))).toEqual({ ok: true, output: { StatusCode: 204 } });
  });

  it('LS-27 a function error is HTTP 200 with FunctionError and a payload', () => {
    running();
    const error = { errorType: 'Error', errorMessage: 'boom', trace: ['Error: boom'] };
    const answer = replyIn(tell({ kind: 'failed', invocation: 'bump#1', error }));
    expect(answer).toMatchObject({ ok: true, output: { StatusCode: 200, FunctionError: 'Unhandled' } });
    expect(payloadOf(answer)).toEqual(error);
  });

  it('LS-28 a timeout has this payload, and kills the process', () => {
    const environment = running();
    const effects = tell({ kind: 'timed-out', invocation: 'bump#1' }, 3_000);
    expect(payloadOf(replyIn(effects))).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: 00000000-0000-4000-8000-000000000001 Error: Task timed out after 3.00 seconds',
    });
    expect(effects).toContainEqual({ kind: 'kill', environment });
  });

  it('LS-29 a process that exits has this payload', () => {
    const environment = running();
    expect(payloadOf(replyIn(tell({ kind: 'exited', environment, why: 'exit' })))).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: 00000000-0000-4000-8000-000000000001 Error: Runtime exited without providing a reason',
    });
  });

  it('LS-30 broken JSON is 400, an unknown function 404', () => {
    const broken = new TextEncoder().encode('{"a":');
    expect(errorOf(replyIn(invoke('bump', 0, { Payload: broken })))).toMatchObject({
      code: 'InvalidRequestContentException',
      status: 400,
      message: expect.stringMatching(/^Could not parse request body into json: /) as string,
    });
    expect(errorOf(replyIn(invoke('nobody')))).toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
  });
});

describe('what is not simulated', () => {
  it.each([
    ['a log tail', { LogType: 'Tail' }, 'Invoke with LogType «Tail» is not simulated.'],
    ['a client context', { ClientContext: 'e30=' }, 'Invoke with ClientContext is not simulated.'],
  ])('%s is refused by name', (_what, input, message) => {
    expect(errorOf(replyIn(invoke('bump', 0, input)))).toMatchObject({ code: 'RaceproofNotSimulated', message });
  });

  it('an unknown operation is refused by name', () => {
    expect(errorOf(answerTo('CreateAlias', { FunctionName: 'bump' }))?.message).toBe(
      'The Lambda operation «CreateAlias» is not simulated.',
    );
  });
});

describe('a footprint', () => {
  it('says that two who begin together change nothing, and that any end matters to whoever finds nothing free', () => {
    const begin = () =>
      handleLambda(state, { kind: 'call', call: 'c', operation: 'Invoke', input: INPUT, number: 9 }, 0);
    const footprint = { reads: ['lambda/bump/settings', 'lambda/limits', 'lambda/free/bump/*'], writes: [] };
    expect(begin().footprint).toEqual(footprint);
    tell({ kind: 'initialised', environment: 'bump/environment-9' });
    expect(begin().footprint).toEqual(footprint);
    const ended = handleLambda(state, { kind: 'returned', invocation: 'bump#9', payloadJson: '1' }, 0);
    expect(ended.footprint.writes).toEqual(['lambda/free/bump/environment-9']);
    expect(begin().footprint.writes).toEqual(['lambda/free/bump/environment-9']);
  });

  it('says that places are shared where they can run out', () => {
    answerTo('PutFunctionConcurrency', { FunctionName: 'bump', ReservedConcurrentExecutions: 1 });
    const begin = () =>
      handleLambda(state, { kind: 'call', call: 'c', operation: 'Invoke', input: INPUT, number: 9 }, 0);
    expect(begin().footprint.writes).toEqual(['lambda/bump/pool']);
    expect(begin().footprint).toEqual({
      reads: ['lambda/bump/settings', 'lambda/limits', 'lambda/bump/pool'],
      writes: [],
    });
    tell({ kind: 'initialised', environment: 'bump/environment-9' });
    const exited = handleLambda(state, { kind: 'exited', environment: 'bump/environment-9', why: 'crash' }, 0);
    expect(exited.footprint.adds).toEqual(['lambda/bump/pool']);
  });

  it('says that numbers are given in the order in which invocations are asked for', () => {
    const asked = [askFor(state, 'bump'), askFor(state, 'bump')];
    const footprint = { reads: ['lambda/bump/settings'], writes: ['lambda/bump/numbers'] };
    expect(asked).toEqual([
      { number: 1, footprint },
      { number: 2, footprint },
    ]);
    expect(askFor(state, 'nobody').number).toBe(null);
  });
});

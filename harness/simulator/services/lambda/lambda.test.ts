/**
 * Lambda's facts, one by one, through the service's public interface. No host: the test takes the part of the processes.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import type { AccountSettings } from '../../contract/account-settings.ts';
import type { AwsAnswer, AwsError } from '../../contract/answer.ts';
import { effectsOf, kindsOf, replyIn } from '../../contract/service-for-tests.ts';
import { FunctionsForTests, payloadOf, startedIn } from './lambda-for-tests.ts';
import type { LambdaMessage, LambdaServed } from './messages.ts';

const INPUT = { FunctionName: 'bump' };

let lambda: FunctionsForTests;

beforeEach(() => account());

function account(settings: Partial<AccountSettings> = {}): void {
  lambda = new FunctionsForTests(settings);
  lambda.create('bump');
}

const errorOf = (answer: AwsAnswer | null): AwsError | null => (answer === null || answer.ok ? null : answer.error);
const reasonOf = ({ answer }: LambdaServed): unknown => errorOf(answer)?.members?.Reason;
/** A limit of the service, which receives a message when it is reached. */
const deadline = (of: string, atMs: number, message: LambdaMessage) => ({
  kind: 'timer',
  of,
  as: 'deadline',
  atMs,
  message,
  label: `the deadline of ${of}`,
  isCancellable: true,
  owner: { actor: of, isInvocation: true },
});

describe('limits and pools', () => {
  it('LS-01 the account has 1,000 concurrent executions, and the request after them is throttled', () => {
    for (let i = 0; i < 1_000; i += 1) lambda.running();
    expect(errorOf(lambda.invoke().answer)).toMatchObject({
      code: 'TooManyRequestsException',
      members: { Reason: 'ConcurrentInvocationLimitExceeded' },
    });
  });

  it('LS-02 a reservation is a maximum for its function', () => {
    lambda.reserve('bump', 2);
    lambda.running();
    lambda.running();
    expect(errorOf(lambda.invoke().answer)?.members).toMatchObject({
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
  });

  it('LS-01 LS-02 count what runs, not environments that wait', () => {
    account({ accountConcurrency: 20 });
    lambda.create('other');
    lambda.reserve('bump', 1);
    for (let i = 0; i < 3; i += 1) lambda.serve('bump');
    expect(kindsOf(lambda.invoke('bump').effects)).toContain('invoke');
    for (let i = 0; i < 19; i += 1) lambda.running('other');
    expect(reasonOf(lambda.invoke('other'))).toBe('ConcurrentInvocationLimitExceeded');
    lambda.return('other#1');
    expect(kindsOf(lambda.invoke('other').effects)).toContain('invoke');
  });

  it('LS-03 a reservation is kept free while others fill the shared pool', () => {
    lambda.create('other');
    lambda.reserve('bump', 300);
    for (let i = 0; i < 700; i += 1) lambda.running('other');
    expect(errorOf(lambda.invoke('other').answer)).toMatchObject({ code: 'TooManyRequestsException' });
    expect(kindsOf(lambda.invoke('bump').effects)).toContain('start');
  });

  it('LS-04 100 units stay unreserved, and AWS says so in these words', () => {
    expect(errorOf(lambda.reserve('bump', 901))).toEqual({
      code: 'InvalidParameterValueException',
      status: 400,
      message:
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    });
    expect(lambda.reserve('bump', 900).ok).toBe(true);
  });

  it('LS-04 a small account keeps as many units unreserved as its settings say', () => {
    account({ accountConcurrency: 8, unreservedFloor: 2 });
    expect(errorOf(lambda.reserve('bump', 7))?.message).toContain('minimum value of [2]');
    expect(lambda.reserve('bump', 6).ok).toBe(true);
  });

  it('LS-05 the account settings state the limit and the part of it that is not reserved', () => {
    lambda.reserve('bump', 5);
    expect(lambda.answerTo('GetAccountSettings', {})).toMatchObject({
      output: { AccountLimit: { ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: 995 } },
    });
  });

  it('LS-06 a function without a reservation answers without the member; an unknown one is not found', () => {
    expect(lambda.answerTo('GetFunctionConcurrency', { FunctionName: 'bump' })).toEqual({ ok: true, output: {} });
    expect(lambda.reserve('bump', 7)).toEqual({
      ok: true,
      output: { ReservedConcurrentExecutions: 7 },
    });
    lambda.answerTo('DeleteFunctionConcurrency', { FunctionName: 'bump' });
    expect(lambda.answerTo('GetFunctionConcurrency', { FunctionName: 'bump' })).toEqual({ ok: true, output: {} });
    expect(errorOf(lambda.answerTo('GetFunctionConcurrency', { FunctionName: 'nobody' }))).toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
      message: 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody',
    });
    expect(errorOf(lambda.reserve('bump:live', 1))).toMatchObject({
      message: expect.stringMatching(/^This operation is permitted on Lambda functions only/) as string,
    });
  });

  it('LS-07 a reservation of 0 stops every invocation', () => {
    lambda.reserve('bump', 0);
    expect(errorOf(lambda.invoke().answer)?.members).toMatchObject({
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
  });

  it('LS-08 lowering a reservation stops nothing that runs', () => {
    const environment = lambda.running();
    lambda.reserve('bump', 0);
    expect(lambda.state.environments.get(environment)?.state).toBe('busy');
    expect(replyIn(lambda.return('bump#1', '1').effects).ok).toBe(true);
  });

  it('LS-09 ten requests a second for each unit of concurrency, in timed runs', () => {
    account({ isTimed: true });
    lambda.reserve('bump', 2);
    let accepted = 0;
    let throttled = 0;
    for (let i = 0; i < 25; i += 1) {
      const nowMs = i * 40;
      const served = lambda.at(nowMs).invoke();
      if (served.answer !== null) {
        expect(errorOf(served.answer)?.members).toMatchObject({
          Reason: 'ReservedFunctionInvocationRateLimitExceeded',
        });
        throttled += 1;
        continue;
      }
      accepted += 1;
      const environment = startedIn(served);
      if (environment !== null) lambda.report({ kind: 'initialised', environment });
      lambda.at(nowMs + 10).return(`bump#${accepted}`);
    }
    expect({ accepted, throttled }).toEqual({ accepted: 20, throttled: 5 });
    expect(kindsOf(lambda.at(1_000).invoke().effects)).toContain('invoke');
  });

  it('LS-10 a function gains at most 1,000 environments in 10 seconds, refilled continuously', () => {
    account({ isTimed: true, accountConcurrency: 5_000 });
    for (let i = 0; i < 1_000; i += 1) lambda.running();
    expect(errorOf(lambda.at(0).invoke().answer)).toMatchObject({ code: 'TooManyRequestsException' });
    expect(kindsOf(lambda.at(10).invoke().effects)).toContain('start');
    expect(errorOf(lambda.at(19).invoke().answer)).toMatchObject({ code: 'TooManyRequestsException' });
    expect(kindsOf(lambda.at(39).invoke().effects)).toContain('start');
    expect(kindsOf(lambda.at(39).invoke().effects)).toContain('start');
    expect(errorOf(lambda.at(39).invoke().answer)).toMatchObject({ code: 'TooManyRequestsException' });
    expect(kindsOf(lambda.at(40).invoke().effects)).toContain('start');
  });

  it('LS-09 LS-10 measure elapsed time, and hold in timed runs only', () => {
    account({ accountConcurrency: 2_000 });
    for (let i = 0; i < 1_001; i += 1) lambda.running();
    account({ accountConcurrency: 1 });
    for (let i = 0; i < 10; i += 1) lambda.serve('bump');
    expect(kindsOf(lambda.invoke('bump').effects)).toContain('invoke');
  });
});

describe('throttle errors', () => {
  it('LS-13 are HTTP 429 with this body', () => {
    lambda.reserve('bump', 0);
    expect(errorOf(lambda.invoke().answer)).toEqual({
      code: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      status: 429,
      members: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User' },
    });
  });

  it('LS-14 name the scope of the concurrency that is used up', () => {
    account({ accountConcurrency: 200 });
    lambda.create('other');
    lambda.reserve('bump', 1);
    lambda.running('bump');
    expect(reasonOf(lambda.invoke('bump'))).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
    for (let i = 0; i < 199; i += 1) lambda.running('other');
    expect(reasonOf(lambda.invoke('other'))).toBe('ConcurrentInvocationLimitExceeded');
  });

  it('LS-14 name the scope of the request rate that is exceeded', () => {
    account({ accountConcurrency: 20, isTimed: true });
    lambda.create('other');
    lambda.reserve('bump', 1);
    for (let i = 0; i < 10; i += 1) lambda.serve('bump');
    expect(reasonOf(lambda.invoke('bump'))).toBe('ReservedFunctionInvocationRateLimitExceeded');
    for (let i = 0; i < 200; i += 1) lambda.serve('other');
    expect(reasonOf(lambda.invoke('other'))).toBe('FunctionInvocationRateLimitExceeded');
  });

  it('LS-15 a throttled request is not retried by Lambda: it has no effects', () => {
    lambda.reserve('bump', 0);
    const { answer, effects } = lambda.invoke();
    expect(answer?.ok).toBe(false);
    expect(kindsOf(effects)).toEqual(['note']);
    expect(lambda.state.invocations.size).toBe(0);
  });
});

describe('execution environments', () => {
  it('LS-17 an environment in Init is busy, and a free one is used again', () => {
    const first = startedIn(lambda.invoke()) ?? '';
    const second = startedIn(lambda.at(1_500).invoke()) ?? '';
    expect(second).not.toBe(first);
    lambda.at(2_000).report({ kind: 'initialised', environment: first });
    lambda.at(3_000).return('bump#1');
    const third = lambda.at(3_200).invoke();
    expect(kindsOf(third.effects)).not.toContain('start');
    expect(effectsOf(third.effects, 'invoke')[0]?.environment).toBe(first);
  });

  it('LS-17 an environment serves its own function alone', () => {
    lambda.create('other');
    lambda.serve('other');
    expect(kindsOf(lambda.invoke('bump').effects)).toContain('start');
  });

  it.each([
    [1, 2],
    [2, 1],
  ])(
    'LS-18 of several free environments a timed run takes the most recently used one: %i was free before %i',
    (before, after) => {
      account({ isTimed: true });
      const environments = [lambda.running(), lambda.running()];
      lambda.return(`bump#${before}`);
      lambda.return(`bump#${after}`);
      const taken = [lambda.invoke(), lambda.invoke()].flatMap(({ effects }) => effectsOf(effects, 'invoke'));
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
    'LS-18 of several free environments an exploration takes the one created first, though %i was free before %i',
    (before, after) => {
      const environments = [lambda.running(), lambda.running()];
      lambda.return(`bump#${before}`);
      lambda.return(`bump#${after}`);
      const taken = [lambda.invoke(), lambda.invoke()].flatMap(({ effects }) => effectsOf(effects, 'invoke'));
      expect(taken).toMatchObject([{ environment: environments[0] }, { environment: environments[1] }]);
    },
  );

  it('LS-19 the environment is frozen once the handler has answered', () => {
    const environment = lambda.running();
    expect(lambda.return('bump#1').effects).toContainEqual({ kind: 'freeze', environment });
  });

  it('LS-19 the environment is frozen once the handler has thrown', () => {
    const environment = lambda.running();
    const error = { errorType: 'Error', errorMessage: 'boom' };
    const { effects } = lambda.report({ kind: 'failed', invocation: 'bump#1', error });
    expect(effects).toContainEqual({ kind: 'freeze', environment });
    expect(kindsOf(effects)).not.toContain('kill');
  });

  it('LS-20 Init that takes 10 seconds is stopped and run again within the timeout', () => {
    const served = lambda.invoke();
    const environment = startedIn(served) ?? '';
    const overran = { kind: 'init-overran', environment } as const;
    expect(served.effects).toContainEqual(deadline(`${environment}/init`, 10_000, overran));
    const again = lambda.at(10_000).tell(overran);
    expect(kindsOf(again.effects)).toEqual(['kill', 'note', 'start', 'timer']);
    expect(again.effects.at(-1)).toEqual(deadline('bump#1', 13_000, { kind: 'timed-out', invocation: 'bump#1' }));
  });

  it('LS-21 a crash resets the environment: the next invocation runs Init again in it', () => {
    const environment = lambda.running();
    const crashed = lambda.report({ kind: 'exited', environment, why: 'crash' });
    expect(crashed.effects).toContainEqual({ kind: 'kill', environment });
    expect(startedIn(lambda.invoke())).toBe(environment);
  });

  it('LS-23 the timeout counts from the start of Invoke, Init excluded', () => {
    const environment = startedIn(lambda.invoke()) ?? '';
    const { effects } = lambda.at(4_000).report({ kind: 'initialised', environment });
    expect(effectsOf(effects, 'invoke')).toMatchObject([{ context: { deadlineMs: 7_000 } }]);
    expect(effects).toContainEqual(deadline('bump#1', 7_000, { kind: 'timed-out', invocation: 'bump#1' }));
  });

  it('LS-23 an invocation that has answered does not time out', () => {
    lambda.running();
    expect(lambda.return('bump#1').effects).toContainEqual({ kind: 'cancel', of: 'bump#1' });
  });

  it('LS-24 the default timeout is 3 seconds', () => {
    expect(lambda.answerTo('GetFunctionConfiguration', { FunctionName: 'bump' })).toMatchObject({
      output: { Timeout: 3 },
    });
    lambda.create('slow', { Timeout: 900 });
    expect(lambda.answerTo('GetFunctionConfiguration', { FunctionName: 'slow' })).toMatchObject({
      output: { Timeout: 900 },
    });
  });
});

describe('invoke responses', () => {
  it('LS-25 a request over 6 MB is refused, a response over it is a function error', () => {
    const huge = new Uint8Array(6_291_557).fill(49);
    expect(errorOf(lambda.invoke('bump', { Payload: huge }).answer)).toMatchObject({
      code: 'RequestTooLargeException',
      status: 413,
    });
    lambda.running();
    const answer = replyIn(lambda.return('bump#1', JSON.stringify('x'.repeat(6_291_556))).effects);
    expect(answer).toMatchObject({ output: { FunctionError: 'Unhandled' } });
    expect(payloadOf(answer)).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
    lambda.invoke();
    const most = JSON.stringify('x'.repeat(6_291_554));
    expect(replyIn(lambda.return('bump#2', most).effects)).not.toHaveProperty('output.FunctionError');
    expect(lambda.invoke('bump', { Payload: new Uint8Array(6_291_556).fill(49) }).answer).toBeNull();
  });

  it('LS-26 RequestResponse answers 200, DryRun 204', () => {
    lambda.running();
    const answer = replyIn(lambda.return('bump#1', '{"a":1}').effects);
    expect(answer).toMatchObject({ output: { StatusCode: 200, ExecutedVersion: '$LATEST' } });
    expect(answer).not.toHaveProperty('output.FunctionError');
    expect(payloadOf(answer)).toEqual({ a: 1 });
    expect(lambda.invoke('bump', { InvocationType: 'DryRun' }).answer).toEqual({
      ok: true,
      output: { StatusCode: 204 },
    });
  });

  it('LS-27 a function error is HTTP 200 with FunctionError and a payload', () => {
    lambda.running();
    const error = { errorType: 'Error', errorMessage: 'boom', trace: ['Error: boom'] };
    const answer = replyIn(lambda.report({ kind: 'failed', invocation: 'bump#1', error }).effects);
    expect(answer).toMatchObject({ ok: true, output: { StatusCode: 200, FunctionError: 'Unhandled' } });
    expect(payloadOf(answer)).toEqual(error);
  });

  it('LS-28 a timeout has this payload, and kills the process', () => {
    const environment = lambda.running();
    const { effects } = lambda.at(3_000).tell({ kind: 'timed-out', invocation: 'bump#1' });
    expect(payloadOf(replyIn(effects))).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: 00000000-0000-4000-8000-000000000001 Error: Task timed out after 3.00 seconds',
    });
    expect(effects).toContainEqual({ kind: 'kill', environment });
  });

  it('LS-29 a process that exits has this payload', () => {
    const environment = lambda.running();
    expect(payloadOf(replyIn(lambda.report({ kind: 'exited', environment, why: 'exit' }).effects))).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: 00000000-0000-4000-8000-000000000001 Error: Runtime exited without providing a reason',
    });
  });

  it('LS-30 broken JSON is 400, an unknown function 404', () => {
    const broken = new TextEncoder().encode('hello');
    expect(errorOf(lambda.invoke('bump', { Payload: broken }).answer)).toMatchObject({
      code: 'InvalidRequestContentException',
      status: 400,
      message: expect.stringMatching(
        /^Could not parse request body into json: Could not parse payload into json: Unrecognized token 'hello': /,
      ) as string,
    });
    expect(errorOf(lambda.invoke('nobody').answer)).toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
  });
});

describe('requests that are not simulated', () => {
  it.each([
    ['a log tail', { LogType: 'Tail' }, 'Invoke with LogType «Tail» is not simulated.'],
    ['a client context', { ClientContext: 'e30=' }, 'Invoke with ClientContext is not simulated.'],
  ])('%s is refused by name', (_what, input, message) => {
    expect(errorOf(lambda.invoke('bump', input).answer)).toMatchObject({ code: 'RaceproofNotSimulated', message });
  });

  it('an unknown operation is refused by name', () => {
    expect(errorOf(lambda.answerTo('TagResource', { FunctionName: 'bump' }))?.message).toBe(
      'The Lambda operation «TagResource» is not simulated.',
    );
  });
});

describe('a footprint', () => {
  it('says that two invocations that begin together conflict in nothing, and that any end matters to a request that finds nothing free', () => {
    const begin = () => lambda.call('Invoke', INPUT, { number: 9 });
    const footprint = { reads: ['lambda/bump/settings', 'lambda/limits', 'lambda/free/bump/*'], writes: [] };
    expect(begin().footprint).toEqual(footprint);
    lambda.report({ kind: 'initialised', environment: 'bump/environment-9' });
    expect(begin().footprint).toEqual(footprint);
    const ended = lambda.return('bump#9', '1');
    expect(ended.footprint.writes).toEqual(['lambda/free/bump/environment-9']);
    expect(begin().footprint.writes).toEqual(['lambda/free/bump/environment-9']);
  });

  it('says that concurrency is shared where it can run out', () => {
    lambda.reserve('bump', 1);
    const begin = () => lambda.call('Invoke', INPUT, { number: 9 });
    expect(begin().footprint.writes).toEqual(['lambda/bump/pool']);
    expect(begin().footprint).toEqual({
      reads: ['lambda/bump/settings', 'lambda/limits', 'lambda/bump/pool'],
      writes: [],
    });
    lambda.report({ kind: 'initialised', environment: 'bump/environment-9' });
    const exited = lambda.report({ kind: 'exited', environment: 'bump/environment-9', why: 'crash' });
    expect(exited.footprint.adds).toEqual(['lambda/bump/pool']);
  });

  it('says that numbers are assigned in the order in which invocations are asked for', () => {
    const asked = [lambda.setOut('Invoke', INPUT), lambda.setOut('Invoke', INPUT)];
    const footprint = { reads: ['lambda/bump/settings'], writes: ['lambda/bump/numbers'] };
    expect(asked).toEqual([
      { number: 1, footprint },
      { number: 2, footprint },
    ]);
    expect(lambda.setOut('Invoke', { FunctionName: 'nobody' })).toEqual({
      number: null,
      footprint: { reads: ['lambda/nobody/settings'], writes: [] },
    });
    expect(lambda.setOut('GetFunction', INPUT)).toBeNull();
  });
});

/**
 * Provisioned concurrency: what is refused, what it takes, when its environments serve, and when they end.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { effectsOf, kindsOf, notesIn } from '../../contract/service-for-tests.ts';
import { FunctionsForTests, startedIn } from './lambda-for-tests.ts';
import type { LambdaStep } from './messages.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:bump';
let lambda: FunctionsForTests;

/** Two versions of `bump`, and an alias for the first. */
function published(functions = new FunctionsForTests()): FunctionsForTests {
  functions.create('bump');
  functions.ask('PublishVersion', { FunctionName: 'bump' });
  functions.ask('UpdateFunctionConfiguration', { FunctionName: 'bump', Timeout: 7 });
  functions.ask('PublishVersion', { FunctionName: 'bump' });
  functions.ask('CreateAlias', { FunctionName: 'bump', Name: 'live', FunctionVersion: '1' });
  return functions;
}

beforeEach(() => {
  lambda = published();
});

const named = (Qualifier: string, more: Input = {}): Input => ({ FunctionName: 'bump', Qualifier, ...more });
const units = (count: number): Input => ({ ProvisionedConcurrentExecutions: count });
const PUT = 'PutProvisionedConcurrencyConfig';
const GET = 'GetProvisionedConcurrencyConfig';

/** Asks for environments, and lets them be allocated: Init of each is over. */
function provide(qualifier: string, count: number, functions = lambda): LambdaStep {
  const { effects } = functions.call(PUT, named(qualifier, units(count)));
  return allocate(effects, functions);
}

function allocate(effects: LambdaStep['effects'], functions = lambda): LambdaStep {
  const [timer] = effectsOf(effects, 'timer');
  const made = functions.tell(timer?.message ?? expect.fail('nothing is provisioned'));
  let last: LambdaStep = made;
  for (const { environment } of effectsOf(made.effects, 'start'))
    last = functions.report({ kind: 'initialised', environment });
  return last;
}

const putError = (qualifier: string, count = 1) => lambda.errorOf(PUT, named(qualifier, units(count)));
const statusOf = (qualifier: string): unknown => lambda.ask(GET, named(qualifier)).Status;
const reserve = (n: number) => lambda.reserve('bump', n);
const reasonOf = (name: string): unknown => {
  const { answer } = lambda.invoke(name);
  return answer?.ok === false ? answer.error.members?.Reason : null;
};
/** The environment in which a request begins. */
const placeOf = (name: string, functions = lambda): string | null => {
  const { effects } = functions.invoke(name);
  return startedIn({ effects }) ?? effectsOf(effects, 'invoke')[0]?.environment ?? null;
};

describe('provisioned environments', () => {
  it('LS-11 serve when all are initialised, and not before', () => {
    const put = lambda.call(PUT, named('1', units(2)));
    expect(put.answer).toMatchObject({
      output: {
        ...{ RequestedProvisionedConcurrentExecutions: 2, AllocatedProvisionedConcurrentExecutions: 0 },
        ...{ AvailableProvisionedConcurrentExecutions: 0, Status: 'IN_PROGRESS' },
        LastModified: '2026-01-01T00:00:00+0000',
      },
    });
    const [timer] = effectsOf(put.effects, 'timer');
    expect(timer).toMatchObject({ as: 'step', of: 'bump:1/provisioning' });
    const made = lambda.tell(timer?.message ?? expect.fail('no timer'));
    expect(effectsOf(made.effects, 'start').map(({ environment }) => environment)).toEqual([
      'bump:1/provisioned-1',
      'bump:1/provisioned-2',
    ]);
    const first = lambda.report({ kind: 'initialised', environment: 'bump:1/provisioned-1' });
    expect(first.effects).toEqual([{ kind: 'freeze', environment: 'bump:1/provisioned-1' }]);
    expect(placeOf('bump:1')).toBe('bump:1/environment-1');
    expect(statusOf('1')).toBe('IN_PROGRESS');
    const second = lambda.report({ kind: 'initialised', environment: 'bump:1/provisioned-2' });
    expect(notesIn(second.effects)).toMatchObject([{ kind: 'environments-provisioned', functionName: 'bump:1' }]);
    expect(lambda.ask(GET, named('1'))).toMatchObject({
      ...{ AllocatedProvisionedConcurrentExecutions: 2, AvailableProvisionedConcurrentExecutions: 2, Status: 'READY' },
    });
    expect(placeOf('bump:1')).toBe('bump:1/provisioned-2');
  });

  it('LS-11 are followed by others, made on demand', () => {
    provide('1', 1);
    expect(placeOf('bump:1')).toBe('bump:1/provisioned-1');
    expect(placeOf('bump:1')).toBe('bump:1/environment-2');
    lambda.report({ kind: 'initialised', environment: 'bump:1/environment-2' });
    lambda.return('bump:1#2');
    lambda.return('bump:1#1');
    expect(placeOf('bump:1')).toBe('bump:1/provisioned-1');
    expect(placeOf('bump:1')).toBe('bump:1/environment-2');
  });

  it('LS-43 run Init ahead, are told so, and make no cold start', () => {
    const { effects } = lambda.call(PUT, named('1', units(1)));
    const made = lambda.tell(effectsOf(effects, 'timer')[0]?.message ?? expect.fail('no timer'));
    const [started] = effectsOf(made.effects, 'start');
    expect(started).not.toHaveProperty('first');
    expect(started?.settings.variables).toMatchObject({
      ...{ AWS_LAMBDA_INITIALIZATION_TYPE: 'provisioned-concurrency', AWS_LAMBDA_FUNCTION_VERSION: '1' },
    });
    lambda.report({ kind: 'initialised', environment: 'bump:1/provisioned-1' });
    const served = lambda.invoke('bump:1');
    expect(kindsOf(served.effects)).toEqual(['note', 'timer', 'invoke']);
    expect(notesIn(served.effects)).toMatchObject([{ kind: 'invocation-started', cold: false }]);
    const onDemand = effectsOf(lambda.invoke('bump:1').effects, 'start')[0];
    expect(onDemand?.settings.variables).toMatchObject({ AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' });
  });

  it('LS-43 run Init again after a crash, still provisioned', () => {
    provide('1', 1);
    lambda.invoke('bump:1');
    lambda.report({ kind: 'exited', environment: 'bump:1/provisioned-1', why: 'crash' });
    const [again] = effectsOf(lambda.invoke('bump:1').effects, 'start');
    expect(again).toMatchObject({ environment: 'bump:1/provisioned-1', process: 2 });
    expect(again?.settings.variables.AWS_LAMBDA_INITIALIZATION_TYPE).toBe('provisioned-concurrency');
  });

  it('LS-41 belong to the version, whether it is asked for by its number or by the alias', () => {
    provide('live', 2);
    expect(placeOf('bump:live')).toBe('bump:1/provisioned-1');
    expect(placeOf('bump:1')).toBe('bump:1/provisioned-2');
    expect(placeOf('bump:2')).toBe('bump:2/environment-3');
  });

  it('UV-01 are taken in turn in an exploration, so that requests which find one each do not depend on each other', () => {
    provide('1', 2);
    const first = lambda.invoke('bump:1');
    const second = lambda.invoke('bump:1');
    expect(first.footprint.writes).toContain('lambda/free/bump:1/provisioned-1');
    expect(second.footprint.writes).toContain('lambda/free/bump:1/provisioned-2');
    expect(second.footprint.reads).not.toContain('lambda/free/bump:1/provisioned-1');
  });

  it('LS-18 are never passed over for a new environment', () => {
    provide('1', 2);
    lambda.faults = ['recycle'];
    const [offer] = effectsOf(lambda.invoke('bump:1').effects, 'offer');
    const places = offer?.options.map((message) => (message?.kind === 'run-in' ? message.environment : 'other'));
    expect(places).toEqual(['bump:1/provisioned-1', 'bump:1/provisioned-2']);
  });

  it('LS-09 serve ten requests a second each; what is more comes on demand', () => {
    const timed = published(new FunctionsForTests({ isTimed: true }));
    provide('1', 1, timed);
    for (let n = 1; n <= 10; n += 1) {
      expect(placeOf('bump:1', timed)).toBe('bump:1/provisioned-1');
      timed.return(`bump:1#${n}`);
    }
    expect(placeOf('bump:1', timed)).toBe('bump:1/environment-11');
    timed.at(1_000);
    expect(placeOf('bump:1', timed)).toBe('bump:1/provisioned-1');
  });
});

describe('an allocation', () => {
  it('LS-44 that fails in Init provides nothing and gives its units back', () => {
    reserve(2);
    const { effects } = lambda.call(PUT, named('1', units(2)));
    const made = lambda.tell(effectsOf(effects, 'timer')[0]?.message ?? expect.fail('no timer'));
    expect(effectsOf(made.effects, 'start')).toHaveLength(2);
    lambda.report({ kind: 'initialised', environment: 'bump:1/provisioned-1' });
    const error = { errorType: 'Error', errorMessage: 'no config' };
    const failed = lambda.report({ kind: 'init-failed', environment: 'bump:1/provisioned-2', error });
    expect(notesIn(failed.effects)).toEqual([{ kind: 'provisioning-failed', functionName: 'bump:1' }]);
    expect(effectsOf(failed.effects, 'kill')).toHaveLength(2);
    expect(lambda.ask(GET, named('1'))).toMatchObject({
      ...{ Status: 'FAILED', StatusReason: 'FUNCTION_ERROR_INIT_FAILURE', AllocatedProvisionedConcurrentExecutions: 0 },
    });
    expect(placeOf('bump:1')).toBe('bump:1/environment-1');
    expect(placeOf('bump')).toBe('bump/environment-2');
  });

  it('LS-44 fails as well if the process ends in Init', () => {
    const { effects } = lambda.call(PUT, named('1', units(1)));
    lambda.tell(effectsOf(effects, 'timer')[0]?.message ?? expect.fail('no timer'));
    lambda.report({ kind: 'exited', environment: 'bump:1/provisioned-1', why: 'exit' });
    expect(statusOf('1')).toBe('FAILED');
  });

  it('LS-44 for another version leaves the alias at the one before, until it is done', () => {
    provide('live', 1);
    const moved = lambda.call('UpdateAlias', { FunctionName: 'bump', Name: 'live', FunctionVersion: '2' });
    expect(moved.answer).toMatchObject({
      output: { FunctionVersion: '2', RoutingConfig: { AdditionalVersionWeights: { 1: 1 } } },
    });
    expect(statusOf('live')).toBe('IN_PROGRESS');
    expect(placeOf('bump:live')).toBe('bump:1/provisioned-1');
    lambda.return('bump:1#1');
    const done = allocate(moved.effects);
    expect(effectsOf(done.effects, 'kill')).toEqual([{ kind: 'kill', environment: 'bump:1/provisioned-1' }]);
    expect(lambda.ask('GetAlias', { FunctionName: 'bump', Name: 'live' })).not.toHaveProperty('RoutingConfig');
    expect(placeOf('bump:live')).toBe('bump:2/provisioned-1');
  });

  it('LS-44 for another version that fails leaves it there for good', () => {
    provide('live', 1);
    const moved = lambda.call('UpdateAlias', { FunctionName: 'bump', Name: 'live', FunctionVersion: '2' });
    lambda.tell(effectsOf(moved.effects, 'timer')[0]?.message ?? expect.fail('no timer'));
    const error = { errorType: 'Error', errorMessage: 'no config' };
    lambda.report({ kind: 'init-failed', environment: 'bump:2/provisioned-1', error });
    expect(statusOf('live')).toBe('FAILED');
    expect(placeOf('bump:live')).toBe('bump:1/environment-1');
  });

  it('UV-73 is shared out by the weights that an alias is given later', () => {
    provide('live', 4);
    const RoutingConfig = { AdditionalVersionWeights: { 2: 0.3 } };
    const shared = lambda.call('UpdateAlias', {
      FunctionName: 'bump',
      Name: 'live',
      FunctionVersion: '1',
      RoutingConfig,
    });
    expect(effectsOf(shared.effects, 'kill').map(({ environment }) => environment)).toEqual(['bump:1/provisioned-4']);
    const made = lambda.tell(effectsOf(shared.effects, 'timer')[0]?.message ?? expect.fail('no timer'));
    expect(effectsOf(made.effects, 'start')).toMatchObject([{ environment: 'bump:2/provisioned-1' }]);
  });

  it('UV-75 that is taken back ends free environments at once, and busy ones after their request, which counts on demand', () => {
    provide('1', 2);
    reserve(2);
    lambda.invoke('bump:1');
    const deleted = lambda.call('DeleteProvisionedConcurrencyConfig', named('1'));
    expect(effectsOf(deleted.effects, 'kill')).toEqual([{ kind: 'kill', environment: 'bump:1/provisioned-2' }]);
    expect(placeOf('bump:2')).toBe('bump:2/environment-2');
    expect(reasonOf('bump')).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
    const { effects } = lambda.return('bump:1#1');
    expect(effectsOf(effects, 'kill')).toEqual([{ kind: 'kill', environment: 'bump:1/provisioned-1' }]);
    expect(effectsOf(effects, 'freeze')).toEqual([]);
  });

  it('LS-11 that grows keeps what is there; one that shrinks ends the last', () => {
    provide('1', 1);
    const grown = lambda.call(PUT, named('1', units(2)));
    expect(placeOf('bump:1')).toBe('bump:1/provisioned-1');
    const made = lambda.tell(effectsOf(grown.effects, 'timer')[0]?.message ?? expect.fail('no timer'));
    expect(effectsOf(made.effects, 'start')).toMatchObject([{ environment: 'bump:1/provisioned-2' }]);
    lambda.report({ kind: 'initialised', environment: 'bump:1/provisioned-2' });
    const shrunk = lambda.call(PUT, named('1', units(1)));
    expect(effectsOf(shrunk.effects, 'kill')).toEqual([{ kind: 'kill', environment: 'bump:1/provisioned-2' }]);
    expect(statusOf('1')).toBe('READY');
  });
});

describe('the limits', () => {
  it('LS-12 let the unpublished version starve when all that is reserved is provisioned', () => {
    reserve(2);
    provide('1', 2);
    expect(reasonOf('bump')).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
    expect(reasonOf('bump:2')).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
    expect([placeOf('bump:1'), placeOf('bump:1')].sort()).toEqual(['bump:1/provisioned-1', 'bump:1/provisioned-2']);
    expect(reasonOf('bump:1')).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
  });

  it('LS-12 UV-74 take provisioned units from what the account has left, from the call on', () => {
    lambda.create('other');
    const left = () => (lambda.ask('GetAccountSettings', {}).AccountLimit as Input).UnreservedConcurrentExecutions;
    lambda.call(PUT, named('1', units(300)));
    expect(left()).toBe(700);
    reserve(400);
    expect(left()).toBe(600);
    lambda.ask('DeleteFunctionConcurrency', { FunctionName: 'bump' });
    expect(left()).toBe(700);
    expect(lambda.reserve('other', 600)).toMatchObject({ ok: true });
    expect(lambda.reserve('other', 601)).toMatchObject({ ok: false });
    lambda.ask('DeleteProvisionedConcurrencyConfig', named('1'));
    expect(left()).toBe(400);
  });

  it('LS-12 leave requests of others what is not provisioned', () => {
    const small = published(new FunctionsForTests({ accountConcurrency: 12 }));
    small.create('other');
    provide('1', 2, small);
    for (let n = 1; n <= 10; n += 1) expect(small.invoke('other').answer).toBeNull();
    expect(small.invoke('other').answer).toMatchObject({ error: { status: 429 } });
  });

  it('LS-12 are kept in AWS’s words', () => {
    reserve(2);
    provide('1', 1);
    expect(putError('2', 2).message).toBe(
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    );
    provide('2', 1);
    expect(reserve(1)).toMatchObject({
      error: {
        code: 'InvalidParameterValueException',
        message:
          " ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2].",
      },
    });
    lambda.ask('DeleteFunctionConcurrency', { FunctionName: 'bump' });
    expect(putError('1', 1_001).message).toBe(
      "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [999].",
    );
    expect(putError('1', 900).message).toBe(
      "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    );
    expect(putError('1', 0).message).toContain("Value '0' at 'provisionedConcurrentExecutions'");
  });

  it('LS-12 are room for waiting events only as far as a version of theirs has a place', () => {
    reserve(1);
    provide('1', 1);
    const places = (gate: string) => lambda.service.roomAt?.(lambda.state, gate).places;
    expect([places('bump:live'), places('bump:1'), places('bump:2'), places('bump')]).toEqual([1, 1, 1, 1]);
    lambda.invoke('bump:1');
    expect(places('bump:live')).toBe(0);
  });
});

describe('a configuration', () => {
  const conflict = (message: string) => ({ code: 'ResourceConflictException', status: 409, message });

  it('LS-41 is refused for the unpublished version, and for aliases of it or with weights', () => {
    const unpublished = 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.';
    expect(putError('$LATEST').message).toBe(unpublished);
    lambda.ask('CreateAlias', { FunctionName: 'bump', Name: 'newest', FunctionVersion: '$LATEST' });
    expect(putError('newest').message).toBe(unpublished);
    const RoutingConfig = { AdditionalVersionWeights: { 2: 0.1 } };
    lambda.ask('CreateAlias', { FunctionName: 'bump', Name: 'shared', FunctionVersion: '1', RoutingConfig });
    expect(putError('shared').message).toBe('Alias with weights can not be used with Provisioned Concurrency');
    provide('live', 1);
    const toLatest = { FunctionName: 'bump', Name: 'live', FunctionVersion: '$LATEST' };
    expect(lambda.errorOf('UpdateAlias', toLatest).message).toBe(unpublished);
  });

  it('LS-41 is one for each version: its own, or that of one alias', () => {
    provide('1', 1);
    expect(putError('live')).toMatchObject(
      conflict("Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version"),
    );
    lambda.ask('DeleteProvisionedConcurrencyConfig', named('1'));
    provide('live', 1);
    expect(putError('1')).toMatchObject(conflict('Version is pointed by a Provisioned Concurrency alias'));
    provide('2', 1);
    expect(lambda.errorOf('UpdateAlias', { FunctionName: 'bump', Name: 'live', FunctionVersion: '2' })).toMatchObject({
      code: 'ResourceConflictException',
    });
  });

  it('LS-41 is not found in AWS’s words, and deleted also if there is none', () => {
    expect(lambda.errorOf(GET, named('1'))).toMatchObject({
      ...{ code: 'ProvisionedConcurrencyConfigNotFoundException', status: 404 },
      message: 'No Provisioned Concurrency Config found for this function',
    });
    expect(lambda.errorOf(GET, named('none')).message).toBe(`Cannot find alias arn: ${ARN}:none`);
    expect(lambda.errorOf(GET, named('7')).message).toBe(`Function not found: ${ARN}:7`);
    for (const operation of [GET, 'DeleteProvisionedConcurrencyConfig']) {
      expect(lambda.errorOf(operation, named('$LATEST')).message).toBe(
        'The function resource provided must be an alias or a published version.',
      );
    }
    expect(lambda.ask('DeleteProvisionedConcurrencyConfig', named('1'))).toEqual({});
    expect(lambda.errorOf(GET, { FunctionName: 'bump' }).message).toContain("Value null at 'qualifier'");
  });

  it('LS-41 is listed by its qualified ARN, and goes with its alias, its version or its function', () => {
    provide('live', 1);
    provide('2', 1);
    const listed = () =>
      (
        lambda.ask('ListProvisionedConcurrencyConfigs', { FunctionName: 'bump' })
          .ProvisionedConcurrencyConfigs as readonly Input[]
      ).map(({ FunctionArn }) => FunctionArn);
    expect(listed()).toEqual([`${ARN}:2`, `${ARN}:live`]);
    const deleted = lambda.call('DeleteAlias', { FunctionName: 'bump', Name: 'live' });
    expect(effectsOf(deleted.effects, 'kill')).toEqual([{ kind: 'kill', environment: 'bump:1/provisioned-1' }]);
    expect(listed()).toEqual([`${ARN}:2`]);
    expect(effectsOf(lambda.call('DeleteFunction', { FunctionName: 'bump' }).effects, 'kill')).toEqual([
      { kind: 'kill', environment: 'bump:2/provisioned-1' },
    ]);
  });

  it('LS-42 that a stack asks for is ready when the run begins, and its environments are made then', () => {
    const moment = { ...lambda.moment, hasBegun: false };
    const call = { id: 'deploy', by: 'deploy', operation: PUT, input: named('live', units(2)), number: null };
    expect(lambda.service.call(lambda.state, call, moment).effects).toEqual([]);
    expect(statusOf('live')).toBe('READY');
    const begun = lambda.service.begin?.(lambda.state, lambda.moment) ?? [];
    expect(effectsOf(begun, 'start')).toMatchObject([
      { environment: 'bump:1/provisioned-1', wait: { fromMs: 0, toMs: 0 } },
      { environment: 'bump:1/provisioned-2', wait: { fromMs: 0, toMs: 0 } },
    ]);
    for (const { environment } of effectsOf(begun, 'start')) lambda.report({ kind: 'initialised', environment });
    expect(placeOf('bump:live')).toBe('bump:1/provisioned-1');
  });
});

/**
 * Functions that are created, looked up, changed and deleted, and what running environments notice of it.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { effectsOf, kindsOf, notesIn, replyIn } from '../../contract/service-for-tests.ts';
import { FunctionsForTests, payloadOf, startedIn } from './lambda-for-tests.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:bump';
let lambda: FunctionsForTests;

beforeEach(() => {
  lambda = new FunctionsForTests();
  lambda.create('bump');
});

const update = (more: Input) => lambda.ask('UpdateFunctionConfiguration', { FunctionName: 'bump', ...more });
const look = (more: Input = {}) => lambda.ask('GetFunctionConfiguration', { FunctionName: 'bump', ...more });

describe('a configuration', () => {
  it('LS-35 is pending in the answer that creates the function, and active afterwards', () => {
    const created = lambda.at(1_000).create('other');
    expect(created).toMatchObject({
      output: { State: 'Pending', StateReason: 'The function is being created.', StateReasonCode: 'Creating' },
    });
    expect(created.ok && created.output).not.toHaveProperty('LastUpdateStatus');
    expect(look({ FunctionName: 'other' })).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
    expect(look({ FunctionName: 'other' })).not.toHaveProperty('StateReason');
  });

  it('LS-35 has the members that AWS always answers, and no empty environment', () => {
    lambda.at(1_000).create('other', { Code: { LocalFolder: 'src/' }, Tags: { team: 'shop' } });
    const configuration = look({ FunctionName: 'other' });
    expect(configuration).toMatchObject({
      Architectures: ['x86_64'],
      CodeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) as string,
      CodeSize: 0,
      EphemeralStorage: { Size: 512 },
      LastModified: '2026-01-01T00:00:01.000+0000',
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/other' },
      RuntimeVersionConfig: { RuntimeVersionArn: expect.stringContaining(':runtime:') as string },
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      TracingConfig: { Mode: 'PassThrough' },
    });
    expect(configuration).not.toHaveProperty('Environment');
    expect(configuration.RevisionId).not.toBe(look().RevisionId);
    expect(lambda.ask('GetFunction', { FunctionName: 'other' })).toMatchObject({
      Configuration: configuration,
      Code: { RepositoryType: 'S3' },
    });
  });

  it('LS-35 has an ARN with a qualifier if the request has one', () => {
    expect(look().FunctionArn).toBe(ARN);
    for (const asked of [{ Qualifier: '$LATEST' }, { FunctionName: `${ARN}:$LATEST` }])
      expect(look(asked).FunctionArn).toBe(`${ARN}:$LATEST`);
    expect(lambda.errorOf('GetFunction', { FunctionName: 'bump', Qualifier: 'live' }).message).toBe(
      `Function not found: ${ARN}:live`,
    );
  });

  it('LS-35 is not found by an ARN of another Region', () => {
    const FunctionName = ARN.replace('us-east-1', 'eu-west-1');
    for (const operation of ['GetFunctionConfiguration', 'Invoke', 'DeleteFunction']) {
      expect(lambda.errorOf(operation, { FunctionName })).toMatchObject({
        ...{ code: 'ResourceNotFoundException', status: 404 },
        message: "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
      });
    }
  });

  it('LS-24 has a timeout of 1 to 900 seconds', () => {
    const tooLong = {
      code: 'ValidationException',
      message: expect.stringContaining("Value '901' at 'timeout'") as string,
    };
    expect(lambda.create('slow', { Timeout: 901 })).toMatchObject({ ok: false, error: tooLong });
    expect(lambda.errorOf('UpdateFunctionConfiguration', { FunctionName: 'bump', Timeout: 901 })).toMatchObject(
      tooLong,
    );
    expect(update({ Timeout: 900 }).Timeout).toBe(900);
  });

  it.each([
    ['CreateFunction', { Layers: [] }, 'Layers in CreateFunction is not simulated.'],
    ['UpdateFunctionConfiguration', { VpcConfig: {} }, 'VpcConfig in UpdateFunctionConfiguration is not simulated.'],
    [
      'UpdateFunctionConfiguration',
      { Handler: 'other.handler' },
      'UpdateFunctionConfiguration with another Handler is not simulated.',
    ],
    ['UpdateFunctionConfiguration', { Runtime: 'python3.13' }, 'The runtime «python3.13» is not simulated.'],
  ])('%s %j is refused by name', (operation, more, message) => {
    const FunctionName = operation === 'CreateFunction' ? 'other' : 'bump';
    const input = { FunctionName, ...(operation === 'CreateFunction' ? { Runtime: 'nodejs24.x' } : {}), ...more };
    expect(lambda.errorOf(operation, input)).toMatchObject({ code: 'RaceproofNotSimulated', message });
  });
});

describe('a changed configuration', () => {
  it('LS-33 keeps what the call does not give, and is in progress in its answer', () => {
    lambda.create('other', { Environment: { Variables: { A: '1' } }, Description: 'first', MemorySize: 512 });
    const before = look({ FunctionName: 'other' });
    lambda.at(2_000);
    expect(update({ FunctionName: 'other', Timeout: 7 })).toMatchObject({
      ...{ State: 'Active', LastUpdateStatus: 'InProgress', LastUpdateStatusReasonCode: 'Creating', Timeout: 7 },
      ...{ Description: 'first', MemorySize: 512, Environment: { Variables: { A: '1' } } },
      LastModified: '2026-01-01T00:00:02.000+0000',
    });
    expect(look({ FunctionName: 'other' })).toMatchObject({ LastUpdateStatus: 'Successful', Timeout: 7 });
    expect(look({ FunctionName: 'other' }).RevisionId).not.toBe(before.RevisionId);
    update({ FunctionName: 'other', Environment: { Variables: {} } });
    expect(look({ FunctionName: 'other' })).not.toHaveProperty('Environment');
  });

  it('LS-33 is refused if the revision is another one by now', () => {
    const { RevisionId } = look();
    update({ RevisionId, Timeout: 5 });
    expect(lambda.errorOf('UpdateFunctionConfiguration', { FunctionName: 'bump', RevisionId })).toMatchObject({
      ...{ code: 'PreconditionFailedException', status: 412 },
    });
    expect(lambda.errorOf('UpdateFunctionConfiguration', { FunctionName: 'nobody' })).toMatchObject({ status: 404 });
  });

  it('LS-33 UV-25 holds for new environments: a free one is ended, and the next request starts another', () => {
    lambda.serve('bump');
    const changed = lambda.call('UpdateFunctionConfiguration', {
      ...{ FunctionName: 'bump', Timeout: 9, Environment: { Variables: { NEW: 'yes' } } },
    });
    expect(effectsOf(changed.effects, 'kill')).toEqual([{ kind: 'kill', environment: 'bump/environment-1' }]);
    const [started] = effectsOf(lambda.invoke().effects, 'start');
    expect(started?.environment).toBe('bump/environment-2');
    expect(started?.settings.variables).toMatchObject({ NEW: 'yes' });
    expect(started?.first?.context.deadlineMs).toBe(9_000);
  });

  it('LS-33 UV-25 leaves what runs with the configuration with which it began, and ends its environment then', () => {
    const environment = lambda.running();
    expect(kindsOf(lambda.call('UpdateFunctionConfiguration', { FunctionName: 'bump', Timeout: 9 }).effects)).toEqual(
      [],
    );
    const ended = lambda.at(3_000).tell({ kind: 'timed-out', invocation: 'bump#1' });
    expect(payloadOf(replyIn(ended.effects))).toMatchObject({
      errorMessage: expect.stringContaining('timed out after 3.00 seconds') as string,
    });
    expect(effectsOf(ended.effects, 'kill')).toEqual([{ kind: 'kill', environment }]);
    expect(startedIn(lambda.invoke())).toBe('bump/environment-2');
  });

  it('LS-33 UV-25 ends an environment whose handler returns after the change', () => {
    const environment = lambda.running();
    update({ Timeout: 9 });
    const { effects } = lambda.return('bump#1', '7');
    expect(payloadOf(replyIn(effects))).toBe(7);
    expect(effectsOf(effects, 'kill')).toEqual([{ kind: 'kill', environment }]);
    expect(kindsOf(effects)).not.toContain('freeze');
    expect(startedIn(lambda.invoke())).toBe('bump/environment-2');
  });
});

describe('a deleted function', () => {
  it('LS-34 is gone with its reservation and its settings for events', () => {
    lambda.reserve('bump', 3);
    lambda.ask('PutFunctionEventInvokeConfig', { FunctionName: 'bump', MaximumRetryAttempts: 0 });
    expect(lambda.ask('DeleteFunction', { FunctionName: ARN })).toEqual({ StatusCode: 204 });
    for (const operation of ['GetFunction', 'Invoke', 'DeleteFunction'])
      expect(lambda.errorOf(operation, { FunctionName: 'bump' })).toMatchObject({ status: 404 });
    expect(lambda.ask('GetAccountSettings', {})).toMatchObject({
      ...{ AccountUsage: { FunctionCount: 0 }, AccountLimit: { UnreservedConcurrentExecutions: 1_000 } },
    });
    lambda.create('bump');
    expect(lambda.ask('GetFunctionConcurrency', { FunctionName: 'bump' })).toEqual({});
    expect(lambda.errorOf('GetFunctionEventInvokeConfig', { FunctionName: 'bump' })).toMatchObject({ status: 404 });
  });

  it('LS-34 UV-25 ends its free environments; what runs goes on and is answered', () => {
    const busy = lambda.running();
    lambda.running();
    lambda.return('bump#2');
    const { effects } = lambda.call('DeleteFunction', { FunctionName: 'bump' });
    expect(effects).toEqual([{ kind: 'kill', environment: 'bump/environment-2' }]);
    lambda.create('bump');
    const ended = lambda.return('bump#1', '1');
    expect(payloadOf(replyIn(ended.effects))).toBe(1);
    expect(effectsOf(ended.effects, 'kill')).toEqual([{ kind: 'kill', environment: busy }]);
    expect(startedIn(lambda.invoke())).toBe('bump/environment-3');
  });

  it('LS-34 has a name that is free again, and no request id of it is used twice', () => {
    lambda.create('other');
    const idOf = (name: string) => {
      const environment = startedIn(lambda.invoke(name)) ?? expect.fail('nothing was started');
      const [started] = notesIn(lambda.report({ kind: 'initialised', environment }).effects);
      return started?.kind === 'invocation-started' ? started.requestId : expect.fail('nothing began');
    };
    const before = [idOf('bump'), idOf('other')];
    lambda.ask('DeleteFunction', { FunctionName: 'bump' });
    lambda.create('bump');
    const ids = [...before, idOf('bump'), idOf('other')];
    expect(new Set(ids).size).toBe(4);
  });

  it('UV-26 has no events any more: they are given up when their turn comes', () => {
    const { effects } = lambda.invoke('bump', { InvocationType: 'Event' });
    const [timer] = effectsOf(effects, 'timer');
    lambda.ask('DeleteFunction', { FunctionName: 'bump' });
    const due = lambda.tell(timer?.message ?? expect.fail('no event was queued'));
    expect(notesIn(due.effects)).toMatchObject([{ kind: 'event-discarded', condition: 'FunctionDeleted', sentTo: [] }]);
    expect(kindsOf(due.effects)).toEqual(['note']);
  });
});

describe('a request with a member of another JSON type', () => {
  it.each([
    ['UpdateFunctionConfiguration', { Timeout: '3' }],
    ['UpdateFunctionConfiguration', { Environment: { Variables: { A: 1 } } }],
    ['PutFunctionEventInvokeConfig', { DestinationConfig: { OnFailure: { Destination: 1 } } }],
    ['PutFunctionConcurrency', { ReservedConcurrentExecutions: '1' }],
  ])('is refused before %s changes anything: %o', (operation, more) => {
    const before = look();
    expect(lambda.refusalOf(operation, { FunctionName: 'bump', ...more })).toMatchObject({
      code: 'SerializationException',
      status: 400,
    });
    expect(look()).toEqual(before);
  });
});

describe('a reservation', () => {
  it.each([
    [{}, "Value null at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must not be null"],
    [
      { ReservedConcurrentExecutions: -1 },
      "Value '-1' at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ],
  ])('is a number that is given and not negative: %o is none', (more, words) => {
    expect(lambda.refusalOf('PutFunctionConcurrency', { FunctionName: 'bump', ...more })).toMatchObject({
      code: 'ValidationException',
      message: `1 validation error detected: ${words}`,
    });
  });
});

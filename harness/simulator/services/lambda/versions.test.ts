/**
 * Versions and aliases: what is published, what names stand for, and what their operations refuse.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { effectsOf, kindsOf } from '../../contract/service-for-tests.ts';
import { FunctionsForTests } from './lambda-for-tests.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:bump';
let lambda: FunctionsForTests;

beforeEach(() => {
  lambda = new FunctionsForTests();
  lambda.create('bump', { Code: { LocalFolder: 'src/' } });
});

const ask = (operation: string, more: Input = {}): Input => lambda.ask(operation, { FunctionName: 'bump', ...more });
const errorOf = (operation: string, more: Input = {}) => lambda.errorOf(operation, { FunctionName: 'bump', ...more });
const publish = (more: Input = {}): Input => ask('PublishVersion', more);
const update = (more: Input): Input => ask('UpdateFunctionConfiguration', more);
const invalid = (message: string) => ({ code: 'InvalidParameterValueException', status: 400, message });

/** Two versions that differ in their timeout. */
function twoVersions(): void {
  publish();
  update({ Timeout: 7 });
  publish();
}

describe('PublishVersion', () => {
  it('LS-36 makes versions 1, 2, 3 of the function as it is', () => {
    expect(publish()).toMatchObject({ Version: '1', FunctionArn: `${ARN}:1`, Timeout: 3, State: 'Active' });
    update({ Timeout: 7 });
    expect(publish()).toMatchObject({ Version: '2', FunctionArn: `${ARN}:2`, Timeout: 7 });
    update({ Timeout: 9 });
    expect(publish()).toMatchObject({ Version: '3', Timeout: 9 });
    expect(ask('GetFunctionConfiguration')).toMatchObject({ Version: '$LATEST', FunctionArn: ARN });
  });

  it('LS-36 answers the last version again if nothing has changed since, not even back and forth', () => {
    const first = publish({ Description: 'the first' });
    expect(first.Description).toBe('the first');
    expect(publish({ Description: 'another' })).toEqual(first);
    update({ Timeout: 7 });
    update({ Timeout: 3 });
    expect(publish()).toEqual(first);
    expect(ask('ListVersionsByFunction').Versions).toHaveLength(2);
  });

  it('LS-36 counts on after a version was deleted', () => {
    twoVersions();
    ask('DeleteFunction', { Qualifier: '2' });
    expect(publish().Version).toBe('3');
  });

  it('LS-36 is refused for other code or another revision than the function has', () => {
    const { CodeSha256, RevisionId } = ask('GetFunctionConfiguration');
    expect(errorOf('PublishVersion', { CodeSha256: 'another' })).toMatchObject(
      invalid(
        `CodeSHA256 (another) is different from current CodeSHA256 in $LATEST (${String(CodeSha256)}). Please try again with the CodeSHA256 in $LATEST.`,
      ),
    );
    update({ Timeout: 7 });
    expect(errorOf('PublishVersion', { RevisionId })).toMatchObject({
      code: 'PreconditionFailedException',
      status: 412,
    });
    const now = ask('GetFunctionConfiguration').RevisionId;
    const published = publish({ CodeSha256, RevisionId: now });
    expect(published.Version).toBe('1');
    expect(published.RevisionId).not.toBe(now);
  });

  it('LS-36 may come with the function: its answer has the number, and an ARN without it', () => {
    const created = lambda.create('other', { Publish: true });
    expect(created).toMatchObject({ output: { Version: '1', FunctionArn: ARN.replace('bump', 'other') } });
    expect(lambda.ask('GetFunction', { FunctionName: 'other', Qualifier: '1' })).toMatchObject({
      Configuration: { Version: '1', FunctionArn: `${ARN.replace('bump', 'other')}:1` },
    });
    expect(lambda.errorOf('PublishVersion', { FunctionName: 'nobody' })).toMatchObject({ status: 404 });
  });

  it('is refused by name with what is not simulated', () => {
    expect(errorOf('PublishVersion', { PublishTo: 'LATEST_PUBLISHED' }).message).toBe(
      'PublishTo in PublishVersion is not simulated.',
    );
    expect(errorOf('ListVersionsByFunction', { MaxItems: 1 }).message).toBe(
      'ListVersionsByFunction in pages is not simulated.',
    );
  });
});

describe('a version', () => {
  it('LS-37 stays as it was published, whatever becomes of the function', () => {
    const first = publish();
    update({ Timeout: 7, Environment: { Variables: { NEW: 'yes' } }, Description: 'changed' });
    expect(ask('GetFunctionConfiguration', { Qualifier: '1' })).toEqual(first);
    expect(errorOf('UpdateFunctionConfiguration', { FunctionName: 'bump:1', Timeout: 9 })).toMatchObject({
      status: 404,
    });
  });

  it('LS-37 is listed behind the unpublished one, by its qualified ARN, without what changes by itself', () => {
    twoVersions();
    const { Versions } = ask('ListVersionsByFunction') as { readonly Versions: readonly Input[] };
    expect(Versions.map(({ Version, FunctionArn }) => [Version, FunctionArn])).toEqual([
      ['$LATEST', `${ARN}:$LATEST`],
      ['1', `${ARN}:1`],
      ['2', `${ARN}:2`],
    ]);
    for (const shown of Versions)
      for (const member of ['State', 'LastUpdateStatus', 'RuntimeVersionConfig'])
        expect(shown).not.toHaveProperty(member);
    expect(lambda.errorOf('ListVersionsByFunction', { FunctionName: 'nobody' })).toMatchObject({ status: 404 });
  });

  it('LS-37 is deleted alone, and ends its environments', () => {
    twoVersions();
    lambda.serve('bump:1');
    lambda.serve('bump');
    const deleted = lambda.call('DeleteFunction', { FunctionName: 'bump', Qualifier: '1' });
    expect(effectsOf(deleted.effects, 'kill')).toEqual([{ kind: 'kill', environment: 'bump:1/environment-1' }]);
    expect(errorOf('GetFunction', { Qualifier: '1' })).toMatchObject({
      ...{ code: 'ResourceNotFoundException', status: 404, message: `Function not found: ${ARN}:1` },
    });
    expect(ask('GetFunction', { Qualifier: '2' })).toMatchObject({ Configuration: { Version: '2' } });
    expect(ask('DeleteFunction', { Qualifier: '99' })).toEqual({ StatusCode: 204 });
  });

  it('LS-37 is not deleted if it is the unpublished one, an alias, or what an alias references', () => {
    twoVersions();
    ask('CreateAlias', {
      ...{ Name: 'live', FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } } },
    });
    const deletion = (Qualifier: string) => errorOf('DeleteFunction', { Qualifier });
    expect(deletion('$LATEST')).toMatchObject(
      invalid('$LATEST version cannot be deleted without deleting the function.'),
    );
    expect(deletion('live')).toMatchObject(invalid('Deletion of aliases is not currently supported.'));
    for (const version of ['1', '2']) {
      expect(deletion(version)).toMatchObject({
        ...{ code: 'ResourceConflictException', status: 409 },
        message: 'Unable to delete version because the following aliases reference it: [live]',
      });
    }
    ask('DeleteFunction');
    lambda.create('bump');
    expect(ask('ListVersionsByFunction').Versions).toHaveLength(1);
    expect(ask('ListAliases').Aliases).toEqual([]);
    expect(publish().Version).toBe('1');
  });
});

describe('a request that names a version', () => {
  beforeEach(twoVersions);

  it.each([
    ['behind the name', { FunctionName: 'bump:1' }],
    ['behind the ARN', { FunctionName: `${ARN}:1` }],
    ['in a member', { FunctionName: 'bump', Qualifier: '1' }],
    ['in both', { FunctionName: `${ARN}:1`, Qualifier: '1' }],
  ])('LS-38 runs it, and its answer and its handler are told: %s', (_where, input) => {
    const [started] = effectsOf(lambda.call('Invoke', input).effects, 'start');
    expect(started).toMatchObject({
      environment: 'bump:1/environment-1',
      first: { context: { functionArn: `${ARN}:1` } },
    });
    expect(started?.settings.variables).toMatchObject({ AWS_LAMBDA_FUNCTION_VERSION: '1' });
    expect(started?.first?.context.deadlineMs).toBe(3_000);
    lambda.report({ kind: 'initialised', environment: 'bump:1/environment-1' });
    const [reply] = effectsOf(lambda.return('bump:1#1').effects, 'reply');
    expect(reply?.answer).toMatchObject({ output: { StatusCode: 200, ExecutedVersion: '1' } });
  });

  it('LS-38 finds the unpublished version under no name and under $LATEST', () => {
    for (const more of [{}, { Qualifier: '$LATEST' }]) {
      const [started] = effectsOf(lambda.invoke('bump', more).effects, 'start');
      expect(started?.settings.variables.AWS_LAMBDA_FUNCTION_VERSION).toBe('$LATEST');
      expect(started?.first?.context.functionArn).toBe(ARN);
    }
  });

  it('LS-38 answers 404 if there is none, and names what was asked for', () => {
    for (const Qualifier of ['7', 'live']) {
      expect(errorOf('Invoke', { Qualifier })).toMatchObject({
        ...{ code: 'ResourceNotFoundException', status: 404, message: `Function not found: ${ARN}:${Qualifier}` },
      });
    }
  });

  it('LS-38 gets an environment of that version alone', () => {
    lambda.serve('bump:1');
    expect(effectsOf(lambda.invoke('bump:2').effects, 'start')).toMatchObject([
      { environment: 'bump:2/environment-2' },
    ]);
    expect(effectsOf(lambda.invoke('bump').effects, 'start')).toMatchObject([{ environment: 'bump/environment-3' }]);
    expect(kindsOf(lambda.invoke('bump:1').effects)).toEqual(['note', 'timer', 'invoke']);
  });

  it('LS-38 keeps its environment when the function changes', () => {
    lambda.serve('bump:1');
    expect(
      effectsOf(lambda.call('UpdateFunctionConfiguration', { FunctionName: 'bump', Timeout: 8 }).effects, 'kill'),
    ).toEqual([]);
    expect(kindsOf(lambda.invoke('bump:1').effects)).toEqual(['note', 'timer', 'invoke']);
  });

  it('LS-02 LS-38 takes from the reservation of the function, which covers all its versions', () => {
    lambda.reserve('bump', 2);
    lambda.running('bump:1');
    lambda.running('bump:2');
    expect(lambda.invoke('bump').answer).toMatchObject({
      error: { status: 429, members: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' } },
    });
  });

  it('LS-38 may come from another service, which is told how long it may take', () => {
    expect(lambda.describe(`${ARN}:2`).is).toMatchObject({
      functionArn: `${ARN}:2`,
      shownName: 'bump:2',
      timeoutMs: 7_000,
    });
    const { effects } = lambda.take(`${ARN}:2`, { kind: 'invoke', payloadJson: '1' }, 'batch-1');
    expect(effectsOf(effects, 'start')).toMatchObject([{ environment: 'bump:2/environment-1' }]);
  });
});

describe('an alias', () => {
  beforeEach(twoVersions);
  const create = (more: Input): Input => ask('CreateAlias', { Name: 'live', FunctionVersion: '1', ...more });
  const executed = (): unknown => {
    const { effects } = lambda.invoke('bump:live');
    const [start] = effectsOf(effects, 'start');
    return start?.settings.variables.AWS_LAMBDA_FUNCTION_VERSION;
  };

  it('LS-39 names a version, moves, and keeps what an update does not name', () => {
    const first = create({ Description: 'for customers' });
    expect(first).toEqual({
      ...{ AliasArn: `${ARN}:live`, Name: 'live', FunctionVersion: '1', Description: 'for customers' },
      RevisionId: expect.any(String) as string,
    });
    expect(executed()).toBe('1');
    expect(lambda.describe(`${ARN}:live`).is).toMatchObject({ functionArn: `${ARN}:live`, shownName: 'bump:live' });
    const moved = ask('UpdateAlias', { Name: 'live', FunctionVersion: '2', RevisionId: first.RevisionId });
    expect(moved).toMatchObject({ FunctionVersion: '2', Description: 'for customers' });
    expect(moved.RevisionId).not.toBe(first.RevisionId);
    expect(ask('GetAlias', { Name: 'live' })).toEqual(moved);
    expect(executed()).toBe('2');
    expect(errorOf('UpdateAlias', { Name: 'live', RevisionId: first.RevisionId })).toMatchObject({ status: 412 });
  });

  it('LS-39 is told to the handler as the name by which it was invoked', () => {
    create({});
    const { effects } = lambda.invoke('bump', { Qualifier: 'live' });
    expect(effectsOf(effects, 'start')[0]?.first?.context.functionArn).toBe(`${ARN}:live`);
    expect(effectsOf(effects, 'start')[0]?.environment).toBe('bump:1/environment-1');
  });

  it('LS-39 is a name for lookups: its ARN, and the number of its version', () => {
    create({});
    expect(ask('GetFunctionConfiguration', { Qualifier: 'live' })).toMatchObject({
      ...{ FunctionArn: `${ARN}:live`, Version: '1', Timeout: 3 },
    });
    create({ Name: 'newest', FunctionVersion: '$LATEST' });
    expect(ask('GetFunctionConfiguration', { Qualifier: 'newest' })).toMatchObject({ Version: '$LATEST' });
  });

  it('LS-39 is listed by its name, of all versions or of one, and deleted', () => {
    for (const [Name, FunctionVersion] of [
      ['b', '1'],
      ['a', '2'],
      ['c', '1'],
    ])
      create({ Name, FunctionVersion });
    const names = (more: Input = {}) => (ask('ListAliases', more).Aliases as readonly Input[]).map(({ Name }) => Name);
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(names({ FunctionVersion: '1' })).toEqual(['b', 'c']);
    ask('DeleteAlias', { Name: 'b' });
    ask('DeleteAlias', { Name: 'b' });
    expect(names()).toEqual(['a', 'c']);
    expect(errorOf('Invoke', { Qualifier: 'b' })).toMatchObject({ status: 404 });
    expect(errorOf('ListAliases', { Marker: 'x' }).message).toBe('ListAliases in pages is not simulated.');
  });

  it('LS-39 is refused in AWS’s words', () => {
    create({});
    expect(errorOf('CreateAlias', { Name: 'live', FunctionVersion: '2' })).toMatchObject({
      ...{ code: 'ResourceConflictException', status: 409, message: `Alias already exists: ${ARN}:live` },
    });
    for (const operation of ['GetAlias', 'UpdateAlias']) {
      expect(errorOf(operation, { Name: 'none' })).toMatchObject({
        ...{ code: 'ResourceNotFoundException', status: 404, message: `Cannot find alias arn: ${ARN}:none` },
      });
    }
    expect(errorOf('CreateAlias', { Name: 'next', FunctionVersion: '7' })).toMatchObject({
      ...{ status: 404, message: `Function not found: ${ARN}:7` },
    });
    expect(errorOf('UpdateAlias', { Name: 'live', FunctionVersion: '7' })).toMatchObject({ status: 404 });
    expect(errorOf('CreateAlias', { Name: '17', FunctionVersion: '1' }).message).toContain("Value '17' at 'name'");
    expect(errorOf('CreateAlias', { Name: 'next' }).message).toContain("Value null at 'functionVersion'");
  });

  it('LS-39 is one qualifier: two that differ are refused', () => {
    create({});
    const message = 'The derived qualifier from the function name does not match the specified qualifier.';
    for (const operation of ['Invoke', 'GetFunction', 'PutFunctionEventInvokeConfig']) {
      const error = errorOf(operation, { FunctionName: 'bump:live', Qualifier: '1', MaximumRetryAttempts: 0 });
      expect(error).toMatchObject(invalid(message));
    }
  });
});

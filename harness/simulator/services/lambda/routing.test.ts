/**
 * Aliases that share requests out between two versions: the choice, its weights, and what is refused.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { effectsOf, kindsOf, replyIn } from '../../contract/service-for-tests.ts';
import { EventsForTests } from './event-queue-for-tests.ts';
import { FunctionsForTests, startedIn } from './lambda-for-tests.ts';
import type { LambdaMessage } from './messages.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:bump';
const weights = (of: Readonly<Record<string, number>>): Input => ({ RoutingConfig: { AdditionalVersionWeights: of } });
let lambda: FunctionsForTests;

function publishTwo(functions: FunctionsForTests, FunctionName: string): void {
  functions.ask('PublishVersion', { FunctionName });
  functions.ask('UpdateFunctionConfiguration', { FunctionName, Timeout: 7 });
  functions.ask('PublishVersion', { FunctionName });
}

beforeEach(() => {
  lambda = new FunctionsForTests();
  lambda.create('bump');
  publishTwo(lambda, 'bump');
});

const alias = (more: Input, operation = 'CreateAlias'): Input =>
  lambda.ask(operation, { FunctionName: 'bump', Name: 'live', FunctionVersion: '1', ...more });
const refusal = (more: Input) =>
  lambda.errorOf('CreateAlias', { FunctionName: 'bump', Name: 'live', FunctionVersion: '1', ...more });
const optionsOf = (functions: FunctionsForTests = lambda) => effectsOf(functions.invoke('bump:live').effects, 'choose');

describe('a weighted alias', () => {
  it('LS-40 lets a request go to either version, by the weights', () => {
    alias(weights({ 2: 0.25 }));
    const { answer, effects } = lambda.invoke('bump:live');
    expect(answer).toBeNull();
    const [choice] = effectsOf(effects, 'choose');
    expect(choice?.options.map(({ weight }) => weight)).toEqual([7_500, 2_500]);
    const [first, second] = choice?.options.map(({ message }) => message) ?? [];
    expect(startedIn(lambda.tell(first as LambdaMessage))).toBe('bump:1/environment-1');
    expect(startedIn(lambda.tell(second as LambdaMessage))).toBe('bump:2/environment-1');
  });

  it.each([
    [0, '1'],
    [1, '2'],
  ])('LS-40 with a weight of %d leaves no choice', (weight, version) => {
    alias(weights({ 2: weight }));
    const { effects } = lambda.invoke('bump:live');
    expect(effectsOf(effects, 'choose')).toEqual([]);
    expect(startedIn({ effects })).toBe(`bump:${version}/environment-1`);
  });

  it('LS-40 shows its weights, and loses them with an empty configuration', () => {
    expect(alias(weights({ 2: 0.2 }))).toMatchObject(weights({ 2: 0.2 }));
    expect(alias({ Description: 'kept' }, 'UpdateAlias')).toMatchObject(weights({ 2: 0.2 }));
    expect(alias({ RoutingConfig: {} }, 'UpdateAlias')).not.toHaveProperty('RoutingConfig');
    expect(optionsOf()).toEqual([]);
  });

  it('LS-40 is throttled as the version to which the request goes would be', () => {
    alias(weights({ 2: 0.5 }));
    lambda.reserve('bump', 0);
    const [choice] = optionsOf();
    const { effects } = lambda.tell(choice?.options[1]?.message as LambdaMessage);
    expect(kindsOf(effects)).toEqual(['note', 'reply']);
    expect(effects[0]).toMatchObject({ event: { kind: 'invocation-throttled', functionName: 'bump:live' } });
    expect(replyIn(effects)).toMatchObject({ ok: false, error: { status: 429 } });
  });

  it('LS-40 may take as long as the slower of its versions', () => {
    alias(weights({ 2: 0.5 }));
    expect(lambda.describe(`${ARN}:live`).is).toMatchObject({ timeoutMs: 7_000 });
  });

  it.each([
    [
      'two further versions',
      weights({ 2: 0.1, 3: 0.1 }),
      'Number of items in AdditionalVersionWeights cannot be greater than 1',
    ],
    [
      'its own version',
      weights({ 1: 0.1 }),
      'Invalid function version 1. Function version 1 is already included in routing configuration.',
    ],
    [
      '$LATEST first',
      { ...weights({ 2: 0.1 }), FunctionVersion: '$LATEST' },
      '$LATEST is not supported for an alias pointing to more than 1 version',
    ],
    ['an unknown version', weights({ 7: 0.1 }), `Function not found: ${ARN}:7`],
    [
      'too large a weight',
      weights({ 2: 2 }),
      "1 validation error detected: Value '{2=2.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
    ],
    [
      '$LATEST behind',
      weights({ $LATEST: 0.5 }),
      "1 validation error detected: Value '{$LATEST=0.5}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+, Member must not be null]",
    ],
  ])('LS-40 does not point to %s', (_what, more, message) => {
    expect(refusal(more).message).toBe(message);
  });
});

describe('an event for a weighted alias', () => {
  it('UV-72 gets a version for each run anew', () => {
    const events = new EventsForTests();
    publishTwo(events, 'f');
    events.ask('CreateAlias', { FunctionName: 'f', Name: 'live', FunctionVersion: '1', ...weights({ 2: 0.5 }) });
    events.ask('Invoke', { FunctionName: 'f:live', InvocationType: 'Event' });
    const run = (option: number): string | null => {
      events.next();
      const choice = effectsOf(events.effects, 'choose').at(-1);
      return startedIn(events.tell(choice?.options[option]?.message as LambdaMessage));
    };
    expect(run(1)).toBe('f:2/environment-1');
    events.fail();
    expect(run(0)).toBe('f:1/environment-2');
    expect(effectsOf(events.effects, 'choose')).toHaveLength(2);
  });
});

describe('settings for the events of a qualifier', () => {
  const sendTo = (FunctionName: string, events: EventsForTests): void => {
    events.ask('Invoke', { FunctionName, InvocationType: 'Event' });
    events.next();
  };

  it('LS-45 hold for the events that were sent to it', () => {
    const events = new EventsForTests();
    publishTwo(events, 'f');
    events.ask('CreateAlias', { FunctionName: 'f', Name: 'live', FunctionVersion: '2' });
    const config = events.configure({ MaximumRetryAttempts: 0, Qualifier: 'live' });
    expect(config).toMatchObject({ output: { FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f:live' } });
    expect(events.errorOf('GetFunctionEventInvokeConfig', { FunctionName: 'f' })).toMatchObject({ status: 404 });
    sendTo('f:live', events);
    events.fail();
    expect(events.noted('event-discarded')).toMatchObject([{ condition: 'RetriesExhausted', functionName: 'f:live' }]);
    sendTo('f', events);
    events.fail();
    expect(events.noted('event-retried')).toMatchObject([{ functionName: 'f', attempt: 2 }]);
    events.ask('DeleteAlias', { FunctionName: 'f', Name: 'live' });
    events.ask('CreateAlias', { FunctionName: 'f', Name: 'live', FunctionVersion: '2' });
    expect(events.errorOf('GetFunctionEventInvokeConfig', { FunctionName: 'f:live' })).toMatchObject({ status: 404 });
  });

  it('LS-45 send records that name the qualifier and the version that ran', () => {
    const events = new EventsForTests();
    publishTwo(events, 'f');
    events.ask('CreateAlias', { FunctionName: 'f', Name: 'live', FunctionVersion: '2' });
    const Destination = 'arn:aws:lambda:us-east-1:123456789012:function:g:live';
    const to = { OnSuccess: { Destination }, OnFailure: { Destination } };
    events.configure({ DestinationConfig: to, MaximumRetryAttempts: 0, Qualifier: 'live' });
    sendTo('f:live', events);
    events.succeed();
    sendTo('f:live', events);
    events.fail();
    const named = {
      requestContext: { functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f:live' },
      responseContext: { executedVersion: '2' },
    };
    expect(events.sent.map(({ body }) => body)).toMatchObject([named, named]);
    expect(events.noted('event-discarded')).toMatchObject([{ sentTo: ['g:live'] }]);
  });

  it('LS-45 leave the dead-letter queue to the version, as it was published', () => {
    const events = new EventsForTests({ DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:123456789012:old' } });
    events.ask('PublishVersion', { FunctionName: 'f' });
    events.ask('UpdateFunctionConfiguration', { FunctionName: 'f', DeadLetterConfig: { TargetArn: '' } });
    sendTo('f:1', events);
    events.fail();
    events.failToTheEnd();
    expect(events.noted('event-discarded')).toMatchObject([{ sentTo: ['old'] }]);
  });

  it('LS-45 can’t send to the function itself, under whichever name', () => {
    const events = new EventsForTests();
    publishTwo(events, 'f');
    const Destination = 'arn:aws:lambda:us-east-1:123456789012:function:f:1';
    expect(events.configure({ DestinationConfig: { OnFailure: { Destination } }, Qualifier: '2' })).toMatchObject({
      error: { message: "You can't specify the function as a destination for itself." },
    });
  });
});

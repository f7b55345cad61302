/**
 * Asynchronous invocation, fact by fact, through the service's public interface. The test takes the part of the processes.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok } from '../../contract/answer.ts';
import { effectsOf, sentIn } from '../../contract/service-for-tests.ts';
import { arnOf, EventsForTests, queueArn } from './event-queue-for-tests.ts';

const refusalOf = (answer: ReturnType<EventsForTests['send']>) =>
  answer.ok ? null : [answer.error.status, answer.error.code, answer.error.message];

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:failed';

describe('an event', () => {
  it('LA-01 is answered 202 at once, with an empty answer, and runs later', () => {
    const events = new EventsForTests();
    const answer = events.send();
    expect(answer).toEqual({ ok: true, output: { StatusCode: 202, Payload: new Uint8Array() } });
    expect(events.runs).toEqual([]);
    events.next();
    expect(events.runs).toHaveLength(1);
  });

  it('LA-01 is answered 202 even if the function is throttled', () => {
    const events = new EventsForTests();
    events.reserve('f', 0);
    expect(events.send()).toMatchObject({ ok: true, output: { StatusCode: 202 } });
  });

  it('LA-02 may have 1 MB', () => {
    const events = new EventsForTests();
    const ofBytes = (bytes: number) => events.send('x'.repeat(bytes - 2));
    expect(ofBytes(1_048_576).ok).toBe(true);
    expect(refusalOf(ofBytes(1_048_577))).toEqual([
      413,
      'RequestTooLargeException',
      '1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)',
    ]);
  });

  it('LA-03 may run a second time although it succeeded, under the same request id', () => {
    const events = new EventsForTests();
    events.send();
    events.faults = ['duplicate'];
    events.next();
    expect(events.runs).toEqual([]);
    const runNow = { kind: 'run-event', event: 'f/event-1' };
    expect(events.offers).toEqual([
      {
        kind: 'offer',
        fault: 'duplicate',
        options: [
          { ...runNow, isDuplicated: false },
          { ...runNow, isDuplicated: true },
        ],
      },
    ]);
    events.choose(1);
    expect(events.waits).toMatchObject([{ as: 'step', atMs: 0, message: { kind: 'event-due', isCopy: true } }]);
    expect(events.runs).toHaveLength(1);
    events.succeed();
    events.next();
    events.succeed();
    expect(events.runs).toHaveLength(2);
    expect(new Set(events.runs.map(({ requestId }) => requestId)).size).toBe(1);
    expect(effectsOf(events.effects, 'strike')).toEqual([{ kind: 'strike', fault: 'duplicate', by: 'Lambda' }]);
    expect(events.next()).toBe(false);
  });

  it('LA-03 runs once in the ordinary course, and if the budget is spent there is no choice', () => {
    const events = new EventsForTests();
    events.faults = ['duplicate'];
    events.send();
    events.next();
    events.choose(0);
    events.succeed();
    events.send();
    events.next();
    events.succeed();
    expect(events.runs).toHaveLength(2);
    expect(events.offers).toEqual([]);
    expect(effectsOf(events.effects, 'strike')).toEqual([]);
    expect(events.next()).toBe(false);
  });

  it('LA-03 has the choice of a second run before its first run only: a retry has none', () => {
    const events = new EventsForTests();
    events.send();
    events.next();
    events.fail();
    events.faults = ['duplicate'];
    events.next();
    expect(events.offers).toEqual([]);
    expect(events.runs).toHaveLength(2);
  });

  it('LA-04 is retried after one minute and after two more, under the same request id', () => {
    const events = new EventsForTests();
    events.send();
    events.failToTheEnd();
    expect(events.runs.map(({ atMs }) => atMs)).toEqual([0, 60_000, 180_000]);
    expect(new Set(events.runs.map(({ requestId }) => requestId)).size).toBe(1);
  });

  it.each([0, 1, 2])('LA-04 MaximumRetryAttempts %i', (MaximumRetryAttempts) => {
    const events = new EventsForTests();
    events.configure({ MaximumRetryAttempts });
    events.send();
    events.failToTheEnd();
    expect(events.runs).toHaveLength(1 + MaximumRetryAttempts);
  });

  it('LA-04 is not retried when it has succeeded', () => {
    const events = new EventsForTests();
    events.send();
    events.next();
    events.fail();
    events.next();
    events.succeed();
    expect(events.next()).toBe(false);
  });

  it.each([
    ['in a timed run', { isTimed: true }, {}],
    ['if its age is limited', {}, { MaximumEventAgeInSeconds: 21_599 }],
  ])('LA-05 waits 1, 2, 4 … 300 seconds for concurrency, and keeps its retries, %s', (_if, settings, limits) => {
    const events = new EventsForTests({}, settings);
    events.configure(limits);
    events.reserve('f', 1);
    events.answerTo('Invoke', { FunctionName: 'f', InvocationType: 'Event' });
    events.next();
    events.send();
    const refusedAt: number[] = [];
    for (let times = 0; times < 11; times += 1) {
      events.next();
      refusedAt.push(events.nowMs / 1_000);
    }
    const pauses = refusedAt.slice(1).map((at, index) => at - (refusedAt[index] ?? 0));
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
    expect(events.noted('invocation-throttled')).toHaveLength(11);
    events.succeed();
    events.failToTheEnd();
    expect(events.runs).toHaveLength(1 + 3);
  });

  it.each([
    ['without a limit of its age', {}],
    ["with AWS's own limit written out", { MaximumEventAgeInSeconds: 21_600 }],
  ])('LA-05 waits without a clock until there is a place, in an exploration, %s', (_limit, limits) => {
    const events = new EventsForTests();
    events.configure({ MaximumRetryAttempts: 2, ...limits });
    events.reserve('f', 1);
    events.answerTo('Invoke', { FunctionName: 'f', InvocationType: 'Event' });
    events.next();
    events.send();
    expect(events.placesAt('f')).toBe(0);
    expect(events.next()).toBe(false);
    events.succeed();
    expect(events.next()).toBe(true);
    expect(events.runs).toHaveLength(2);
    expect(events.nowMs).toBe(0);
    expect(events.noted('invocation-throttled')).toEqual([]);
  });

  it('LA-05 waits for a place, too, when its retry is due and the place is taken', () => {
    const events = new EventsForTests();
    events.reserve('f', 1);
    events.send('first');
    events.next();
    events.fail();
    events.send('second');
    events.next();
    expect(events.runs).toHaveLength(2);
    events.next();
    expect(events.nowMs).toBe(60_000);
    expect(events.runs).toHaveLength(2);
    expect(events.next()).toBe(false);
    events.succeed();
    events.next();
    expect(events.runs.map(({ atMs }) => atMs)).toEqual([0, 0, 60_000]);
  });

  it('LA-09 waits for no place where none can become free', () => {
    const events = new EventsForTests();
    events.reserve('f', 1);
    events.answerTo('Invoke', { FunctionName: 'f', InvocationType: 'Event' });
    events.next();
    events.send();
    expect(events.placesAt('f')).toBe(0);
    events.reserve('f', 0);
    expect(events.placesAt('f')).toBe(1);
    events.next();
    expect(events.noted('event-discarded')).toMatchObject([{ condition: 'ZeroReservedConcurrency' }]);
  });

  it('LA-06 lives for six hours unless set otherwise', () => {
    const events = new EventsForTests({}, { isTimed: true });
    events.reserve('f', 1);
    events.answerTo('Invoke', { FunctionName: 'f', InvocationType: 'Event' });
    events.next();
    events.send();
    while (events.next());
    expect(events.noted('event-discarded')).toMatchObject([{ condition: 'EventAgeExceeded' }]);
    expect(events.nowMs).toBeGreaterThan(21_600_000 - 300_001);
    expect(events.nowMs).toBeLessThan(21_600_000);
  });

  it.each([
    [60, 1],
    [90, 2],
    [180, 2],
    [181, 3],
  ])('LA-07 with an age of %i s it is given up at once if the next retry would come too late: %i runs', (age, runs) => {
    const events = new EventsForTests();
    events.configure({
      MaximumEventAgeInSeconds: age,
      DestinationConfig: { OnFailure: { Destination: queueArn('failed') } },
    });
    events.send();
    events.failToTheEnd();
    expect(events.runs).toHaveLength(runs);
    expect(events.nowMs).toBe(events.runs.at(-1)?.atMs);
    const condition = runs === 3 ? 'RetriesExhausted' : 'EventAgeExceeded';
    expect(events.sent).toMatchObject([{ body: { requestContext: { condition, approximateInvokeCount: runs } } }]);
  });

  it('LA-08 that failed three times is given up: RetriesExhausted', () => {
    const events = new EventsForTests();
    events.configure({ DestinationConfig: { OnFailure: { Destination: queueArn('failed') } } });
    events.send();
    events.failToTheEnd();
    expect(events.sent).toMatchObject([
      { to: 'failed', body: { requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 } } },
    ]);
    expect(events.noted('event-discarded')).toMatchObject([{ condition: 'RetriesExhausted', sentTo: ['failed'] }]);
  });

  it('LA-09 for a function with a reservation of 0 is given up without a run and without a retry', () => {
    const events = new EventsForTests();
    events.configure({ DestinationConfig: { OnFailure: { Destination: queueArn('failed') } } });
    events.reserve('f', 0);
    events.send();
    events.next();
    expect(events.runs).toEqual([]);
    expect(events.nowMs).toBe(0);
    expect(events.next()).toBe(false);
    const [sent] = events.sent;
    expect(sent?.body).toMatchObject({
      requestContext: { condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 },
    });
    expect(Object.keys(sent?.body ?? {})).toEqual(['version', 'timestamp', 'requestContext', 'requestPayload']);
  });

  it('LA-17 waits while the only place is taken, and runs when it is free again', () => {
    const events = new EventsForTests({}, { isTimed: true });
    events.reserve('f', 1);
    events.send(1);
    events.next();
    events.send(2);
    events.next();
    expect(events.runs).toHaveLength(1);
    expect(refusalOf(events.answerTo('Invoke', { FunctionName: 'f' }))?.[0]).toBe(429);
    events.reserve('f', 2);
    events.next();
    expect(events.runs).toHaveLength(2);
  });

  it('LA-18 refused runs are not counted', () => {
    const events = new EventsForTests({}, { isTimed: true });
    events.configure({ DestinationConfig: { OnSuccess: { Destination: queueArn('done') } } });
    events.reserve('f', 1);
    events.send(1);
    events.next();
    events.send(2);
    events.next();
    events.succeed();
    events.next();
    events.succeed();
    expect(events.sent.map(({ body }) => body)).toMatchObject([
      { requestContext: { approximateInvokeCount: 1 } },
      { requestContext: { approximateInvokeCount: 1 } },
    ]);
  });
});

describe('the end of an event', () => {
  it('LA-10 the record of a success', () => {
    const events = new EventsForTests();
    events.configure({ DestinationConfig: { OnSuccess: { Destination: queueArn('done') } } });
    events.send({ order: 17 });
    events.next();
    events.succeed({ ok: true });
    expect(events.sent).toEqual([
      {
        to: 'done',
        body: {
          version: '1.0',
          timestamp: '2026-01-01T00:00:00.000Z',
          requestContext: {
            requestId: events.runs[0]?.requestId,
            functionArn: `${arnOf('f')}:$LATEST`,
            condition: 'Success',
            approximateInvokeCount: 1,
          },
          requestPayload: { order: 17 },
          responseContext: { statusCode: 200, executedVersion: '$LATEST' },
          responsePayload: { ok: true },
        },
      },
    ]);
  });

  it('LA-10 the record of a failure says what the function answered', () => {
    const events = new EventsForTests();
    events.configure({ MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: arnOf('other') } } });
    events.send({ order: 17 });
    events.failToTheEnd();
    expect(events.sent).toMatchObject([
      {
        to: 'other',
        body: {
          requestPayload: { order: 17 },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: { errorType: 'Error', errorMessage: 'boom' },
        },
      },
    ]);
  });

  it('LA-11 cannot be a FIFO queue or topic; a bucket is refused by name', () => {
    const to = (Destination: string) =>
      refusalOf(new EventsForTests().configure({ DestinationConfig: { OnFailure: { Destination } } }));
    expect(to(queueArn('failed.fifo'))?.slice(0, 2)).toEqual([400, 'InvalidParameterValueException']);
    expect(to(`${TOPIC}.fifo`)?.slice(0, 2)).toEqual([400, 'InvalidParameterValueException']);
    const bucket = 'arn:aws:s3:::failed';
    expect(to(bucket)?.slice(1)).toEqual([
      'RaceproofNotSimulated',
      `Sending an event to «${bucket}» is not simulated.`,
    ]);
    expect(to(queueArn('failed'))).toBeNull();
    expect(to(TOPIC)).toBeNull();
    expect(to(arnOf('other'))).toBeNull();
  });

  it('LA-12 the dead-letter queue gets the original event, with three attributes', () => {
    const events = new EventsForTests({ DeadLetterConfig: { TargetArn: queueArn('dead') } });
    events.send({ order: 17 });
    while (events.next()) if (events.runs.length > 0) events.fail('x'.repeat(2_000));
    expect(events.sent).toEqual([{ to: 'dead', body: { order: 17 } }]);
    expect(events.delivered[0]?.request.attributes).toEqual({
      RequestID: { DataType: 'String', StringValue: events.runs[0]?.requestId },
      ErrorCode: { DataType: 'Number', StringValue: '200' },
      ErrorMessage: { DataType: 'String', StringValue: 'x'.repeat(1_024) },
    });
  });

  it('LA-12 a topic in its place gets the same, and a destination that is one gets the record', () => {
    const events = new EventsForTests({ DeadLetterConfig: { TargetArn: TOPIC } });
    events.configure({ MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: TOPIC } } });
    events.send({ order: 17 });
    events.failToTheEnd();
    expect(events.sent).toMatchObject([
      { to: 'failed', body: { order: 17 } },
      { to: 'failed', body: { requestPayload: { order: 17 } } },
    ]);
    const attributes = events.delivered.map(({ request }) => Object.keys(request.attributes));
    expect(attributes).toEqual([['RequestID', 'ErrorCode', 'ErrorMessage'], []]);
  });

  it('LA-13 a dead-letter queue and OnFailure both get a message', () => {
    const events = new EventsForTests({ DeadLetterConfig: { TargetArn: queueArn('dead') } });
    events.configure({ DestinationConfig: { OnFailure: { Destination: queueArn('failed') } } });
    events.send();
    events.failToTheEnd();
    expect(events.sent.map(({ to }) => to)).toEqual(['dead', 'failed']);
  });

  it('LA-13 both get a message, and each is answered, if they are the same queue', () => {
    const events = new EventsForTests({ DeadLetterConfig: { TargetArn: queueArn('failed') } });
    events.configure({ DestinationConfig: { OnFailure: { Destination: queueArn('failed') } } });
    events.send();
    events.failToTheEnd();
    expect(events.sent.map(({ to }) => to)).toEqual(['failed', 'failed']);
    const calls = events.delivered.map(({ call }) => call ?? '');
    expect(new Set(calls).size).toBe(2);
    for (const call of calls) expect(events.answer(call, ok({})).effects).toEqual([]);
  });

  it.each(['Success', 'Failure'])('LA-11 an event bus gets the record of a %s as the detail of an event', (outcome) => {
    const events = new EventsForTests();
    const bus = 'arn:aws:events:us-east-1:123456789012:event-bus/results';
    const Destination = { Destination: bus };
    events.configure({
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnSuccess: Destination, OnFailure: Destination },
    });
    events.send({ order: 17 });
    events.next();
    if (outcome === 'Success') events.succeed({ ok: true });
    else events.fail();
    expect(events.delivered).toEqual([]);
    const [put, ...more] = sentIn(events.effects, 'put-event');
    expect([put?.to, put?.by, more]).toEqual([bus, 'Lambda', []]);
    expect(put?.request.event).toMatchObject({
      ...{ source: 'lambda', detailType: `Lambda Function Invocation Result - ${outcome}` },
      resources: [bus, `${arnOf('f')}:$LATEST`],
    });
    expect(JSON.parse(put?.request.event.detailJson ?? '')).toMatchObject({
      ...{ version: '1.0', requestPayload: { order: 17 } },
      requestContext: { condition: outcome === 'Success' ? 'Success' : 'RetriesExhausted' },
    });
    expect(events.answer(put?.call ?? '', ok({})).effects).toEqual([]);
  });

  it('LA-11 only a bus is one, of what belongs to EventBridge', () => {
    const Destination = 'arn:aws:events:us-east-1:123456789012:rule/orders';
    const refusal = refusalOf(new EventsForTests().configure({ DestinationConfig: { OnSuccess: { Destination } } }));
    expect(refusal?.[2]).toBe(`Sending an event to «${Destination}» is not simulated.`);
  });

  it('LA-14 a synchronous invocation has neither retries nor destinations', () => {
    const events = new EventsForTests({ DeadLetterConfig: { TargetArn: queueArn('dead') } });
    const Destination = queueArn('failed');
    events.configure({ DestinationConfig: { OnFailure: { Destination }, OnSuccess: { Destination } } });
    events.invoke('f');
    events.fail();
    events.invoke('f');
    events.succeed();
    expect(events.delivered).toEqual([]);
    expect(events.waits).toEqual([]);
  });
});

describe('settings of events', () => {
  it('LA-06 Put overwrites, Update keeps what it does not name', () => {
    const events = new EventsForTests();
    events.configure({ MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 90 });
    const updated = events.configure({ MaximumRetryAttempts: 0 }, 'UpdateFunctionEventInvokeConfig');
    expect(updated).toMatchObject({ output: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 90 } });
    events.configure({ MaximumRetryAttempts: 2 });
    const now = events.configure({}, 'GetFunctionEventInvokeConfig');
    expect(now).toEqual({
      ok: true,
      output: {
        LastModified: 1_767_225_600,
        FunctionArn: `${arnOf('f')}:$LATEST`,
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnSuccess: {}, OnFailure: {} },
      },
    });
    expect(events.configure({}, 'DeleteFunctionEventInvokeConfig').ok).toBe(true);
    expect(refusalOf(events.configure({}, 'GetFunctionEventInvokeConfig'))?.[0]).toBe(404);
  });

  it.each([
    ['LA-04', { MaximumRetryAttempts: 3 }, 'less than or equal to 2'],
    ['LA-06', { MaximumEventAgeInSeconds: 59 }, 'greater than or equal to 60'],
    ['LA-06', { MaximumEventAgeInSeconds: 21_601 }, 'less than or equal to 21600'],
  ])('%s %j is refused', (_fact, settings, words) => {
    expect(refusalOf(new EventsForTests().configure(settings))?.[2]).toContain(words);
  });

  it('LA-06 60 and 21,600 seconds are accepted', () => {
    for (const MaximumEventAgeInSeconds of [60, 21_600])
      expect(new EventsForTests().configure({ MaximumEventAgeInSeconds }).ok).toBe(true);
  });

  it('LA-15 at least one must be given, and a function cannot be its own destination', () => {
    const events = new EventsForTests();
    expect(refusalOf(events.configure({}))).toEqual([
      400,
      'InvalidParameterValueException',
      'You must specify at least one of error handling or destination setting.',
    ]);
    expect(refusalOf(events.configure({ DestinationConfig: { OnSuccess: { Destination: arnOf('f') } } }))).toEqual([
      400,
      'InvalidParameterValueException',
      "You can't specify the function as a destination for itself.",
    ]);
  });
});

describe('any event', () => {
  it('ends exactly once: it succeeded, or it was given up and all its targets were told', () => {
    const outcomes = fc.array(fc.boolean(), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(outcomes, fc.integer({ min: 60, max: 300 }), (succeeds, MaximumEventAgeInSeconds) => {
        const events = new EventsForTests();
        const DestinationConfig = {
          OnSuccess: { Destination: queueArn('done') },
          OnFailure: { Destination: queueArn('failed') },
        };
        events.configure({ MaximumEventAgeInSeconds, DestinationConfig });
        events.send();
        while (events.next()) {
          if (succeeds[events.runs.length - 1] === true) events.succeed();
          else events.fail();
        }
        const firstSuccess = succeeds.slice(0, events.runs.length).indexOf(true);
        expect(events.sent.map(({ to }) => to)).toEqual([firstSuccess < 0 ? 'failed' : 'done']);
      }),
    );
  });
});

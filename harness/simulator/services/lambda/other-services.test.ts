/**
 * What other services ask of a function by its ARN, and how Lambda handles the answers to its own requests.
 */

import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../contract/answer.ts';
import { effectsOf, kindsOf, notesIn, replyIn } from '../../contract/service-for-tests.ts';
import { arnOf, EventsForTests, queueArn } from './event-queue-for-tests.ts';
import { FunctionsForTests, payloadOf } from './lambda-for-tests.ts';

const BUMP = arnOf('bump');
const NOBODY = arnOf('nobody');
const INVOKE = { kind: 'invoke', payloadJson: '{"given":1}' } as const;
const DELIVER = { kind: 'deliver', body: '{"given":1}', attributes: {} } as const;

function withBump(): FunctionsForTests {
  const lambda = new FunctionsForTests();
  lambda.create('bump');
  return lambda;
}

describe('another service', () => {
  it('invokes a function, and is answered when it has run', () => {
    const lambda = withBump();
    const { effects, footprint } = lambda.take(BUMP, INVOKE, 'batch-1');
    expect(kindsOf(effects)).toEqual(['note', 'start', 'timer']);
    expect(footprint.writes).toContain('lambda/bump/numbers');
    lambda.report({ kind: 'initialised', environment: 'bump/environment-1' });
    const [reply] = effectsOf(lambda.return('bump#1', '{"taken":1}').effects, 'reply');
    expect(reply?.call).toBe('batch-1');
    expect(reply === undefined ? null : payloadOf(reply.answer)).toEqual({ taken: 1 });
  });

  it('may have reserved the number of its invocation, which it gets no matter when it comes', () => {
    const lambda = withBump();
    const reserved = lambda.take(BUMP, { kind: 'reserve' }, 'number-1');
    expect(reserved.effects).toEqual([{ kind: 'reply', call: 'number-1', answer: ok({ number: 1 }) }]);
    expect(reserved.footprint).toEqual({ reads: ['lambda/bump/settings'], writes: ['lambda/bump/numbers'] });
    expect(lambda.running()).toBe('bump/environment-2');
    const { effects, footprint } = lambda.take(BUMP, { ...INVOKE, number: 1 }, 'batch-1');
    expect(effectsOf(effects, 'start')).toMatchObject([{ environment: 'bump/environment-1' }]);
    expect(footprint.writes).not.toContain('lambda/bump/numbers');
  });

  it('is throttled like every caller, at once', () => {
    const lambda = withBump();
    lambda.reserve('bump', 0);
    const { effects } = lambda.take(BUMP, INVOKE, 'batch-1');
    expect(kindsOf(effects)).toEqual(['note', 'reply']);
    expect(replyIn(effects)).toMatchObject({ ok: false, error: { status: 429 } });
  });

  it('delivers an event, which is accepted and runs later', () => {
    const lambda = withBump();
    const { effects } = lambda.take(BUMP, DELIVER, 'delivery-1');
    expect(notesIn(effects)).toMatchObject([{ kind: 'event-queued', payload: { given: 1 } }]);
    expect(replyIn(effects)).toMatchObject({ ok: true, output: { StatusCode: 202 } });
    expect(effectsOf(effects, 'timer')).toMatchObject([{ as: 'step', message: { kind: 'event-due' } }]);
  });

  it('delivers an event for which it has reserved a number, so that nothing else depends on when it comes', () => {
    const lambda = withBump();
    lambda.take(BUMP, { kind: 'reserve' }, 'number-1');
    const first = lambda.take(BUMP, DELIVER, 'delivery-2');
    expect(first.footprint.writes).toContain('lambda/bump/numbers');
    const { effects, footprint } = lambda.take(BUMP, { ...DELIVER, number: 1 }, 'delivery-1');
    expect(effectsOf(effects, 'timer')).toMatchObject([{ of: 'bump/event-1' }]);
    expect(footprint.writes).toEqual(['lambda/bump/events/bump/event-1']);
  });

  it('need not wait for the answer to a delivery', () => {
    expect(effectsOf(withBump().take(BUMP, DELIVER).effects, 'reply')).toEqual([]);
  });

  it('gets an error if the function does not exist', () => {
    const lambda = withBump();
    const unknown = { ok: false, error: { code: 'ResourceNotFoundException', status: 404 } };
    expect(replyIn(lambda.take(NOBODY, INVOKE, 'batch-1').effects)).toMatchObject(unknown);
    expect(replyIn(lambda.take(NOBODY, DELIVER, 'delivery-1').effects)).toMatchObject(unknown);
    expect(replyIn(lambda.take(NOBODY, { kind: 'reserve' }, 'number-1').effects)).toEqual(ok({}));
  });

  it('can look up a function under its name in the template, and finds no version of it', () => {
    const lambda = withBump();
    lambda.state.displayNames.set('bump', 'Bump');
    const footprint = { reads: ['lambda/bump/settings'], writes: [] };
    const is = { kind: 'function', functionName: 'bump', functionArn: BUMP, shownName: 'Bump', timeoutMs: 3_000 };
    expect(lambda.describe(BUMP)).toEqual({ is, footprint });
    expect(lambda.describe(`${BUMP}:$LATEST`)).toEqual({ is, footprint });
    const reads = [...footprint.reads, 'lambda/bump/qualifiers'];
    expect(lambda.describe(`${BUMP}:7`)).toEqual({ is: null, footprint: { reads, writes: [] } });
    expect(lambda.describe(NOBODY)).toEqual({
      is: null,
      footprint: { reads: ['lambda/nobody/settings'], writes: [] },
    });
  });
});

describe('a delivery of Lambda', () => {
  const sentTo = (target: string): EventsForTests => {
    const events = new EventsForTests();
    events.configure({ DestinationConfig: { OnSuccess: { Destination: target } } });
    events.send();
    events.next();
    events.succeed();
    return events;
  };

  it('goes by ARN, in the name of its own queue, and adds nothing to the trace when it was accepted', () => {
    const events = sentTo(queueArn('done'));
    const [delivery] = events.delivered;
    expect(delivery).toMatchObject({ to: queueArn('done'), by: 'Lambda', request: { kind: 'deliver' } });
    expect(events.answer(delivery?.call ?? '', ok({}))).toEqual({ effects: [], footprint: { reads: [], writes: [] } });
    expect(events.state.deliveries.size).toBe(0);
  });

  it('is lost if its target refuses it, and the trace says so', () => {
    const events = sentTo(queueArn('gone'));
    events.state.displayNames.set('f', 'Shown');
    const [delivery] = events.delivered;
    events.answer(delivery?.call ?? '', fail('QueueDoesNotExist', 'The specified queue does not exist.'));
    expect(effectsOf(events.effects, 'note').at(-1)).toEqual({
      kind: 'note',
      by: 'Lambda',
      event: {
        kind: 'delivery-failed',
        functionName: 'Shown',
        requestId: events.runs[0]?.requestId,
        target: queueArn('gone'),
      },
    });
    expect(events.delivered).toHaveLength(1);
    expect(events.state.deliveries.size).toBe(0);
  });
});

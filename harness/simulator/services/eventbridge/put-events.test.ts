/**
 * PutEvents: which entries are taken, what their events look like, and which rules they match.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { notesIn, sentIn } from '../../contract/service-for-tests.ts';
import { AN_ORDER, BUMP, BUMP_ARN, BusForTests, handedIn, ORDERS } from './eventbridge-for-tests.ts';

/** The names of the rules that one event matches. */
function rulesFor(bus: BusForTests, entry: Input = AN_ORDER): readonly string[] {
  const [event] = notesIn(bus.put([entry]).effects);
  return event?.kind === 'bus-event-put' ? event.rules : expect.fail('the bus took no event');
}

describe('PutEvents', () => {
  it('EB-05 says what became of each entry, in order, and takes those that it can', () => {
    const bus = new BusForTests();
    const served = bus.put([AN_ORDER, { ...AN_ORDER, Detail: '{' }, AN_ORDER]);
    expect(served.answer).toMatchObject({ ok: true, output: { FailedEntryCount: 1 } });
    const results = bus.resultsOf(served).map((result) => Object.keys(result));
    expect(results).toEqual([['EventId'], ['ErrorCode', 'ErrorMessage'], ['EventId']]);
    expect(notesIn(served.effects)).toHaveLength(2);
  });

  it('EB-10 makes an event of an entry, with the time of the call in whole seconds', () => {
    const bus = new BusForTests();
    bus.rule([ORDERS]);
    bus.nowMs = 61_500;
    const [{ EventId } = {}] = bus.resultsOf(bus.put([{ ...AN_ORDER, Resources: ['arn:aws:a'] }]));
    expect(EventId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(handedIn(bus.deliverNext().effects)[0]?.body).toEqual({
      ...{ version: '0', id: EventId, 'detail-type': 'order', source: 'shop', account: '123456789012' },
      ...{ time: '2026-01-01T00:01:01Z', region: 'us-east-1', resources: ['arn:aws:a'], detail: { n: 1 } },
    });
  });

  it.each([[new Date('2026-03-04T05:06:07.890Z')], ['2026-03-04T05:06:07.890Z']])(
    'EB-10 keeps the time that it was given: %s',
    (Time) => {
      const bus = new BusForTests();
      bus.rule([ORDERS]);
      bus.put([{ ...AN_ORDER, Time }]);
      expect(handedIn(bus.deliverNext().effects)[0]?.body).toMatchObject({ time: '2026-03-04T05:06:07Z' });
    },
  );

  it('EB-10 gives each event another id, also if it is put again', () => {
    const bus = new BusForTests();
    const ids = [bus.put([AN_ORDER, AN_ORDER]), bus.put([AN_ORDER]), bus.put([AN_ORDER], 'shop#2')].flatMap((served) =>
      bus.resultsOf(served).map(({ EventId }) => EventId),
    );
    expect(new Set(ids).size).toBe(4);
  });

  it('EB-10 gives all targets of an event the same id', () => {
    const bus = new BusForTests();
    bus.rule([BUMP, ORDERS]);
    const [{ EventId } = {}] = bus.resultsOf(bus.put([AN_ORDER]));
    const handed = [bus.deliverNext(), bus.deliverNext()].flatMap(({ effects }) => handedIn(effects));
    expect(handed.map(({ body }) => (body as Input).id)).toEqual([EventId, EventId]);
  });

  it('names events when their call sets out, so that it does not matter which call arrives first', () => {
    const idsOf = (order: readonly number[]) => {
      const bus = new BusForTests();
      const input = { Entries: [AN_ORDER] };
      const numbers = [0, 1].map(() => bus.setOut('PutEvents', input, 'shop#1')?.number ?? null);
      const ids = order.map((place) => {
        const served = bus.arrive(input, 'shop#1', numbers[place] ?? null);
        expect(served.footprint.writes).toEqual([]);
        return [place, bus.resultsOf(served)[0]?.EventId] as const;
      });
      return new Map([...ids].sort());
    };
    expect(idsOf([1, 0])).toEqual(idsOf([0, 1]));
  });

  it.each([
    ['Source', 'Parameter Source is not valid. Reason: Source is a required argument.'],
    ['DetailType', 'Parameter DetailType is not valid. Reason: DetailType is a required argument.'],
    ['Detail', 'Parameter Detail is not valid. Reason: Detail is a required argument.'],
  ])('EB-12 an entry without %s fails', (member, ErrorMessage) => {
    const bus = new BusForTests();
    for (const value of [undefined, '']) {
      const served = bus.put([{ ...AN_ORDER, [member]: value }]);
      expect(bus.resultsOf(served)).toEqual([{ ErrorCode: 'InvalidArgument', ErrorMessage }]);
    }
  });

  it.each(['{', '[1]', '"text"', '1', 'null'])('EB-12 a detail of %s is malformed', (Detail) => {
    const bus = new BusForTests();
    const malformed = { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    expect(bus.resultsOf(bus.put([{ ...AN_ORDER, Detail }]))).toEqual([malformed]);
  });

  it("EB-12 no client puts events in AWS's name", () => {
    const bus = new BusForTests();
    const [result] = bus.resultsOf(bus.put([{ ...AN_ORDER, Source: 'aws.s3' }]));
    expect(result).toMatchObject({ ErrorCode: 'NotAuthorizedForSourceException' });
    expect(bus.resultsOf(bus.put([{ ...AN_ORDER, Source: 'aws-shop' }]))[0]).toHaveProperty('EventId');
  });

  it('EB-13 takes ten entries and refuses eleven, all of them', () => {
    const bus = new BusForTests();
    const entries = (count: number) => ({ Entries: Array.from({ length: count }, () => AN_ORDER) });
    expect(bus.refusalOf('PutEvents', entries(10))).toBeNull();
    expect(bus.errorOf('PutEvents', entries(11))).toMatchObject({
      code: 'ValidationException',
      status: 400,
      message: expect.stringContaining(
        "at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10",
      ),
    });
    expect(bus.errorOf('PutEvents', entries(0)).message).toContain('have length greater than or equal to 1');
  });

  it.each([
    ['the texts of an entry', {}, 0],
    ['its time as 14 bytes', { Time: '2026-01-01T00:00:00Z' }, 14],
    ['its resources', { Resources: ['é', 'x'] }, 3],
  ])('EB-13 EB-14 counts %s, in bytes, and refuses a request of 1 MB', (_what, more, extraBytes) => {
    const bus = new BusForTests();
    const fixed = 'shop'.length + 'order'.length + '{"é":""}'.length + 1 + extraBytes;
    const withBytes = (bytes: number) => ({
      Entries: [{ ...AN_ORDER, ...more, Detail: `{"é":"${'x'.repeat(bytes - fixed)}"}` }],
    });
    expect(bus.refusalOf('PutEvents', withBytes(1_048_575))).toBeNull();
    expect(bus.errorOf('PutEvents', withBytes(1_048_576))).toMatchObject({
      code: 'ValidationException',
      message: 'Total size of the entries in the request is over the limit.',
    });
  });

  it('EB-13 counts all entries together', () => {
    const half = { ...AN_ORDER, Detail: `{"n":"${'x'.repeat(600_000)}"}` };
    expect(new BusForTests().refusalOf('PutEvents', { Entries: [half] })).toBeNull();
    expect(new BusForTests().refusalOf('PutEvents', { Entries: [half, half] })).not.toBeNull();
  });

  it('EB-19 accepts an event for a bus that is not there, and no rule sees it', () => {
    const bus = new BusForTests();
    bus.rule([ORDERS]);
    const served = bus.put([
      { ...AN_ORDER, EventBusName: 'other' },
      { ...AN_ORDER, EventBusName: 'default' },
    ]);
    expect(bus.resultsOf(served)).toMatchObject([{ EventId: expect.any(String) }, { EventId: expect.any(String) }]);
    expect(notesIn(served.effects)).toMatchObject([
      { kind: 'bus-event-astray', bus: 'other' },
      { kind: 'bus-event-put', rules: ['all'] },
    ]);
    expect(bus.waiting).toHaveLength(1);
  });

  it('EB-13 refuses a request with a bus that no bus can be called', () => {
    const error = new BusForTests().errorOf('PutEvents', { Entries: [AN_ORDER, { ...AN_ORDER, EventBusName: 'a b' }] });
    expect(error.message).toContain("Value 'a b' at 'entries.2.member.eventBusName' failed to satisfy constraint");
  });

  it.each([
    ['EndpointId', { Entries: [AN_ORDER], EndpointId: 'abcde.veo' }],
    ['TraceHeader', { Entries: [{ ...AN_ORDER, TraceHeader: 'Root=1' }] }],
  ])('refuses %s by name', (member, input) =>
    expect(new BusForTests().errorOf('PutEvents', input)).toMatchObject({
      status: 501,
      message: expect.stringContaining(member),
    }),
  );
});

describe('PutEvents, when the trouble is EventBridge’s own', () => {
  const notTaken = { ErrorCode: 'InternalFailure', ErrorMessage: expect.stringContaining('unknown error') };
  const faultAt = (entries: readonly Input[]) => {
    const [fault, ...more] = new BusForTests().faultsAt('PutEvents', { Entries: entries }, []);
    expect(more).toEqual([]);
    return fault ?? expect.fail('no fault may strike');
  };

  it('EB-25 may not take the last of several entries, and takes the others', () => {
    const fault = faultAt([AN_ORDER, { ...AN_ORDER, Detail: '{' }, AN_ORDER]);
    expect(fault).toMatchObject({ fault: 'partial' });
    if (!('complete' in fault)) expect.fail('nothing is done');
    const bus = new BusForTests();
    const answer = bus.answerTo('PutEvents', fault.input);
    expect(fault.complete(answer)).toMatchObject({
      ok: true,
      output: { FailedEntryCount: 2, Entries: [{ EventId: expect.any(String) }, {}, notTaken] },
    });
  });

  it('EB-25 may not take the only entry', () => {
    const fault = faultAt([AN_ORDER]);
    expect('served' in fault && fault.served).toMatchObject({
      ...{ effects: [], footprint: { reads: [], writes: [] } },
      answer: { ok: true, output: { FailedEntryCount: 1, Entries: [notTaken] } },
    });
  });

  it('EB-25 is refused whole if the rest of it is', () => {
    const fault = faultAt(Array.from({ length: 12 }, () => AN_ORDER));
    if (!('complete' in fault)) expect.fail('nothing is done');
    const answer = new BusForTests().answerTo('PutEvents', fault.input);
    expect(fault.complete(answer)).toEqual(answer);
  });

  it('strikes no other operation', () => {
    expect(new BusForTests().faultsAt('PutRule', { Name: 'a' }, [])).toEqual([]);
    expect(new BusForTests().faultsAt('PutEvents', {}, [])).toEqual([]);
  });
});

describe('an event', () => {
  it.each([
    ['its source', { source: ['shop'] }, { source: ['till'] }],
    ['its type', { 'detail-type': ['order'] }, { 'detail-type': ['refund'] }],
    ['what is in it', { detail: { n: [{ numeric: ['<', 2] }] } }, { detail: { n: [{ numeric: ['>', 1] }] } }],
    ['a wildcard', { source: [{ wildcard: 's*p' }] }, { source: [{ wildcard: 's*x' }] }],
    ['its account', { account: ['123456789012'] }, { account: ['210987654321'] }],
  ])('EB-17 is matched by %s', (_what, right, wrong) => {
    const bus = new BusForTests();
    bus.rule([], { name: 'right', pattern: right });
    bus.rule([], { name: 'wrong', pattern: wrong });
    expect(rulesFor(bus)).toEqual(['right']);
  });

  it('EB-17 that no rule matches is dropped', () => {
    const bus = new BusForTests();
    bus.rule([ORDERS], { pattern: { source: ['till'] } });
    expect(rulesFor(bus)).toEqual([]);
    expect(bus.waiting).toEqual([]);
  });

  it('EB-15 is not matched by a rule that is disabled', () => {
    const bus = new BusForTests();
    bus.rule([], { name: 'on' });
    bus.rule([], { name: 'off', state: 'DISABLED' });
    expect(rulesFor(bus)).toEqual(['on']);
    bus.ask('EnableRule', { Name: 'off' });
    bus.ask('DisableRule', { Name: 'on' });
    expect(rulesFor(bus)).toEqual(['off']);
  });

  it('gives the invocation that it will make a number at once', () => {
    const bus = new BusForTests();
    bus.rule([BUMP, ORDERS]);
    expect(sentIn(bus.put([AN_ORDER]).effects, 'reserve').map(({ to }) => to)).toEqual([BUMP_ARN]);
    expect(sentIn(bus.deliverNext().effects, 'deliver')[0]?.request.number).toBe(7);
    expect(sentIn(bus.deliverNext().effects, 'deliver')[0]?.request).not.toHaveProperty('number');
  });
});

/** Each counter on hand-written traces; and its count does not change without the events that it doesn't watch. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trace, TraceEvent } from '../../../simulator/trace.ts';
import type { Counter } from '../counter.ts';
import {
  downstreamIsEntered,
  downstreamIsLeft,
  environmentCrashes,
  invocationReturns,
  invocationStarts,
  messageIsDeleted,
  messageIsReceived,
  messageIsSent,
  traceByHand,
} from '../trace-for-tests.ts';
import { resetsAfterEntering, resetsOf } from './crashes.ts';
import { strikesOf } from './faults.ts';
import { mostHoldersAtOnce } from './holders.ts';
import { mostInDownstream, mostInFlight } from './in-flight.ts';
import { mostDeliveriesOfOne, mostInOneBatch, mostOfferedAtOnce } from './messages.ts';
import { overtaken, overtakenEvents, overtakenMessages } from './overtaking.ts';

describe('mostInFlight', () => {
  const side = traceByHand(...['a#1', 'b#1', 'a#2'].map((name) => invocationStarts(name)));

  it('counts invocations that have started and not yet ended', () => {
    expect(mostInFlight().of(side)).toBe(3);
    const oneByOne = traceByHand(
      invocationStarts('a#1'),
      invocationReturns('a#1'),
      invocationStarts('a#2'),
      invocationReturns('a#2'),
    );
    expect(mostInFlight().of(oneByOne)).toBe(1);
    expect(mostInFlight().of([])).toBe(0);
  });

  it('counts the invocations of one function only, if one is named', () => {
    expect(mostInFlight('a').of(side)).toBe(2);
    expect(mostInFlight('c').of(side)).toBe(0);
  });
});

describe('mostInDownstream', () => {
  const counter = mostInDownstream('legacy');

  it('counts requests that have entered and not yet left this downstream', () => {
    const two = [downstreamIsEntered('call-1'), downstreamIsEntered('call-2')];
    expect(counter.of(traceByHand(...two))).toBe(2);
    expect(counter.of(traceByHand(...two.slice(0, 1), downstreamIsLeft('call-1'), ...two.slice(1)))).toBe(1);
    expect(counter.of(traceByHand(downstreamIsEntered('call-1', 'bank')))).toBe(0);
  });

  it('no longer counts a request whose caller has crashed', () => {
    const abandoned = (end: TraceEvent) =>
      traceByHand(
        invocationStarts('work#1'),
        ['work#1', downstreamIsEntered('call-1')],
        end,
        ['work#2', downstreamIsEntered('call-2')],
        downstreamIsLeft('call-1'),
      );
    expect(counter.of(abandoned(environmentCrashes('work#1')))).toBe(1);
    expect(counter.of(abandoned(environmentCrashes('work#3')))).toBe(2);
  });
});

describe('strikesOf', () => {
  it('counts the faults of these kinds', () => {
    const trace = traceByHand(
      { kind: 'fault', fault: 'throttled' },
      { kind: 'fault', fault: 'slow' },
      { kind: 'fault', fault: 'throttled' },
    );
    expect(strikesOf('throttled').of(trace)).toBe(2);
    expect(strikesOf('throttled', 'slow').of(trace)).toBe(3);
    expect(strikesOf('refused').of(trace)).toBe(0);
  });
});

describe('mostHoldersAtOnce', () => {
  const counter = mostHoldersAtOnce('charge', (request) => String(Reflect.get(Object(request), 'orderId')));
  const asks = (invocation: string, orderId: string): [string, TraceEvent] => [
    invocation,
    { kind: 'downstream-entered', downstream: 'charge', call: `call of ${invocation}`, request: { orderId } },
  ];

  it('counts invocations at work together that ask about one subject, whenever they ask', () => {
    const trace = traceByHand(
      invocationStarts('card#1'),
      invocationStarts('card#2'),
      asks('card#2', 'o-1'),
      invocationReturns('card#2'),
      asks('card#1', 'o-1'),
      invocationReturns('card#1'),
    );
    expect(counter.of(trace)).toBe(2);
  });

  it('does not count one after the other, other subjects, or an invocation that never asks', () => {
    const after = [
      asks('card#1', 'o-1'),
      invocationReturns('card#1'),
      invocationStarts('card#2'),
      asks('card#2', 'o-1'),
    ];
    expect(counter.of(traceByHand(invocationStarts('card#1'), ...after))).toBe(1);
    const both = [invocationStarts('card#1'), invocationStarts('card#2')];
    expect(counter.of(traceByHand(...both, asks('card#1', 'o-1'), asks('card#2', 'o-2')))).toBe(1);
    expect(counter.of(traceByHand(...both, asks('card#1', 'o-1')))).toBe(1);
    expect(counter.of(traceByHand(...both))).toBe(0);
  });
});

describe('mostOfferedAtOnce', () => {
  const counter = mostOfferedAtOnce((body) => body);

  it('counts the messages with one subject that a queue holds at one moment', () => {
    const [first, second] = [messageIsSent('a', 'o-1'), messageIsSent('b', 'o-1')];
    expect(counter.of(traceByHand(first, second, messageIsDeleted('a'), messageIsDeleted('b')))).toBe(2);
    expect(counter.of(traceByHand(first, messageIsDeleted('a'), second))).toBe(1);
  });

  it('counts each subject and each queue separately', () => {
    expect(counter.of(traceByHand(messageIsSent('a', 'o-1'), messageIsSent('b', 'o-2')))).toBe(1);
    expect(counter.of(traceByHand(messageIsSent('a', 'o-1'), messageIsSent('b', 'o-1', 'others')))).toBe(1);
  });
});

describe('mostDeliveriesOfOne', () => {
  it('counts how often one message was handed out by its queue', () => {
    const counter = mostDeliveriesOfOne();
    expect(counter.of([])).toBe(0);
    expect(counter.of(traceByHand(messageIsReceived('a'), messageIsReceived('b'), messageIsReceived('a')))).toBe(2);
    expect(counter.of(traceByHand(messageIsReceived('a'), messageIsReceived('a', 'others')))).toBe(1);
  });
});

describe('mostInOneBatch', () => {
  it('counts the records that one invocation was given', () => {
    const batch = (...Records: readonly object[]) => traceByHand(invocationStarts('a#1', { Records }));
    expect(mostInOneBatch().of(batch({}, {}))).toBe(2);
    expect(mostInOneBatch().of(batch({}))).toBe(1);
    for (const payload of [null, 'text', {}, { Records: 7 }]) {
      expect(mostInOneBatch().of(traceByHand(invocationStarts('a#1', payload)))).toBe(0);
    }
  });
});

describe('overtaken', () => {
  it('counts the items that went after an item that had come later', () => {
    expect(overtaken(['a', 'b', 'c'], ['a', 'b', 'c'])).toBe(0);
    expect(overtaken(['a', 'b', 'c'], ['b', 'a', 'c'])).toBe(1);
    expect(overtaken(['a', 'b', 'c'], ['c', 'a', 'b'])).toBe(2);
  });

  it('ignores items that never went or never came, and all but their first time', () => {
    expect(overtaken(['a', 'b'], ['b'])).toBe(0);
    expect(overtaken(['b'], ['x', 'b'])).toBe(0);
    expect(overtaken(['a', 'b'], ['a', 'b', 'a'])).toBe(0);
  });

  it('is zero exactly when the items that went keep the order in which they came', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(20)), fc.array(fc.nat(20)), (came, went) => {
        const texts = (numbers: readonly number[]) => numbers.map(String);
        const places = [...new Set(went)].map((one) => came.indexOf(one)).filter((place) => place >= 0);
        const inOrder = places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
        expect(overtaken(texts(came), texts(went)) === 0).toBe(inOrder);
      }),
    );
  });

  it('is counted for each queue separately', () => {
    const sentTwo = [messageIsSent('a'), messageIsSent('b')];
    expect(overtakenMessages().of(traceByHand(...sentTwo, messageIsReceived('b'), messageIsReceived('a')))).toBe(1);
    expect(overtakenMessages().of(traceByHand(...sentTwo, messageIsReceived('a'), messageIsReceived('b')))).toBe(0);
    const apart = [messageIsSent('a'), messageIsSent('b', 'others'), messageIsReceived('b', 'others')];
    expect(overtakenMessages().of(traceByHand(...apart, messageIsReceived('a')))).toBe(0);
  });

  it('is counted for the events of one function', () => {
    const queued = (requestId: string, functionName = 'a'): TraceEvent => {
      return { kind: 'event-queued', functionName, requestId, payload: {} };
    };
    const later = traceByHand(queued('a#1'), queued('a#2'), invocationStarts('a#2'), invocationStarts('a#1'));
    expect(overtakenEvents('a').of(later)).toBe(1);
    expect(overtakenEvents('b').of(later)).toBe(0);
    const others = traceByHand(queued('a#1'), queued('b#1', 'b'), invocationStarts('b#1'), invocationStarts('a#1'));
    expect(overtakenEvents('a').of(others)).toBe(0);
  });
});

describe('resets', () => {
  it('are counted for one function', () => {
    expect(resetsOf('card').of(traceByHand(environmentCrashes('card#1'), environmentCrashes('other#1')))).toBe(1);
  });

  it('are counted from the first request that a downstream took', () => {
    const counter = resetsAfterEntering('legacy', 'card');
    const [entered, crashes] = [downstreamIsEntered('call-1'), environmentCrashes('card#1')];
    expect(counter.of(traceByHand(entered, crashes))).toBe(1);
    expect(counter.of(traceByHand(crashes, entered))).toBe(0);
    expect(counter.of(traceByHand(entered, environmentCrashes('other#1')))).toBe(0);
    expect(counter.of(traceByHand(downstreamIsEntered('call-1', 'bank'), crashes))).toBe(0);
  });
});

const COUNTERS: readonly (readonly [string, Counter])[] = [
  ['mostInFlight', mostInFlight()],
  ['mostInDownstream', mostInDownstream('legacy')],
  ['mostOfferedAtOnce', mostOfferedAtOnce((body) => body)],
  ['mostDeliveriesOfOne', mostDeliveriesOfOne()],
  ['mostInOneBatch', mostInOneBatch()],
  ['overtakenMessages', overtakenMessages()],
  ['overtakenEvents', overtakenEvents('a')],
  ['strikesOf', strikesOf('slow', 'crash-before')],
  ['mostHoldersAtOnce', mostHoldersAtOnce('legacy', String)],
  ['resetsOf', resetsOf('a')],
  ['resetsAfterEntering', resetsAfterEntering('legacy', 'a')],
];

const anyEvent = fc.constantFrom<TraceEvent>(
  ...['a#1', 'a#2', 'b#1'].flatMap((name) => [
    invocationStarts(name, { Records: [{}, {}] }),
    invocationReturns(name),
    environmentCrashes(name),
    { kind: 'event-queued', functionName: 'a', requestId: name, payload: {} } as const,
  ]),
  ...['m', 'n'].flatMap((id) => [messageIsSent(id), messageIsReceived(id), messageIsDeleted(id)]),
  ...['c', 'd'].flatMap((call) => [downstreamIsEntered(call), downstreamIsLeft(call)]),
  { kind: 'fault', fault: 'slow' },
  { kind: 'note', text: 'Something else.' },
);
const anyTrace = fc
  .array(fc.tuple(fc.constantFrom('a#1', 'a#2', 'scenario'), anyEvent))
  .map((acts) => traceByHand(...acts));

describe.each(COUNTERS)('%s', (_, counter) => {
  it('sees no event that it doesn’t declare, and no change in the position of those that it does', () => {
    fc.assert(
      fc.property(anyTrace, (trace: Trace) => {
        const watched = trace.filter(({ event }) => counter.counts.includes(event.kind));
        const elsewhere = watched.map((entry, seq) => ({ ...entry, seq, step: seq }));
        expect(counter.of(elsewhere)).toBe(counter.of(trace));
      }),
    );
  });

  it('counts the same if neighbours change places whose order it does not look at', () => {
    const mayChange = (kind: TraceEvent['kind'], next: TraceEvent['kind']): boolean =>
      counter.watches.length === 0 ||
      counter.commuting?.some((list) => list.includes(kind) && list.includes(next)) === true;
    fc.assert(
      fc.property(anyTrace, (trace: Trace) => {
        const counted = trace.filter(({ event }) => counter.counts.includes(event.kind));
        for (const [at, entry] of counted.entries()) {
          const next = counted[at + 1];
          if (next === undefined || !mayChange(entry.event.kind, next.event.kind)) continue;
          expect(counter.of(counted.with(at, next).with(at + 1, entry))).toBe(counter.of(trace));
        }
      }),
    );
  });
});

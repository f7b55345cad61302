/**
 * The agenda keeps its order up to date from event to event. A naive agenda, which looks at all events each time, offers the same.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda, type AgendaEvent, type AgendaKind } from './agenda.ts';

interface Known {
  readonly seq: number;
  readonly lane: string;
  readonly kind: AgendaKind;
  readonly atMs: number;
  readonly scheduledInStep: number;
}

const inOrder = (a: Known, b: Known): number => a.atMs - b.atMs || a.seq - b.seq;

/** The documented rule, over a plain list. */
function enabledAmong(events: readonly Known[], nowMs: number, step: number): string[] {
  const sorted = [...events].sort(inOrder);
  const heads = sorted.filter((event, index) => sorted.findIndex(({ lane }) => lane === event.lane) === index);
  const now = heads.filter(({ kind, atMs }) => kind === 'step' && atMs <= nowMs);
  const waiting = heads.filter((event) => !now.includes(event));
  const later = waiting.filter(({ atMs }) => atMs === waiting[0]?.atMs);
  const busy = now.length > 0 || later.some(({ kind }) => kind !== 'deadline');
  const rank = ({ kind, scheduledInStep }: Known): number => {
    if (kind === 'deadline') return 3;
    if (kind === 'sleep') return 2;
    return scheduledInStep === step ? 0 : 1;
  };
  return [...now, ...later]
    .sort((a, b) => rank(a) - rank(b) || inOrder(a, b))
    .map(({ seq, kind }) => `${seq}${busy && kind === 'deadline' ? ' early' : ''}`);
}

const doing = fc.oneof(
  fc.record({
    what: fc.constant('schedule' as const),
    kind: fc.constantFrom<AgendaKind>('step', 'sleep', 'deadline'),
    afterMs: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 100 })),
    lane: fc.oneof(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 50 }).map(String)),
  }),
  fc.record({ what: fc.constant('cancel' as const), which: fc.nat(20) }),
  fc.record({ what: fc.constant('take' as const), which: fc.nat(20) }),
);

describe('an agenda', () => {
  it('offers what a naive agenda offers, in the same order, after any events have come and gone', () => {
    fc.assert(
      fc.property(fc.array(doing, { maxLength: 60 }), fc.constantFrom(1, 2, 3, 64), (doings, keptSorted) => {
        const agenda = new Agenda(keptSorted);
        const known: Known[] = [];
        let nowMs = 0;
        let step = 0;
        const forget = (seq: number): void => {
          const at = known.findIndex((event) => event.seq === seq);
          if (at >= 0) known.splice(at, 1);
        };
        for (const { what, ...how } of doings) {
          if (what === 'schedule' && 'kind' in how) {
            const { kind, afterMs, lane } = how;
            const event = {
              kind,
              atMs: nowMs + afterMs,
              lane,
              label: lane,
              cause: null,
            };
            const seq = agenda.schedule({ ...event, run: () => {} }, nowMs, step);
            known.push({ seq, lane, kind, atMs: event.atMs, scheduledInStep: step });
          } else if (what === 'cancel' && 'which' in how) {
            agenda.cancel(how.which);
            forget(how.which);
          } else if ('which' in how) {
            const { inTime, early } = agenda.possible(nowMs, step);
            const offered = [...inTime, ...early];
            const event: AgendaEvent | undefined = offered[how.which % Math.max(1, offered.length)];
            if (event === undefined) continue;
            agenda.take(event);
            forget(event.seq);
            step += 1;
            nowMs = Math.max(nowMs, event.atMs);
          }
          expect(agenda.size).toBe(known.length);
          const { inTime, early } = agenda.possible(nowMs, step);
          expect([...inTime.map(({ seq }) => `${seq}`), ...early.map(({ seq }) => `${seq} early`)]).toEqual(
            enabledAmong(known, nowMs, step),
          );
          const heads = [...known]
            .sort(inOrder)
            .filter((a, i, all) => all.findIndex(({ lane }) => lane === a.lane) === i);
          expect(agenda.earliest).toBe(heads.filter(({ atMs }) => atMs === heads[0]?.atMs).length);
        }
      }),
      { numRuns: 300 },
    );
  });
});

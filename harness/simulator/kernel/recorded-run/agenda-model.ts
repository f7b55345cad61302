/**
 * A model of the agenda: what it would offer if the steps of a recorded run came in another linear extension.
 *
 * Independent steps leave the same agenda in either order, so what is possible follows from the ideal of steps that are done and
 * from the last of them. The model is only as good as the record: code that claims an order of steps runs it.
 */

import type { AgendaEvent, AgendaKind } from '../agenda.ts';
import { type EventName, EventNames, FIRST, type RecordedRun, type Scheduler } from './recorded-run.ts';
import { RoomsOfRun } from './rooms-of-run.ts';
import { bitsetOf, covers, has, isSame, NO_STEPS, type StepBitset, upTo } from './step-bitset.ts';

interface ModelEvent {
  readonly scheduler: Scheduler;
  readonly nth: number;
  readonly kind: AgendaKind;
  readonly atMs: number;
  readonly lane: string;
  /** The name of the gate where it waits; undefined if it needs no place. */
  readonly gate: string | undefined;
  /** After how many steps of the recorded run it was scheduled; by a rest, half a step later. */
  readonly since: number;
  /** The steps that must be done for it to be on the agenda. */
  readonly needs: StepBitset;
  /** The place of its own step, or of the step that disabled it. */
  endsWith: number;
  /** The place of its own step; null if it was never chosen. */
  place: number | null;
}

export class AgendaModel {
  /** The name of the event of each step. */
  readonly names: readonly EventName[];
  readonly #events: readonly ModelEvent[];
  readonly #scheduledBy: ReadonlyMap<Scheduler, readonly ModelEvent[]>;
  readonly #lanes: ReadonlyMap<string, readonly ModelEvent[]>;
  readonly #atMs: readonly number[];
  readonly #rests: readonly { readonly after: StepBitset; readonly steps: number }[];
  readonly #earlyIsAllowed: boolean;
  readonly #rooms: RoomsOfRun;

  /** Of a run of at most `MOST_STEPS` steps. */
  constructor(run: RecordedRun) {
    this.#rests = run.restsAfter.map((steps) => ({ after: upTo(steps), steps }));
    const { events, names } = this.#eventsOf(run);
    this.#rooms = new RoomsOfRun(run);
    this.names = names;
    this.#events = events;
    this.#scheduledBy = Map.groupBy(events, ({ scheduler }) => scheduler);
    this.#lanes = Map.groupBy(events, ({ lane }) => lane);
    this.#atMs = run.steps.map(({ possible, chosen }) => possible[chosen]?.atMs ?? 0);
    this.#earlyIsAllowed = run.steps.some(({ possible }) => hasEarly(possible));
  }

  /**
   * The place of the step with which the last step goes on, so that any other step would preempt it; null if that step never
   * came; undefined if the last step does not go on, so that no preemption is possible here.
   *
   * @param nowMs the instant of the latest of the steps that are done
   */
  goesOn(done: StepBitset, last: number, nowMs: number, somethingElseIsPossible: boolean): number | null | undefined {
    const scheduler = this.#schedulerAfter(done, last);
    const isNow = (event: ModelEvent): boolean => event.kind === 'step' && event.atMs <= nowMs;
    const next = this.#scheduledBy.get(scheduler)?.find((event) => isNow(event) && this.#isOffered(event, done));
    if (next !== undefined) return next.place;
    if (somethingElseIsPossible) return undefined;
    const [first] = this.#possible(done, [last]);
    return first?.scheduler === scheduler ? first.place : undefined;
  }

  /**
   * The places of all events that are possible after these steps in this order, as the agenda lists them; null for an event
   * that never came.
   */
  possible(done: StepBitset, order: readonly number[]): readonly (number | null)[] {
    return this.#possible(done, order).map(({ place }) => place);
  }

  /** The instant for which a step was scheduled. */
  instantMs(place: number): number {
    return this.#atMs[place] ?? 0;
  }

  /** The rests to which the run comes after these steps. What is answered between them and the next step was asked by the rest. */
  restsAt(done: StepBitset): readonly Scheduler[] {
    return this.#rests.flatMap(({ after }, nth) => (isSame(after, done) ? [FIRST - 1 - nth] : []));
  }

  #possible(done: StepBitset, order: readonly number[]): readonly ModelEvent[] {
    const scheduler = this.#schedulerAfter(done, order.at(-1) ?? FIRST);
    const since = (event: ModelEvent): number => {
      if (event.scheduler === scheduler) return order.length;
      const rest = this.#rests[FIRST - 1 - event.scheduler];
      return rest === undefined ? order.indexOf(event.scheduler) : rest.steps - 0.5;
    };
    const heads = this.#events
      .filter((event) => this.#isOffered(event, done))
      .sort((a, b) => a.atMs - b.atMs || since(a) - since(b) || a.nth - b.nth);
    const nowMs = this.#nowMs(done);
    const isLater = ({ kind, atMs }: ModelEvent): boolean => kind !== 'step' || atMs > nowMs;
    const laterMs = Math.min(...heads.filter(isLater).map(({ atMs }) => atMs));
    const possible = heads.filter((event) => !isLater(event) || event.atMs === laterMs);
    const steps = possible.filter(({ kind }) => kind === 'step');
    const inTime = [
      ...steps.filter((event) => event.scheduler === scheduler),
      ...steps.filter((event) => event.scheduler !== scheduler),
      ...possible.filter(({ kind }) => kind === 'sleep'),
    ];
    const deadlines = possible.filter(({ kind }) => kind === 'deadline');
    if (inTime.length === 0) return deadlines;
    return this.#earlyIsAllowed ? [...inTime, ...deadlines] : inTime;
  }

  #nowMs(done: StepBitset): number {
    let nowMs = 0;
    for (const [place, atMs] of this.#atMs.entries()) if (atMs > nowMs && has(done, place)) nowMs = atMs;
    return nowMs;
  }

  #schedulerAfter(done: StepBitset, last: number): Scheduler {
    return this.#rests.length === 0 ? last : (this.restsAt(done).at(-1) ?? last);
  }

  #isOffered(event: ModelEvent, done: StepBitset): boolean {
    if (!this.#isPending(event, done) || !this.#isHead(event, done)) return false;
    return event.gate === undefined || this.#rooms.placesAt(event.gate, done) > 0;
  }

  #isPending({ needs, endsWith }: ModelEvent, done: StepBitset): boolean {
    return covers(done, needs) && !has(done, endsWith);
  }

  /** Whether no pending event stands before it in its lane. */
  #isHead(event: ModelEvent, done: StepBitset): boolean {
    const lane = this.#lanes.get(event.lane) ?? [];
    if (lane.length < 2) return true;
    return !lane.some((other) => isBefore(other, event) && this.#isPending(other, done));
  }

  #needsOf(scheduler: Scheduler): StepBitset {
    if (scheduler === FIRST) return NO_STEPS;
    return scheduler > FIRST ? bitsetOf([scheduler]) : (this.#rests[FIRST - 1 - scheduler]?.after ?? NO_STEPS);
  }

  #eventsOf(run: RecordedRun): { readonly events: readonly ModelEvent[]; readonly names: readonly EventName[] } {
    const events = new Map<EventName, ModelEvent>();
    const names: EventName[] = [];
    const eventNames = new EventNames();
    for (const [place, { possible, chosen }] of run.steps.entries()) {
      for (const after of run.restsAfter) if (after === place) eventNames.rested();
      const named = eventNames.of(possible);
      for (const [index, name] of named.entries()) {
        const { kind, atMs, lane, gate, scheduledInStep } = possible[index] as AgendaEvent;
        const known = events.get(name);
        const scheduler = eventNames.schedulerIn(scheduledInStep);
        const nth = Number(name.slice(name.indexOf('/') + 1));
        const since = scheduler < FIRST ? place + 0.5 : scheduler + 1;
        // The step before which it is seen for the last time takes it off: it is its own step, or it disables it.
        if (known !== undefined) known.endsWith = place;
        else {
          const needs = this.#needsOf(scheduler);
          const event = {
            scheduler,
            nth,
            kind,
            atMs,
            lane,
            gate: gate?.name,
            since,
            needs,
            endsWith: place,
            place: null,
          };
          events.set(name, event);
        }
        if (index === chosen) {
          names.push(name);
          const taken = events.get(name);
          if (taken !== undefined) taken.place = place;
        }
      }
      eventNames.began(place);
    }
    return { events: [...events.values()].sort((a, b) => a.since - b.since || a.nth - b.nth), names };
  }
}

/** Whether these events include a deadline that may come although other work is possible. */
function hasEarly(possible: readonly AgendaEvent[]): boolean {
  return possible.at(-1)?.kind === 'deadline' && possible[0]?.kind !== 'deadline';
}

/** Of two events in one lane, the one that is due first comes first; of two that are due at once, the one scheduled first. */
function isBefore(a: ModelEvent, b: ModelEvent): boolean {
  const byPlace = a.since === b.since ? a.nth < b.nth : a.since < b.since;
  return a.atMs === b.atMs ? byPlace : a.atMs < b.atMs;
}

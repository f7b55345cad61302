/**
 * What the agenda would offer if the steps of a noted run came in another order.
 *
 * Steps that have nothing in common leave the same agenda whatever their order, so what is possible follows from which steps
 * are done and which of them was the last. It is only as good as the notes: whoever claims an order runs it.
 */

import type { AgendaEvent, AgendaKind } from '../agenda.ts';
import { type EventName, EventNames, FIRST, type Maker, type NotedRun } from './recorded-run.ts';
import { covers, has, isSame, NO_STEPS, type StepSet, setOf, upTo } from './step-bitset.ts';

interface ModelEvent {
  readonly maker: Maker;
  readonly nth: number;
  readonly kind: AgendaKind;
  readonly atMs: number;
  readonly lane: string;
  /** After so many steps of the noted run it was put there; after a rest, half a step more. */
  readonly since: number;
  /** The steps that must be done for it to be there. */
  readonly needs: StepSet;
  /** The place of its own step, or of the step that took it away. */
  endsWith: number;
  /** Whether it was chosen. */
  place: number | null;
}

export class OrderModel {
  /** The name of the event of each step. */
  readonly names: readonly EventName[];
  readonly #events: readonly ModelEvent[];
  readonly #madeBy: ReadonlyMap<Maker, readonly ModelEvent[]>;
  readonly #lanes: ReadonlyMap<string, readonly ModelEvent[]>;
  readonly #atMs: readonly number[];
  readonly #rests: readonly { readonly after: StepSet; readonly steps: number }[];
  readonly #earlyIsAllowed: boolean;

  /** Of a run of at most `MOST_STEPS` steps. */
  constructor(run: NotedRun) {
    this.#rests = run.restsAfter.map((steps) => ({ after: upTo(steps), steps }));
    const { events, names } = this.#eventsOf(run);
    this.names = names;
    this.#events = events;
    this.#madeBy = Map.groupBy(events, ({ maker }) => maker);
    this.#lanes = Map.groupBy(events, ({ lane }) => lane);
    this.#atMs = run.steps.map(({ possible, chosen }) => possible[chosen]?.atMs ?? 0);
    this.#earlyIsAllowed = run.steps.some(({ possible }) => hasEarly(possible));
  }

  /** The place of the step that would go on where the last one stopped; null if it never came; undefined if nothing goes on. */
  goesOn(done: StepSet, last: number, somethingElseIsPossible: boolean): number | null | undefined {
    const nowMs = this.#nowMs(done);
    const maker = this.#makerAfter(done, last);
    const isNow = (event: ModelEvent): boolean => event.kind === 'step' && event.atMs <= nowMs;
    const next = this.#madeBy
      .get(maker)
      ?.find((event) => isNow(event) && this.#isPending(event, done) && this.#isHead(event, done));
    if (next !== undefined) return next.place;
    if (somethingElseIsPossible) return undefined;
    const [first] = this.#possible(done, [last]);
    return first?.maker === maker ? first.place : undefined;
  }

  /** The places of all that is possible after these steps in this order, as the agenda lists it; null for what never came. */
  possible(done: StepSet, order: readonly number[]): readonly (number | null)[] {
    return this.#possible(done, order).map(({ place }) => place);
  }

  /** At what instant a step can come, at the earliest. */
  isNow(place: number, done: StepSet): boolean {
    return (this.#atMs[place] ?? 0) <= this.#nowMs(done);
  }

  /** Whoever had waited for rest goes on after these steps: what has been answered since the last step is theirs. */
  restsAt(done: StepSet): readonly Maker[] {
    return this.#rests.flatMap(({ after }, nth) => (isSame(after, done) ? [FIRST - 1 - nth] : []));
  }

  #possible(done: StepSet, order: readonly number[]): readonly ModelEvent[] {
    const maker = this.#makerAfter(done, order.at(-1) ?? FIRST);
    const since = (event: ModelEvent): number => {
      if (event.maker === maker) return order.length;
      const rest = this.#rests[FIRST - 1 - event.maker];
      return rest === undefined ? order.indexOf(event.maker) : rest.steps - 0.5;
    };
    const heads = this.#events
      .filter((event) => this.#isPending(event, done) && this.#isHead(event, done))
      .sort((a, b) => a.atMs - b.atMs || since(a) - since(b) || a.nth - b.nth);
    const nowMs = this.#nowMs(done);
    const isLater = ({ kind, atMs }: ModelEvent): boolean => kind !== 'step' || atMs > nowMs;
    const laterMs = Math.min(...heads.filter(isLater).map(({ atMs }) => atMs));
    const possible = heads.filter((event) => !isLater(event) || event.atMs === laterMs);
    const steps = possible.filter(({ kind }) => kind === 'step');
    const inTime = [
      ...steps.filter((event) => event.maker === maker),
      ...steps.filter((event) => event.maker !== maker),
      ...possible.filter(({ kind }) => kind === 'sleep'),
    ];
    const deadlines = possible.filter(({ kind }) => kind === 'deadline');
    if (inTime.length === 0) return deadlines;
    return this.#earlyIsAllowed ? [...inTime, ...deadlines] : inTime;
  }

  #nowMs(done: StepSet): number {
    let nowMs = 0;
    for (const [place, atMs] of this.#atMs.entries()) if (atMs > nowMs && has(done, place)) nowMs = atMs;
    return nowMs;
  }

  #makerAfter(done: StepSet, last: number): Maker {
    return this.restsAt(done).at(-1) ?? last;
  }

  #isPending({ needs, endsWith }: ModelEvent, done: StepSet): boolean {
    return covers(done, needs) && !has(done, endsWith);
  }

  /** Nobody stands before it in its lane. */
  #isHead(event: ModelEvent, done: StepSet): boolean {
    const lane = this.#lanes.get(event.lane) ?? [];
    if (lane.length < 2) return true;
    return !lane.some((other) => isBefore(other, event) && this.#isPending(other, done));
  }

  #needsOf(maker: Maker): StepSet {
    if (maker === FIRST) return NO_STEPS;
    return maker > FIRST ? setOf([maker]) : (this.#rests[FIRST - 1 - maker]?.after ?? NO_STEPS);
  }

  #eventsOf(run: NotedRun): { readonly events: readonly ModelEvent[]; readonly names: readonly EventName[] } {
    const events = new Map<EventName, ModelEvent>();
    const names: EventName[] = [];
    const event = new EventNames();
    for (const [place, { possible, chosen }] of run.steps.entries()) {
      for (const after of run.restsAfter) if (after === place) event.rested();
      const named = event.of(possible);
      for (const [index, name] of named.entries()) {
        const { kind, atMs, lane, scheduledInStep } = possible[index] as AgendaEvent;
        const known = events.get(name);
        const maker = event.makerIn(scheduledInStep);
        const nth = Number(name.slice(name.indexOf('/') + 1));
        const since = maker < FIRST ? place + 0.5 : maker + 1;
        // Where it is seen for the last time, something takes it away: it comes, or that step ends its possibility.
        if (known !== undefined) known.endsWith = place;
        else {
          const needs = this.#needsOf(maker);
          events.set(name, { maker, nth, kind, atMs, lane, since, needs, endsWith: place, place: null });
        }
        if (index === chosen) {
          names.push(name);
          const taken = events.get(name);
          if (taken !== undefined) taken.place = place;
        }
      }
      event.began(place);
    }
    return { events: [...events.values()].sort((a, b) => a.since - b.since || a.nth - b.nth), names };
  }
}

function hasEarly(possible: readonly AgendaEvent[]): boolean {
  return possible.at(-1)?.kind === 'deadline' && possible[0]?.kind !== 'deadline';
}

/** Of two in one lane: whichever is due first, or was put there first. */
function isBefore(a: ModelEvent, b: ModelEvent): boolean {
  const byPlace = a.since === b.since ? a.nth < b.nth : a.since < b.since;
  return a.atMs === b.atMs ? byPlace : a.atMs < b.atMs;
}

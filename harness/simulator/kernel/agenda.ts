/**
 * The agenda: everything that is going to happen, and what of it may happen next.
 *
 * One queue for the whole world, ordered by (virtual time, sequence number). It neither runs an event nor moves the clock
 * nor chooses: it says which events are enabled, and the run loop asks the one source of chance. It knows nothing of AWS.
 */

import { invariant } from './bug.ts';

/**
 * `step`: may happen as soon as its instant has come, and may also stay outstanding while the clock moves on.
 * `sleep`: somebody's own timer; the clock may move to it at any moment, which costs nothing.
 * `deadline`: a service's own limit (a function's timeout). Reaching it while other work is possible means that the
 * work was slow, which is a fault; reaching it when nothing else is left is just time passing.
 */
export type AgendaKind = 'step' | 'sleep' | 'deadline';

/** What a step looks at and changes, as paths; see the services' contract for their spelling. */
export interface StepFootprint {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

export interface AgendaEvent {
  readonly kind: AgendaKind;
  /** The instant at which it becomes possible (`step`) or happens (`sleep`, `deadline`). Virtual milliseconds. */
  readonly atMs: number;
  /** Unique in its world; grows with each scheduling. Ties are broken by it, never by chance. */
  readonly seq: number;
  /** Order inside a lane is kept; order between lanes is a choice. */
  readonly lane: string;
  /** For people: `Get clicks`. */
  readonly label: string;
  /** The trace entry that made this event; null before there is one. */
  readonly cause: number | null;
  /** The step during which it was scheduled; the run loop continues a thread of events by it. */
  readonly scheduledInStep: number;
  readonly footprint: StepFootprint;
  run(): void;
}

export type Scheduling = Omit<AgendaEvent, 'seq' | 'scheduledInStep'>;

/** How the clock may move: freely past sleeps in exploration, strictly from instant to instant in timed runs. */
export type TimeMode = 'exploration' | 'timed';

/** What may be next, the ordinary course of things first. */
export interface Possible {
  readonly inTime: readonly AgendaEvent[];
  /** Deadlines that could be reached only because other, possible work is slow. */
  readonly early: readonly AgendaEvent[];
}

const NONE: readonly AgendaEvent[] = [];

export class Agenda {
  readonly #events = new Map<number, AgendaEvent>();
  /** The first event of each lane, ordered by (time, sequence number). */
  readonly #heads: AgendaEvent[] = [];
  /** Whoever comes first in its lane. */
  readonly #headOf = new Map<string, AgendaEvent>();
  /** What stands behind the head of its lane, in order. Most lanes hold one event and have no entry. */
  readonly #behind = new Map<string, AgendaEvent[]>();
  #nextSeq = 0;

  get size(): number {
    return this.#events.size;
  }

  /** Puts an event on the agenda and returns its sequence number, by which it can be cancelled. */
  schedule(scheduling: Scheduling, nowMs: number, step: number): number {
    const { atMs, label, lane } = scheduling;
    invariant(Number.isSafeInteger(atMs), `an event at ${atMs} ms: instants are whole milliseconds`);
    invariant(atMs >= nowMs, `«${label}» was scheduled into the past: ${atMs} < ${nowMs} ms`);
    const seq = this.#nextSeq++;
    const event: AgendaEvent = { ...scheduling, seq, scheduledInStep: step };
    this.#events.set(seq, event);
    const head = this.#headOf.get(lane);
    if (head === undefined) this.#lead(event);
    else if (before(event, head)) {
      remove(this.#heads, head);
      this.#queueBehind(head);
      this.#lead(event);
    } else this.#queueBehind(event);
    return seq;
  }

  /** Takes an event off without running it. Unknown numbers are ignored: it may have happened already. */
  cancel(seq: number): void {
    const event = this.#events.get(seq);
    if (event !== undefined) this.#takeOff(event);
  }

  /** Takes an enabled event off in order to run it. */
  take(event: AgendaEvent): void {
    invariant(this.#events.get(event.seq) === event, `«${event.label}» is not on the agenda`);
    this.#takeOff(event);
  }

  /** How many events share the earliest instant: those that a timed run chooses from. */
  get earliest(): number {
    const first = this.#heads[0];
    return first === undefined ? 0 : firstPlace(this.#heads, (event) => event.atMs > first.atMs);
  }

  /** The head of a lane by its place in the order (time, sequence number). */
  head(place: number): AgendaEvent {
    const event = this.#heads[place];
    invariant(event !== undefined, `nothing is at place ${place} of the agenda`);
    return event;
  }

  /**
   * What may happen next, the ordinary course of things first: whoever acted in the step before goes on; else the oldest
   * event that may happen now; time moves only when nothing else can happen, and a deadline overtakes nobody.
   */
  possible(nowMs: number, step: number): Possible {
    if (this.#heads.length === 1) return { inTime: [...this.#heads], early: NONE };
    const later = this.#earliestLater(nowMs);
    const now = this.#heads.filter(({ atMs, kind }) => atMs === later || (atMs <= nowMs && kind === 'step'));
    const inTime: AgendaEvent[] = [];
    for (const event of now) if (event.kind === 'step' && event.scheduledInStep === step) inTime.push(event);
    for (const event of now) if (event.kind === 'step' && event.scheduledInStep !== step) inTime.push(event);
    for (const event of now) if (event.kind === 'sleep') inTime.push(event);
    if (inTime.length === now.length) return { inTime, early: NONE };
    const deadlines = now.filter(({ kind }) => kind === 'deadline');
    return inTime.length === 0 ? { inTime: deadlines, early: NONE } : { inTime, early: deadlines };
  }

  /** The first instant that time could move to; nothing before it waits for time. */
  #earliestLater(nowMs: number): number {
    const first = this.#heads.find((event) => event.kind !== 'step' || event.atMs > nowMs);
    return first === undefined ? Number.NEGATIVE_INFINITY : first.atMs;
  }

  #lead(event: AgendaEvent): void {
    this.#headOf.set(event.lane, event);
    insert(this.#heads, event);
  }

  #queueBehind(event: AgendaEvent): void {
    const behind = this.#behind.get(event.lane);
    if (behind === undefined) this.#behind.set(event.lane, [event]);
    else insert(behind, event);
  }

  #takeOff(event: AgendaEvent): void {
    const { lane } = event;
    this.#events.delete(event.seq);
    const behind = this.#behind.get(lane);
    if (this.#headOf.get(lane) !== event) {
      if (behind !== undefined) remove(behind, event);
      return;
    }
    remove(this.#heads, event);
    this.#headOf.delete(lane);
    const next = behind?.shift();
    if (behind?.length === 0) this.#behind.delete(lane);
    if (next !== undefined) this.#lead(next);
  }
}

function before(a: AgendaEvent, b: AgendaEvent): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.seq < b.seq);
}

/** The first place from which on all events are so; ordered lists of a timed run are long. */
function firstPlace(sorted: readonly AgendaEvent[], isSo: (event: AgendaEvent) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const event = sorted[middle];
    if (event === undefined || isSo(event)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Where an event stands, or would stand, in an ordered list. */
function placeOf(sorted: readonly AgendaEvent[], event: AgendaEvent): number {
  return firstPlace(sorted, (other) => !before(other, event));
}

function insert(sorted: AgendaEvent[], event: AgendaEvent): void {
  const last = sorted.at(-1);
  if (last === undefined || before(last, event)) sorted.push(event);
  else sorted.splice(placeOf(sorted, event), 0, event);
}

function remove(sorted: AgendaEvent[], event: AgendaEvent): void {
  const place = sorted[0] === event ? 0 : placeOf(sorted, event);
  if (place === 0) sorted.shift();
  else sorted.splice(place, 1);
}

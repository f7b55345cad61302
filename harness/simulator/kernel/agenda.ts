/**
 * The agenda: everything that is going to happen, and which of it may happen next.
 *
 * It is one queue for the whole world, ordered by (virtual time, sequence number). It neither runs an event nor moves the clock
 * nor chooses: it says which events are enabled, and the run loop asks the one source of chance. It knows nothing of AWS.
 */

import { invariant } from './bug.ts';
import { type PutBack, type Restorable, refill } from './checkpoint.ts';
import type { StepFootprint } from './footprint.ts';
import { Heads } from './heads.ts';
import { before, firstPlace, insert, takeOut } from './sorted.ts';

/**
 * `step`: may happen as soon as its instant has come, and may also stay outstanding while the clock moves on.
 * `sleep`: a timer that code has set for itself; the clock may move to it at any moment, which costs nothing.
 * `deadline`: a service's own limit (a function's timeout). Reaching it while other work is possible means that the
 * work was slow, which is a fault; reaching it when nothing else is left is just time passing.
 */
export type AgendaKind = 'step' | 'sleep' | 'deadline';

/** Something that has a number of places. An event that needs one is not enabled as long as none is free. */
export interface Gate {
  /** Gates of one name are one gate. */
  readonly name: string;
  /** Looks how many places are free, and changes nothing. */
  look(): Room;
}

export interface Room {
  readonly places: number;
  /** What that depends on. A step that changes it writes or adds to some of that; a step that takes a place touches all of it. */
  readonly footprint: StepFootprint;
}

export interface AgendaEvent {
  readonly kind: AgendaKind;
  /** The instant at which it becomes possible (`step`) or happens (`sleep`, `deadline`). Virtual milliseconds. */
  readonly atMs: number;
  /** Of a `step`: time does not pass this instant before the step has happened. For work whose duration has an upper bound. */
  readonly latestMs?: number;
  /** Unique in its world; grows with each scheduling. Ties are broken by it, never by chance. */
  readonly seq: number;
  /** Events of one lane keep their order; between lanes, which event comes first is a choice. */
  readonly lane: string;
  /**
   * Interchangeable with the other events of its lane that were scheduled in the same step (symmetry): only one order of them is
   * offered, and source-DPOR counts all of their orders as tried. Mark only equal calls, and only if no check asks which of them
   * came first.
   */
  readonly alike?: true;
  /** Of a `step`: it waits for a place. One must be free again at the latest when all else on the agenda has happened. */
  readonly gate?: Gate;
  /** For people: `Get clicks`. */
  readonly label: string;
  /** The trace entry that made this event; null before there is one. */
  readonly cause: number | null;
  /** The step during which it was scheduled, by which the run loop goes on with what a step began. */
  readonly scheduledInStep: number;
  /** Its place among all that was scheduled in that step, from 1. The two identify it in every schedule alike. */
  readonly nth: number;
  run(): void;
}

export type Scheduling = Omit<AgendaEvent, 'seq' | 'scheduledInStep' | 'nth'>;

/** How the clock may move: freely past sleeps in exploration, strictly from instant to instant in timed runs. */
export type TimeMode = 'exploration' | 'timed';

/** The events that are enabled, the ordinary course of things first. */
export interface Possible {
  readonly inTime: readonly AgendaEvent[];
  /** Deadlines that could be reached only because other, possible work is slow. */
  readonly early: readonly AgendaEvent[];
  /** Events whose instant has come, and which wait for a place. */
  readonly waiting: readonly AgendaEvent[];
}

const NONE: readonly AgendaEvent[] = [];
/** If there are more empty lanes than this, they are forgotten. */
const MANY_LANES = 1_000;
/**
 * Deadlines are counted by themselves, from here on: whether a step sets a deadline may depend on other steps, and the other
 * events of the step must keep their identity all the same.
 */
const DEADLINES = 2 ** 18;

export class Agenda implements Restorable {
  readonly #events = new Map<number, AgendaEvent>();
  /** The first event of each lane, ordered by (time, sequence number). */
  readonly #heads: Heads<AgendaEvent>;
  /**
   * The first event of each lane; null in a lane that has become empty. A map in which one key comes and goes for ever would
   * grow slow, since a deleted entry is still walked past until the map is built anew.
   */
  #headOf = new Map<string, AgendaEvent | null>();
  /** The other events of each lane, in order. Most lanes hold one event and have no entry. */
  readonly #behind = new Map<string, AgendaEvent[]>();
  /** How many sleeps there are. */
  sleeps = 0;
  #nextSeq = 0;
  #lastStep = 0;
  #scheduledInLastStep = 0;
  #deadlinesInLastStep = 0;

  /** `keptSorted`: up to this number of lanes, no heap is used. */
  constructor(keptSorted?: number) {
    this.#heads = new Heads(keptSorted);
  }

  get size(): number {
    return this.#events.size;
  }

  /** The events themselves never change, so a checkpoint holds lists of them. */
  checkpoint(): PutBack {
    const events = new Map(this.#events);
    const heads = this.#heads.checkpoint();
    const headOf = new Map<string, AgendaEvent | null>();
    for (const head of this.#heads.all) headOf.set(head.lane, head);
    const behind = [...this.#behind].map(([lane, waiting]) => [lane, [...waiting]] as const);
    const counts = [this.sleeps, this.#nextSeq, this.#lastStep] as const;
    const inLastStep = [this.#scheduledInLastStep, this.#deadlinesInLastStep] as const;
    return () => {
      refill(this.#events, events);
      this.#headOf = new Map(headOf);
      this.#behind.clear();
      for (const [lane, waiting] of behind) this.#behind.set(lane, [...waiting]);
      [this.sleeps, this.#nextSeq, this.#lastStep] = counts;
      [this.#scheduledInLastStep, this.#deadlinesInLastStep] = inLastStep;
      return heads();
    };
  }

  /** Puts an event on the agenda and returns its sequence number, by which it can be cancelled. */
  schedule(scheduling: Scheduling, nowMs: number, step: number): number {
    const { kind, atMs, lane, label, cause, run, alike, latestMs, gate } = scheduling;
    // The message is built only if the condition fails, since this runs for each event.
    if (!Number.isSafeInteger(atMs)) invariant(false, `an event at ${atMs} ms: instants are whole milliseconds`);
    if (gate !== undefined && kind !== 'step')
      invariant(false, `«${label}» is a ${kind}, and only steps wait for places`);
    if (atMs < nowMs) invariant(false, `«${label}» was scheduled into the past: ${atMs} < ${nowMs} ms`);
    const seq = this.#nextSeq++;
    if (step !== this.#lastStep) {
      this.#scheduledInLastStep = 0;
      this.#deadlinesInLastStep = 0;
    }
    this.#lastStep = step;
    if (kind === 'deadline') this.#deadlinesInLastStep += 1;
    else this.#scheduledInLastStep += 1;
    const nth = kind === 'deadline' ? DEADLINES + this.#deadlinesInLastStep : this.#scheduledInLastStep;
    const plain: AgendaEvent = { kind, atMs, seq, lane, label, cause, scheduledInStep: step, nth, run };
    const event =
      alike === undefined && latestMs === undefined && gate === undefined ? plain : { ...scheduling, ...plain };
    this.#events.set(seq, event);
    if (kind === 'sleep') this.sleeps += 1;
    const head = this.#headOf.get(lane) ?? null;
    if (head === null) this.#lead(event);
    else if (before(event, head)) {
      this.#heads.remove(head);
      this.#queueBehind(head);
      this.#lead(event);
    } else this.#queueBehind(event);
    return seq;
  }

  /** The kind of an event; null if it has happened already. */
  kindOf(seq: number): AgendaKind | null {
    return this.#events.get(seq)?.kind ?? null;
  }

  /** Takes an event off without running it. Unknown numbers are ignored: the event may have happened already. */
  cancel(seq: number): void {
    const event = this.#events.get(seq);
    if (event !== undefined) this.#takeOff(event);
  }

  /** Takes an enabled event off in order to run it. */
  take(event: AgendaEvent): void {
    if (this.#events.get(event.seq) !== event) invariant(false, `«${event.label}» is not on the agenda`);
    this.#takeOff(event);
  }

  /** How many events share the earliest instant. A timed run chooses among them. */
  get earliest(): number {
    const heads = this.#heads.first;
    const [first] = heads;
    return first === undefined ? 0 : firstPlace(heads, (event) => event.atMs > first.atMs);
  }

  /** One of the {@link earliest} events, by its place in the order (time, sequence number). */
  head(place: number): AgendaEvent {
    const event = this.#heads.first[place];
    invariant(event !== undefined, `nothing is at place ${place} of the agenda`);
    return event;
  }

  /**
   * The enabled events, the ordinary course of things first: the step before goes on; else the oldest event that may happen now
   * comes; time moves only when nothing else can happen, and a deadline overtakes no other event.
   */
  possible(nowMs: number, step: number): Possible {
    if (this.#heads.size === 1) {
      const [only] = this.#heads.first;
      if (only !== undefined && only.gate === undefined) return { inTime: [only], early: NONE, waiting: NONE };
    }
    const inTime: AgendaEvent[] = [];
    // This runs before each step, and most steps have no others to put off: an array is made for them when one is there.
    let others: AgendaEvent[] | null = null;
    let sleeps: AgendaEvent[] | null = null;
    let deadlines: AgendaEvent[] | null = null;
    let waiting: AgendaEvent[] | null = null;
    // Time could move to the first event that waits for it, and no further.
    const isLater = ({ kind, atMs }: AgendaEvent): boolean => kind !== 'step' || atMs > nowMs;
    // An event that must happen by an instant comes before every event that waits for a later one.
    let later = Number.POSITIVE_INFINITY;
    for (const event of this.#heads.beyond(nowMs, isLater)) {
      if (event.gate !== undefined && event.atMs <= nowMs && event.gate.look().places <= 0) {
        waiting = pushed(waiting, event);
        continue;
      }
      if (isLater(event)) {
        later = Math.min(later, event.atMs);
        if (event.atMs > later) continue;
      } else if (event.latestMs !== undefined) {
        later = Math.min(later, event.latestMs);
      }
      if (event.kind === 'deadline') deadlines = pushed(deadlines, event);
      else if (event.kind === 'sleep') sleeps = pushed(sleeps, event);
      else if (event.scheduledInStep === step) inTime.push(event);
      else others = pushed(others, event);
    }
    if (others !== null) for (const event of others) inTime.push(event);
    if (sleeps !== null) for (const event of sleeps) inTime.push(event);
    return inTime.length === 0
      ? { inTime: deadlines ?? NONE, early: NONE, waiting: waiting ?? NONE }
      : { inTime, early: deadlines ?? NONE, waiting: waiting ?? NONE };
  }

  #lead(event: AgendaEvent): void {
    this.#headOf.set(event.lane, event);
    this.#heads.add(event);
  }

  #queueBehind(event: AgendaEvent): void {
    const behind = this.#behind.get(event.lane);
    if (behind === undefined) this.#behind.set(event.lane, [event]);
    else insert(behind, event);
  }

  #takeOff(event: AgendaEvent): void {
    const { lane, kind } = event;
    this.#events.delete(event.seq);
    if (kind === 'sleep') this.sleeps -= 1;
    const behind = this.#behind.get(lane);
    if (this.#headOf.get(lane) !== event) {
      if (behind !== undefined) takeOut(behind, event);
      return;
    }
    this.#heads.remove(event);
    this.#headOf.set(lane, null);
    const next = behind?.shift();
    if (behind?.length === 0) this.#behind.delete(lane);
    if (next !== undefined) this.#lead(next);
    else if (this.#headOf.size > MANY_LANES + 2 * this.#heads.size) this.#forgetEmptyLanes();
  }

  #forgetEmptyLanes(): void {
    const heads = [...this.#headOf].filter(([, head]) => head !== null);
    this.#headOf = new Map(heads);
  }
}

function pushed(events: AgendaEvent[] | null, event: AgendaEvent): AgendaEvent[] {
  if (events === null) return [event];
  events.push(event);
  return events;
}

/**
 * The agenda: everything that is going to happen, and what of it may happen next.
 *
 * One queue for the whole world, ordered by (virtual time, sequence number). It neither runs an event nor moves the clock
 * nor chooses: it says which events are enabled, and the run loop asks the one source of chance. It knows nothing of AWS.
 */

import { invariant } from './bug.ts';
import { Heads } from './heads.ts';
import { before, firstPlace, insert, remove } from './sorted.ts';

/**
 * `step`: may happen as soon as its instant has come, and may also stay outstanding while the clock moves on.
 * `sleep`: somebody's own timer; the clock may move to it at any moment, which costs nothing.
 * `deadline`: a service's own limit (a function's timeout). Reaching it while other work is possible means that the
 * work was slow, which is a fault; reaching it when nothing else is left is just time passing.
 */
export type AgendaKind = 'step' | 'sleep' | 'deadline';

export interface AgendaEvent {
  readonly kind: AgendaKind;
  /** The instant at which it becomes possible (`step`) or happens (`sleep`, `deadline`). Virtual milliseconds. */
  readonly atMs: number;
  /** Of a `step`: time does not pass this instant before it has happened. For work that takes at most so long. */
  readonly latestMs?: number;
  /** Unique in its world; grows with each scheduling. Ties are broken by it, never by chance. */
  readonly seq: number;
  /** Order inside a lane is kept; order between lanes is a choice. */
  readonly lane: string;
  /**
   * Interchangeable with the others of its lane that were scheduled in the same step: only one order of them is offered. To be
   * said of twins only, and if nobody asks which of them came first: a reduction counts each of their orders as tried.
   */
  readonly alike?: true;
  /** For people: `Get clicks`. */
  readonly label: string;
  /** The trace entry that made this event; null before there is one. */
  readonly cause: number | null;
  /** The step during which it was scheduled; the run loop continues a thread of events by it. */
  readonly scheduledInStep: number;
  /** Its place among all that was scheduled in that step, from 1. The two together name it in every schedule alike. */
  readonly nth: number;
  run(): void;
}

export type Scheduling = Omit<AgendaEvent, 'seq' | 'scheduledInStep' | 'nth'>;

/** How the clock may move: freely past sleeps in exploration, strictly from instant to instant in timed runs. */
export type TimeMode = 'exploration' | 'timed';

/** What may be next, the ordinary course of things first. */
export interface Possible {
  readonly inTime: readonly AgendaEvent[];
  /** Deadlines that could be reached only because other, possible work is slow. */
  readonly early: readonly AgendaEvent[];
}

const NONE: readonly AgendaEvent[] = [];
/** More empty lanes than this are forgotten now and then. */
const MANY_LANES = 1_000;
/** Deadlines are counted by themselves: whether a step sets one may depend on others, and nothing else may change its name for that. */
const DEADLINES = 2 ** 18;

export class Agenda {
  readonly #events = new Map<number, AgendaEvent>();
  /** The first event of each lane, ordered by (time, sequence number). */
  readonly #heads: Heads<AgendaEvent>;
  /**
   * Whoever comes first in its lane; null in a lane that was left empty. A map in which one key comes and goes for ever
   * would grow slow: what is deleted is still walked past until the map is built anew.
   */
  #headOf = new Map<string, AgendaEvent | null>();
  /** What stands behind the head of its lane, in order. Most lanes hold one event and have no entry. */
  readonly #behind = new Map<string, AgendaEvent[]>();
  /** How many sleeps there are. */
  sleeps = 0;
  #nextSeq = 0;
  #lastStep = 0;
  #scheduledInLastStep = 0;
  #deadlinesInLastStep = 0;

  /** `keptSorted`: so many lanes, at least, are looked at without a heap. */
  constructor(keptSorted?: number) {
    this.#heads = new Heads(keptSorted);
  }

  get size(): number {
    return this.#events.size;
  }

  /** Puts an event on the agenda and returns its sequence number, by which it can be cancelled. */
  schedule(scheduling: Scheduling, nowMs: number, step: number): number {
    const { kind, atMs, lane, label, cause, run, alike, latestMs } = scheduling;
    // Put into words only where it fails: this is done for each step.
    if (!Number.isSafeInteger(atMs)) invariant(false, `an event at ${atMs} ms: instants are whole milliseconds`);
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
    const event = alike === undefined && latestMs === undefined ? plain : { ...scheduling, ...plain };
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

  /** What an event is; null if it has happened already. */
  kindOf(seq: number): AgendaKind | null {
    return this.#events.get(seq)?.kind ?? null;
  }

  /** Takes an event off without running it. Unknown numbers are ignored: it may have happened already. */
  cancel(seq: number): void {
    const event = this.#events.get(seq);
    if (event !== undefined) this.#takeOff(event);
  }

  /** Takes an enabled event off in order to run it. */
  take(event: AgendaEvent): void {
    if (this.#events.get(event.seq) !== event) invariant(false, `«${event.label}» is not on the agenda`);
    this.#takeOff(event);
  }

  /** How many events share the earliest instant: those that a timed run chooses from. */
  get earliest(): number {
    const heads = this.#heads.first;
    const [first] = heads;
    return first === undefined ? 0 : firstPlace(heads, (event) => event.atMs > first.atMs);
  }

  /** One of those {@link earliest}, by its place in the order (time, sequence number). */
  head(place: number): AgendaEvent {
    const event = this.#heads.first[place];
    invariant(event !== undefined, `nothing is at place ${place} of the agenda`);
    return event;
  }

  /**
   * What may happen next, the ordinary course of things first: whoever acted in the step before goes on; else the oldest
   * event that may happen now; time moves only when nothing else can happen, and a deadline overtakes nobody.
   */
  possible(nowMs: number, step: number): Possible {
    if (this.#heads.size === 1) return { inTime: [...this.#heads.first], early: NONE };
    // Time could move to the first of those that wait for it; nothing before it waits.
    const isLater = ({ kind, atMs }: AgendaEvent): boolean => kind !== 'step' || atMs > nowMs;
    const heads = this.#heads.beyond(nowMs, isLater);
    const inTime: AgendaEvent[] = [];
    const others: AgendaEvent[] = [];
    const asleep: AgendaEvent[] = [];
    const deadlines: AgendaEvent[] = [];
    // What must happen before time moves on comes before whatever waits for later.
    let later = Number.POSITIVE_INFINITY;
    for (const event of heads) {
      if (isLater(event)) {
        later = Math.min(later, event.atMs);
        if (event.atMs > later) continue;
      } else if (event.latestMs !== undefined) {
        later = Math.min(later, event.latestMs);
      }
      if (event.kind === 'deadline') deadlines.push(event);
      else if (event.kind === 'sleep') asleep.push(event);
      else if (event.scheduledInStep === step) inTime.push(event);
      else others.push(event);
    }
    for (const event of others) inTime.push(event);
    for (const event of asleep) inTime.push(event);
    return inTime.length === 0 ? { inTime: deadlines, early: NONE } : { inTime, early: deadlines };
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
      if (behind !== undefined) remove(behind, event);
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

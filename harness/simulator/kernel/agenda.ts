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

export interface Enabled {
  readonly event: AgendaEvent;
  /** True for a deadline that is reached only because other, possible work is slow. */
  readonly early: boolean;
}

export class Agenda {
  readonly #events: AgendaEvent[] = [];
  #nextSeq = 0;

  get size(): number {
    return this.#events.length;
  }

  /** Puts an event on the agenda and returns its sequence number, by which it can be cancelled. */
  schedule(event: Scheduling, nowMs: number, step: number): number {
    invariant(Number.isSafeInteger(event.atMs), `an event at ${event.atMs} ms: instants are whole milliseconds`);
    invariant(event.atMs >= nowMs, `«${event.label}» was scheduled into the past: ${event.atMs} < ${nowMs} ms`);
    const seq = this.#nextSeq++;
    this.#events.push({ ...event, seq, scheduledInStep: step });
    return seq;
  }

  /** Takes an event off without running it. Unknown numbers are ignored: it may have happened already. */
  cancel(seq: number): void {
    const index = this.#events.findIndex((event) => event.seq === seq);
    if (index >= 0) this.#events.splice(index, 1);
  }

  /** Takes an enabled event off in order to run it. */
  take(event: AgendaEvent): void {
    const index = this.#events.indexOf(event);
    invariant(index >= 0, `«${event.label}» is not on the agenda`);
    this.#events.splice(index, 1);
  }

  /** What may happen next, ordered by (time, sequence number). Empty when nothing is left to happen. */
  enabled(nowMs: number, mode: TimeMode): readonly Enabled[] {
    const heads = this.#heads();
    if (mode === 'timed') return earliest(heads).map((event) => ({ event, early: false }));
    const steps = heads.filter((event) => event.kind === 'step' && event.atMs <= nowMs);
    const later = earliest(heads.filter((event) => event.kind !== 'step' || event.atMs > nowMs));
    const busy = steps.length > 0 || later.some((event) => event.kind !== 'deadline');
    return [...steps, ...later].map((event) => ({ event, early: busy && event.kind === 'deadline' }));
  }

  /** The first event of each lane, ordered by (time, sequence number). */
  #heads(): AgendaEvent[] {
    const heads = new Map<string, AgendaEvent>();
    for (const event of this.#events) {
      const head = heads.get(event.lane);
      if (head === undefined || before(event, head)) heads.set(event.lane, event);
    }
    return [...heads.values()].sort((a, b) => a.atMs - b.atMs || a.seq - b.seq);
  }
}

function before(a: AgendaEvent, b: AgendaEvent): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.seq < b.seq);
}

function earliest(sorted: readonly AgendaEvent[]): readonly AgendaEvent[] {
  const first = sorted[0];
  return first === undefined ? [] : sorted.filter((event) => event.atMs === first.atMs);
}

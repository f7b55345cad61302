/**
 * The run loop: settle, choose, move the clock, run one event, until nothing is left to happen or a cap is met.
 *
 * It is the only place where virtual time moves. It knows neither services nor handlers: `settle` lets all code run until it
 * waits again, and the events on the agenda do the rest. Every run ends, and the end says why.
 */

import type { Agenda, AgendaEvent, TimeMode } from './agenda.ts';
import { invariant } from './bug.ts';
import type { Choices, IsSpent } from './choices.ts';
import { CLOCK, type StepFootprint } from './footprint.ts';

/**
 * `quiet`: nothing is left to happen. `step-cap`: more steps than any sane run takes (a livelock). `halted`: `settle` said
 * stop. `cut`: the choices ended the run, because it is sleep-set blocked or cannot follow what it was to follow.
 */
export type RunEnd = 'quiet' | 'step-cap' | 'halted' | 'cut';

/** How far a run is. */
export interface RunClock {
  nowMs: number;
  /** The number of the step that is running, from 1; 0 before the first. */
  step: number;
  /** How many preemptions there were. */
  preemptions: number;
}

export interface RunOptions {
  readonly agenda: Agenda;
  readonly clock: RunClock;
  readonly choices: Choices;
  readonly mode: TimeMode;
  readonly maxSteps: number;
  /** Lets handlers and scenario run until all of them wait. True halts the run, from which nothing more is to be learnt. */
  settle(): boolean | Promise<boolean>;
  /** May this deadline overtake work that is still possible? (A fault; its budget is the caller's.) */
  readonly allowEarly: (event: AgendaEvent) => boolean;
  /** Which answers can't be given any more. */
  readonly isSpent?: IsSpent;
  /** Called when an event was chosen, before it runs. */
  onStep?(event: AgendaEvent, early: boolean): void;
}

/**
 * How long a run was, and how many preemptions it took. A preemption: the step before had scheduled an event that was possible
 * at once, and an event of another step came first. Schedules with few preemptions are the simple ones (Musuvathi and Qadeer,
 * Iterative context bounding, 2007).
 */
export interface RunCount {
  readonly steps: number;
  readonly preemptions: number;
}

/** Runs to the end. Rejects only with bugs and divergences; learners' mistakes are events in the trace. */
export async function run(options: RunOptions): Promise<{ readonly end: RunEnd; readonly count: RunCount }> {
  const { agenda, clock, choices } = options;
  const ended = (end: RunEnd) => ({ end, count: { steps: clock.step, preemptions: clock.preemptions } });
  for (;;) {
    const settled = options.settle();
    if (settled === true || (settled !== false && (await settled))) return ended('halted');
    if (agenda.size === 0) return ended(choices.isSleepSetBlocked?.() === true ? 'cut' : 'quiet');
    if (clock.step >= options.maxSteps) return ended('step-cap');
    const chosen = options.mode === 'timed' ? earliest(options) : anyPossible(options);
    if (chosen === null) return ended('cut');
    if (chosen.preempts) clock.preemptions += 1;
    agenda.take(chosen.event);
    clock.step += 1;
    const { kind, atMs } = chosen.event;
    choices.touch?.(kind === 'step' && atMs <= clock.nowMs ? READS_THE_CLOCK : MOVES_THE_CLOCK);
    if (chosen.event.atMs > clock.nowMs) clock.nowMs = chosen.event.atMs;
    options.onStep?.(chosen.event, chosen.early);
    chosen.event.run();
  }
}

/**
 * Every step may look at the clock. A step that waits for time moves it, and changes what all other steps see there. That holds
 * for a timer whose instant has come already, too: in another interleaving it would have been the one that moved the clock.
 */
const READS_THE_CLOCK: StepFootprint = { reads: [CLOCK], writes: [] };
const MOVES_THE_CLOCK: StepFootprint = { reads: [], writes: [CLOCK] };

interface Chosen {
  readonly event: AgendaEvent;
  readonly early: boolean;
  /** The step before could have gone on, and another one comes first. */
  readonly preempts: boolean;
}

/** A timed run follows the clock; only events of the same instant may come in any order. */
function earliest({ agenda, choices }: RunOptions): Chosen {
  const event = agenda.head(choices.pick('next', agenda.earliest));
  return { event, early: false, preempts: false };
}

/** An exploration may let any event happen that is possible; option 0 is the ordinary course of things. */
function anyPossible({ agenda, choices, clock, allowEarly, isSpent }: RunOptions): Chosen | null {
  const { inTime, early, waiting } = agenda.possible(clock.nowMs, clock.step);
  const possible = early.some(allowEarly) ? [...inTime, ...early.filter(allowEarly)] : inTime;
  invariant(possible.length > 0, `«${waiting[0]?.label}» waits, and nothing is left that could let it come`);
  const index =
    choices.next === undefined
      ? choices.pick('next', possible.length)
      : choices.next(possible, { mayComeEarly: allowEarly, isSpent, waiting });
  if (index === null) return null;
  const event = possible[index];
  invariant(event !== undefined, `there is no option ${index}`);
  const preempts = index > 0 && possible[0]?.scheduledInStep === clock.step;
  return { event, early: index >= inTime.length, preempts };
}

/**
 * The run loop: settle, ask, move the clock, run one event; until nothing is left or a cap is met.
 *
 * It is the only place where virtual time moves. It knows neither services nor handlers: `settle` lets everybody run until
 * they wait again, and the events on the agenda do the rest. Every run ends, and the end says why.
 */

import type { Agenda, AgendaEvent, Enabled, TimeMode } from './agenda.ts';
import { invariant } from './bug.ts';
import type { Choices } from './choices.ts';

/** `quiet`: nothing is left to happen. `step-cap`: more steps than any sane run takes (a livelock). `halted`: `settle` said stop. */
export type RunEnd = 'quiet' | 'step-cap' | 'halted';

export interface RunClock {
  nowMs: number;
  /** The number of the step that is running, from 1; 0 before the first. */
  step: number;
}

export interface RunOptions {
  readonly agenda: Agenda;
  readonly clock: RunClock;
  readonly choices: Choices;
  readonly mode: TimeMode;
  readonly maxSteps: number;
  /** Lets handlers and scenario run until all of them wait. True halts the run: there is nothing more to learn from it. */
  settle(): boolean | Promise<boolean>;
  /** May this deadline overtake work that is still possible? (A fault; its budget is the caller's.) */
  allowEarly(event: AgendaEvent): boolean;
  /** Called when an event was chosen, before it runs. */
  onStep?(event: AgendaEvent, early: boolean): void;
}

/** How often a thread of events was left although it could have gone on: what «fewest switches» counts. */
export interface RunCount {
  readonly steps: number;
  readonly switches: number;
}

/** Runs to the end. Rejects only with bugs and divergences; learners' mistakes are events in the trace. */
export async function run(options: RunOptions): Promise<{ readonly end: RunEnd; readonly count: RunCount }> {
  const { agenda, clock, choices } = options;
  let switches = 0;
  for (;;) {
    const settled = options.settle();
    if (settled === true || (settled !== false && (await settled)))
      return { end: 'halted', count: { steps: clock.step, switches } };
    const candidates = agenda
      .enabled(clock.nowMs, options.mode)
      .filter(({ event, early }) => !early || options.allowEarly(event));
    if (candidates.length === 0) {
      invariant(agenda.size === 0, 'something is on the agenda, but nothing of it may happen');
      return { end: 'quiet', count: { steps: clock.step, switches } };
    }
    if (clock.step >= options.maxSteps) return { end: 'step-cap', count: { steps: clock.step, switches } };
    const ordered = options.mode === 'timed' ? candidates : ordinaryCourseFirst(candidates, clock.step);
    const index = choices.pick('next', ordered.length);
    const chosen = ordered[index];
    invariant(chosen !== undefined, `there is no option ${index}`);
    if (index > 0 && ordered[0]?.event.scheduledInStep === clock.step) switches += 1;
    agenda.take(chosen.event);
    clock.step += 1;
    if (chosen.event.atMs > clock.nowMs) clock.nowMs = chosen.event.atMs;
    options.onStep?.(chosen.event, chosen.early);
    chosen.event.run();
  }
}

/**
 * Option 0 is the ordinary course of things: whoever just acted goes on; else the oldest event that may happen now;
 * time moves only when nothing else can happen, and a deadline overtakes nobody.
 */
function ordinaryCourseFirst(candidates: readonly Enabled[], step: number): readonly Enabled[] {
  if (candidates.length === 1) return candidates;
  const rank = ({ event, early }: Enabled): number => {
    if (early) return 3;
    if (event.kind !== 'step') return 2;
    return event.scheduledInStep === step ? 0 : 1;
  };
  return [...candidates].sort((a, b) => rank(a) - rank(b) || a.event.atMs - b.event.atMs || a.event.seq - b.event.seq);
}

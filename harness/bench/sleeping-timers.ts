/**
 * How many events the kernel processes while many timers sleep, as in a service with ten thousand visibility timeouts.
 */

import { Agenda } from '../simulator/kernel/agenda.ts';
import { inOrder } from '../simulator/kernel/choices.ts';
import { run } from '../simulator/kernel/run.ts';

/** How many timers sleep in the bench. */
export const SLEEPING_TIMERS = 10_000;
const EVENTS = 20_000;
/** Longer than the whole run: each timer is cancelled and set again, and none ever ends. */
const SLEEP_MS = 1_000_000;

/** One timed lane that resets one of the sleeping timers at each of its events. */
export async function eventsAmongTimers(timers: number): Promise<number> {
  const agenda = new Agenda();
  const clock = { nowMs: 0, step: 0, preemptions: 0 };
  const set = (timer: number): number => {
    const about = { lane: `timer-${timer}`, label: 'asleep', cause: null };
    const sleep = { kind: 'sleep', atMs: clock.nowMs + SLEEP_MS, ...about, run: () => {} } as const;
    return agenda.schedule(sleep, clock.nowMs, clock.step);
  };
  const sleeping = Array.from({ length: timers }, (_, timer) => set(timer));
  const next = (left: number): void => {
    const happen = (): void => {
      const timer = left % timers;
      agenda.cancel(sleeping[timer] ?? -1);
      sleeping[timer] = set(timer);
      if (left > 1) next(left - 1);
      else for (const seq of sleeping) agenda.cancel(seq);
    };
    const about = { lane: 'work', label: 'work', cause: null };
    agenda.schedule({ kind: 'step', atMs: clock.nowMs + 1, ...about, run: happen }, clock.nowMs, clock.step);
  };
  next(EVENTS);
  const { count } = await run({
    agenda,
    clock,
    choices: inOrder(),
    mode: 'timed',
    maxSteps: EVENTS + 1,
    settle: () => false,
    allowEarly: () => false,
  });
  return count.steps;
}

/**
 * How many events a second the kernel alone processes.
 */

import { Agenda } from '../simulator/kernel/agenda.ts';
import { inOrder } from '../simulator/kernel/choices.ts';
import { run } from '../simulator/kernel/run.ts';

const LANES = 10;
const EVENTS_PER_LANE = 2_000;

/** Ten lanes of two thousand events each. */
export async function kernelEvents(): Promise<number> {
  const agenda = new Agenda();
  const clock = { nowMs: 0, step: 0, preemptions: 0 };
  let events = 0;
  const next = (lane: string, left: number): void => {
    if (left === 0) return;
    const happen = (): void => {
      events += 1;
      next(lane, left - 1);
    };
    const about = {
      kind: 'step',
      atMs: clock.nowMs,
      lane,
      label: lane,
      cause: null,
    } as const;
    agenda.schedule({ ...about, run: happen }, clock.nowMs, clock.step);
  };
  for (let lane = 0; lane < LANES; lane += 1) next(`lane-${lane}`, EVENTS_PER_LANE);
  await run({
    agenda,
    clock,
    choices: inOrder(),
    mode: 'exploration',
    maxSteps: LANES * EVENTS_PER_LANE + 1,
    settle: () => false,
    allowEarly: () => false,
  });
  return events;
}

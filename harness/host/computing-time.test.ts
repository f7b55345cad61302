/**
 * Code is stopped for the time that it computes, not for the time that the machine spends on other work.
 */

import { describe, expect, it } from 'vitest';
import { ComputingTime } from './computing-time.ts';

/** Clocks that the test sets, and work that moves them. */
class Machine {
  wallMs = 0;
  codeMs = 0;
  readonly computing: ComputingTime;

  constructor(isKnown = true) {
    const computedMs = (): number | null => (isKnown ? this.codeMs : null);
    this.computing = new ComputingTime({ allowanceMs: 100, perStepMs: 10 }, { nowMs: () => this.wallMs, computedMs });
  }

  /** One step. */
  step(wallMs: number, codeMs: number): Promise<void> {
    return this.computing.of(1, () => {
      this.wallMs += wallMs;
      this.codeMs += codeMs;
    });
  }
}

describe('code', () => {
  it('is stopped if it computes for longer than the allowance of all its steps', async () => {
    const machine = new Machine();
    await machine.step(80, 80);
    await machine.step(40, 40);
    await expect(machine.step(20, 20)).rejects.toMatchObject({ reason: 'slow', message: '0.1 s over 3 steps' });
  });

  it('continues if only the machine is busy', async () => {
    const machine = new Machine();
    for (let step = 0; step < 10; step += 1) await machine.step(100, 5);
  });

  it('is stopped by wall-clock time if its computing time is unknown', async () => {
    await expect(new Machine(false).step(200, 5)).rejects.toMatchObject({ reason: 'slow' });
  });

  it('is stopped in the end if it takes time without computing', async () => {
    await expect(new Machine().step(2_000, 5)).rejects.toMatchObject({ reason: 'slow' });
  });

  it('is charged for computing, not for waiting', async () => {
    await expect(new Machine().step(900, 300)).rejects.toMatchObject({ message: '0.3 s over one step' });
  });

  it('has a new allowance in each part of an exploration', async () => {
    const machine = new Machine();
    await machine.step(90, 90);
    machine.computing.begin();
    await machine.step(90, 90);
  });
});

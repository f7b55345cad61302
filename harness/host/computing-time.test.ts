/**
 * Code is stopped for what it computes, and not for what else the machine does.
 */

import { describe, expect, it } from 'vitest';
import { ComputingTime } from './computing-time.ts';

/** Clocks that are set by hand, and work that moves them. */
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
  it('is stopped when it computes for longer than all its steps may', async () => {
    const machine = new Machine();
    await machine.step(80, 80);
    await machine.step(40, 40);
    await expect(machine.step(20, 20)).rejects.toMatchObject({ reason: 'slow', message: '0.1 s over 3 steps' });
  });

  it('goes on where it is the machine that is busy', async () => {
    const machine = new Machine();
    for (let step = 0; step < 10; step += 1) await machine.step(100, 5);
  });

  it('is stopped for what the wall’s clock says where nobody can tell what it computed', async () => {
    await expect(new Machine(false).step(200, 5)).rejects.toMatchObject({ reason: 'slow' });
  });

  it('is stopped at last when it takes time without computing', async () => {
    await expect(new Machine().step(2_000, 5)).rejects.toMatchObject({ reason: 'slow' });
  });

  it('is told what it computed, and not what it waited', async () => {
    await expect(new Machine().step(900, 300)).rejects.toMatchObject({ message: '0.3 s over one step' });
  });

  it('begins anew with every part of an exploration', async () => {
    const machine = new Machine();
    await machine.step(90, 90);
    machine.computing.begin();
    await machine.step(90, 90);
  });
});

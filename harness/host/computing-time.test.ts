/**
 * Code is stopped for the time that it computes, not for the time that the machine spends on other work.
 */

import { describe, expect, it } from 'vitest';
import { ComputingTime } from './computing-time.ts';

/** A host whose clock the test sets, and work that moves it. */
class Machine {
  codeMs = 0;
  readonly computing = new ComputingTime(
    { allowanceMs: 100, perStepMs: 10, perStartMs: 50 },
    { computedMs: () => this.codeMs },
  );

  /** One step, which may start an environment. */
  step(codeMs: number, starts = 0): Promise<void> {
    const work = (): void => {
      this.codeMs += codeMs;
    };
    return this.computing.of(1, work, starts);
  }
}

describe('code', () => {
  it('is stopped if it computes for longer than the allowance of all its steps', async () => {
    const machine = new Machine();
    await machine.step(80);
    await machine.step(40);
    await expect(machine.step(20)).rejects.toMatchObject({ reason: 'slow', message: 'more than 0.1 s' });
  });

  it('may take longer where it starts, as it is loaded then', async () => {
    const machine = new Machine();
    for (let environment = 0; environment < 10; environment += 1) await machine.step(55, 1);
  });

  it('is not charged for what its host does between two steps', async () => {
    const machine = new Machine();
    for (let step = 0; step < 10; step += 1) {
      machine.codeMs += 1_000;
      await machine.step(5);
    }
  });

  it('is not charged for waiting while the machine is busy', async () => {
    const { computing } = new Machine();
    await computing.of(1, () => new Promise((done) => setTimeout(done, 150)));
  });

  it('is stopped by the clock if its host can’t measure what it computes, after ten times as long', async () => {
    const byTheClock = () => new ComputingTime({ allowanceMs: 10, perStepMs: 1, perStartMs: 1 });
    const waiting = (ms: number) => byTheClock().of(1, () => new Promise((done) => setTimeout(done, ms)));
    await expect(waiting(300)).rejects.toMatchObject({ reason: 'slow', message: 'more than 0.1 s' });
    await waiting(30);
  });

  it('has a new allowance in each part of an exploration', async () => {
    const machine = new Machine();
    await machine.step(90);
    machine.computing.begin();
    await machine.step(90);
  });
});

/**
 * The first free worker takes the first waiting task, and no more threads start than the work needs.
 */

import { describe, expect, it } from 'vitest';
import { nextTurnOfLoop } from '../../node/turns.ts';
import { WorkerPool } from './pool.ts';
import type { Task, TaskOutcome, TaskWorker } from './task.ts';

const DONE: TaskOutcome = { kind: 'too-many', startedModules: [] };
const task = (scenario: string): Task => ({ kind: 'explore', scenario, part: { kind: 'whole' } });
const control = (signal = new AbortController().signal) => ({ signal, onProgress: () => undefined });

/** A worker that takes a few turns of the event loop for each task, and records which tasks it performed. */
class SlowWorker implements TaskWorker {
  readonly did: string[] = [];
  readonly #turns: number;
  readonly ready: Promise<void>;
  closed = false;

  constructor(turns: number, ready: Promise<void> = Promise.resolve()) {
    this.#turns = turns;
    this.ready = ready;
  }

  async perform({ scenario }: Task): Promise<TaskOutcome> {
    this.did.push(scenario);
    for (let turn = 0; turn < this.#turns; turn += 1) await nextTurnOfLoop();
    return DONE;
  }

  close(): void {
    this.closed = true;
  }
}

const poolOf = (here: TaskWorker, elsewhere: readonly SlowWorker[]) => {
  let started = 0;
  const startElsewhere = (): TaskWorker => {
    const worker = elsewhere[started];
    started += 1;
    if (worker === undefined) throw new RangeError('nobody else is there');
    return worker;
  };
  return new WorkerPool({ here, mostElsewhere: elsewhere.length, startElsewhere });
};

const doAll = (pool: WorkerPool, names: readonly string[]) =>
  Promise.all(names.map((name, position) => pool.submit(position, task(name), control())));

describe('a pool', () => {
  it('does tasks in their order, whenever they were submitted', async () => {
    const here = new SlowWorker(1);
    const pool = poolOf(here, []);
    await Promise.all([3, 1, 2].map((position) => pool.submit(position, task(`${position}`), control())));
    expect(here.did).toEqual(['1', '2', '3']);
  });

  it('starts no thread for tasks that are done before a thread could begin', async () => {
    await doAll(poolOf(new SlowWorker(1), []), ['a', 'b']);
  });

  it('starts threads when that pays, and no more than there are tasks', async () => {
    const [here, other, surplus] = [new SlowWorker(2), new SlowWorker(2), new SlowWorker(2)];
    await doAll(poolOf(here, [other]), ['a', 'b', 'c', 'd']);
    expect([here.did, other.did]).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
    const pool = poolOf(new SlowWorker(2), [new SlowWorker(2), new SlowWorker(2), surplus]);
    await doAll(pool, ['a', 'b', 'c']);
    expect(surplus.did).toEqual([]);
  });

  it('gives a scenario to the worker that is busy with it, as long as others can do something else', async () => {
    const [here, other] = [new SlowWorker(2), new SlowWorker(2)];
    await doAll(poolOf(here, [other]), ['a', 'a', 'a', 'b', 'b']);
    expect([here.did, other.did]).toEqual([
      ['a', 'a', 'a'],
      ['b', 'b'],
    ]);
  });

  it('waits for no thread that is not ready', async () => {
    const here = new SlowWorker(1);
    const late = new SlowWorker(1, new Promise(() => {}));
    const pool = poolOf(here, [late]);
    await doAll(pool, ['a', 'b', 'c']);
    await pool.close();
    expect([here.did, late.did, late.closed]).toEqual([['a', 'b', 'c'], [], true]);
  });

  it('begins no task that is no longer wanted', async () => {
    const here = new SlowWorker(2);
    const pool = poolOf(here, []);
    const stop = new AbortController();
    const first = pool.submit(1, task('a'), control());
    const second = pool.submit(2, task('b'), control(stop.signal));
    stop.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    await first;
    expect(here.did).toEqual(['a']);
  });
});

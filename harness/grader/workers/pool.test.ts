/**
 * Who explores what: the first task that waits, whoever is free, and no more threads than there is work for.
 */

import { describe, expect, it } from 'vitest';
import { nextTurn } from '../../host/event-loop.ts';
import type { Outcome, Task } from './local-worker.ts';
import { Crew, type Lane } from './pool.ts';

const DONE: Outcome = { kind: 'too-many', startedModules: [] };
const task = (scenario: string): Task => ({ scenario, part: { kind: 'whole' } });
const following = (signal = new AbortController().signal) => ({ signal, onProgress: () => undefined });

/** Somebody who takes so many turns of the event loop for each task, and writes down what they did. */
class Slow implements Lane {
  readonly did: string[] = [];
  readonly #turns: number;
  readonly ready: Promise<void>;
  closed = false;

  constructor(turns: number, ready: Promise<void> = Promise.resolve()) {
    this.#turns = turns;
    this.ready = ready;
  }

  async explore({ scenario }: Task): Promise<Outcome> {
    this.did.push(scenario);
    for (let turn = 0; turn < this.#turns; turn += 1) await nextTurn();
    return DONE;
  }

  close(): void {
    this.closed = true;
  }
}

const crewOf = (here: Lane, elsewhere: readonly Slow[]) => {
  let started = 0;
  const startElsewhere = (): Lane => {
    const lane = elsewhere[started];
    started += 1;
    if (lane === undefined) throw new RangeError('nobody else is there');
    return lane;
  };
  return new Crew({ here, mostElsewhere: elsewhere.length, startElsewhere });
};

const doAll = (crew: Crew, names: readonly string[]) =>
  Promise.all(names.map((name, position) => crew.explore(position, task(name), following())));

describe('a crew', () => {
  it('does tasks in their order, whenever they were given', async () => {
    const here = new Slow(1);
    const crew = crewOf(here, []);
    await Promise.all([3, 1, 2].map((position) => crew.explore(position, task(`${position}`), following())));
    expect(here.did).toEqual(['1', '2', '3']);
  });

  it('starts nobody for what is done as soon as they would be there', async () => {
    await doAll(crewOf(new Slow(1), []), ['a', 'b']);
  });

  it('shares what is worth it, and starts no more than there are tasks', async () => {
    const [here, other, surplus] = [new Slow(2), new Slow(2), new Slow(2)];
    await doAll(crewOf(here, [other]), ['a', 'b', 'c', 'd']);
    expect([here.did, other.did]).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
    const crew = crewOf(new Slow(2), [new Slow(2), new Slow(2), surplus]);
    await doAll(crew, ['a', 'b', 'c']);
    expect(surplus.did).toEqual([]);
  });

  it('waits for nobody who is not ready', async () => {
    const here = new Slow(1);
    const late = new Slow(1, new Promise(() => {}));
    const crew = crewOf(here, [late]);
    await doAll(crew, ['a', 'b', 'c']);
    await crew.close();
    expect([here.did, late.did, late.closed]).toEqual([['a', 'b', 'c'], [], true]);
  });

  it('begins nothing that is not wanted any more', async () => {
    const here = new Slow(2);
    const crew = crewOf(here, []);
    const stop = new AbortController();
    const first = crew.explore(1, task('a'), following());
    const second = crew.explore(2, task('b'), following(stop.signal));
    stop.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    await first;
    expect(here.did).toEqual(['a']);
  });
});

/**
 * The remembering host in front of another one: known code is not run again, new code is, and the reports are the same.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Host, HostCommand, HostReport, HostRun } from '../../simulator/host.ts';
import { ComputingTime } from '../computing-time.ts';
import { RememberingHost } from './host.ts';

const RUN: HostRun = { epochMs: 0, seed: 1, frames: false, afresh: false };
const SETTINGS = {
  functionName: 'bump',
  module: 'bump',
  exportName: 'handler',
  variables: {},
  memorySizeMb: 128,
};

const start = (environment: string): HostCommand => ({
  kind: 'start',
  environment,
  process: 1,
  settings: SETTINGS,
  nowMs: 0,
});
const fire = (environment: string, timer: number): HostCommand => ({ kind: 'fire', environment, timer, nowMs: 0 });
const kill = (environment: string): HostCommand => ({ kind: 'kill', environment });

/**
 * Reports everything that an environment was ever told, so that any mistake about its past shows. `moods` changes its
 * reports.
 */
class Diary implements Host {
  readonly #heard = new Map<string, string[]>();
  carriedOut = 0;
  mood = '';

  begin(): void {
    this.#heard.clear();
  }

  deliver(commands: readonly HostCommand[]): readonly HostReport[] {
    return commands.flatMap((command): HostReport[] => {
      this.carriedOut += 1;
      const { environment, kind } = command;
      if (kind === 'kill') return [];
      const heard = kind === 'start' ? [] : (this.#heard.get(environment) ?? []);
      heard.push(kind === 'fire' ? String(command.timer) : kind);
      this.#heard.set(environment, heard);
      return [{ kind: 'log', environment, level: 'log', line: this.mood + heard.join(' ') }];
    });
  }
}

async function lines(host: Host, commands: readonly HostCommand[], run: HostRun = RUN): Promise<string[]> {
  await host.begin(run);
  const said: string[] = [];
  for (const command of commands) {
    for (const report of await host.deliver([command])) if (report.kind === 'log') said.push(report.line);
  }
  return said;
}

const remembering = (inner: Host, characters?: number): RememberingHost =>
  new RememberingHost(inner, new ComputingTime(), characters);

describe('a host that remembers', () => {
  it('does not run code again that receives the same commands as before', async () => {
    const inner = new Diary();
    const host = remembering(inner);
    const commands = [start('a'), fire('a', 1), start('b'), fire('a', 2)];
    const first = await lines(host, commands);
    const { carriedOut } = inner;
    expect(await lines(host, commands)).toEqual(first);
    expect(inner.carriedOut).toBe(carriedOut);
  });

  it('replays an environment’s history before it gives it a new command', async () => {
    const inner = new Diary();
    const host = remembering(inner);
    await lines(host, [start('a'), fire('a', 1), fire('a', 2)]);
    expect(await lines(host, [start('a'), fire('a', 1), fire('a', 3)])).toEqual(['start', 'start 1', 'start 1 3']);
  });

  it('reports what the host behind it would have reported, for any commands in any order', async () => {
    const environment = fc.constantFrom('a', 'b');
    const command = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(environment, fc.integer({ min: 1, max: 3 })).map(([of, n]) => fire(of, n)) },
      { weight: 1, arbitrary: environment.map(start) },
    );
    const run = fc.array(command, { maxLength: 12 }).map((rest) => [start('a'), start('b'), ...rest]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(run, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 2_000 }),
        async (runs, room) => {
          const host = remembering(new Diary(), room);
          for (const commands of runs) expect(await lines(host, commands)).toEqual(await lines(new Diary(), commands));
        },
      ),
    );
  });

  it('gets no more reports of an environment that was killed', async () => {
    const host = remembering(new Diary());
    expect(await lines(host, [start('a'), kill('a'), fire('a', 1)])).toEqual(['start']);
  });

  it('runs all code afresh when a run asks for it', async () => {
    const inner = new Diary();
    const host = remembering(inner);
    const commands = [start('a'), fire('a', 1)];
    await lines(host, commands);
    await lines(host, commands, { ...RUN, afresh: true });
    expect(inner.carriedOut).toBe(4);
  });

  it('keeps nothing from a run with another seed', async () => {
    const inner = new Diary();
    const host = remembering(inner);
    await lines(host, [start('a')]);
    inner.mood = 'other: ';
    expect(await lines(host, [start('a')], { ...RUN, seed: 2 })).toEqual(['other: start']);
  });

  it('puts the environments of a run back to a checkpoint, whatever ran meanwhile', async () => {
    const host = remembering(new Diary());
    await lines(host, [start('a'), fire('a', 1)]);
    const putBack = host.checkpoint();
    await host.deliver([fire('a', 2), start('b')]);
    await lines(host, [start('a')], { ...RUN, afresh: true });
    expect(putBack?.()).toBe(true);
    expect(await host.deliver([fire('a', 3)])).toMatchObject([{ line: 'start 1 3' }]);
    expect(await host.deliver([fire('b', 1)])).toEqual([]);
  });

  it('does not put back what it has forgotten, nor a run whose code ran afresh', async () => {
    const host = remembering(new Diary(), 300);
    await lines(host, [start('a')]);
    const putBack = host.checkpoint();
    await lines(host, [start('a'), ...[1, 2, 3, 4].map((timer) => fire('a', timer))]);
    expect(putBack?.()).toBe(false);
    await lines(host, [start('a')], { ...RUN, afresh: true });
    expect(host.checkpoint()).toBeNull();
  });

  it('detects code that does not do the same for the same history', async () => {
    const inner = new Diary();
    const host = remembering(inner);
    await lines(host, [start('a'), fire('a', 1)]);
    inner.mood = 'different: ';
    await expect(lines(host, [start('a'), fire('a', 2)])).rejects.toMatchObject({ name: 'Divergence' });
  });

  it('stops code that computes for too long in total', async () => {
    let computedMs = 0;
    const computes: Host = {
      begin: () => {},
      deliver: async () => {
        computedMs += 30;
        return [];
      },
    };
    const allowance = { allowanceMs: 50, perStepMs: 1, perStartMs: 1 };
    const host = new RememberingHost(computes, new ComputingTime(allowance, { computedMs: () => computedMs }));
    const commands = [start('a'), ...[1, 2, 3, 4].map((timer) => fire('a', timer))];
    await expect(lines(host, commands)).rejects.toMatchObject({ reason: 'slow' });
  });
});

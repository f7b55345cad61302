/**
 * Timed runs: a deadline is judged under the latency model, by seed, and a token that holds only the seed replays the run.
 */

import { describe, expect, it } from 'vitest';
import type { Check } from '../../course/lab.ts';
import { NODE } from '../../node/platform.ts';
import { invokeFunction, type SmallLabOptions, smallLab } from '../fixtures/small-lab.ts';
import { grade } from '../grade.ts';
import { replayRun } from '../replay/replay.ts';
import { reportForTerminal } from '../report/terminal.ts';
import type { LabResult } from '../result.ts';

const reportOf = (result: LabResult): string => reportForTerminal(result, { columns: 200, color: false });

const SEEDS = [1, 2, 3];
const DEADLINE_MS = 1_500;

const inTime: Check = {
  id: 'in-time',
  task: 1,
  title: 'answered within 1.5 s',
  kind: 'timed',
  scenario: 'small',
  points: 1,
  sees: 'trace',
  judge({ trace }) {
    const endMs = trace.findLast(({ event }) => event.kind === 'invocation-ended')?.atMs ?? 0;
    return endMs <= DEADLINE_MS ? null : { headline: `The answer came after ${endMs} ms.`, hintId: 'slow' };
  },
};

function timedLab(code: string, more: Partial<SmallLabOptions> = {}): SmallLabOptions {
  return {
    functions: { f: code },
    plan: { mode: 'timed', seeds: SEEDS },
    checks: [inTime],
    run: async (context) => ({ answer: await invokeFunction(context, 'f') }),
    ...more,
  };
}

const QUICK = "export const handler = async () => { await put('a', 1); return get('a'); };";
const SLOW = "export const handler = async () => { for (let i = 0; i < 4; i++) await sleep(400); return get('a'); };";

describe('a timed check', () => {
  it('passes where every seed meets the deadline, and says which seeds and which model', async () => {
    const result = await grade({ platform: NODE, ...smallLab(timedLab(QUICK)), host: 'in-realm' });
    expect(result.checks).toMatchObject([
      { status: 'pass', exploration: { mode: 'timed', explored: 3, failing: 0, timed: { seeds: SEEDS } } },
    ]);
    expect(reportOf(result)).toContain('met in 3 timed runs, seeds 1, 2, 3, latency model of November 2026');
  });

  it('fails where the code is too slow, and says how long it took', async () => {
    const result = await grade({ platform: NODE, ...smallLab(timedLab(SLOW)), host: 'in-realm' });
    const [check] = result.checks;
    expect(result.outcome).toBe('fail');
    expect(check?.message).toMatch(/^The answer came after (1[6-9]|2[0-3])\d\d ms\.$/);
    expect(check?.counterexample?.token).toMatch(/^small@1\.small\.[0-9a-f]{8}\.s1$/);
    expect(reportOf(result)).toContain('3 of the 3 timed runs fail; this is the one with seed 1.');
  });

  it('takes the same time in both hosts, and in the replay of its token', async () => {
    const { lab, files } = smallLab(timedLab(SLOW));
    const traces: string[] = [];
    for (const host of ['in-realm', 'isolated'] as const) {
      const { checks } = await grade({ platform: NODE, lab, files, host });
      const counterexample = checks[0]?.counterexample;
      traces.push(JSON.stringify(counterexample?.trace));
      const again = await replayRun({ platform: NODE, lab, files, token: counterexample?.token ?? '', host });
      if (again.kind !== 'replayed') throw new Error(again.message);
      traces.push(JSON.stringify(again.trace));
      expect(again.violations).toMatchObject([{ check: 'in-time' }]);
    }
    expect(new Set(traces).size).toBe(1);
  });

  it('is not replayed by a token without a seed', async () => {
    const { lab, files } = smallLab(timedLab(SLOW));
    const again = await replayRun({
      platform: NODE,
      lab,
      files,
      token: 'small@1.small.00000000.2_1',
      host: 'in-realm',
    });
    expect(again).toMatchObject({ kind: 'refused', message: expect.stringContaining('the token has no seed') });
  });

  it('is judged by another seed when one is asked for', async () => {
    const result = await grade({ platform: NODE, ...smallLab(timedLab(QUICK)), host: 'in-realm', seed: 77 });
    expect(result.checks).toMatchObject([{ exploration: { explored: 1, timed: { seeds: [77] } } }]);
  });

  it('counts the creation of an environment, and no time for its reuse', async () => {
    const twice = timedLab(QUICK, {
      run: async (context) => ({ answers: [await invokeFunction(context, 'f'), await invokeFunction(context, 'f')] }),
      checks: [
        {
          ...inTime,
          judge({ trace }) {
            const at = (kind: string) => trace.filter(({ event }) => event.kind === kind).map(({ atMs }) => atMs);
            const [first = 0, second = 0] = at('invocation-started');
            const [ended = 0] = at('invocation-ended');
            const told = `cold ${first >= 100}, warm ${second - ended < 100}`;
            return { headline: told, hintId: 'slow' };
          },
        },
      ],
    });
    const result = await grade({ platform: NODE, ...smallLab(twice), host: 'in-realm' });
    expect(result.checks[0]?.message).toBe('cold true, warm true');
  });
});

describe('a lab that mixes the two kinds of time', () => {
  it('is refused where a timed check has no timed scenario', async () => {
    const { lab, files } = smallLab(timedLab(QUICK, { plan: { mode: 'sampled', schedules: 1, seed: 1 } }));
    await expect(grade({ platform: NODE, lab, files, host: 'in-realm' })).rejects.toThrow(
      'the check «in-time» is timed, and its scenario «small» is not',
    );
  });

  it('is refused where a timed scenario has faults', async () => {
    const { lab, files } = smallLab(timedLab(QUICK, { faults: { 'crash-after': 1 } }));
    await expect(grade({ platform: NODE, lab, files, host: 'in-realm' })).rejects.toThrow('is timed and has faults');
  });
});

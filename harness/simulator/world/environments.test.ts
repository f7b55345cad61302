/**
 * The world with real handlers: what survives in an execution environment, what a freeze holds back, what a crash destroys.
 *
 * Each test explores every schedule of a small scenario, so it checks what can happen as well as what never does.
 */

import { describe, expect, it } from 'vitest';
import { explain } from '../../grader/explain/explain.ts';
import {
  answersOf,
  distinct,
  eventsOf,
  everyRun,
  invokeFunction,
  look,
  once,
  type SmallLabOptions,
} from '../../grader/fixtures/small-lab.ts';

const results = async (options: SmallLabOptions) => (await everyRun(options)).map(({ result }) => result);

describe('a frozen environment', () => {
  it('LS-19 fires no timer until its next invocation', async () => {
    const code = `export const handler = async ({ second }) => {
      if (!second) { setTimeout(() => put('late', 1), 1000); return 'first'; }
      await sleep(2000); return 'second'; };`;
    const run = (invocations: number) =>
      everyRun({
        functions: { f: code },
        run: async (context) => {
          await invokeFunction(context, 'f');
          const before = await look(context, 'late');
          if (invocations === 2) await invokeFunction(context, 'f', { second: true });
          return { before, after: await look(context, 'late') };
        },
      });
    const alone = await run(1);
    expect(distinct(alone.map(({ result }) => result))).toEqual([{ before: null, after: null }]);
    expect(alone.flatMap((each) => eventsOf(each, 'timer-fired'))).toEqual([]);
    const again = await run(2);
    expect(distinct(again.map(({ result }) => result?.before))).toEqual([null]);
    expect(again.map(({ result }) => result?.after)).toContain(1);
  });

  it('LS-19 may have sent a call that it did not await, or send it with its next invocation, or never', async () => {
    const runs = await everyRun({
      functions: { f: 'export const handler = async () => { void put("a", 1); return 0; };' },
      run: async (context) => {
        await invokeFunction(context, 'f');
        return { before: await look(context, 'a') };
      },
    });
    expect(distinct(runs.map(({ result }) => result?.before))).toEqual([1, null]);
    const never = runs.filter((run) => eventsOf(run, 'call-dropped').some(({ why }) => why === 'sender-frozen'));
    expect(never.length).toBeGreaterThan(0);
    const told = (run: (typeof runs)[number]): string =>
      explain(run.trace, { headline: 'It is not there.', hintId: 'any' }).because.join(' ');
    const frozen = 'f#1 did not wait for its PutItem: its environment was frozen before the call had left.';
    expect(distinct(never.map(told))).toEqual([frozen]);
    const late = runs.filter((run) => !never.includes(run)).map(told);
    expect(late.join(' ')).toMatch(/f#1 did not wait for its PutItem: it took effect at step \d+, after the answer\./);
    expect(never.every((run) => eventsOf(run, 'item-changed').length === 0)).toBe(true);
  });

  it('LS-19 passes an answer that arrived meanwhile to the next invocation', async () => {
    const runs = await everyRun({
      functions: {
        f: 'let late = "nothing"; export const handler = async () => { void add("a").then((n) => { late = n; }); await sleep(1); return late; };',
      },
      run: async (context) => ({ answers: [await invokeFunction(context, 'f'), await invokeFunction(context, 'f')] }),
    });
    expect(distinct(runs.map((run) => answersOf(run)[0]))).toEqual(['nothing', 1]);
    expect(runs.every(({ end }) => end === 'quiet')).toBe(true);
  });
});

describe('an environment', () => {
  const twice = (code: string): SmallLabOptions => ({
    functions: { f: { code, timeoutS: 1 } },
    run: async (context) => ({ answers: [await invokeFunction(context, 'f'), await invokeFunction(context, 'f')] }),
  });

  it('LS-17 LS-18 is used again by a later invocation, which sees what its module remembers', async () => {
    expect(await results(twice('let n = 0; export const handler = async () => (n += 1);'))).toEqual([
      { answers: [1, 2] },
    ]);
  });

  it('LS-17 is not shared by invocations that overlap', async () => {
    const runs = await everyRun({
      functions: { f: 'let n = 0; export const handler = async () => { n += 1; await get("a"); return n; };' },
      run: async (context) => ({
        answers: await Promise.all([invokeFunction(context, 'f'), invokeFunction(context, 'f')]),
      }),
    });
    expect(distinct(runs.map(({ result }) => result?.answers))).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
    ]);
    for (const run of runs) {
      const environments = new Set(eventsOf(run, 'invocation-started').map(({ environment }) => environment));
      expect(environments.size).toBe(answersOf(run).includes(2) ? 1 : 2);
    }
  });

  it.each([
    ['LS-21 LS-29 that exits', 'process.exit(1);', /^Runtime\.ExitError: .*Runtime exited without providing a reason$/],
    ['LS-21 LS-28 that times out', 'await sleep(5000);', /^Sandbox\.Timedout: .*Task timed out after 1\.00 seconds$/],
    ['LS-21 that an uncaught error ends', 'setTimeout(() => { throw new Error("oops"); }, 1); await sleep(9);', /oops/],
  ])('%s begins afresh, and says why', async (_name, way, error) => {
    const [result, ...others] = await results(
      twice(`let n = 0; export const handler = async () => { n += 1; if (n === 1) { ${way} } return n; };`),
    );
    expect(others).toEqual([]);
    const answers = result?.answers as readonly unknown[];
    expect(answers[0]).toMatch(error);
    expect(answers[1]).toMatch(error);
  });

  it('whose module throws fails each invocation and runs Init again for the next', async () => {
    const [run, ...others] = await everyRun(
      twice('throw new Error("no config"); export const handler = async () => 1;'),
    );
    expect(others).toEqual([]);
    expect(run?.result?.answers).toEqual(['Error: no config', 'Error: no config']);
    if (run === undefined) throw new Error('there was no run');
    expect(eventsOf(run, 'invocation-started')).toHaveLength(2);
    expect(eventsOf(run, 'invocation-ended')).toHaveLength(2);
    expect(eventsOf(run, 'environment-created')).toHaveLength(1);
  });

  it('LS-28 a handler that sleeps longer than its timeout ends without a fault', async () => {
    const runs = await everyRun(
      once('', {
        functions: { f: { code: 'export const handler = async () => { await sleep(1500); return 1; };', timeoutS: 1 } },
      }),
    );
    expect(runs).toHaveLength(1);
    expect(runs[0]?.faults).toBe(0);
    expect(runs[0]?.trace.at(-1)?.atMs).toBe(1_000);
  });
});

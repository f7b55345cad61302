/**
 * Grading as its callers use it: statuses and numbers, how a failure is explained, and which labs are refused.
 */

import { describe, expect, it } from 'vitest';
import type { Check, Lab } from '../course/lab.ts';
import { NODE } from '../node/platform.ts';
import { SimulatorBug } from '../simulator/kernel/bug.ts';
import { invokeFunction, look, type SmallLabOptions, smallLab } from './fixtures/small-lab.ts';
import { grade } from './grade.ts';
import { readToken } from './replay/token.ts';

const RACY = 'export const handler = async () => { const n = await get("a"); await put("a", (n ?? 0) + 1); };';
const ATOMIC = 'export const handler = async () => { await add("a"); };';

const check = (id: string, more: Partial<Check> = {}): Check => ({
  id,
  task: 1,
  title: id,
  kind: 'at-rest',
  scenario: 'small',
  points: 2,
  judge: ({ observation: { n } }) => (n === 2 ? null : { headline: `It says ${String(n)}, not 2.`, hintId: 'lost' }),
  ...more,
});

const CHECKS = [
  check('counts'),
  check('answers', { points: 1, judge: () => null }),
  check('never-shown', { kind: 'reach', points: 0, judge: () => ({ headline: 'Nothing was shown.', hintId: 'none' }) }),
];

const twoAtOnce = (code: string, more: Partial<SmallLabOptions> = {}) =>
  smallLab({
    functions: { f: code },
    run: async (context) => {
      await Promise.all([invokeFunction(context, 'f'), invokeFunction(context, 'f')]);
      return { n: await look(context, 'a') };
    },
    checks: CHECKS,
    ...more,
  });

const graded = (code: string, more: Partial<SmallLabOptions> = {}) =>
  grade({ platform: NODE, ...twoAtOnce(code, more), host: 'in-realm' });

describe('a result', () => {
  it('has each planned check once, in the order of the lab', async () => {
    const { checks, integrity, score, outcome } = await graded(RACY);
    expect(checks.map(({ id, status, points }) => ({ id, status, points }))).toEqual([
      { id: 'counts', status: 'fail', points: 0 },
      { id: 'answers', status: 'pass', points: 1 },
      { id: 'never-shown', status: 'fail', points: 0 },
    ]);
    expect(integrity.plannedChecks).toBe(3);
    expect({ score, outcome }).toEqual({ score: { earned: 1, max: 3 }, outcome: 'fail' });
  });

  it('has each planned check also when the code can’t be judged, and none of them passes', async () => {
    const { checks, integrity, outcome, message } = await graded('export const handler = () => new Promise(() => {});');
    expect(checks.map(({ status }) => status)).toEqual(['error', 'error', 'error']);
    expect({ planned: integrity.plannedChecks, outcome }).toEqual({ planned: 3, outcome: 'fail' });
    expect(message).toMatch(/f#1 stalled: /);
  });

  it.each([
    ['stalled', 'export const handler = () => new Promise(() => {});', ''],
    ['does-not-compile', 'export const handler = (', ''],
    ['template', ATOMIC, '  Orders: { Type: AWS::No::Such }\n'],
    ['refused', 'export const handler = () => fetch("https://example.com");', ''],
  ] as const)(
    'names the kind of the finding that keeps the code from being judged: %s',
    async (kind, code, resources) => {
      expect(await graded(code, { resources })).toMatchObject({ finding: kind });
    },
  );

  it('has no finding where there is a verdict', async () => {
    expect(await graded(RACY)).not.toHaveProperty('finding');
  });

  it('says how many schedules were explored and how many failed, except for a reach, which needs one', async () => {
    const { checks } = await graded(RACY, { faults: { 'crash-after': 1 }, checks: CHECKS });
    const [counts, , reach] = checks.map(({ exploration }) => exploration);
    expect(counts).toMatchObject({ mode: 'exhaustive', faults: '≤ 1 crash' });
    expect(counts?.standsFor?.failing).toBeGreaterThan(12);
    expect(counts?.failing).toBeGreaterThan(0);
    expect(reach?.failing).toBeNull();
  });

  it('names mode and seed when schedules were sampled', async () => {
    const { checks } = await graded(RACY, { plan: { mode: 'sampled', schedules: 40, seed: 5 } });
    expect(checks[0]?.exploration).toMatchObject({ mode: 'sampled', explored: 40, seed: 5 });
    expect(checks[0]?.counterexample?.shortest).toMatch(/of the 40 schedules that were tried fail/);
  });
});

describe('a failure', () => {
  it('is shown with its number, a token, the reason, and a swap that was tried', async () => {
    const shown = (await graded(RACY)).checks[0]?.counterexample;
    expect(shown?.headline).toBe('It says 1, not 2.');
    expect(shown?.shortest).toBe('It takes no fault. This is the shortest of the 12 failing schedules, of 20 in all.');
    expect(readToken(shown?.token ?? '')).toMatchObject({ ok: true, token: { lab: 'small', scenario: 'small' } });
    expect(shown?.because.at(-1)).toMatch(/^Had step \d+ come after step \d+, it would have held\.$/);
    expect(shown?.frame?.file).toBe('src/f.ts');
  });

  it('promises nothing of a swap where another check would still fail', async () => {
    const never = check('never', { judge: () => ({ headline: 'Never.', hintId: 'none' }) });
    const shown = (await graded(RACY, { checks: [check('counts'), never] })).checks[0]?.counterexample;
    expect(shown?.because.length).toBeGreaterThan(0);
    expect(shown?.because.join(' ')).not.toMatch(/held|holds/);
  });

  it('promises nothing of a swap where the other order fails too', async () => {
    const checks = [check('counts', { judge: () => ({ headline: 'It never holds.', hintId: 'none' }) })];
    const [only] = (await graded(ATOMIC, { checks })).checks;
    expect(only?.status).toBe('fail');
    expect(only?.counterexample?.because.join(' ')).not.toMatch(/held|holds/);
  });

  it('shows the pair that was swapped', async () => {
    const shown = (await graded(RACY)).checks[0]?.counterexample;
    const applied = shown?.trace.filter(({ event }) => event.kind === 'call-applied' && event.service === 'DynamoDB');
    const steps = applied?.map(({ step }) => step) ?? [];
    expect(steps).toContain(shown?.swap?.first);
    expect(steps).toContain(shown?.swap?.second);
  });

  it('names a pair even without a known pattern, if it was tried', async () => {
    const first = 'export const handler = async ({ who }) => { await put("a", who); };';
    const { checks } = await graded(first, {
      run: async (context) => {
        await Promise.all([1, 2].map((who) => invokeFunction(context, 'f', { who })));
        return { n: await look(context, 'a') };
      },
      checks: [
        check('second', {
          judge: ({ observation: { n } }) =>
            n === 2 ? null : { headline: `The last word has ${String(n)}.`, hintId: 'order' },
        }),
      ],
    });
    expect(checks[0]?.counterexample?.because).toEqual([
      expect.stringMatching(/^Had step \d+ come after step \d+, it would have held\.$/),
    ]);
  });

  it('names the fault without which it holds, if no pair of steps would have saved it', async () => {
    const { checks } = await graded(ATOMIC, { faults: { 'answer-lost': 1 } });
    expect(checks[0]?.counterexample?.because.at(-1)).toMatch(/^Without the lost answer at step \d+ it holds\.$/);
  });
});

describe('a lab that can’t be graded is a mistake of ours, and says so at once', () => {
  const gradeLab = (change: Partial<Lab>) => {
    const { lab, files } = twoAtOnce(ATOMIC);
    return grade({ platform: NODE, lab: { ...lab, ...change }, files, host: 'in-realm' });
  };

  it.each([
    ['a timed check', [check('fast', { kind: 'timed' })], 'the check «fast» is timed, and its scenario «small» is not'],
    ['a check of no scenario', [check('a', { scenario: 'big' })], 'the check «a» is of a scenario «big»'],
    ['two checks of one id', [check('a'), check('a')], 'two of its checks have the same id'],
  ])('%s', async (_what, checks, words) => {
    const attempt = gradeLab({ checks });
    await expect(attempt).rejects.toThrow(SimulatorBug);
    await expect(attempt).rejects.toThrow(words);
  });
});

/**
 * Replays as their callers use them: tokens that are followed, tokens that are followed up to a point, and refusals.
 */

import { describe, expect, it } from 'vitest';
import { NODE } from '../../node/platform.ts';
import { invokeFunction, look, smallLab } from '../fixtures/small-lab.ts';
import { grade } from '../grade.ts';
import { type ReplayRequest, replayRun } from './replay.ts';

const RACY = 'export const handler = async () => { const n = await get("a"); await put("a", (n ?? 0) + 1); };';
const ATOMIC = 'export const handler = async () => { await add("a"); };';

const handedIn = (code: string) =>
  smallLab({
    functions: { f: code },
    run: async (context) => {
      await Promise.all([invokeFunction(context, 'f'), invokeFunction(context, 'f')]);
      return { n: await look(context, 'a') };
    },
    checks: [
      {
        id: 'counts',
        task: 1,
        title: 'it counts',
        kind: 'at-rest',
        scenario: 'small',
        points: 1,
        judge: ({ observation }) =>
          observation.n === 2 ? null : { headline: `It says ${String(observation.n)}, not 2.`, hintId: 'lost' },
      },
    ],
  });

async function failure() {
  const { lab, files } = handedIn(RACY);
  const { checks } = await grade({ platform: NODE, lab, files, host: 'in-realm' });
  const shown = checks[0]?.counterexample;
  if (shown === undefined) throw new Error('the racy handler did not fail');
  return shown;
}

const on = (code: string, token: string, more: Partial<ReplayRequest> = {}) =>
  replayRun({ platform: NODE, ...handedIn(code), token, host: 'in-realm', ...more });

describe('a replay', () => {
  it('of the same code is the same run, with the same explanation', async () => {
    const { token, trace, headline, because } = await failure();
    const replayed = await on(RACY, token);
    expect(replayed).toMatchObject({ kind: 'replayed', sameCode: true, violations: [{ check: 'counts', headline }] });
    if (replayed.kind !== 'replayed') return;
    expect(JSON.stringify(replayed.trace)).toBe(JSON.stringify(trace));
    expect(replayed.because).toEqual(because);
    expect(because.at(-1)).toMatch(/^Had step \d+ come after step \d+, it would have held\.$/);
    expect(replayed.diverged).toBeUndefined();
  });

  it('of other code that still fits is judged, and says that the code is another', async () => {
    const { token } = await failure();
    const other = await on(`${RACY}\n// a comment`, token);
    expect(other).toMatchObject({ kind: 'replayed', sameCode: false, violations: [{ check: 'counts' }] });
  });

  it('of other code is followed to the first choice that no longer fits, and says so', async () => {
    const { token } = await failure();
    const [start, choices] = [token.slice(0, token.lastIndexOf('.') + 1), token.slice(token.lastIndexOf('.') + 1)];
    const beyond = await on(ATOMIC, `${start}${choices}-z_9`);
    const wrong = await on(ATOMIC, `${start}0_9`);
    expect(beyond).toMatchObject({
      kind: 'replayed',
      sameCode: false,
      diverged: { why: 'the run was over before all choices of the token were made' },
    });
    expect(wrong).toMatchObject({
      kind: 'replayed',
      sameCode: false,
      violations: [],
      diverged: { atStep: 0, why: expect.stringContaining('only 2 options are left') as unknown },
    });
    if (wrong.kind === 'replayed') expect(wrong.trace.length).toBeGreaterThan(0);
  });
});

describe('a replay is refused', () => {
  const TOKEN = 'small@1.small.00000000.0';

  it.each([
    [
      'when another version of the lab made the token',
      TOKEN.replace('@1', '@3'),
      'This token was made by version 3 of the lab small; you have version 1. Run the lab again to get a new one.',
    ],
    [
      'when there is no such scenario',
      'small@1.big.00000000.0',
      'The lab small has no scenario «big». It has: small. Check that the whole token was copied.',
    ],
    ['when it is no token', 'small', '«small» is not a replay token'],
    [
      'when another lab made it',
      TOKEN.replace('small@', 'other@'),
      'This token is of the lab other, and this is the lab small.',
    ],
  ])('%s', async (_when, token, message) => {
    const refused = await on(RACY, token);
    expect(refused.kind).toBe('refused');
    if (refused.kind === 'refused') expect(refused.message).toContain(message);
  });

  it('when the code can’t be bundled, with its line', async () => {
    const refused = await on('export const handler = (', TOKEN);
    expect(refused.kind).toBe('refused');
    if (refused.kind === 'refused') expect(refused.message).toMatch(/^src\/f\.ts:\d+ — /);
  });
});

describe('a replay of code that can’t be judged', () => {
  it('says what stands in the way', async () => {
    const replayed = await on('export const handler = () => new Promise(() => {});', 'small@1.small.00000000.0');
    expect(replayed).toMatchObject({
      kind: 'replayed',
      violations: [{ check: 'run', headline: expect.stringContaining('stalled') as unknown }],
      finding: 'stalled',
    });
  });
});

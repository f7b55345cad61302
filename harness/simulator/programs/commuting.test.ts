/**
 * What declares nothing in common commutes: in random programs over the real services, and in random calls of every operation,
 * neighbours are swapped, and nothing of what anybody could see differs.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Choices, seeded } from '../kernel/choices.ts';
import { describeNotCommuting, type SwapReport, swapNeighbours } from '../kernel/commuting.ts';
import type { ServiceName } from '../services/service.ts';
import { programs } from './arbitrary-for-tests.ts';
import { runCalls, withMessages } from './calls-at-once-for-tests.ts';
import { anyCall, everyOperation } from './every-operation-for-tests.ts';
import { settingFor } from './exploration-for-tests.ts';
import { runProgram } from './run-for-tests.ts';

const SERVICES: readonly (readonly ServiceName[])[] = [
  ['DynamoDB'],
  ['SQS'],
  ['Lambda'],
  ['SQS', 'Lambda'],
  ['DynamoDB', 'SQS', 'Lambda'],
];
const NO_MAPPING = '00000000-0000-4000-8000-000000000000';

const numRuns = Number(process.env.RACEPROOF_PROGRAMS ?? 300);

function expectCommuting({ notCommuting: [first] }: SwapReport): void {
  if (first !== undefined) throw new Error(describeNotCommuting(first));
}

describe('steps that declare nothing in common', () => {
  it('leave the same behind in either order, in random programs', async () => {
    let swapped = 0;
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(), async (program, seed) => {
        const setting = settingFor(program);
        const run = async (choices: Choices) => {
          const { outcome, end } = await runProgram(setting, choices);
          return { outcome, end };
        };
        const report = await swapNeighbours(run, seeded(seed));
        swapped += report.swapped;
        expectCommuting(report);
      }),
      { numRuns, seed: Number(process.env.P_SEED ?? 1) },
    );
    expect(swapped).toBeGreaterThan(numRuns);
  }, 3_600_000);

  it('leave the same behind in either order, whatever operation of a service they are', async () => {
    const met = new Set<string>();
    let swapped = 0;
    const cases = fc
      .record({ program: programs, services: fc.constantFrom(...SERVICES), seed: fc.nat() })
      .chain((given) => {
        const setting = withMessages(settingFor(given.program));
        const [uuid = NO_MAPPING] = setting.account.mappings.mappings.keys();
        const calls = fc.array(anyCall(uuid, given.services), { minLength: 1, maxLength: 3 });
        return fc.record({
          ...{ setting: fc.constant(setting), seed: fc.constant(given.seed) },
          lanes: fc.array(calls, { minLength: 2, maxLength: 3 }),
        });
      });
    await fc.assert(
      fc.asyncProperty(cases, async ({ setting, seed, lanes }) => {
        const run = (choices: Choices) => runCalls(setting, lanes, choices, (operation) => met.add(operation));
        const report = await swapNeighbours(run, seeded(seed));
        swapped += report.swapped;
        expectCommuting(report);
      }),
      { numRuns, seed: Number(process.env.P_SEED ?? 1) },
    );
    expect(swapped).toBeGreaterThan(numRuns);
    const all = Object.entries(everyOperation(NO_MAPPING)).flatMap(([service, inputs]) =>
      Object.keys(inputs).map((operation) => `${service} ${operation}`),
    );
    expect(all.filter((operation) => !met.has(operation))).toEqual([]);
  }, 3_600_000);
});

/**
 * Steps whose footprints do not conflict commute. In random programs over the real services, and in random calls of every
 * operation, the test swaps such neighbours and requires that every visible result stays the same.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Choices, seeded } from '../kernel/choices.ts';
import { describeNotCommuting, type SwapReport, swapNeighbours } from '../kernel/recorded-run/commuting.ts';
import { programs } from './arbitrary-for-tests.ts';
import { runCalls, withCallsBefore, withMessages } from './calls-at-once-for-tests.ts';
import { anyCall, callsBefore, inputsIn, looksAt, operationsOfServices } from './every-operation-for-tests.ts';
import { settingFor } from './exploration-for-tests.ts';
import { runProgram } from './run-for-tests.ts';

const EVERY_OPERATION = await operationsOfServices();
const LOOKS = looksAt(EVERY_OPERATION);
const APIS = [...new Set(EVERY_OPERATION.map(({ service }) => service.service))];
/** Calls of one API conflict more often with each other; calls of these two APIs may concern each other's resources. */
const TOGETHER: readonly (readonly string[])[] = [
  ...APIS.map((api) => [api]),
  ...APIS.flatMap((api, place) => APIS.slice(place + 1).map((other) => [api, other])),
  APIS,
];

/** Paths that a falsified footprint leaves out, by a pattern, and a seed of programs that soon show it. */
const FAMILIES: readonly (readonly [string, RegExp, number])[] = [
  ['items', /^dynamodb\//, 17],
  ['places', /^lambda\/.*pool$/, 25],
  ['numbers of invocations', /numbers$/, 41],
  ['free environments', /^lambda\/free\//, 3],
  ['environments', /^environment\//, 3],
  ['the downstream', /^downstream\//, 4],
  ['what checks watch', /^watched/, 3],
  ['what the scenario is told', /^scenario/, 3],
  ['messages', /^sqs\//, 3],
  ['mappings', /^lambda\/event-source-mappings\//, 11],
  ['the clock', /^clock/, 3],
];

function hiding(hidden: RegExp, choices: Choices): Choices {
  const shown = (paths: readonly string[] = []) => paths.filter((path) => !hidden.test(path));
  return {
    get record() {
      return choices.record;
    },
    pick: (reason, of, named) => choices.pick(reason, of, named),
    next: (...given) => choices.next?.(...given) ?? null,
    touch: ({ reads, writes, adds }) =>
      choices.touch?.({ reads: shown(reads), writes: shown(writes), adds: shown(adds) }),
    rest: () => choices.rest?.(),
  };
}

const numRuns = Number(process.env.RACEPROOF_PROGRAMS ?? 300);
/** So many that each operation is called. */
const runsOfOperations = 4 * numRuns;

function expectCommuting({ notCommuting: [first] }: SwapReport): void {
  if (first !== undefined) throw new Error(describeNotCommuting(first));
}

describe('steps whose footprints do not conflict', () => {
  it('have the same results in either order, in random programs', async () => {
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
      { numRuns },
    );
    expect(swapped).toBeGreaterThan(numRuns);
  }, 3_600_000);

  it('have the same results in either order, for every operation of a service', async () => {
    const met = new Set<string>();
    let swapped = 0;
    const cases = fc
      .record({ program: programs, apis: fc.constantFrom(...TOGETHER), seed: fc.nat() })
      .chain((given) => {
        const setting = withCallsBefore(withMessages(settingFor(given.program)), callsBefore(EVERY_OPERATION));
        const calls = fc.array(anyCall(EVERY_OPERATION, given.apis), { minLength: 1, maxLength: 3 });
        return fc.record({
          ...{ setting: fc.constant(setting), seed: fc.constant(given.seed) },
          lanes: fc.array(calls, { minLength: 2, maxLength: 3 }),
        });
      });
    await fc.assert(
      fc.asyncProperty(cases, async ({ setting, seed, lanes }) => {
        const asked = { lanes, looks: LOOKS };
        const run = (choices: Choices) =>
          runCalls(setting, asked, choices, (service, operation) => met.add(`${service} ${operation}`));
        const report = await swapNeighbours(run, seeded(seed));
        swapped += report.swapped;
        expectCommuting(report);
      }),
      { numRuns: runsOfOperations },
    );
    expect(swapped).toBeGreaterThan(runsOfOperations);
    const all = EVERY_OPERATION.flatMap(({ service, inputs }) =>
      Object.keys(inputs).map((operation) => `${service.name} ${operation}`),
    );
    expect(all.filter((operation) => !met.has(operation))).toEqual([]);
  }, 3_600_000);

  it.each(FAMILIES)(
    'are detected if their footprints hide %s',
    async (_what, hidden, seed) => {
      let found: string | null = null;
      for (const program of fc.sample(programs, { numRuns: 400, seed })) {
        if (found !== null) break;
        const setting = settingFor({ ...program, watches: ['invocation-started', 'downstream-entered'] });
        const run = async (choices: Choices) => {
          const { outcome, end } = await runProgram(setting, hiding(hidden, choices));
          return { outcome, end };
        };
        const { notCommuting } = await swapNeighbours(run, seeded(1));
        const [first] = notCommuting;
        if (first !== undefined) found = describeNotCommuting(first);
      }
      expect(found).toContain('Nothing in common, but');
    },
    60_000,
  );
});

describe('the operations of a service', () => {
  it('are loaded by the name of its folder; a service without them fails with a message that says what to write', async () => {
    await expect(inputsIn('sqs')).resolves.toHaveProperty('inputs.SendMessage');
    await expect(inputsIn('no-such-service')).rejects.toThrow(
      /^The service no-such-service has operations, and services\/no-such-service\/inputs-for-tests\.ts can't be read\. Write it: /,
    );
  });

  it('have inputs for tests in each service that a run can call', () => {
    const written = EVERY_OPERATION.map(({ service }) => service.name);
    expect(written).toEqual(
      expect.arrayContaining(['downstream', 'dynamodb', 'event-source-mapping', 'lambda', 'sqs']),
    );
    expect(written).not.toContain('iam');
  });
});

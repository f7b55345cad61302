/**
 * The comparison of explorations detects false footprints: it fails if they hide what steps share. There is one program for
 * each family of paths; with true footprints the reduction misses nothing in any of them. Budgets of faults have no program:
 * a step that spends a fault shares other paths, too, with a step that could have spent it.
 */

import { describe, expect, it } from 'vitest';
import { compareWithEverything, type Declare, difference } from './exploration-for-tests.ts';
import type { Ask, FunctionOfProgram, Operation, Program } from './program-for-tests.ts';

const does = (...operations: Operation[]): FunctionOfProgram => ({
  operations,
  reserved: null,
  retries: 0,
  ageS: null,
});
const alone = (...operations: Operation[]): FunctionOfProgram => ({ ...does(...operations), reserved: 1 });
const invoke: Ask = { ask: 'invoke', function: 0, given: 0 };

/** A program with two concurrent invocations of the first function, unless `more` says otherwise. */
function program(first: FunctionOfProgram, more: Partial<Program> = {}): Program {
  return {
    functions: [first],
    mapping: null,
    serviceTimeMs: 0,
    lanes: [[invoke], [invoke]],
    later: [],
    apart: true,
    faults: {},
    watches: [],
    ...more,
  };
}

const waits = does({ do: 'sleep', forMs: 1 });
const looks = does({ do: 'get', item: 'b' });
const EACH_ITS_OWN: Pick<Program, 'lanes'> = { lanes: [[invoke], [{ ask: 'invoke', function: 1, given: 0 }]] };

const FAMILIES: readonly (readonly [string, RegExp, Program])[] = [
  ['items of a table', /^dynamodb\//, program(does({ do: 'get', item: 'a' }, { do: 'put', item: 'a', value: 'seen' }))],
  ['free environments', /^lambda\/free\//, program(does({ do: 'get', item: 'a' }))],
  ['places in a pool', /\/pool$/, program(alone({ do: 'get', item: 'a' }))],
  ['a downstream', /^downstream\//, program(does({ do: 'downstream' }))],
  [
    'time and who waits for it',
    /^(clock|timers|limits of time)$/,
    program(waits, { ...EACH_ITS_OWN, functions: [waits, looks] }),
  ],
  [
    'messages of a queue',
    /^sqs\//,
    program(does({ do: 'send', queue: 'other', delayS: 0 }, { do: 'receive', queue: 'other', waitS: 0 })),
  ],
  [
    'what a check watches',
    /^watched$/,
    program(looks, { ...EACH_ITS_OWN, functions: [looks, looks], watches: ['invocation-started', 'invocation-ended'] }),
  ],
];

const hiding = (family: RegExp): Declare => {
  const shown = (paths: readonly string[] = []) => paths.filter((path) => !family.test(path));
  return ({ reads, writes, adds }) => ({ reads: shown(reads), writes: shown(writes), adds: shown(adds) });
};

async function whatDiffers(tried: Program, declare?: Declare): Promise<string | null> {
  const seen = await compareWithEverything(tried, declare);
  if (seen === null) throw new Error('more schedules than a test should have');
  return difference(seen);
}

describe('an exploration with false footprints', () => {
  it.each(FAMILIES)('misses something if they hide %s, and the comparison shows it', async (_what, family, tried) => {
    expect(await whatDiffers(tried)).toBeNull();
    expect(await whatDiffers(tried, hiding(family))).not.toBeNull();
  });
});

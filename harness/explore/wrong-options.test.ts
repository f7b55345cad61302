/**
 * Arguments that `explore` does not understand are refused in one sentence before any schedule runs: never ignored.
 */

import { type ExploreOptions, explore, NotExplored } from 'raceproof';
import { describe, expect, it } from 'vitest';
import { olderThanNeeded } from './needed-node.ts';
import { queueTemplate } from './queue-template-for-tests.ts';

const template = queueTemplate('sell');
const code = { 'src/sell.ts': 'export const handler = async () => 1;' };

/** As JavaScript calls it: the types would refuse what these tests give. */
const exploreUntyped = (...args: readonly unknown[]): Promise<unknown> =>
  Reflect.apply(explore, undefined, [...args]) as Promise<unknown>;

const saying = (options: object): Promise<string> =>
  exploreUntyped({ template, code, ...options }, async () => {}).then(
    () => 'explored',
    (error: unknown) => (error instanceof NotExplored ? error.message : `not refused: ${String(error)}`),
  );

describe('explore', () => {
  it.each([
    ['a misspelt option', { fualts: { duplicate: 1 } }, '«fualts» is not an option of `explore`. Did you mean faults?'],
    [
      'a fault that there is not',
      { faults: { duplicates: 1 } },
      '«duplicates» is not a fault. Did you mean duplicate?',
    ],
    [
      'a budget that is no count',
      { faults: { duplicate: -1 } },
      'The budget of «duplicate» is -1; it is a count: 0, 1, 2 …',
    ],
    [
      'a budget that is a text',
      { faults: { duplicate: '1' } },
      'The budget of «duplicate» is 1; it is a count: 0, 1, 2 …',
    ],
    [
      'refused requests that no downstream can refuse',
      { faults: { refused: 1 } },
      'The budget of «refused» can be spent nowhere',
    ],
    [
      'a mode that there is not',
      { mode: { kind: 'exaustive' } },
      '«exaustive» is not a mode. Did you mean exhaustive?',
    ],
    ['a mode as a text', { mode: 'sampled' }, 'The option `mode` is an object:'],
    [
      'an option of another mode',
      { mode: { kind: 'sampled', schedules: 5 } },
      '«schedules» is not an option of the mode «sampled».',
    ],
    [
      'no schedules at all',
      { mode: { kind: 'exhaustive', schedules: 0 } },
      'A proof can’t take 0 schedules; say 1 or more.',
    ],
    [
      'a seed that is no number',
      { mode: { kind: 'sampled', seed: 1.5 } },
      'The seed is 1.5; it is a whole number from 0 to 4294967295.',
    ],
    [
      'two ends of sampling',
      { mode: { kind: 'sampled', samples: 5, forMs: 5 } },
      '`samples` and `forMs` both say when to stop sampling',
    ],
    ['a host that there is not', { host: 'docker' }, '«docker» is not a host. There are: in-realm, isolated.'],
    [
      'an invariant without a judge',
      { invariants: [{ name: 'one at a time' }] },
      'An invariant has a `name`, and a function `judge`',
    ],
    [
      'a misspelt member of an invariant',
      { invariants: [{ name: 'a', judge: (): null => null, watch: [] }] },
      '«watch» is not a member of an invariant. Did you mean watches?',
    ],
    [
      'two invariants of one name',
      {
        invariants: [
          { name: 'a', judge: (): null => null },
          { name: 'a', judge: (): null => null },
        ],
      },
      'Two invariants are called «a». Give each a name of its own.',
    ],
    ['no template', { template: undefined }, 'The option `template` is missing.'],
    ['no code', { code: undefined }, 'The option `code` is missing.'],
  ] as const)('refuses %s', async (_, options, sentence) => {
    expect(await saying(options)).toContain(sentence);
  });

  it('says how it is called if it is called otherwise', async () => {
    await expect(exploreUntyped({ template, code })).rejects.toThrow('`explore` takes a scenario second');
    await expect(exploreUntyped(async () => {})).rejects.toThrow('`explore` takes options first');
  });

  it('takes every option that its types know', async () => {
    const all: Required<Omit<ExploreOptions, 'replay'>> = {
      ...{ template, code, parameters: {}, faults: { duplicate: 0 }, downstreams: [], equalCallsAreAlike: true },
      ...{ mode: { kind: 'exhaustive', schedules: 10, samples: 5, seed: 1 }, host: 'in-realm', invariants: [] },
    };
    expect(await explore(all, async () => {})).toMatchObject({ exhaustive: true });
  });

  it('says which Node it needs', () => {
    expect(olderThanNeeded('24.0.0')).toBeNull();
    expect(olderThanNeeded('26.1.0')).toBeNull();
    expect(olderThanNeeded('20.20.2')).toContain('`explore` needs Node 24 or newer, and this is Node 20.20.2.');
  });
});

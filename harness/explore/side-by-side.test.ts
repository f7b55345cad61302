/**
 * Explorations at the same time in one process, as `it.concurrent` runs them, answer as each does alone.
 */

import { readFileSync } from 'node:fs';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { type ExploredWorld, type ExploreOptions, explore } from 'raceproof';
import { afterEach, describe, expect, it } from 'vitest';

const EXAMPLE = new URL('../../examples/ticket-sale/', import.meta.url);
const template = readFileSync(new URL('template.yaml', EXAMPLE), 'utf8');
const sale = (path: string): ExploreOptions => ({
  template,
  code: { 'src/sell.ts': readFileSync(new URL(path, EXAMPLE), 'utf8') },
});
/** Its process ends by a rejection while the invocation still waits. */
const forgetful: ExploreOptions = {
  template,
  code: {
    'src/sell.ts': `export const handler = async () => {
  void (async () => { await null; throw new Error('nobody waits for this'); })();
  await new Promise((resolve) => setTimeout(resolve, 5));
  return { sold: true };
};`,
  },
};

const Payload = JSON.stringify({ show: 'opera' });
const sell = ({ clients }: ExploredWorld) => clients.lambda.send(new InvokeCommand({ FunctionName: 'sell', Payload }));

const buyers = (count: number) => async (world: ExploredWorld) => {
  await Promise.all(Array.from({ length: count }, () => sell(world)));
};

const twoFail = async (world: ExploredWorld): Promise<void> => {
  const answers = await Promise.all([sell(world), sell(world)]);
  for (const answer of answers) {
    expect(answer.FunctionError).toBe('Unhandled');
    expect(new TextDecoder().decode(answer.Payload)).toContain('nobody waits for this');
  }
};

const outcomes = [
  () => explore(sale('fixed/sell.ts'), buyers(3)),
  () => explore(forgetful, twoFail),
  () => explore(sale('src/sell.ts'), buyers(2)),
  () => explore(forgetful, async (world) => expect((await sell(world)).FunctionError).toBeUndefined()),
];

const told = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: Error) => error.message);

describe('explorations side by side', () => {
  it('answer as each does alone, also where a handler leaves a rejection unhandled', async () => {
    const alone: unknown[] = [];
    for (const one of outcomes) alone.push(await told(one()));
    expect(await Promise.all(outcomes.map((one) => told(one())))).toEqual(alone);
    expect(alone.map((answer) => typeof answer)).toEqual(['object', 'object', 'object', 'string']);
  });
});

describe('a listener of the engineer’s test runner', () => {
  const heard: unknown[] = [];
  const listener = (reason: unknown): void => {
    heard.push(reason);
  };

  afterEach(() => {
    process.off('unhandledRejection', listener);
    heard.length = 0;
  });

  it('hears nothing of a rejection in a handler', async () => {
    process.on('unhandledRejection', listener);
    await explore(forgetful, twoFail);
    expect(heard).toEqual([]);
  });

  it('hears of a rejection in the scenario itself', async () => {
    process.on('unhandledRejection', listener);
    await explore(forgetful, async (world) => {
      void Promise.reject('the scenario’s own');
      await twoFail(world);
    });
    expect(new Set(heard)).toEqual(new Set(['the scenario’s own']));
  });
});

/**
 * The public API, from outside: what it proves and what it throws. And its README prints the example as it is.
 */

import { readFileSync } from 'node:fs';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type ExploredWorld, type ExploreOptions, explore, NotExplored, ScheduleFailed } from 'raceproof';
import { describe, expect, it } from 'vitest';
import { thousands } from '../words/phrases.ts';

const EXAMPLE = new URL('../../examples/ticket-sale/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, EXAMPLE), 'utf8');
const racy: ExploreOptions = { template: read('template.yaml'), code: { 'src/sell.ts': read('src/sell.ts') } };
const fixed: ExploreOptions = { ...racy, code: { 'src/sell.ts': read('fixed/sell.ts') } };

async function sell({ clients }: ExploredWorld): Promise<unknown> {
  const Payload = JSON.stringify({ show: 'opera' });
  const { Payload: answer } = await clients.lambda.send(new InvokeCommand({ FunctionName: 'sell', Payload }));
  return JSON.parse(new TextDecoder().decode(answer));
}

async function twoBuyers(world: ExploredWorld): Promise<void> {
  const TableName = world.outputs.TableName;
  await world.clients.documents.send(new PutCommand({ TableName, Item: { id: 'opera', left: 1 } }));
  const answers = await Promise.all([sell(world), sell(world)]);
  expect(answers).toContainEqual({ sold: false });
}

async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  );
}

async function failureOf(options: ExploreOptions, scenario = twoBuyers): Promise<ScheduleFailed> {
  const error = await thrownBy(explore(options, scenario));
  if (!(error instanceof ScheduleFailed)) throw new Error(`expected a failing schedule, got ${error}`);
  return error;
}

describe('explore', () => {
  it('answers how many schedules were run, for how many orders, and that nothing was left out', async () => {
    const { explored, standsFor, exhaustive } = await explore(fixed, twoBuyers);
    expect(exhaustive).toBe(true);
    expect(standsFor.orders).toBeGreaterThanOrEqual(explored);
    expect(explored).toBeGreaterThan(1);
  });

  it('reports a failing schedule with its assertion, drawing, reason and line, and keeps what was thrown', async () => {
    const failed = await failureOf(racy);
    expect(failed.message).toContain(failed.run.headline);
    expect(failed.message).toContain("◀ erases sell#2's write");
    expect(failed.message).toContain('Both had read before either wrote.');
    expect(failed.message).toContain('src/sell.ts:12');
    expect(failed.cause).toMatchObject({ name: 'AssertionError' });
  });

  it('replays the token that it printed, and the fix holds in that order', async () => {
    const { run } = await failureOf(racy);
    const again = await failureOf({ ...racy, replay: run.token });
    expect(again.run.headline).toBe(run.headline);
    expect(again.run.trace).toEqual(run.trace);
    const fix = await thrownBy(explore({ ...fixed, replay: run.token }, twoBuyers));
    expect(fix).not.toBeInstanceOf(ScheduleFailed);
  });

  it('tries fewer orders of lanes that share nothing, and of calls that are alike, and proves as much', async () => {
    const apart = async (world: ExploredWorld) => {
      const buyer = async (own: ExploredWorld) => void (await sell(own));
      await world.together([buyer, buyer]);
    };
    const together = await explore(fixed, twoBuyers);
    const lanes = await explore(fixed, apart);
    const twins = await explore({ ...fixed, equalCallsAreAlike: true }, apart);
    expect(lanes.explored).toBeLessThan(together.explored);
    expect(twins.explored).toBeLessThan(lanes.explored);
    expect([lanes.standsFor, twins.standsFor]).toEqual([together.standsFor, together.standsFor]);
    await failureOf({ ...racy, equalCallsAreAlike: true });
  });

  it('calls neither samples nor a cap that was met exhaustive', async () => {
    const sampled = await explore({ ...fixed, mode: { kind: 'sampled', samples: 30, seed: 7 } }, twoBuyers);
    expect(sampled).toMatchObject({ explored: 30, standsFor: { orders: 30, atLeast: false }, exhaustive: false });
    expect(sampled.verdict).toMatch(/^held in 30 sampled schedules, seed 7, \d+ of \d+ races .*: not a proof$/);
    const capped = await explore({ ...fixed, mode: { kind: 'exhaustive', schedules: 2, samples: 3 } }, twoBuyers);
    expect(capped).toMatchObject({ explored: 5, exhaustive: false });
    expect(capped.verdict).toMatch(/3 .*sampled.*: not a proof$/);
  });

  it('tries all simple schedules if a proof would take too long, and names the bounds', async () => {
    const invariants = [{ name: 'looks at everything', judge: () => null }];
    const bounded = await explore(
      { ...fixed, invariants, mode: { kind: 'exhaustive', schedules: 4, samples: 9 } },
      twoBuyers,
    );
    expect(bounded.verdict).toMatch(
      /^holds under every schedule with (no|≤ 1) preemption: all \d+; and in .*9 sampled beyond/,
    );
    expect(bounded).toMatchObject({ explored: 13, exhaustive: false });
  });

  it('samples for as long as requested', async () => {
    const { explored, verdict } = await explore({ ...fixed, mode: { kind: 'sampled', seed: 3, forMs: 1 } }, twoBuyers);
    expect(verdict).toContain(`held in ${thousands(explored)} sampled schedule`);
    expect(verdict).toContain(explored === 1 ? 'seed 3' : `seeds 3 to ${explored + 2}`);
  });

  it('sees the order in which the scenario itself is answered', async () => {
    const { run } = await failureOf(racy, async (world) => {
      const answered: string[] = [];
      const ask = async (who: string) => {
        await sell(world);
        answered.push(who);
      };
      await Promise.all([ask('first'), ask('second')]);
      expect(answered[0]).toBe('first');
    });
    expect(run.headline).toContain("expected 'second' to be 'first'");
  });

  it('judges an invariant on the trace', async () => {
    const watches = ['invocation-started', 'invocation-ended'] as const;
    const alone = {
      name: 'one sale at a time',
      watches,
      judge: (trace: ScheduleFailed['run']['trace']) => {
        let running = 0;
        for (const { event } of trace) {
          if (event.kind === 'invocation-started') running += 1;
          if (event.kind === 'invocation-ended') running -= 1;
          if (running > 1) return '2 ran at once.';
        }
        return null;
      },
    };
    expect((await failureOf({ ...fixed, invariants: [alone] })).run.headline).toBe(
      'one sale at a time: 2 ran at once.',
    );
  });

  it('crashes where the budget allows it', async () => {
    const crash = (world: ExploredWorld) =>
      sell(world).then(async (answer) => {
        const { Item } = await world.clients.documents.send(
          new GetCommand({ TableName: world.outputs.TableName, Key: { id: 'opera' } }),
        );
        expect({ answer, left: Item?.left }).toEqual({ answer: { sold: false }, left: undefined });
      });
    expect(await explore(racy, crash)).toMatchObject({ exhaustive: true });
    expect((await failureOf({ ...racy, faults: { 'crash-before': 1 } }, crash)).message).toContain('It takes 1 fault.');
  });

  it('runs handlers in a child process when asked, with the same answer', async () => {
    expect(await explore({ ...fixed, host: 'isolated' }, twoBuyers)).toEqual(await explore(fixed, twoBuyers));
  });
});

describe('what can’t be explored', () => {
  const broken: readonly (readonly [string, Partial<ExploreOptions>, string])[] = [
    ['a missing template', { template: './no-such.yaml' }, 'Give its path, or its text.'],
    ['a missing folder', { code: './no-such' }, 'Give a folder, or texts by path.'],
    ['a missing handler', { code: { 'src/buy.ts': '' } }, 'src/sell'],
    ['a negative budget', { faults: { duplicate: -1 } }, 'it is a count'],
    ['no samples', { mode: { kind: 'sampled', samples: 0 } }, 'say 1 or more'],
    ['a proof without schedules', { mode: { kind: 'exhaustive', schedules: 0 } }, 'say 1 or more'],
    ['no time', { mode: { kind: 'exhaustive', forMs: 0 } }, 'is no time'],
    ['two limits of sampling', { mode: { kind: 'sampled', samples: 9, forMs: 9 } }, 'give one of them'],
    ['an invalid seed', { mode: { kind: 'sampled', seed: -1 } }, 'a whole number from 0'],
    ['an invalid token', { replay: 'rubbish' }, 'is not a replay token'],
  ];

  it.each(broken)('%s is one clear sentence', async (_, options, sentence) => {
    const error = await thrownBy(explore({ ...racy, ...options }, twoBuyers));
    expect(error).toBeInstanceOf(NotExplored);
    expect(String(error)).toContain(sentence);
  });

  it('reports a scenario that waits for something that the world never settles', async () => {
    const error = await thrownBy(explore(racy, () => new Promise<void>(() => {})));
    expect(error).toBeInstanceOf(NotExplored);
    expect(String(error)).toContain(
      'it awaits something that the world never settles. Await SDK calls of `world.clients`',
    );
  });

  it('reports it as well if the scenario of a replay waits for ever', async () => {
    const ordinary = 'explore@1.scenario.00000000.0';
    const error = await thrownBy(explore({ ...racy, replay: ordinary }, () => new Promise<void>(() => {})));
    expect(error).toBeInstanceOf(NotExplored);
    expect(String(error)).toContain(
      'it awaits something that the world never settles. Await SDK calls of `world.clients`',
    );
  });
});

describe('the README', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');

  it.each(['template.yaml', 'src/sell.ts', 'fixed/sell.ts', 'sale.test.ts'])('prints %s as it is', (path) => {
    expect(readme).toContain(`\`${path}\`\n\n\`\`\`${path.endsWith('.ts') ? 'ts' : 'yaml'}\n${read(path)}\`\`\``);
  });

  it.each(['template.yaml', 'src/pay.ts', 'fixed/pay.ts', 'payments.test.ts'])(
    'prints paid-once/%s as it is',
    (path) => {
      const text = readFileSync(new URL(`../../examples/paid-once/${path}`, import.meta.url), 'utf8');
      expect(readme).toContain(`\`paid-once/${path}\`\n\n\`\`\`${path.endsWith('.ts') ? 'ts' : 'yaml'}\n${text}\`\`\``);
    },
  );

  it('prints what the race looks like', async () => {
    const drawing = (await failureOf(racy)).message.split('\n').slice(1, 14).join('\n');
    expect(readme).toContain(drawing);
  });
});

/**
 * The public API finds and names a scenario whose code is not deterministic, whatever the cause, and never passes it.
 */

import { randomInt, randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type ExploredWorld, type ExploreOptions, explore, NotExplored } from 'raceproof';
import { describe, expect, it } from 'vitest';

const EXAMPLE = new URL('../../examples/ticket-sale/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, EXAMPLE), 'utf8');
const options: ExploreOptions = { template: read('template.yaml'), code: { 'src/sell.ts': read('fixed/sell.ts') } };

/** Reads first and writes later, so that there is much to explore. */
const racy: Partial<ExploreOptions> = { code: { 'src/sell.ts': read('src/sell.ts') } };

const put = ({ clients, outputs }: ExploredWorld, left: unknown) =>
  clients.documents.send(new PutCommand({ TableName: outputs.TableName, Item: { id: 'opera', left } }));
const get = ({ clients, outputs }: ExploredWorld) =>
  clients.documents.send(new GetCommand({ TableName: outputs.TableName, Key: { id: 'opera' } }));
const sell = ({ clients }: ExploredWorld, note: unknown = null) =>
  clients.lambda.send(new InvokeCommand({ FunctionName: 'sell', Payload: JSON.stringify({ show: 'opera', note }) }));

/** The sentence with which it was refused. */
async function found(scenario: (world: ExploredWorld) => Promise<void>, more: Partial<ExploreOptions> = {}) {
  const error = await explore({ ...options, ...more }, scenario).then(
    (explored) => new Error(`it was explored: ${JSON.stringify(explored)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NotExplored)) throw error;
  expect(error.message).toContain('did not do the same twice under the same schedule');
  return error.message;
}

/** Two buyers, with something from outside of the run in the middle. */
const twoBuyers =
  (outside: (world: ExploredWorld) => Promise<unknown>) =>
  async (world: ExploredWorld): Promise<void> => {
    await put(world, 1);
    await Promise.all([sell(world), sell(world)]);
    await outside(world);
  };

let count = 0;
function counted(): number {
  count += 1;
  return count;
}

const identities = new WeakMap<object, number>();
/** Numbers objects in the order in which they are first seen: an order by identity. */
function identityOf(object: object): number {
  const known = identities.get(object);
  if (known !== undefined) return known;
  const number = counted();
  identities.set(object, number);
  return number;
}

describe('a scenario is found and named that takes', () => {
  it.each([
    ['chance', () => Math.random()],
    ['chance of node:crypto', () => randomInt(2 ** 47)],
    ['an id', () => randomUUID()],
    ['an id of the Web Crypto API', () => crypto.randomUUID()],
    ['a fine clock', () => performance.now()],
    ['the time since the machine began', () => String(process.hrtime.bigint())],
    ['the time of the process', () => process.cpuUsage().user + process.hrtime()[1]],
    ['a variable of the test file', () => counted()],
    ['the identity of an object', () => identityOf({})],
    ['a symbol with a counter', () => Symbol(`${counted()}`).toString()],
  ])('%s, in what it writes', async (_, outside) => {
    const message = await found(twoBuyers((world) => put(world, outside())));
    expect(message).toMatch(
      /^harness\/explore\/not-deterministic\.test\.ts:\d+ — The scenario did not do the same twice .*: at step \d+ it called PutItem with Item\.left\.[NS] = .+ the first time and .+ the second\. It runs once for every schedule/,
    );
  });

  it('chance, reported in words that do not depend on what it writes', async () => {
    const message = await found(twoBuyers((world) => put(world, `the scenario still waits ${Math.random()}`)));
    expect(message).toContain('«the scenario still waits 0.');
  });

  it('the time of day, in what it writes', async () => {
    const waitsForAnInstant = async (world: ExploredWorld) => {
      const begun = Date.now();
      while (Date.now() === begun);
      await put(world, Date.now());
    };
    expect(await found(twoBuyers(waitsForAnInstant))).toContain('PutItem with Item.left.N = ');
  });

  it.each([
    ['chance with a rare result', () => (Math.random() < 0.001 ? 'so' : 'otherwise')],
    ['chance with a frequent result', () => (Math.random() < 0.999 ? 'so' : 'otherwise')],
    ['today', () => new Date().toISOString().slice(0, 10)],
    ['today, in words', () => Date().slice(0, 15)],
    ['the hour', () => Math.floor(Date.now() / 3_600_000)],
    ['how long the process has been running', () => (performance.now() < 1_000_000_000 ? 'not long' : 'long')],
  ])('%s', async (_, outside) => {
    const message = await found(twoBuyers((world) => put(world, outside())));
    expect(message).toMatch(/called PutItem with Item\.left\.[NS] = .+ the first time and .+ the second/);
  });

  it('a file that it changes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'raceproof-'));
    const file = join(folder, 'runs.txt');
    try {
      const message = await found(
        twoBuyers(async (world) => {
          appendFileSync(file, 'x');
          await put(world, readFileSync(file, 'utf8').length);
        }),
      );
      expect(message).toMatch(/PutItem with Item\.left\.N = «1» the first time and «2» the second/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('chance, for what it calls', async () => {
    let heads = false;
    const message = await found(
      twoBuyers((world) => {
        heads = !heads;
        return heads ? put(world, 0) : get(world);
      }),
    );
    expect(message).toMatch(/at step \d+ it called PutItem the first time and GetItem the second/);
  });

  it('chance, for whether it calls at all', async () => {
    let runs = 0;
    const message = await found(
      twoBuyers(async (world) => {
        runs += 1;
        if (runs % 2 === 1) await put(world, 0);
      }),
    );
    expect(message).toMatch(/it called PutItem the first time and did nothing more the second/);
  });

  it('a variable that is only read in a later run, for how much it asks at once', async () => {
    let runs = 0;
    const message = await found(async (world) => {
      runs += 1;
      await put(world, 3);
      await Promise.all(Array.from({ length: runs > 5 ? 4 : 3 }, () => sell(world)));
    }, racy);
    expect(message).toMatch(
      /it (called Invoke the first time and did nothing more|did nothing more the first time and called Invoke) the second/,
    );
  });

  it('a variable that is only read in a later run, for what it writes', async () => {
    let runs = 0;
    const message = await found(async (world) => {
      runs += 1;
      await put(world, 3);
      await Promise.all([sell(world), sell(world), sell(world)]);
      await put(world, runs > 7 ? 'late' : 'early');
    }, racy);
    expect(message).toMatch(/PutItem with Item\.left\.S = «(early|late)» the first time and «(early|late)» the second/);
  });

  it('order by identity', async () => {
    const message = await found(
      twoBuyers((world) => {
        const buyers = [{ name: 'Ann' }, { name: 'Ben' }].sort((a, b) => (identityOf(b) % 3) - (identityOf(a) % 3));
        return put(world, buyers.map(({ name }) => name).join());
      }),
    );
    expect(message).toMatch(/PutItem with Item\.left\.S = «(Ann,Ben|Ben,Ann)» the first time and «/);
  });

  it('what it was told in the previous run', async () => {
    let before: unknown;
    const message = await found(
      twoBuyers(async (world) => {
        await put(world, String(before ?? 'nothing'));
        before = (await get(world)).Item?.left ?? 0;
        before = `${before}, again`;
      }),
    );
    expect(message).toContain('Item.left.S');
  });

  it('chance, for what it passes to a handler', async () => {
    const message = await found(async (world) => {
      await sell(world, Math.random());
    });
    expect(message).toMatch(/at the beginning it called Invoke with Payload = «.*» the first time and «.*» the second/);
  });

  it('chance, in a lane, and is named with the line of the call', async () => {
    const message = await found(async ({ together }) => {
      await together([1, 2].map((left) => (lane: ExploredWorld) => put(lane, left === 2 ? Math.random() : left)));
    });
    const source = readFileSync(new URL(import.meta.url), 'utf8').split('\n');
    const [, line = ''] = /not-deterministic\.test\.ts:(\d+) — /.exec(message) ?? [];
    expect(source[Number(line) - 1]).toContain('clients.documents.send(new PutCommand');
  });

  it('chance, for what it notes', async () => {
    expect(await found(twoBuyers(async (world) => world.note(`${Math.random()}`)))).toContain('it noted «0.');
  });

  it('chance, for what it asserts', async () => {
    let runs = 0;
    const message = await found(
      twoBuyers(async () => {
        runs += 1;
        expect(runs).toBe(1);
      }),
    );
    expect(message).toMatch(/it came .*expected 2 to be 1/);
  });

  it('chance, when schedules are sampled', async () => {
    const mode = { kind: 'sampled', samples: 20, seed: 1 } as const;
    expect(
      await found(
        twoBuyers((world) => put(world, Math.random())),
        { mode },
      ),
    ).toContain('Item.left.N');
  });

  it('chance, with handlers in a child process', async () => {
    const message = await found(
      twoBuyers((world) => put(world, Math.random())),
      { host: 'isolated' },
    );
    expect(message).toContain('Item.left.N');
  });
});

describe('apart from the scenario', () => {
  it('an invariant that counts its calls is named', async () => {
    let judged = 0;
    const counts = {
      name: 'thrice at most',
      watches: [],
      judge: () => {
        judged += 1;
        return judged > 1 ? `run ${judged}.` : null;
      },
    };
    const message = await found(
      twoBuyers(async () => {}),
      { invariants: [counts] },
    );
    expect(message).toMatch(/A check did not do the same twice .*«thrice at most» said/);
  });

  it('code that does the same each time is explored, whatever it uses', async () => {
    const file = new URL('./template.yaml', EXAMPLE);
    const scenario = twoBuyers(async (world) => {
      const text = readFileSync(file, 'utf8');
      await put(world, text.length);
    });
    expect(await explore(options, scenario)).toMatchObject({ exhaustive: true });
  });
});

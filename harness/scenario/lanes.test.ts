/**
 * Lanes of a scenario share only the stack, and equal calls need not be distinguished. This tests which orders are then left
 * untried and that they are still counted, with real SDK clients, on the whole engine.
 */

import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import type { ScenarioContext } from '../course/lab.ts';
import {
  distinct,
  everyRun,
  invokeFunction,
  type SmallLabOptions,
  smallLab,
  withRunner,
} from '../grader/fixtures/small-lab.ts';
import { SourceDpor } from '../simulator/kernel/source-dpor/source-dpor.ts';
import { runScenario } from './run-scenario.ts';

const TableName = 'items';

async function getAndPut({ clients }: ScenarioContext, id: string): Promise<number> {
  const { Item } = await clients.documents.send(new GetCommand({ TableName, Key: { id } }));
  const n = Number(Item?.n ?? 0) + 1;
  await clients.documents.send(new PutCommand({ TableName, Item: { id, n } }));
  return n;
}

const lanes = (count: number, id: (lane: number) => string): SmallLabOptions => ({
  functions: {},
  run: async (context) => {
    const parts = Array.from({ length: count }, (_, lane) => (own: ScenarioContext) => getAndPut(own, id(lane)));
    return { answers: await context.together(parts) };
  },
});

async function explored(lab: SmallLabOptions) {
  return withRunner(lab, async (runner) => {
    const dpor = new SourceDpor();
    const seen: unknown[] = [];
    for (let choices = dpor.next(); choices !== null; choices = dpor.next()) {
      const { end, result } = await runScenario({ ...runner, watched: new Map() }, choices, 'explore').done;
      if (end !== 'cut') seen.push(result);
    }
    return { kinds: seen.length, orders: dpor.standsFor.orders, seen: distinct(seen) };
  });
}

describe('lanes of a scenario', () => {
  it('that get and put one item have 36 kinds of 90 orders, and four of them 576 of 2,520', async () => {
    expect(await explored(lanes(3, () => 'x'))).toMatchObject({ kinds: 36, orders: 90 });
    expect(await explored(lanes(4, () => 'x'))).toMatchObject({ kinds: 576, orders: 2_520 });
  });

  it('that have their own items have one kind', async () => {
    expect(await explored(lanes(4, (lane) => `x${lane}`))).toMatchObject({ kinds: 1, orders: 2_520 });
  });

  it('see in some kind everything that they see in some order', async () => {
    const lab = lanes(3, () => 'x');
    const every = await everyRun(lab);
    expect(every).toHaveLength(90);
    expect((await explored(lab)).seen).toEqual(distinct(every.map(({ result }) => result)));
  });

  it('make transactions that are not confused with one another', async () => {
    const tokens = new Set<unknown>();
    await withRunner(
      {
        functions: {},
        run: async ({ together }) => {
          await together(
            [0, 1].map(
              () =>
                async ({ clients }) =>
                  void tokens.add(clients.dynamodb),
            ),
          );
          return {};
        },
      },
      async (runner) => {
        const dpor = new SourceDpor();
        const choices = dpor.next();
        if (choices !== null) await runScenario(runner, choices, 'explore').done;
      },
    );
    expect(tokens.size).toBe(2);
  });
});

describe('equal calls', () => {
  const bump =
    'export const handler = async () => { const n = (await get("n")) ?? 0; await put("n", n + 1); return n; };';
  const three = (equalCallsAreAlike: boolean): SmallLabOptions => ({
    functions: { f: bump },
    equalCallsAreAlike,
    run: async (context) => {
      const answers = await context.together([1, 2, 3].map(() => (lane: ScenarioContext) => invokeFunction(lane, 'f')));
      return { answers: answers.map(Number).sort() };
    },
  });

  it('arrive in one order, which stands for all', async () => {
    const [alike, each] = [await explored(three(true)), await explored(three(false))];
    expect(each.orders).toBe(1_680);
    expect(alike.orders).toBe(1_680);
    expect(alike.kinds).toBeLessThan(each.kinds);
    expect(alike.seen).toEqual(each.seen);
  });

  it('are distinguished unless the scenario says otherwise', () => {
    expect(smallLab(three(false)).lab.scenarios[0]?.equalCallsAreAlike).toBe(false);
  });
});

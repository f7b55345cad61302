/**
 * Freedoms that AWS takes, as choices with a budget: which environment runs a request, how many messages come at once, which of
 * the calls that meet on an item is refused. Each changes an outcome here, is counted, and is told.
 */

import { describe, expect, it } from 'vitest';
import type { Observation } from '../../course/lab.ts';
import {
  ADD_EACH,
  left,
  mostInvocationsAtOnce,
  queueLab,
  redriveAfter,
  rest,
  sendOrder,
  sendTwo,
  told,
} from '../../grader/fixtures/queue-lab.ts';
import {
  distinct,
  eventsOf,
  everyRun,
  invokeFunction,
  look,
  once,
  type SmallLabOptions,
} from '../../grader/fixtures/small-lab.ts';
import type { WorldRun } from '../world.ts';

type Run = WorldRun<Observation>;

/** Returns how many invocations its process has had. */
const REMEMBERS = 'let n = 0; export const handler = async () => { n += 1; return n; };';

describe('another environment than the first free one', () => {
  const twiceInARow = (faults: SmallLabOptions['faults']) =>
    once(REMEMBERS, {
      ...(faults === undefined ? {} : { faults }),
      run: async (context) => ({ answers: [await invokeFunction(context, 'f'), await invokeFunction(context, 'f')] }),
    });

  it('LS-17 never runs a request without a budget', async () => {
    const runs = await everyRun(twiceInARow(undefined));
    expect(runs.map(({ result }) => result?.answers)).toEqual([[1, 2]]);
  });

  it('LS-18 is a new one, which knows nothing', async () => {
    const runs = await everyRun(twiceInARow({ recycle: 1 }));
    expect(distinct(runs.map(({ result, faults }) => ({ answers: result?.answers, faults })))).toEqual([
      { answers: [1, 1], faults: 1 },
      { answers: [1, 2], faults: 0 },
    ]);
    const cold = runs.find(({ faults }) => faults === 1);
    expect(cold && eventsOf(cold, 'environment-created')).toHaveLength(2);
    expect(cold && told(cold)).toContain('Lambda ran f#2 at step 2 in another environment than the first free one');
  });

  it('LS-18 may be another one that is free', async () => {
    const runs = await everyRun(
      once(REMEMBERS, {
        faults: { recycle: 1 },
        run: async (context) => {
          await Promise.all([invokeFunction(context, 'f'), invokeFunction(context, 'f')]);
          await rest(context);
          return { last: await invokeFunction(context, 'f') };
        },
      }),
    );
    const lastIn = runs.map((run) => eventsOf(run, 'invocation-started').at(-1)?.environment);
    expect(distinct(lastIn)).toEqual(['f/environment-1', 'f/environment-2', 'f/environment-3']);
    for (const run of runs) expect(run.faults).toBe(eventsOf(run, 'fault').length);
  });

  it('is passed over as often as the budget says, and no more', async () => {
    const runs = await everyRun(
      once(REMEMBERS, {
        faults: { recycle: 2 },
        run: async (context) => {
          for (let i = 0; i < 4; i += 1) await invokeFunction(context, 'f');
          return {};
        },
      }),
    );
    expect(distinct(runs.map(({ faults }) => faults))).toEqual([0, 1, 2]);
  });
});

describe('a batch that is split', () => {
  const twoAtOnce = (faults: SmallLabOptions['faults']) =>
    queueLab(ADD_EACH, {
      ...(faults === undefined ? {} : { faults }),
      run: async (context) => {
        await sendTwo(context);
        await rest(context);
        return { left: await left(context) };
      },
    });
  const sizesIn = (run: Run): readonly number[] =>
    eventsOf(run, 'invocation-started').map(
      ({ payload }) => (payload as { readonly Records: unknown[] }).Records.length,
    );

  it('SE-02 holds all messages that are visible, without a budget', async () => {
    expect(distinct((await everyRun(twoAtOnce(undefined))).map(sizesIn))).toEqual([[2]]);
  });

  it('SQ-08 leaves messages for the next receive, which go to another invocation', async () => {
    const runs = await everyRun(twoAtOnce({ split: 1 }));
    expect(distinct(runs.map((run) => ({ sizes: sizesIn(run), faults: run.faults })))).toEqual([
      { sizes: [1, 1], faults: 1 },
      { sizes: [2], faults: 0 },
    ]);
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ left: 0 }]);
    const split = runs.filter(({ faults }) => faults === 1);
    expect(Math.max(...split.map(({ trace }) => mostInvocationsAtOnce(trace)))).toBe(2);
    for (const run of split) expect(told(run)).toContain('received fewer messages');
  });

  it('strikes as often as the budget says, and beside a message out of order', async () => {
    const runs = await everyRun({ ...twoAtOnce({ split: 2, reorder: 1 }) });
    expect(Math.max(...runs.map(({ faults }) => faults))).toBe(2);
    const firsts = runs.map((run) => eventsOf(run, 'message-received')[0]?.messageId);
    expect(new Set(firsts).size).toBe(2);
  });
});

describe('calls that meet on an item', () => {
  const HELPERS = `
    const once = new DynamoDBClient({ maxAttempts: 1 });
    const trying = async (command) => { try { await once.send(command); return 'done'; } catch (error) { return error.name; } };
    const both = (n) => trying(new ddb.TransactWriteCommand({ TransactItems: ['a', 'b'].map((id) => ({ Put: { TableName, Item: { id, n } } })) }));
    const reading = () => trying(new ddb.TransactGetCommand({ TransactItems: [{ Get: { TableName, Key: { id: 'a' } } }] }));
    const plain = () => trying(new ddb.PutCommand({ TableName, Item: { id: 'a', n: 0 } }));
  `;
  const handler = (call: string) => `${HELPERS} export const handler = async () => ${call};`;
  const beside = async (f: string, g: string, faults: SmallLabOptions['faults']) => {
    const runs = await everyRun({
      functions: { f: handler(f), g: handler(g) },
      ...(faults === undefined ? {} : { faults }),
      run: async (context) => {
        const [first, second] = await Promise.all([invokeFunction(context, 'f'), invokeFunction(context, 'g')]);
        return { first, second, a: await look(context, 'a') };
      },
    });
    return { runs, answers: distinct(runs.map(({ result }) => [result?.first, result?.second, result?.a])) };
  };

  it('DD-06 one of two transactions is cancelled, or the other, where the budget allows one conflict', async () => {
    const { runs, answers } = await beside('both(1)', 'both(2)', { conflict: 1 });
    expect(answers).toEqual([
      ['TransactionCanceledException', 'done', 2],
      ['done', 'TransactionCanceledException', 1],
      ['done', 'done', 1],
      ['done', 'done', 2],
    ]);
    const [cancelled] = runs.filter(({ faults }) => faults === 1);
    expect(cancelled && told(cancelled)).toContain('transaction met another call');
  });

  it('DD-06 both are cancelled where the budget allows two, and nothing is written', async () => {
    const { answers } = await beside('both(1)', 'both(2)', { conflict: 2 });
    expect(answers).toContainEqual(['TransactionCanceledException', 'TransactionCanceledException', null]);
    expect(answers).toHaveLength(5);
  });

  it('DD-07 a plain write is refused, or the transaction that it meets, and never both', async () => {
    const { runs, answers } = await beside('both(1)', 'plain()', { conflict: 2 });
    expect(answers).toEqual([
      ['TransactionCanceledException', 'done', 0],
      ['done', 'TransactionConflictException', 1],
      ['done', 'done', 0],
      ['done', 'done', 1],
    ]);
    const [refused] = runs.filter(({ result }) => result?.second === 'TransactionConflictException');
    expect(refused && told(refused)).toContain('PutItem met a transaction');
  });

  it('DD-09 a transactional read is cancelled beside a plain write, which is not', async () => {
    const { answers } = await beside('reading()', 'plain()', { conflict: 1 });
    expect(answers).toEqual([
      ['TransactionCanceledException', 'done', 0],
      ['done', 'done', 0],
    ]);
  });

  it('two plain writes never conflict', async () => {
    const { runs } = await beside('plain()', 'plain()', { conflict: 2 });
    expect(distinct(runs.map(({ faults }) => faults))).toEqual([0]);
  });

  it('none conflicts without a budget', async () => {
    const { runs } = await beside('both(1)', 'both(2)', undefined);
    expect(distinct(runs.map(({ faults }) => faults))).toEqual([0]);
  });
});

describe('a second delivery', () => {
  it('SQ-09 SQ-26 is handled twice even where a message may be received once only', async () => {
    const runs = await everyRun(
      queueLab(ADD_EACH, {
        queue: redriveAfter(1),
        faults: { duplicate: 1 },
        run: async (context) => {
          await sendOrder(context, 'a');
          await rest(context);
          return { n: await look(context, 'a'), dead: await left(context, 'dead') };
        },
      }),
    );
    expect(distinct(runs.map(({ result, faults }) => ({ ...result, faults })))).toEqual([
      { n: 1, dead: 0, faults: 0 },
      { n: 1, dead: 1, faults: 1 },
      { n: 2, dead: 0, faults: 1 },
    ]);
    const twice = runs.find(({ result }) => result?.n === 2);
    expect(twice && told(twice)).toContain('orders delivered message 1 once more');
  });
});

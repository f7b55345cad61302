/**
 * Stale reads as a learner meets them: a handler that reads after a write, the answers that it can get, and what is told and drawn.
 */

import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../course/lab.ts';
import { rowsOf } from '../../../grader/draw/rows.ts';
import { told } from '../../../grader/fixtures/queue-lab.ts';
import {
  distinct,
  eventsOf,
  everyClass,
  everyRun,
  invokeFunction,
  once,
  runOnce,
  type SmallLabOptions,
} from '../../../grader/fixtures/small-lab.ts';
import { readToken, writeToken } from '../../../grader/replay/token.ts';
import { replay } from '../../kernel/choices.ts';
import type { WorldRun } from '../../world.ts';

const NAMED = { lab: 'small', labVersion: 1, scenario: 'small', code: '00000000' };

type Run = WorldRun<Observation>;

const readsItsWrite = (stale: number | undefined, between = '') =>
  once(
    `export const handler = async () => { await put('a', 1); await put('a', 2); ${between} return (await get('a')) ?? 0; };`,
    {
      ...(stale === undefined ? {} : { faults: { stale } }),
      run: async (context) => ({ answer: await invokeFunction(context, 'f') }),
    },
  );

const answersOf = (runs: readonly Run[]) => distinct(runs.map(({ result, faults }) => ({ ...result, faults })));

/** A person who asks twice, one time after the other; and another who adds meanwhile. */
const readsTwice = (stale: number): SmallLabOptions => ({
  functions: {
    look: `export const handler = async () => [(await get('a')) ?? 0, (await get('a')) ?? 0];`,
    one: `export const handler = async () => { await put('a', 1); };`,
  },
  faults: { stale },
  run: async (context) => {
    const [seen] = await Promise.all([invokeFunction(context, 'look'), invokeFunction(context, 'one')]);
    return { seen };
  },
});

describe('a read that a handler makes without ConsistentRead', () => {
  it('sees every write before it without a budget', async () => {
    expect(answersOf(await everyRun(readsItsWrite(undefined)))).toEqual([{ answer: 2, faults: 0 }]);
  });

  it('DD-17 may miss even what its own invocation has written', async () => {
    const runs = await everyRun(readsItsWrite(1));
    expect(answersOf(runs)).toEqual([
      { answer: 1, faults: 1 },
      { answer: 2, faults: 0 },
    ]);
  });

  it('DD-17 sees what was written more than a second ago', async () => {
    expect(answersOf(await everyRun(readsItsWrite(1, 'await sleep(1_001);')))).toEqual([{ answer: 2, faults: 0 }]);
  });

  it('DD-17 may see the new item first and the old one then, and each stale read is counted', async () => {
    const seen = (runs: readonly Run[]) => distinct(runs.map(({ result }) => result?.seen)).map(String);
    const fresh = ['0,0', '0,1', '1,1'];
    expect(seen(await everyRun(readsTwice(0))).sort()).toEqual(fresh);
    expect(seen(await everyRun(readsTwice(1))).sort()).toEqual([...fresh, '1,0'].sort());
    expect(seen(await everyClass(readsTwice(1))).sort()).toEqual([...fresh, '1,0'].sort());
    expect((await everyRun(readsTwice(2))).some(({ faults }) => faults === 2)).toBe(true);
  });

  it('is told with the write that it missed, and drawn', async () => {
    const options = readsItsWrite(1);
    const [stale = expect.fail('no stale read')] = (await everyRun(options)).filter(({ faults }) => faults === 1);
    expect(told(stale)).toContain(
      "f#1's GetItem at step 4 was stale: it saw the item as it was before its own PutItem.",
    );
    expect(eventsOf(stale, 'fault')).toMatchObject([{ fault: 'stale', about: 'dynamodb/items/{"id":{"S":"a"}}' }]);
    const notes = rowsOf(stale.trace).flatMap((row) => row.notes.map(({ text }) => text));
    expect(notes).toContain('✗ the read is stale: it misses the newest write');
  });

  it('comes again by its token', async () => {
    const options = readsItsWrite(1);
    const choices = replay([1]);
    const stale = await runOnce(options, choices);
    expect(stale.faults).toBe(1);
    const token = writeToken({ ...NAMED, record: choices.record });
    expect(token).toBe('small@1.small.00000000.0_1');
    const read = readToken(token);
    const again = await runOnce(options, replay(read.ok ? read.token.chosen : []));
    expect(again.trace).toEqual(stale.trace);
  });

  it('is told with the invocation whose write it missed', async () => {
    const stale = (await everyRun(readsTwice(1))).filter(({ faults }) => faults === 1);
    expect(stale.map(told).join()).toContain('it saw the item as it was before the PutItem of one#1.');
  });

  it('of several items says which one it saw as it was', async () => {
    const scan = `export const handler = async () => { await put('a', 1); await put('b', 1); return (await documents.send(new ddb.ScanCommand({ TableName }))).Count; };`;
    const runs = await everyRun(
      once(scan, { faults: { stale: 1 }, run: async (context) => ({ answer: await invokeFunction(context, 'f') }) }),
    );
    expect(answersOf(runs)).toEqual([
      { answer: 1, faults: 1 },
      { answer: 2, faults: 0 },
    ]);
    const sentences = runs.map(told).join();
    expect(sentences).toContain('it saw the item id = "a" as it was before its own PutItem.');
    expect(sentences).toContain('it saw the item id = "b" as it was before its own PutItem.');
  });
});

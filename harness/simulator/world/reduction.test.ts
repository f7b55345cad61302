/**
 * Queues, events and downstreams with and without reduction: a scenario sees the same outcomes in the reduced set of
 * schedules as in all of them. The test fails if a step leaves a read out of its footprint.
 */

import { InvokeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import type { ScenarioContext } from '../../course/lab.ts';
import { ADD_EACH, left, queueLab, redriveAfter, rest, sendOrder, sendTwo } from '../../grader/fixtures/queue-lab.ts';
import { distinct, everyRun, look, type SmallLabOptions, withRunner } from '../../grader/fixtures/small-lab.ts';
import { runScenario } from '../../scenario/run-scenario.ts';
import { SourceDpor } from '../kernel/source-dpor/source-dpor.ts';

const SET_EACH =
  'export const handler = async (event) => { for (const { body } of event.Records) { const n = await get("n"); await put("n", (n ?? 0) + 1); } };';
const FAILS_FIRST =
  'export const handler = async (event) => { const n = await add(event.Records[0].body); if (n === 1) throw new Error("no"); };';
const REMEMBERS =
  'let n = 0; export const handler = async (event) => { n += event.Records.length; await put("a", n); };';

async function ends(context: ScenarioContext): Promise<Record<string, unknown>> {
  await rest(context);
  const [a, b, n] = await Promise.all(['a', 'b', 'n'].map((id) => look(context, id)));
  return { a, b, n, left: await left(context), dead: await left(context, 'dead') };
}

const twoMessages = async (context: ScenarioContext) => {
  await sendTwo(context);
  return ends(context);
};

const oneAfterTheOther = async (context: ScenarioContext) => {
  await sendOrder(context, 'a');
  await sendOrder(context, 'b');
  return ends(context);
};

const twoEvents = async (context: ScenarioContext) => {
  for (const body of ['a', 'b']) {
    const Payload = new TextEncoder().encode(JSON.stringify({ Records: [{ body }] }));
    await context.clients.lambda.send(new InvokeCommand({ FunctionName: 'f', InvocationType: 'Event', Payload }));
  }
  return ends(context);
};

const LABS: readonly (readonly [string, SmallLabOptions])[] = [
  ['two batches', queueLab(SET_EACH, { mapping: ', BatchSize: 1', run: twoMessages })],
  ['batches of what is there', queueLab(ADD_EACH, { run: oneAfterTheOther })],
  ['what a module remembers', queueLab(REMEMBERS, { mapping: ', BatchSize: 1', run: twoMessages })],
  [
    'a duplicate',
    queueLab(SET_EACH, {
      faults: { duplicate: 1 },
      run: async (context) => {
        await sendOrder(context, 'a');
        return ends(context);
      },
    }),
  ],
  ['a duplicate or a crash', queueLab(ADD_EACH, { faults: { duplicate: 1, 'crash-after': 1 } })],
  ['a late delete', queueLab(ADD_EACH, { faults: { deadline: 1 } })],
  ['another order', queueLab(REMEMBERS, { mapping: ', BatchSize: 1', faults: { reorder: 1 }, run: twoMessages })],
  ['failures and a dead-letter queue', queueLab(FAILS_FIRST, { queue: redriveAfter(2), run: oneAfterTheOther })],
  [
    'a full reservation',
    queueLab('', {
      functions: { f: { code: ADD_EACH, reserved: 1 } },
      mapping: ', BatchSize: 1',
      queue: redriveAfter(1),
      run: twoMessages,
    }),
  ],
  ['events', { ...queueLab(SET_EACH), run: twoEvents }],
  ['events that fail', { ...queueLab(FAILS_FIRST), run: twoEvents }],
  ['a second delivery of an event', { ...queueLab(ADD_EACH), faults: { duplicate: 1 }, run: twoEvents }],
];

describe('a scenario sees the same outcomes with and without reduction', () => {
  it.each(LABS)('%s', async (_what, lab) => {
    const every = await everyRun(lab);
    const reduced = await withRunner(lab, async (runner) => {
      const dpor = new SourceDpor();
      const seen: unknown[] = [];
      for (let choices = dpor.next(); choices !== null; choices = dpor.next()) {
        const { end, result } = await runScenario({ ...runner, watched: new Map() }, choices, 'explore').done;
        if (end !== 'cut') seen.push(result);
      }
      return seen;
    });
    expect(distinct(reduced)).toEqual(distinct(every.map(({ result }) => result)));
    expect(reduced.length).toBeLessThanOrEqual(every.length);
  });
});

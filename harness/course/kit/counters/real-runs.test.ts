/** Counters on traces that the simulator made, in every order: its events have the shape that the counters expect. */

import { InvokeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { ADD_EACH, queueLab, rest, sendOrder, sendTwo } from '../../../grader/fixtures/queue-lab.ts';
import { everyRun, invokeFunction, type SmallLabOptions } from '../../../grader/fixtures/small-lab.ts';
import type { Downstream } from '../../lab.ts';
import type { Counter } from '../counter.ts';
import { resetsAfterEntering, resetsOf } from './crashes.ts';
import { mostInDownstream, mostInFlight } from './in-flight.ts';
import { mostDeliveriesOfOne, mostInOneBatch, mostOfferedAtOnce } from './messages.ts';
import { overtakenEvents, overtakenMessages } from './overtaking.ts';

/** All different counts that occur in some order. */
async function countsOf(options: SmallLabOptions, ...counters: readonly Counter[]): Promise<readonly number[][]> {
  const runs = await everyRun(options);
  return counters.map((counter) => [...new Set(runs.map(({ trace }) => counter.of(trace)))].sort((a, b) => a - b));
}

const twoMessages: SmallLabOptions['run'] = async (context) => {
  await sendTwo(context);
  await rest(context);
  return {};
};

describe('messages', () => {
  it('are delivered once more within a budget, and offered once at a time', async () => {
    const options = queueLab(ADD_EACH, { faults: { duplicate: 1 } });
    expect(await countsOf(options, mostDeliveriesOfOne(), mostOfferedAtOnce(String))).toEqual([[1, 2], [1]]);
    expect(await countsOf(queueLab(ADD_EACH), mostDeliveriesOfOne())).toEqual([[1]]);
  });

  it('come alone or in a batch, and concurrently', async () => {
    const alone = queueLab(ADD_EACH, { mapping: ', BatchSize: 1', run: twoMessages });
    expect(await countsOf(alone, mostInOneBatch(), mostInFlight('f'))).toEqual([[1], [1, 2]]);
    const batch = queueLab(ADD_EACH, { run: twoMessages });
    expect((await countsOf(batch, mostInOneBatch()))[0]).toContain(2);
  });

  it('overtake one another only if the queue may hand out a later one first', async () => {
    const oneByOne: SmallLabOptions['run'] = async (context) => {
      await sendOrder(context, 'a');
      await sendOrder(context, 'b');
      await rest(context);
      return {};
    };
    const strict = queueLab(ADD_EACH, { mapping: ', BatchSize: 1', run: oneByOne });
    expect(await countsOf(strict, overtakenMessages())).toEqual([[0]]);
    expect(await countsOf({ ...strict, faults: { reorder: 1 } }, overtakenMessages())).toEqual([[0, 1]]);
  });
});

describe('asynchronous events', () => {
  it('overtake one another', async () => {
    const run: SmallLabOptions['run'] = async (context) => {
      for (const Payload of ['1', '2']) {
        const input = { FunctionName: 'f', InvocationType: 'Event', Payload } as const;
        await context.clients.lambda.send(new InvokeCommand(input));
      }
      await rest(context);
      return {};
    };
    const options = { functions: { f: 'export const handler = async () => null;' }, run };
    expect(await countsOf(options, overtakenEvents('f'))).toEqual([[0, 1]]);
  });
});

/** Serves requests in sequence or concurrently, without a limit. */
const gate: Downstream = {
  name: 'gate',
  functionNameParameter: 'Gate',
  serviceTimeMs: 100,
  ledger: { entered: 0 },
  enter: (ledger) => {
    const entered = Number(ledger.entered) + 1;
    return { ledger: { entered }, pending: String(entered) };
  },
  leave: (ledger) => ({ ledger, answer: null }),
};

const THROUGH_THE_GATE = `
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
const lambda = new LambdaClient({});
export const handler = async () => {
  await lambda.send(new InvokeCommand({ FunctionName: process.env.DOWNSTREAM, Payload: '{}' }));
};`;

describe('a downstream', () => {
  it('has two requests at once, or one after the other', async () => {
    const run: SmallLabOptions['run'] = async (context) => {
      await Promise.all([invokeFunction(context, 'f'), invokeFunction(context, 'f')]);
      return {};
    };
    const options = { functions: { f: THROUGH_THE_GATE }, downstreams: [gate], run };
    expect(await countsOf(options, mostInDownstream('gate'), mostInFlight())).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('is not blamed for the request of a caller that has crashed', async () => {
    const run: SmallLabOptions['run'] = async (context) => {
      await invokeFunction(context, 'f');
      await invokeFunction(context, 'f');
      await rest(context);
      return {};
    };
    const faults = { 'crash-after': 1 } as const;
    const options = { functions: { f: THROUGH_THE_GATE }, downstreams: [gate], faults, run };
    const counters = [mostInDownstream('gate'), resetsOf('f'), resetsAfterEntering('gate', 'f')];
    expect(await countsOf(options, ...counters)).toEqual([[1], [0, 1], [0, 1]]);
  });
});

/**
 * A thread that ends by itself is a bug of ours and is reported in a sentence; and a closed thread is gone.
 */

import { describe, expect, it } from 'vitest';
import { NodeThread } from '../../node/thread.ts';
import { smallLab } from '../fixtures/small-lab.ts';
import { labData, type WorkerOrder } from './messages.ts';
import { ThreadWorker } from './thread-worker.ts';

const { lab } = smallLab({ functions: { f: '' }, run: async () => ({}) });
const order: WorkerOrder = {
  lab: labData(lab),
  host: 'in-realm',
  submission: { sha256: '', sources: { prelude: '', sdk: '', modules: [] }, bundles: [], files: new Map() },
};
const SCRIPT = new URL('./fixtures/broken-thread.ts', import.meta.url);

async function told(scenario: string): Promise<unknown> {
  const worker = new ThreadWorker(new NodeThread(SCRIPT), lab, order);
  await worker.ready;
  const control = { signal: new AbortController().signal, onProgress: () => undefined };
  const error: unknown = await worker
    .perform({ kind: 'explore', scenario, part: { kind: 'whole' } }, control)
    .catch((why) => why);
  await worker.close();
  return error;
}

describe('a thread of the grader', () => {
  it('is reported with the task that it performed when it ends by itself', async () => {
    expect(await told('exits')).toMatchObject({
      name: 'ThreadEnded',
      message: 'A thread of the grader ended while it explored «exits»: it ended with code 7.',
    });
  });

  it('is reported as ended when it throws', async () => {
    expect(await told('throws')).toMatchObject({
      name: 'ThreadEnded',
      message: 'A thread of the grader ended while it explored «throws»: no such thing.',
    });
  });

  it('reports a bug as this thread would report it', async () => {
    expect(await told('has-a-bug')).toMatchObject({ name: 'SimulatorBug', message: 'an event at 1.5 ms' });
  });

  it('says why it never became ready', async () => {
    const worker = new ThreadWorker(
      new NodeThread(new URL('./fixtures/no-such-thread.ts', import.meta.url)),
      lab,
      order,
    );
    await worker.ready;
    const control = { signal: new AbortController().signal, onProgress: () => undefined };
    await expect(
      worker.perform({ kind: 'explore', scenario: 'any', part: { kind: 'whole' } }, control),
    ).rejects.toThrow(/^A thread of the grader ended before it explored: .*no-such-thread/);
  });
});

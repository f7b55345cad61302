/**
 * A thread that explores, seen from inside: it takes its order, performs its tasks, and reports their outcomes.
 *
 * The thread runs a file that knows the course and the platform; that file calls {@link serveTasks}.
 */

import type { Lab } from '../../course/lab.ts';
import type { Platform, ThreadPort } from '../../platform/platform.ts';
import { invariant, unreachable } from '../../simulator/kernel/bug.ts';
import { explorationToData } from '../exploration/as-data.ts';
import { submissionOf } from '../submission/submission.ts';
import { LocalWorker } from './local-worker.ts';
import { type FromWorker, labFrom, type ToWorker, type WorkerOrder } from './messages.ts';
import type { Task, TaskOutcome, TaskWorker } from './task.ts';

/** Performs tasks until it receives a request to close. */
export function serveTasks(platform: Platform, port: ThreadPort, findLab: (slug: string) => Lab | undefined): void {
  const say = (message: FromWorker): void => port.say(message);
  let worker: TaskWorker | null = null;
  let stop = new AbortController();
  port.onMessage((told) => {
    const message = told as ToWorker;
    switch (message.kind) {
      case 'order':
        worker = workerFor(platform, message.order, findLab);
        say({ kind: 'ready' });
        return;
      case 'perform':
        stop = new AbortController();
        if (worker !== null) void perform(worker, message.task, stop.signal, say);
        return;
      case 'stop':
        stop.abort();
        return;
      case 'close':
        stop.abort();
        void worker?.close();
        port.close();
        return;
      default:
        unreachable(message, 'message to a thread');
    }
  });
}

function workerFor(
  platform: Platform,
  { lab: data, submission, ...rest }: WorkerOrder,
  findLab: (slug: string) => Lab | undefined,
): TaskWorker {
  const whole = findLab(data.slug);
  invariant(whole !== undefined, `there is no lab «${data.slug}»`);
  const lab = labFrom(data, whole);
  return new LocalWorker({ ...rest, platform, lab, submission: submissionOf(lab, submission) });
}

async function perform(
  worker: TaskWorker,
  task: Task,
  signal: AbortSignal,
  say: (message: FromWorker) => void,
): Promise<void> {
  try {
    const onProgress = (explored: number, broken?: string): void => say({ kind: 'progress', explored, broken });
    say(told(await worker.perform(task, { signal, onProgress })));
  } catch (error) {
    if (signal.aborted) say({ kind: 'stopped' });
    else say({ kind: 'failed', ...described(error) });
  }
}

function told(outcome: TaskOutcome): FromWorker {
  return outcome.kind === 'explored' ? { ...outcome, exploration: explorationToData(outcome.exploration) } : outcome;
}

function described(error: unknown): { readonly name: string; readonly message: string; readonly stack: string } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: '' };
  return { name: error.name, message: error.message, stack: error.stack ?? '' };
}

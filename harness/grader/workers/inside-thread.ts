/**
 * A thread that explores, seen from inside: takes its order, explores what it is told, says what came of it.
 *
 * Started by `thread.ts` through a file that knows the course.
 */

import type { MessagePort } from 'node:worker_threads';
import type { Lab } from '../../course/lab.ts';
import { asData } from '../exploration/as-data.ts';
import { submissionOf } from '../submission/submission.ts';
import { Explorer, type Outcome, type Task } from './local-worker.ts';
import { type CrewOrder, type FromWorker, labFrom, type ToWorker } from './messages.ts';

/** Listens until it is told to close. */
export function work(port: MessagePort, findLab: (slug: string) => Lab | undefined): void {
  const say = (message: FromWorker): void => port.postMessage(message);
  let explorer: Explorer | null = null;
  let stop = new AbortController();
  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'order':
        explorer = explorerFor(message.order, findLab);
        say({ kind: 'ready' });
        return;
      case 'explore':
        stop = new AbortController();
        if (explorer !== null) void explore(explorer, message.task, stop.signal, say);
        return;
      case 'stop':
        stop.abort();
        return;
      case 'close':
        stop.abort();
        explorer?.close();
        port.close();
        return;
    }
  });
}

function explorerFor(
  { lab: data, submission, ...rest }: CrewOrder,
  findLab: (slug: string) => Lab | undefined,
): Explorer {
  const whole = findLab(data.slug);
  if (whole === undefined) throw new Error(`there is no lab «${data.slug}»`);
  const lab = labFrom(data, whole);
  return new Explorer({ ...rest, lab, submission: submissionOf(lab, submission) });
}

async function explore(
  explorer: Explorer,
  task: Task,
  signal: AbortSignal,
  say: (message: FromWorker) => void,
): Promise<void> {
  try {
    const onProgress = (explored: number): void => say({ kind: 'progress', explored });
    say(told(await explorer.explore(task, { signal, onProgress })));
  } catch (error) {
    if (signal.aborted) say({ kind: 'stopped' });
    else say({ kind: 'failed', ...described(error) });
  }
}

function told(outcome: Outcome): FromWorker {
  return outcome.kind === 'explored' ? { ...outcome, exploration: asData(outcome.exploration) } : outcome;
}

function described(error: unknown): { readonly name: string; readonly message: string; readonly stack: string } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: '' };
  return { name: error.name, message: error.message, stack: error.stack ?? '' };
}

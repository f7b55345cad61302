/**
 * The process that grades what a learner has saved: it loads the grader, waits for its order, carries it out once and ends.
 *
 * It is started before there is anything to grade, so that nobody waits while it loads. It also ends when the server that started it
 * is gone, and in order when it is told to.
 */

import process from 'node:process';
import { createInterface } from 'node:readline';
import type { GradeProgress } from '../../grader/grade.ts';
import { PLAIN_PAGE } from '../../grader/report/page.ts';
import type { LabResult } from '../../grader/result.ts';
import { HARNESS_VERSION } from '../../version.ts';
import { UsageError } from '../arguments.ts';
import { cloneAt, cloneRoot } from '../clone.ts';
import { gradeFiles, labNamed, learnerFilesIn } from '../grading.ts';
import { Interrupted } from '../interrupted.ts';
import type { Io } from '../io.ts';
import { endInOrder, endSoon } from '../process-end.ts';
import { lookQuickly } from '../quick-look.ts';
import { everyCore } from '../workers.ts';
import type { GradingNews, GradingPhase, SaveOrder } from './order.ts';

const interrupted = endInOrder();
const io: Io = {
  out: () => undefined,
  err: () => undefined,
  page: PLAIN_PAGE,
  liveProgress: false,
  cwd: cloneRoot(),
  signal: interrupted.signal,
  clone: cloneAt(cloneRoot()),
  terminal: null,
  buildServer: (process.env.CI ?? '') !== '',
  listChecks: async () => false,
};

const orders = createInterface({ input: process.stdin });
orders.once('line', (line) => void carryOut(JSON.parse(line) as SaveOrder));
orders.once('close', () => interrupted.abort());

async function carryOut(order: SaveOrder): Promise<void> {
  try {
    tell({ kind: 'verdict', result: await graded(order) });
  } catch (error) {
    if (!(error instanceof Interrupted)) tell({ kind: 'failed', message: messageOf(error) });
  }
  process.stdin.destroy();
  endSoon();
}

async function graded({ slug, folder, lookFrom }: SaveOrder): Promise<LabResult> {
  const lab = labNamed(slug);
  const read = await learnerFilesIn(lab, folder, folder);
  const tellOf = (phase: GradingPhase) => (progress: GradeProgress) => tell({ kind: 'progress', phase, progress });
  if (lookFrom !== null) {
    const result = await lookQuickly(lab, read, io, { onProgress: tellOf('look'), firstTask: lookFrom });
    tell({ kind: 'look', result });
  }
  return await gradeFiles(lab, read, io, {
    onProgress: tellOf('verdict'),
    before: 'use',
    workers: everyCore(),
  });
}

function messageOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `An error of ours; there is nothing to change in your code. Please send us this:\n${HARNESS_VERSION} ${text}`;
}

function tell(news: GradingNews): void {
  process.stdout.write(`${JSON.stringify(news)}\n`);
}

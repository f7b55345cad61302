/**
 * Grades what is saved in processes of their own, so that a server goes on answering, and keeps one ready for the next save.
 *
 * A process grades once. The one that waits has loaded the grader already; it is not used if a file of the harness has changed
 * since, or it would grade by the older text. Stopping a grading is ordinary: it happens when a learner saves again.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { LabResult } from '../../grader/result.ts';
import { filesOfRooms, isYoungerThan } from '../../node/harness-files.ts';
import { ROOMS_OF_AN_EXPLORATION } from '../../node/harness-hash.ts';
import { cloneRoot } from '../clone.ts';
import type { GradingNews, SaveOrder } from './order.ts';

const SCRIPT = join(import.meta.dirname, 'grading-process.ts');
/** The limit of a process's output, in bytes. Even a long trace is shorter. */
const MOST_OUTPUT = 64_000_000;
/** What is shown of the output of a process that gave no verdict, in characters. */
const MOST_COMPLAINT = 2_000;

export type SavedVerdict =
  | { readonly kind: 'result'; readonly result: LabResult }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string };

/** What is heard before the verdict. */
export type EarlyNews = Extract<GradingNews, { kind: 'progress' | 'look' }>;

interface Waiting {
  readonly child: ChildProcess;
  readonly startedMs: number;
}

export class GradingProcesses {
  readonly #start: () => ChildProcess;
  readonly #nowMs: () => number;
  #waiting: Waiting | null = null;
  #closed = false;

  /** For tests, another way to start a process, and another clock. */
  constructor(start: () => ChildProcess = startGradingProcess, nowMs: () => number = Date.now) {
    this.#start = start;
    this.#nowMs = nowMs;
  }

  /** Starts a process for the next grading, unless one waits. */
  prepare(): void {
    if (this.#closed || this.#waiting !== null) return;
    // Read first: a file that changes while the process loads is younger than it.
    const startedMs = this.#nowMs();
    const waiting = { child: this.#start(), startedMs };
    const forget = (): void => {
      if (this.#waiting === waiting) this.#waiting = null;
    };
    // One that ends by itself could not load. The next grading starts another, and says why if that can't either.
    waiting.child.once('error', forget).once('exit', forget);
    this.#waiting = waiting;
  }

  /** Grades a submission. `signal` stops it; then the promise resolves when the process is gone. */
  grade(order: SaveOrder, signal: AbortSignal, hear: (news: EarlyNews) => void): Promise<SavedVerdict> {
    const child = this.#take();
    return new Promise((resolve) => {
      let complaint = '';
      let size = 0;
      let last: SavedVerdict | null = null;
      const stop = (): void => {
        child.kill('SIGTERM');
        // The next grading is at hand: its process loads while this one ends.
        this.prepare();
      };
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      child.stdout?.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_OUTPUT) child.kill('SIGTERM');
      });
      if (child.stdout !== null)
        createInterface({ input: child.stdout }).on('line', (line) => {
          const news = newsIn(line);
          if (news === null) complaint = `${complaint}${line}\n`.slice(-MOST_COMPLAINT);
          else if (news.kind === 'verdict') last = { kind: 'result', result: news.result };
          else if (news.kind === 'failed') last = news;
          else if (!signal.aborted) hear(news);
        });
      child.stderr?.on('data', (text: Buffer) => {
        complaint = `${complaint}${text}`.slice(-MOST_COMPLAINT);
      });
      child.once('error', (error) => resolve({ kind: 'failed', message: error.message }));
      child.once('close', () => {
        signal.removeEventListener('abort', stop);
        resolve(signal.aborted ? { kind: 'stopped' } : (last ?? withoutVerdict(complaint)));
      });
      child.stdin?.on('error', () => undefined);
      child.stdin?.write(`${JSON.stringify(order)}\n`);
    });
  }

  /** Ends the process that waits, and starts none any more. */
  close(): void {
    this.#closed = true;
    this.#waiting?.child.kill('SIGKILL');
  }

  #take(): ChildProcess {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting === null) return this.#start();
    if (!hasChangedSince(waiting.startedMs)) return waiting.child;
    waiting.child.kill('SIGKILL');
    return this.#start();
  }
}

/** Whether a process that was started then may have loaded another text of the harness than there is now. */
function hasChangedSince(startedMs: number): boolean {
  return filesOfRooms([...ROOMS_OF_AN_EXPLORATION, 'cli']).some((path) => isYoungerThan(path, startedMs));
}

/** The news in a line; null for a line that something else has printed. */
function newsIn(line: string): GradingNews | null {
  if (!line.startsWith('{"kind":')) return null;
  try {
    return JSON.parse(line) as GradingNews;
  } catch {
    return null;
  }
}

function withoutVerdict(complaint: string): SavedVerdict {
  const said = complaint.trim();
  return { kind: 'failed', message: said === '' ? 'The grading process ended without a result.' : said };
}

/** In the clone's root, so that messages name files as learners know them. */
function startGradingProcess(): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT], {
    cwd: cloneRoot(),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

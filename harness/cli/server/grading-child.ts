/**
 * Grades a lab in a separate process, so that the server goes on answering.
 *
 * The child is this same CLI with `grade --json`, and its standard output is only the result. Stopping it is ordinary: it
 * happens when a learner saves again.
 */

import { spawn } from 'node:child_process';
import { join, relative } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { GradeProgress } from '../../grader/grade.ts';
import type { LabResult } from '../../grader/result.ts';
import { cloneRoot } from '../clone.ts';

const MAIN = join(import.meta.dirname, '..', 'main.ts');
/** The limit of the child's output, in bytes. Even a long trace is shorter. */
const MOST_OUTPUT = 64_000_000;

export type ChildVerdict =
  | { readonly kind: 'result'; readonly result: LabResult }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string };

/** What the child says while it grades. */
export type GradingProgress = GradeProgress;

/**
 * Grades `folder` as a submission of the lab. `signal` stops it; the promise resolves when the child is gone. `quickFrom`
 * asks for a first look that begins with this task, which is no verdict.
 */
export function gradeInChild(
  slug: string,
  folder: string,
  signal: AbortSignal,
  onProgress: (progress: GradingProgress) => void = () => undefined,
  quickFrom?: number,
): Promise<ChildVerdict> {
  return new Promise((resolve) => {
    const args = [
      '--disable-warning=ExperimentalWarning',
      MAIN,
      'grade',
      slug,
      '--from',
      relative(cloneRoot(), folder),
      '--json',
      '--skip-types',
      '--progress',
      ...(quickFrom === undefined ? ['--skip-unchanged'] : ['--quick', '--task', String(quickFrom)]),
    ];
    // The child runs in the clone's root, so that messages name files as learners know them.
    const child = spawn(process.execPath, args, { cwd: cloneRoot(), stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    let size = 0;
    let complaint = '';
    const stop = (): void => void child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_OUTPUT) stop();
      else chunks.push(chunk);
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      const progress = progressIn(line);
      if (progress === null) complaint = `${complaint}${line}\n`.slice(-2_000);
      else if (!signal.aborted) onProgress(progress);
    });
    child.once('error', (error) => resolve({ kind: 'failed', message: error.message }));
    child.once('close', () => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) resolve({ kind: 'stopped' });
      else resolve(read(Buffer.concat(chunks).toString(), complaint));
    });
  });
}

/** The progress in a line that `grade --progress` writes from time to time; null for any other line. */
function progressIn(line: string): GradingProgress | null {
  if (!line.startsWith('{"scenario":')) return null;
  try {
    return JSON.parse(line) as GradingProgress;
  } catch {
    return null;
  }
}

function read(json: string, complaint: string): ChildVerdict {
  try {
    const result = JSON.parse(json) as LabResult;
    // A result without a planned check says why nothing was graded.
    if (result.integrity.plannedChecks === 0) return { kind: 'failed', message: result.message ?? complaint.trim() };
    return { kind: 'result', result };
  } catch {
    const message = complaint.trim() === '' ? 'The grading process ended without a result.' : complaint.trim();
    return { kind: 'failed', message };
  }
}

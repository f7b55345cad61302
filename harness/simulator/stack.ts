/**
 * Stacks in a trace: source-mapped frames of the learner's own files under `/var/task`, and no frame of the harness.
 */

import type { FunctionError } from './contract/code.ts';
import type { Frame } from './contract/trace-entry.ts';
import type { RawFrame } from './host.ts';

/** Finds the learner's line for a position in a bundle; undefined if there is none. */
export type Locate = (frame: RawFrame) => Frame | undefined;

const TASK_FRAME = /^\s*at (?:(.*?) \()?\/var\/task\/([^):]+)\.js:(\d+):(\d+)\)?$/;

/** The error with its stack mapped; frames outside the learner's files are left out. */
export function mapTrace(error: FunctionError, locate: Locate): FunctionError {
  if (error.trace === undefined) return error;
  const trace: string[] = [];
  for (const line of error.trace) {
    if (!line.trimStart().startsWith('at ')) {
      trace.push(line);
      continue;
    }
    const match = TASK_FRAME.exec(line);
    if (match === null) continue;
    const at = locate({ module: match[2] ?? '', line: Number(match[3]), column: Number(match[4]) });
    if (at === undefined) continue;
    const where = `/var/task/${at.file}:${at.line}:${at.column}`;
    trace.push(match[1] === undefined ? `    at ${where}` : `    at ${match[1]} (${where})`);
  }
  return { ...error, trace };
}

/**
 * The result of a grading that never began, for programs that read `grade --json`: a folder that is not there, an option that is
 * misspelt, a bug of ours.
 *
 * It has no checks, since nothing was planned. Its outcome says who has to act, as everywhere: `ungraded` or `harness-error`.
 */

import process from 'node:process';
import type { LabResult } from '../grader/result.ts';
import { HARNESS_VERSION } from '../version.ts';

/** The result with this sentence. `lab`: the lab that was asked for; empty if none was. */
export function errorResult(lab: string, outcome: 'ungraded' | 'harness-error', message: string): LabResult {
  return {
    schema: 'raceproof-result/1',
    lab,
    labVersion: 0,
    labTitle: '',
    harness: HARNESS_VERSION,
    node: process.versions.node,
    target: 'simulator',
    host: 'isolated',
    outcome,
    durationMs: 0,
    score: { earned: 0, max: 0 },
    tasks: [],
    message,
    checks: [],
    notices: [],
    integrity: { submissionSha256: '', plannedChecks: 0 },
  };
}

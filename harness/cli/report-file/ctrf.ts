/**
 * A result in the Common Test Report Format, version 0.0: a test for each check, with its points beside it.
 *
 * https://ctrf.io. The types are those of its reference implementation, whose validator the tests use. A check takes no time of its own,
 * since one exploration judges several checks.
 */

import { join } from 'node:path/posix';
import type { CTRFReport, Summary, Test, TestStatus } from 'ctrf';
import { placeOfCheck } from '../../grader/report/full-check.ts';
import type { CheckResult, LabResult } from '../../grader/result.ts';
import { type ReportedCheck, reportedCheck } from './outcome-of-check.ts';

/** A check that could not be judged is a failure only if the learner's code is the reason. */
function statusOf(status: ReportedCheck['status'], { outcome }: LabResult): TestStatus {
  if (status !== 'error') return status;
  return outcome === 'fail' ? 'failed' : 'other';
}

/** The JSON, ending in a line break. `endedMs`: when the grading ended, in milliseconds since 1970. */
export function reportAsCtrf(result: LabResult, endedMs: number): string {
  const tests = result.checks.map((check) => testOf(check, result));
  const { lab, labVersion, outcome, score, tasks, message } = result;
  const report: CTRFReport = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    generatedBy: 'raceproof',
    timestamp: new Date(endedMs).toISOString(),
    results: {
      tool: { name: 'raceproof', version: result.harness },
      summary: summaryOf(tests, endedMs, result),
      tests,
      extra: { lab, labVersion, outcome, score, tasks, ...(message === undefined ? {} : { message }) },
    },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function testOf(check: CheckResult, result: LabResult): Test {
  const { lab } = result;
  const { status, message, details } = reportedCheck(check);
  const at = placeOfCheck(check);
  return {
    name: check.title,
    status: statusOf(status, result),
    rawStatus: check.status,
    duration: 0,
    suite: [lab, `task ${check.task}`],
    type: check.kind,
    message,
    ...(details === '' ? {} : { trace: details }),
    ...(at === undefined ? {} : { filePath: join('labs', lab, at.file), line: at.line }),
    extra: { id: check.id, points: check.points, maxPoints: check.maxPoints },
  };
}

function summaryOf(tests: readonly Test[], endedMs: number, { durationMs, tasks }: LabResult): Summary {
  const having = (status: TestStatus): number => tests.filter((test) => test.status === status).length;
  return {
    tests: tests.length,
    passed: having('passed'),
    failed: having('failed'),
    skipped: having('skipped'),
    pending: 0,
    other: having('other'),
    suites: tasks.length,
    start: endedMs - durationMs,
    stop: endedMs,
    duration: durationMs,
  };
}

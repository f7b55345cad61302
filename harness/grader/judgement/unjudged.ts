/**
 * The result of a submission that can't be judged: every check says why, and none passes.
 */

import type { Finding } from '../findings/finding.ts';
import type { CheckResult, LabResult } from '../result.ts';
import { sourceLine } from '../submission/submitted-files.ts';
import { type About, assemble } from './lab-result.ts';

/** The result when findings prevent a verdict. The first finding gives place and kind. */
export function unjudged(about: About, findings: readonly Finding[], files: ReadonlyMap<string, string>): LabResult {
  const [first] = findings;
  const message = findings.map(sentence).join('\n');
  const frame = first?.frame;
  const shown =
    frame === undefined ? {} : { frame: { ...frame, text: frame.text ?? sourceLine(files, frame.file, frame.line) } };
  return { ...withoutVerdict(about, message, shown), ...(first === undefined ? {} : { finding: first.kind }) };
}

/** The result when there is no verdict for a reason outside code and template. */
export function withoutVerdict(about: About, message: string, shown: Pick<CheckResult, 'frame'> = {}): LabResult {
  const templateChecks = (about.lab.templateChecks ?? []).map((check) => ({ ...check, kind: 'template' }) as const);
  const checks = [...about.lab.checks, ...templateChecks].map(
    ({ id, task, title, kind, points }): CheckResult => ({
      id,
      task,
      title,
      kind,
      status: 'error',
      points: 0,
      maxPoints: points,
      message,
      ...shown,
    }),
  );
  return assemble(about, checks, { notices: [], outcome: 'fail', message });
}

function sentence({ message, frame }: Finding): string {
  return frame === undefined ? message : `${frame.file}:${frame.line} — ${message}`;
}

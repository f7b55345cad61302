/**
 * A shown failure as the counterexample of a result: its token, how simple it is, why it fails, and the line that it points at.
 */

import type { Lab, Scenario } from '../../course/lab.ts';
import type { CheckExploration, Failure, ScenarioExploration } from '../exploration/exploration.ts';
import { howSimple } from '../exploration/numbers.ts';
import { writeToken } from '../replay/token.ts';
import type { Counterexample } from '../result.ts';
import type { Submission } from '../submission/submission.ts';
import { sourceLine } from '../submission/submitted-files.ts';
import type { ShownFailure } from './shown-failure.ts';

/** A failing check, its simplest failure as it was shown, and the exploration that found it. */
export interface FailedCheck {
  readonly scenario: Scenario;
  readonly exploration: ScenarioExploration;
  readonly state: CheckExploration;
  readonly failure: Failure;
  readonly shown: ShownFailure;
}

export function counterexampleOf(
  lab: Lab,
  submission: Submission,
  { scenario, exploration, state, failure, shown }: FailedCheck,
): Counterexample {
  const { violation, trace, explanation } = shown;
  const { because, frame, swap, marked } = explanation;
  return {
    token: writeToken({
      lab: lab.slug,
      labVersion: lab.version,
      scenario: scenario.name,
      code: submission.sha256.slice(0, 8),
      ...(failure.seed === undefined ? { record: failure.record } : { seed: failure.seed }),
    }),
    headline: violation.headline,
    shortest: howSimple(exploration, state),
    because,
    trace,
    ...(swap === undefined ? {} : { swap }),
    ...(marked === undefined ? {} : { marked }),
    ...(frame === undefined ? {} : { frame: { ...frame, text: sourceLine(submission.files, frame.file, frame.line) } }),
  };
}

/**
 * Grades the mutants of a right answer: which are caught, and which survive.
 *
 * A mutant is caught as soon as one check fails, or when it can't be run. A few random orders of each scenario catch most of them, so
 * everything is explored only for those that these leave. A survivor is no mistake if the lab lists it as equivalent, with the
 * reason.
 */

import type { CourseLab } from '../../../course/kit/definition.ts';
import type { EquivalentMutant } from '../../../course/kit/equivalent-mutant.ts';
import type { Lab, Scenario } from '../../../course/lab.ts';
import type { LabResult } from '../../../grader/result.ts';
import { type ChangeInWords, changed, type MutantChange, onOneLine, toldOf } from './change.ts';
import type { RightAnswer } from './right-answer.ts';

/** Grades files as a learner's. */
export type Grade = (lab: Lab, files: ReadonlyMap<string, string>) => Promise<LabResult>;

/** What became of one mutant. */
export interface MutantVerdict {
  readonly change: MutantChange;
  readonly told: ChangeInWords;
  /** The check that failed, or why it could not be run; null if everything held. */
  readonly caughtBy: string | null;
  /** Why no check could catch it, if the lab says so. */
  readonly equivalent: string | null;
}

/** So many random orders of each scenario come first. */
const FEW_SCHEDULES = 25;

/** Grades mutants one after the other. The scenario that caught the one before comes first: neighbours break the same. */
export class MutantGrader {
  readonly #lab: CourseLab;
  readonly #grade: Grade;
  #order: readonly Scenario[];

  constructor(lab: CourseLab, grade: Grade) {
    this.#lab = lab;
    this.#grade = grade;
    this.#order = lab.scenarios.filter(({ plan }) => plan.mode === 'exhaustive');
  }

  async verdictOf(answer: RightAnswer, change: MutantChange): Promise<MutantVerdict> {
    const files = changed(answer.files, change);
    const told = toldOf(answer.files, change);
    const caughtBy = (await this.#quickly(files)) ?? failedIn(await this.#grade(this.#lab, files));
    const listed = (this.#lab.equivalentMutants ?? []).find((one) => isListed(one, answer, change, told));
    return { change, told, caughtBy, equivalent: caughtBy === null ? (listed?.reason ?? null) : null };
  }

  async #quickly(files: ReadonlyMap<string, string>): Promise<string | null> {
    for (const scenario of this.#order) {
      const caughtBy = brokenIn(await this.#grade(only(this.#lab, scenario), files));
      if (caughtBy === null) continue;
      this.#order = [scenario, ...this.#order.filter((other) => other !== scenario)];
      return caughtBy;
    }
    return null;
  }
}

/** The lab with one scenario, of which a few orders are drawn. */
function only(lab: Lab, scenario: Scenario): Lab {
  return {
    ...lab,
    scenarios: [{ ...scenario, plan: { mode: 'sampled', schedules: FEW_SCHEDULES, seed: 7 } }],
    checks: lab.checks.filter((check) => check.scenario === scenario.name),
    templateChecks: [],
  };
}

/** In a few orders, a danger that did not come up says nothing. */
function brokenIn({ outcome, checks, message }: LabResult): string | null {
  const failed = checks.find(({ status, kind }) => status === 'fail' && kind !== 'reach');
  if (failed !== undefined) return failed.id;
  return checks.some(({ status }) => status === 'error') || outcome === 'harness-error' ? (message ?? outcome) : null;
}

function failedIn(result: LabResult): string | null {
  if (result.outcome === 'pass') return null;
  return result.checks.find(({ status }) => status === 'fail')?.id ?? result.message ?? result.outcome;
}

/** Whether the lab lists this change of this answer. */
export function isListed(
  { answer, path, was, is, line = '' }: EquivalentMutant,
  { name, files }: RightAnswer,
  change: MutantChange,
  told: ChangeInWords,
): boolean {
  if (name !== answer || change.path !== path || onOneLine(was) !== told.was || onOneLine(is) !== told.is) return false;
  const stands = files.get(path)?.split('\n')[told.line - 1] ?? '';
  return stands.trimStart().startsWith(line);
}

/** Caught, of those that are not equivalent: from 0 to 1. */
export function scoreOf(verdicts: readonly MutantVerdict[]): number {
  const counting = verdicts.filter(({ equivalent }) => equivalent === null);
  if (counting.length === 0) return 1;
  return counting.filter(({ caughtBy }) => caughtBy !== null).length / counting.length;
}

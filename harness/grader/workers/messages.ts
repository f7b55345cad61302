/**
 * The messages between the grader and its threads: plain data in both directions.
 *
 * Each thread has its own copy of the course and the harness, so a lab travels as its name and its differences.
 */

import type { Check, Lab, Scenario } from '../../course/lab.ts';
import type { HostKind } from '../../platform/platform.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import type { ExplorationData } from '../exploration/as-data.ts';
import type { SubmissionData } from '../submission/submission.ts';
import type { Task, TaskOutcome } from './task.ts';

/** A lab of the course, perhaps with only some of its scenarios or with other plans. The name is enough to make it again. */
export interface LabData {
  readonly slug: string;
  /** The scenarios to explore, with their data as changed for this grading. */
  readonly scenarios: readonly (Partial<Scenario> & Pick<Scenario, 'name'>)[];
  /** By id. */
  readonly checks: readonly string[];
  /** By id. */
  readonly templateChecks: readonly string[];
}

/** What a thread needs to know once, when it starts. */
export interface WorkerOrder {
  readonly lab: LabData;
  readonly submission: SubmissionData;
  readonly host: HostKind;
  readonly seed?: number;
}

export type ToWorker =
  | { readonly kind: 'order'; readonly order: WorkerOrder }
  | { readonly kind: 'perform'; readonly task: Task }
  | { readonly kind: 'stop' }
  | { readonly kind: 'close' };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly explored: number; readonly broken: string | undefined }
  | {
      readonly kind: 'explored';
      readonly exploration: ExplorationData;
      readonly work: number;
      readonly startedModules: readonly string[];
    }
  | Exclude<TaskOutcome, { kind: 'explored' }>
  | { readonly kind: 'stopped' }
  /** A bug of ours. */
  | { readonly kind: 'failed'; readonly name: string; readonly message: string; readonly stack: string };

/** The lab as data. */
export function labData(lab: Lab): LabData {
  const scenarios = lab.scenarios.map((scenario) => ({ ...asFarAsData(scenario), name: scenario.name }));
  const templateChecks = (lab.templateChecks ?? []).map(({ id }) => id);
  return { slug: lab.slug, scenarios, checks: lab.checks.map(({ id }) => id), templateChecks };
}

/** Makes the lab again from the course's own lab and this data. */
export function labFrom({ scenarios, checks, templateChecks }: LabData, whole: Lab): Lab {
  return {
    ...whole,
    scenarios: scenarios.map((data) => ({ ...named(whole.scenarios, data.name), ...data })),
    checks: checks.map((id): Check => {
      const check = whole.checks.find((candidate) => candidate.id === id);
      invariant(check !== undefined, `the lab ${whole.slug} has no check «${id}»`);
      return check;
    }),
    templateChecks: (whole.templateChecks ?? []).filter(({ id }) => templateChecks.includes(id)),
  };
}

/** The data of a scenario. Every thread takes the functions from its own course. */
function asFarAsData(scenario: Scenario): Partial<Scenario> {
  return Object.fromEntries(Object.entries(scenario).filter(([, value]) => isData(value)));
}

function isData(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isData);
  return typeof value !== 'function';
}

function named(scenarios: readonly Scenario[], name: string): Scenario {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  invariant(scenario !== undefined, `there is no scenario «${name}»`);
  return scenario;
}

/**
 * What the grader and its threads say to each other: plain data in both directions.
 *
 * A thread has the course and the harness of its own, so a lab travels as its name and what is different about it this time.
 */

import type { Check, Lab, Scenario } from '../../course/lab.ts';
import type { HostKind } from '../../platform/platform.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import type { ExplorationData } from '../exploration/as-data.ts';
import type { SubmissionData } from '../submission/submission.ts';
import type { Task, TaskOutcome } from './task.ts';

/** A lab of the course, perhaps only a part of it or with other plans. The lab's name is enough to make it again. */
export interface LabData {
  readonly slug: string;
  /** The scenarios of this time, with their data as it is this time. */
  readonly scenarios: readonly (Partial<Scenario> & Pick<Scenario, 'name'>)[];
  /** By id. */
  readonly checks: readonly string[];
}

/** What a thread needs to know once. */
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
  | { readonly kind: 'progress'; readonly explored: number }
  | {
      readonly kind: 'explored';
      readonly exploration: ExplorationData;
      readonly startedModules: readonly string[];
    }
  | Exclude<TaskOutcome, { kind: 'explored' }>
  | { readonly kind: 'stopped' }
  /** A bug of ours. */
  | { readonly kind: 'failed'; readonly name: string; readonly message: string; readonly stack: string };

/** The lab as data. */
export function labData(lab: Lab): LabData {
  const scenarios = lab.scenarios.map((scenario) => ({ ...asFarAsData(scenario), name: scenario.name }));
  return { slug: lab.slug, scenarios, checks: lab.checks.map(({ id }) => id) };
}

/** The lab again, made from the course's own. */
export function labFrom({ scenarios, checks }: LabData, whole: Lab): Lab {
  return {
    ...whole,
    scenarios: scenarios.map((data) => ({ ...named(whole.scenarios, data.name), ...data })),
    checks: checks.map((id): Check => {
      const check = whole.checks.find((candidate) => candidate.id === id);
      invariant(check !== undefined, `the lab ${whole.slug} has no check «${id}»`);
      return check;
    }),
  };
}

/** The data of a scenario. Its functions are the course's, in every thread. */
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

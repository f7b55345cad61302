/**
 * Divides one scenario's exploration into parts, has the caller explore them, and merges their results.
 *
 * It explores nothing itself. It reads results in the order of the parts, so it makes no difference which part was done first.
 */

import type { ExhaustivePlan, Scenario } from '../../course/lab.ts';
import type { Finding } from '../findings/finding.ts';
import type { ScenarioExploration } from './exploration.ts';
import { resultsInOrder } from './in-order.ts';
import { failsAsMuch, hasFailed, merge, withShown } from './merge.ts';
import type { ExplorationPart, PartResult } from './part.ts';
import { ENOUGH_AFTER_A_FAILURE } from './proof.ts';
import { workLimitsOf } from './work.ts';

/** The outcome of a part: a result, or a finding if no verdict is possible at all. */
export type PartOutcome = PartResult | Found;

/** The outcome of the scenario. */
export type ExplorationOutcome = Explored | Found;

type Explored = { readonly kind: 'explored'; readonly exploration: ScenarioExploration };
type Found = { readonly kind: 'finding'; readonly finding: Finding };

export interface InParts {
  readonly scenario: Scenario;
  /** Replaces the seeds of the scenario. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Explores a part. Of the waiting parts, the one with the lowest number comes first. */
  explorePart(part: ExplorationPart, number: number, signal: AbortSignal): Promise<PartOutcome>;
}

/** Explores as the scenario's plan says. */
export async function exploreInParts(options: InParts): Promise<ExplorationOutcome> {
  const { scenario, seed } = options;
  const { plan } = scenario;
  if (plan.mode === 'timed') {
    const seeds = seed === undefined ? plan.seeds : [seed];
    const parts = seeds.map((of): ExplorationPart => ({ kind: 'seed', seed: of }));
    return together(await allOf(options, parts, (outcome) => foundIn(outcome)));
  }
  const whole = await allOf(options, [{ kind: 'whole' }], () => true);
  const [first] = whole;
  if (first?.kind !== 'divided' || plan.mode !== 'exhaustive') return together(whole);
  return exploreJobs(options, first.jobs, plan);
}

async function exploreJobs(
  options: InParts,
  jobs: (PartResult & { readonly kind: 'divided' })['jobs'],
  plan: ExhaustivePlan,
): Promise<ExplorationOutcome> {
  const { maxSchedules } = plan;
  const parts = jobs.map((job): ExplorationPart => ({ kind: 'job', job }));
  const outcomes = await allOf(options, parts, limitOf(plan));
  const isWhole = outcomes.length === parts.length && outcomes.every(isExhausted);
  if (isWhole || outcomes.some(foundIn)) return together(outcomes);
  const explored = outcomes.filter((outcome) => outcome.kind === 'explored');
  const failed = explored.some(({ exploration }) => hasFailed(exploration));
  const beyond = async () => together(await allOf(options, [{ kind: 'otherwise' }], () => true));
  if (!failed) return beyond();
  const { standsFor: _, ...kinds } = merge(explored.map(({ exploration }) => exploration));
  const tried: ExplorationOutcome = { kind: 'explored', exploration: { ...kinds, exhaustive: false } };
  if (maxSchedules <= ENOUGH_AFTER_A_FAILURE) return tried;
  // Kinds have no order of simplicity. The exploration of the simplest schedules knows the simplest failure.
  const simple = await beyond();
  if (simple.kind === 'finding') return simple;
  if (!failsAsMuch(simple.exploration, kinds)) return tried;
  return { kind: 'explored', exploration: withShown(simple.exploration, kinds) };
}

/** A function that says of each outcome, in order, whether it is the last that matters. */
function limitOf(plan: ExhaustivePlan): (outcome: PartOutcome) => boolean {
  const { maxSchedules } = plan;
  const maxWork = workLimitsOf(plan);
  let explored = 0;
  let work = 0;
  let failed = false;
  return (outcome) => {
    if (!isExhausted(outcome)) return true;
    explored += outcome.exploration.explored;
    work += outcome.work;
    failed ||= hasFailed(outcome.exploration);
    if (work >= (failed ? maxWork.afterAFailure : maxWork.proof)) return true;
    return explored >= (failed ? Math.min(ENOUGH_AFTER_A_FAILURE, maxSchedules) : maxSchedules);
  };
}

function isExhausted(outcome: PartOutcome): outcome is PartResult & { readonly kind: 'explored' } {
  return outcome.kind === 'explored' && outcome.exploration.exhaustive;
}

function foundIn(outcome: PartOutcome): boolean {
  return outcome.kind === 'finding' || (outcome.kind === 'explored' && outcome.exploration.finding !== null);
}

function allOf(
  { explorePart, signal }: InParts,
  parts: readonly ExplorationPart[],
  isLast: (outcome: PartOutcome) => boolean,
): Promise<readonly PartOutcome[]> {
  return resultsInOrder(
    parts.map((part, number) => (stop) => explorePart(part, number, stop)),
    isLast,
    signal,
  );
}

function together(outcomes: readonly PartOutcome[]): ExplorationOutcome {
  const found = outcomes.find((outcome) => outcome.kind === 'finding');
  if (found !== undefined) return found;
  const explored = outcomes.filter((outcome) => outcome.kind === 'explored');
  return { kind: 'explored', exploration: merge(explored.map(({ exploration }) => exploration)) };
}

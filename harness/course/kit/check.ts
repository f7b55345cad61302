/**
 * A check as a lab writes it: tied to its scenario, with the kinds of failure that it can name.
 *
 * The scenario gives the type of the observation. A check that looks at the trace is made from a counter and sees only what the
 * counter counts, so its `sees` and `watches` are always set and always right. The grader decides when a check is judged.
 */

import type { Trace, TraceEvent } from '../../simulator/trace.ts';
import type { Check, Violation } from '../lab.ts';
import type { Counter } from './counter.ts';
import type { LabScenario } from './scenario.ts';

type Kind = Check['kind'];

/** A violation, with the kind of failure that selects the hint. */
export interface Failing<Failure extends string> extends Violation {
  readonly hintId: Failure;
}

interface About<Run extends object, OfKind extends Kind, Failure extends string>
  extends Pick<Check, 'id' | 'task' | 'title' | 'points' | 'guard'> {
  readonly kind: OfKind;
  /** The reach check of the same scenario that measures the danger: see `provokedBy` in the contract. */
  readonly provokedBy?: LabCheck<Run, 'reach'>;
  /** Every kind of failure that `judge` can name. Each needs a hint, and each hint needs a failure. */
  readonly failures: readonly Failure[];
}

/** A check of what the scenario observed. */
export interface CheckDefinition<Run extends object, OfKind extends Kind, Failure extends string>
  extends About<Run, OfKind, Failure> {
  /** Judges one finished run: null when all is well. */
  judge(run: { readonly observation: Run }): Failing<NoInfer<Failure>> | null;
}

/** A check that also sees what a counter found in the trace. */
export interface CountingCheckDefinition<Run extends object, OfKind extends Kind, Failure extends string, Count>
  extends About<Run, OfKind, Failure> {
  /** Judges one finished run: null when all is well; of kind `reach`, null when this run shows it. */
  judge(run: { readonly observation: Run; readonly count: Count }): Failing<NoInfer<Failure>> | null;
}

/** A check that knows its scenario. The grader sees it as a `Check`. */
export interface LabCheck<Run extends object = never, OfKind extends Kind = Kind> extends Omit<Check, 'judge'> {
  readonly kind: OfKind;
  readonly failures: readonly string[];
  judge(run: { readonly observation: Run; readonly trace: Trace }): Violation | null;
}

/** Creates a check of this scenario's observation. */
export function check<Run extends object, const OfKind extends Kind, const Failure extends string>(
  scenario: LabScenario<Run>,
  definition: CheckDefinition<NoInfer<Run>, OfKind, Failure>,
): LabCheck<Run, OfKind> {
  const { provokedBy, judge, ...about } = definition;
  return { ...about, ...tiedTo(scenario, provokedBy), judge: ({ observation }) => judge({ observation }) };
}

/** Creates a check of what a counter finds in this scenario's traces; it also sees the observation. */
export function countingCheck<Run extends object, const OfKind extends Kind, const Failure extends string, Count>(
  scenario: LabScenario<Run>,
  counter: Counter<Count>,
  definition: CountingCheckDefinition<NoInfer<Run>, OfKind, Failure, NoInfer<Count>>,
): LabCheck<Run, OfKind> {
  const { provokedBy, judge, ...about } = definition;
  return {
    ...about,
    ...tiedTo(scenario, provokedBy),
    sees: counter.counts.every(isOfInvocations) ? 'invocations' : 'trace',
    watches: counter.watches,
    ...(counter.commuting === undefined ? {} : { commuting: counter.commuting }),
    judge: ({ observation, trace }) => judge({ observation, count: counter.of(trace) }),
  };
}

/** A judge for `reach`: a run shows it if its count is at least `least`. `otherwise` is reported if no run does. */
export function atLeast<const Failure extends string>(
  least: number,
  otherwise: Failing<Failure>,
): (run: { readonly count: number }) => Failing<Failure> | null {
  return ({ count }) => (count >= least ? null : otherwise);
}

function tiedTo(
  { name }: LabScenario<object>,
  provokedBy: LabCheck | undefined,
): Pick<Check, 'scenario' | 'provokedBy'> {
  return { scenario: name, ...(provokedBy === undefined ? {} : { provokedBy: provokedBy.id }) };
}

/** Every target records these events; only the simulator records others. */
function isOfInvocations(kind: TraceEvent['kind']): boolean {
  return kind === 'invocation-started' || kind === 'invocation-ended';
}

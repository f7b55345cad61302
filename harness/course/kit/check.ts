/**
 * A check as a lab writes it: tied to its scenario, with the kinds of failure that it can name.
 *
 * The scenario gives the type of the observation. A check that looks at the trace is made from a counter and sees what that
 * counts, so `sees` and `watches` can't be forgotten and can't be wrong. When a check is judged is the grader's business.
 */

import type { Trace, TraceEvent } from '../../simulator/trace.ts';
import type { Check, Violation } from '../lab.ts';
import type { Counter } from './counter.ts';
import type { LabScenario } from './scenario.ts';

type Kind = Check['kind'];

/** A check's «no», with the kind of failure that chooses the hint. */
export interface Failing<Failure extends string> extends Violation {
  readonly hintId: Failure;
}

interface About<Run extends object, OfKind extends Kind, Failure extends string>
  extends Pick<Check, 'id' | 'task' | 'title' | 'points'> {
  readonly kind: OfKind;
  /** The reach check of the same scenario that measures the danger: see `provokedBy` in the contract. */
  readonly provokedBy?: LabCheck<Run, 'reach'>;
  /** Every kind of failure that `judge` can name. Each needs a hint, and each hint a failure. */
  readonly failures: readonly Failure[];
}

/** A check that looks at what the scenario saw. */
export interface CheckDefinition<Run extends object, OfKind extends Kind, Failure extends string>
  extends About<Run, OfKind, Failure> {
  /** Judges one finished run: null when all is well. */
  judge(run: { readonly observation: Run }): Failing<NoInfer<Failure>> | null;
}

/** A check that looks at what a counter found in the trace as well. */
export interface CountingCheckDefinition<Run extends object, OfKind extends Kind, Failure extends string, Count>
  extends About<Run, OfKind, Failure> {
  /** Judges one finished run: null when all is well; of kind `reach`, null when this run shows it. */
  judge(run: { readonly observation: Run; readonly count: Count }): Failing<NoInfer<Failure>> | null;
}

/** A check that knows its scenario. To the grader it is a `Check`. */
export interface LabCheck<Run extends object = never, OfKind extends Kind = Kind> extends Omit<Check, 'judge'> {
  readonly kind: OfKind;
  readonly failures: readonly string[];
  judge(run: { readonly observation: Run; readonly trace: Trace }): Violation | null;
}

/** A check of this scenario's observation. */
export function check<Run extends object, const OfKind extends Kind, const Failure extends string>(
  scenario: LabScenario<Run>,
  definition: CheckDefinition<NoInfer<Run>, OfKind, Failure>,
): LabCheck<Run, OfKind> {
  const { provokedBy, judge, ...about } = definition;
  return { ...about, ...tiedTo(scenario, provokedBy), judge: ({ observation }) => judge({ observation }) };
}

/** A check of what a counter finds in this scenario's traces; it sees the observation, too. */
export function countingCheck<Run extends object, const OfKind extends Kind, const Failure extends string, Count>(
  scenario: LabScenario<Run>,
  counter: Counter<Count>,
  definition: CountingCheckDefinition<NoInfer<Run>, OfKind, Failure, NoInfer<Count>>,
): LabCheck<Run, OfKind> {
  const { provokedBy, judge, ...about } = definition;
  return {
    ...about,
    ...tiedTo(scenario, provokedBy),
    sees: counter.watches.every(isOfInvocations) ? 'invocations' : 'trace',
    watches: counter.watches,
    judge: ({ observation, trace }) => judge({ observation, count: counter.of(trace) }),
  };
}

/** A judge for `reach`: shown by a run in which the counter comes to `least` or more. `otherwise` is said if no run does. */
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

/** What every target records; of other events only the simulator knows. */
function isOfInvocations(kind: TraceEvent['kind']): boolean {
  return kind === 'invocation-started' || kind === 'invocation-ended';
}

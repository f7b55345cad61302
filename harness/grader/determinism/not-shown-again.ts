/**
 * A failure that did not happen again when it was run once more to be shown. Then there is no verdict, only a finding.
 */

import type { Check, Observation, Violation } from '../../course/lab.ts';
import type { ScenarioRunner } from '../../scenario/run-scenario.ts';
import { type Choices, Divergence, type Pick } from '../../simulator/kernel/choices.ts';
import type { Trace } from '../../simulator/trace.ts';
import type { World, WorldRun } from '../../simulator/world.ts';
import type { Finding } from '../findings/finding.ts';
import { sayBoth } from './did.ts';
import { notDeterministic } from './finding.ts';
import { differenceBehind, differenceOfAnotherRun } from './naming.ts';

export class NotShownAgain extends Divergence {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(0, finding.message);
    this.finding = finding;
  }

  /** For a run that came to its end and that the check judges differently. */
  static async otherVerdict(
    runner: ScenarioRunner,
    check: Check,
    record: readonly Pick[],
    trace: Trace,
    ...[first, second]: readonly [Violation, Violation | null]
  ): Promise<NotShownAgain> {
    const said = [first.headline, second?.headline ?? 'all is well'].map((value) => ({ words: 'said', value }));
    const [a, b] = said;
    const did = a === undefined || b === undefined ? '' : sayBoth(a, b);
    const verdict = notDeterministic({ whose: 'check', who: check.title, step: null, did });
    return new NotShownAgain((await differenceOfAnotherRun(runner, record, trace)) ?? verdict);
  }
}

/** Runs once more to show a run. A run that can't follow its record becomes a finding. */
export async function shownAgain(
  runner: ScenarioRunner,
  { world, done }: { readonly world: World; readonly done: Promise<WorldRun<Observation>> },
  choices: Choices,
): Promise<WorldRun<Observation>> {
  try {
    return await done;
  } catch (error) {
    if (!(error instanceof Divergence)) throw error;
    const finding = await differenceBehind(runner, error, { world, record: choices.record, before: null });
    throw new NotShownAgain(finding);
  }
}

/** The finding that replaces the verdict. */
export function findingOfDivergence(error: Divergence): Finding {
  return error instanceof NotShownAgain ? error.finding : notDeterministic(null);
}

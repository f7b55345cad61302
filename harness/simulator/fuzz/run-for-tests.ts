/**
 * For tests: one run of given calls, one after the other, in an account with mappings, rules and subscriptions at work, and time between the calls.
 *
 * A call that the simulator refuses by name ends a run. It is left out then, and the run begins again, so that the calls after it are made too.
 */

import type { AwsAnswer, AwsCall } from '../contract/answer.ts';
import type { FaultCounts } from '../contract/fault.ts';
import { seeded } from '../kernel/choices.ts';
import type { Trace } from '../trace.ts';
import type { Account } from '../world/account.ts';
import { type ScenarioActor, type ScenarioDesk, type ScenarioOutcome, World, type WorldEnd } from '../world.ts';
import { AnsweringHost } from './answering-host-for-tests.ts';

/** A call, or a wait before the next one. */
export type FuzzAct = { readonly call: AwsCall } | { readonly waitMs: number };

export interface FuzzSetting {
  readonly account: Account;
  readonly faults: FaultCounts;
  readonly seed: number;
}

export interface FuzzRun {
  readonly end: WorldEnd;
  readonly trace: Trace;
}

/** A mapping whose function fails for ever makes steps without an end; that is enough of them. */
const MAX_STEPS = 400;

class OneAfterTheOther implements ScenarioActor<readonly AwsAnswer[]> {
  outcome: ScenarioOutcome<readonly AwsAnswer[]> = {};
  readonly #acts: readonly FuzzAct[];
  readonly #answers: AwsAnswer[] = [];
  #todo: (() => void)[] = [];

  constructor(acts: readonly FuzzAct[]) {
    this.#acts = acts;
  }

  enter(desk: ScenarioDesk): void {
    this.#todo.push(() => this.#act(desk, this.#acts));
  }

  goOn(): void {
    for (const one of this.#todo.splice(0)) one();
  }

  #act(desk: ScenarioDesk, [first, ...rest]: readonly FuzzAct[]): void {
    const then = () => this.#todo.push(() => this.#act(desk, rest));
    if (first === undefined) this.outcome = { result: this.#answers };
    else if ('waitMs' in first) desk.sleep(first.waitMs, then, null);
    else {
      const { service, operation, input } = first.call;
      desk.call(
        service,
        operation,
        input,
        (answer) => {
          this.#answers.push(answer);
          then();
        },
        null,
      );
    }
  }
}

/** Runs these acts, and no others. */
export async function runActs({ account, faults, seed }: FuzzSetting, acts: readonly FuzzAct[]): Promise<FuzzRun> {
  const world = new World({
    ...{ account, faults, seed, host: new AnsweringHost(), choices: seeded(seed), maxSteps: MAX_STEPS },
    ...{ frames: false, afresh: true, locate: () => undefined },
  });
  const { end, trace, thrown } = await world.run(new OneAfterTheOther(acts));
  if (thrown !== undefined) throw thrown;
  return { end, trace };
}

/** Runs these acts, and leaves out every call that the simulator refuses by name. All runs but the last end at such a call. */
export async function runWithoutRefused(
  setting: FuzzSetting,
  acts: readonly FuzzAct[],
): Promise<{ readonly runs: readonly FuzzRun[]; readonly kept: readonly FuzzAct[] }> {
  const runs: FuzzRun[] = [];
  let kept = acts;
  for (;;) {
    const done = await runActs(setting, kept);
    runs.push(done);
    if (done.end !== 'finding') return { runs, kept };
    const made = done.trace.filter(({ actor, event }) => actor === 'scenario' && event.kind === 'call-applied').length;
    const refused = kept.findIndex((act, at) => 'call' in act && callsBefore(kept, at) === made - 1);
    if (refused < 0) return { runs, kept };
    kept = kept.toSpliced(refused, 1);
  }
}

function callsBefore(acts: readonly FuzzAct[], place: number): number {
  return acts.slice(0, place).filter((act) => 'call' in act).length;
}

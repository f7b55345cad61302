/**
 * The composition root: one simulated account, one scenario, one run.
 *
 * Connects the services to each other, to the host and to the kernel. It makes no decision that could be a choice and knows
 * no service's rules. A world is used for one run, or for runs that begin alike: then it is put back to a checkpoint between them.
 */

import type { PutBack } from './kernel/checkpoint.ts';
import { type RunCount, type RunEnd, run } from './kernel/run.ts';
import { type AnyService, SERVICES } from './services/all.ts';
import type { Trace } from './trace.ts';
import { drop } from './world/applying.ts';
import { checkpointOf } from './world/checkpoint.ts';
import { RunContext, type ScenarioLane, type WorldOptions } from './world/context.ts';
import { carryOut } from './world/interpreter.ts';
import { deskIn, type ScenarioActor, type ScenarioOutcome } from './world/scenario.ts';
import { settle } from './world/settle.ts';

export type { Witness } from './world/recorder.ts';
export type { Play, ScenarioActor, ScenarioDesk, ScenarioOutcome, ScenarioPort } from './world/scenario.ts';
export { AsyncActor } from './world/scenario.ts';
export type { ScenarioLane, WorldOptions };

/** `finding`: the learner's code stalled or used something that a run does not have; the trace's last entry says what. */
export type WorldEnd = RunEnd | 'finding';

export interface WorldRun<Result> extends ScenarioOutcome<Result> {
  readonly end: WorldEnd;
  readonly count: RunCount;
  readonly faults: number;
  readonly trace: Trace;
}

export class World {
  readonly #context: RunContext;

  constructor(options: WorldOptions) {
    this.#context = new RunContext(options);
  }

  /** The trace up to now, for a run that could not be followed to its end. */
  get soFar(): { readonly trace: Trace; readonly step: number } {
    return { trace: this.#context.recorder.trace, step: this.#context.clock.step };
  }

  /** Takes a checkpoint between two steps of a run; null if the host or the scenario can't be put back to where it is. */
  checkpoint(actor: ScenarioActor<unknown>): PutBack | null {
    return checkpointOf(this.#context, actor);
  }

  /** Runs a scenario until no step is enabled any more. */
  async run<Result>(actor: ScenarioActor<Result>): Promise<WorldRun<Result>> {
    const { seed, frames, afresh, host } = this.#context.options;
    const { epochMs } = this.#context.account.settings;
    await host.begin({ epochMs, seed, frames, afresh });
    for (const service of SERVICES) begin(this.#context, service);
    actor.enter(deskIn(this.#context));
    return this.goOn(actor);
  }

  /** Goes on from where a checkpoint has put the world back. */
  async goOn<Result>(actor: ScenarioActor<Result>): Promise<WorldRun<Result>> {
    const context = this.#context;
    const { choices, maxSteps } = context.options;
    const { isTimed } = context.account.settings;
    const runOn = () =>
      run({
        agenda: context.agenda,
        clock: context.clock,
        choices,
        mode: isTimed ? 'timed' : 'exploration',
        maxSteps,
        settle: () => settle(context, actor),
        allowEarly: () => context.faults.mayStrike('deadline'),
        isSpent: (answer) => context.faults.isSpent(answer),
        onStep: (event, early) => {
          if (early) spendDeadline(context, event.lane);
        },
      });
    let { end, count } = await runOn();
    while (end === 'quiet' && wakeAtRest(context)) ({ end, count } = await runOn());
    if (end === 'quiet') {
      await actor.goOn();
      dropWhatNeverLeft(context);
    }
    return {
      end: context.foundSomething ? 'finding' : end,
      count,
      faults: context.faultsSpent,
      trace: context.recorder.trace,
      ...actor.outcome,
    };
  }
}

/** Starts what the deployment has left to be started. */
function begin(context: RunContext, service: AnyService): void {
  if (service.begin === undefined) return;
  carryOut(context, service, service.begin(context.account.stateOf(service), context.moment), null);
}

/** Wakes the parts of the scenario that wait for rest, when no step is enabled. Returns false if no part waits. */
function wakeAtRest(context: RunContext): boolean {
  if (context.waitingForRest.length === 0) return false;
  const waiting = context.waitingForRest.splice(0);
  context.options.choices.rest?.();
  for (const wake of waiting) wake();
  context.scenarioWoken = true;
  return true;
}

/** Ends the calls that a freeze held back and no later invocation sent. */
function dropWhatNeverLeft(context: RunContext): void {
  for (const call of context.calls.values()) {
    if (call.appliedAs === call.sentAs) drop(context, call, call.sentAs, 'sender-frozen');
  }
}

/** A service's deadline passes although other work is enabled, which means that this work is slow. */
function spendDeadline(context: RunContext, lane: string): void {
  context.faults.spend('deadline');
  context.faultsSpent += 1;
  const { actor, isInvocation } = context.deadlineOwners.get(lane) ?? { actor: lane, isInvocation: false };
  const whose = isInvocation ? { invocation: actor } : {};
  context.recorder.note(actor, null, { kind: 'fault', fault: 'deadline', ...whose });
}

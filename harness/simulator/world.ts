/**
 * The composition root: one simulated account, one scenario, one run.
 *
 * Wires the services to each other, to the host and to the kernel. It decides nothing that could be a choice and knows no
 * service's rules. A world is used once; nothing outlives it.
 */

import { type RunCount, type RunEnd, run } from './kernel/run.ts';
import type { AwsAnswer, ServiceName } from './services/service.ts';
import type { Trace } from './trace.ts';
import { drop, sendCall } from './world/calls.ts';
import { RunContext, SCENARIO, type WorldOptions } from './world/context.ts';
import type { Ledger } from './world/downstream.ts';
import { ofDownstream } from './world/footprints.ts';
import { settle } from './world/settle.ts';

export type { WorldOptions };

/** What a scenario's SDK clients talk to. */
export interface ScenarioPort {
  call(service: ServiceName, operation: string, input: Readonly<Record<string, unknown>>): Promise<AwsAnswer>;
  sleep(delayMs: number): Promise<void>;
  /** Resolves when nothing else is left to happen; what the scenario does then goes on in the same run. */
  atRest(): Promise<void>;
  /** What a downstream has written down at this moment. */
  downstream(name: string): Promise<Ledger>;
  note(text: string): void;
}

/** `finding`: the learner's code stalled or asked for what a run does not have; the trace's last entry says what. */
export type WorldEnd = RunEnd | 'finding';

export interface WorldRun<Result> {
  readonly end: WorldEnd;
  readonly count: RunCount;
  readonly faults: number;
  readonly trace: Trace;
  /** What the scenario returned; absent if it never came to its end. */
  readonly result?: Result;
  /** What the scenario threw: a mistake in the lab, or a call that the learner's template made impossible. */
  readonly thrown?: unknown;
}

export class World {
  readonly #context: RunContext;

  constructor(options: WorldOptions) {
    this.#context = new RunContext(options);
  }

  /** What has happened up to now, for a run that could not be followed to its end. */
  get soFar(): { readonly trace: Trace; readonly step: number } {
    return { trace: this.#context.recorder.trace, step: this.#context.clock.step };
  }

  /** Runs a scenario until nothing is left to happen. */
  async run<Result>(scenario: (port: ScenarioPort) => Promise<Result>): Promise<WorldRun<Result>> {
    const context = this.#context;
    const { epochMs, seed, frames, afresh, host, choices, maxSteps, hop } = context.options;
    await host.begin({ epochMs, seed, frames, afresh });
    const outcome: { result?: Result; thrown?: unknown } = {};
    const done = scenario(portOf(context)).then(
      (result) => {
        outcome.result = result;
      },
      (thrown: unknown) => {
        outcome.thrown = thrown;
      },
    );
    const goOn = () =>
      run({
        agenda: context.agenda,
        clock: context.clock,
        choices,
        mode: context.options.latency === undefined ? 'exploration' : 'timed',
        maxSteps,
        settle: () => settle(context),
        allowEarly: () => context.faults.mayStrike('deadline'),
        onStep: (event, early) => {
          if (early) spendDeadline(context, event.lane);
        },
      });
    let { end, count } = await goOn();
    while (end === 'quiet' && wakeAtRest(context)) {
      const { switches } = count;
      ({ end, count } = await goOn());
      count = { ...count, switches: count.switches + switches };
    }
    if (end === 'quiet') {
      await Promise.race([done, hop()]);
      dropWhatNeverLeft(context);
    }
    return {
      end: context.foundSomething ? 'finding' : end,
      count,
      faults: context.faultsSpent,
      trace: context.recorder.trace,
      ...outcome,
    };
  }
}

function portOf(context: RunContext): ScenarioPort {
  return {
    call: (service, operation, input) =>
      new Promise((settled) => {
        const about = { actor: SCENARIO, service, operation, input, frame: undefined, environment: null, number: 0 };
        sendCall(context, { ...about, settle: settled }, null);
      }),
    sleep: (delayMs) =>
      new Promise((resolve) => {
        const about = {
          lane: `scenario/timer-${context.recorder.trace.length}`,
          label: 'the scenario waits',
          cause: null,
        };
        context.schedule('sleep', delayMs, about, () => {
          context.wakeScenario();
          resolve();
        });
      }),
    atRest: () =>
      new Promise((resolve) => {
        context.waitingForRest.push(resolve);
      }),
    downstream: async (name) => {
      context.touch(ofDownstream(name));
      return context.ledgers.get(name) ?? {};
    },
    note: (text) => {
      context.recorder.note(SCENARIO, null, { kind: 'note', text });
    },
  };
}

/** Nothing is left to happen: whoever waited for that goes on. False if nobody did. */
function wakeAtRest(context: RunContext): boolean {
  const waiting = context.waitingForRest.splice(0);
  if (waiting.length > 0) context.options.choices.rest?.();
  for (const wake of waiting) wake();
  context.scenarioWoken = waiting.length > 0;
  return waiting.length > 0;
}

/** Calls that were held back by a freeze which nothing ended. */
function dropWhatNeverLeft(context: RunContext): void {
  for (const call of context.calls.values()) {
    if (call.appliedAs === call.sentAs) drop(context, call, call.sentAs, 'sender-frozen');
  }
}

/** A function's timeout, or a queue's visibility timeout, is over although other work was possible: that work was slow. */
function spendDeadline(context: RunContext, lane: string): void {
  context.faults.spend('deadline');
  context.faultsSpent += 1;
  const queue = context.queuesOfDeadlines.get(lane);
  const whose = queue === undefined ? { invocation: lane } : {};
  context.recorder.note(queue ?? lane, null, { kind: 'fault', fault: 'deadline', ...whose });
}

/**
 * How a world and a scenario talk: the scenario asks at a desk, is told by callbacks, and does what follows in one go.
 *
 * Callbacks, because a scenario whose doings are known needs no promise for them; one that is an async function gets a port
 * of promises in front of the desk. Knows no AWS SDK and no lab.
 */

import type { AwsAnswer } from '../contract/answer.ts';
import type { Ledger } from '../contract/downstream.ts';
import { SCENARIO } from '../contract/trace-entry.ts';
import { DOWNSTREAM, ledgerOf } from '../services/downstream/downstream.ts';
import { sendCall } from './calls.ts';
import type { RunContext, ScenarioLane } from './context.ts';

/** What a scenario's SDK clients talk to. */
export interface ScenarioPort {
  /** A part of the scenario that shares nothing with the others but the stack: what it is told is its own business. */
  lane(number: number): ScenarioPort;
  call(service: string, operation: string, input: Readonly<Record<string, unknown>>): Promise<AwsAnswer>;
  sleep(delayMs: number): Promise<void>;
  /** Resolves when nothing else is left to happen; what the scenario does then goes on in the same run. */
  atRest(): Promise<void>;
  /** What a downstream has written down at this moment. */
  downstream(name: string): Promise<Ledger>;
  note(text: string): void;
}

/** The same without promises: each callback is called once or never, in the step that answers it. */
export interface ScenarioDesk {
  call(
    service: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
    answered: (answer: AwsAnswer) => void,
    lane: ScenarioLane,
  ): void;
  sleep(delayMs: number, over: () => void, lane: ScenarioLane): void;
  atRest(resting: () => void): void;
  downstream(name: string): Ledger;
  note(text: string): void;
}

/** A scenario as an async function. */
export interface Play<Result> {
  run(port: ScenarioPort): Promise<Result>;
  /** Resolves when the function's promises wait for nothing but the world. */
  hop(): Promise<void>;
}

/** What came of a scenario; neither if it has not come to its end. */
export interface ScenarioOutcome<Result> {
  readonly result?: Result;
  /** A mistake in the lab, or a call that the learner's template made impossible. */
  readonly thrown?: unknown;
}

/** Who acts a scenario out, in one run. */
export interface ScenarioActor<Result> {
  /** Takes its place, and does nothing yet. */
  enter(desk: ScenarioDesk): void;
  /** Does all that follows from what it was told since the last time; a promise if that takes promises. */
  goOn(): void | Promise<void>;
  readonly outcome: ScenarioOutcome<Result>;
}

/** An async function that acts out what it says. */
export class AsyncActor<Result> implements ScenarioActor<Result> {
  outcome: ScenarioOutcome<Result> = {};
  readonly #play: Play<Result>;
  /** Until it has begun. */
  #desk: ScenarioDesk | null = null;

  constructor(play: Play<Result>) {
    this.#play = play;
  }

  enter(desk: ScenarioDesk): void {
    this.#desk = desk;
  }

  goOn(): Promise<void> {
    const desk = this.#desk;
    this.#desk = null;
    if (desk !== null)
      this.#play.run(portAt(desk)).then(
        (result) => {
          this.outcome = { result };
        },
        (thrown: unknown) => {
          this.outcome = { thrown };
        },
      );
    return this.#play.hop();
  }
}

/** A desk, for those who await. */
function portAt(desk: ScenarioDesk, own: ScenarioLane = null): ScenarioPort {
  return {
    lane: (number) => portAt(desk, number),
    call: (service, operation, input) => new Promise((answered) => desk.call(service, operation, input, answered, own)),
    sleep: (delayMs) => new Promise((over) => desk.sleep(delayMs, over, own)),
    atRest: () => new Promise((resting) => desk.atRest(resting)),
    downstream: async (name) => desk.downstream(name),
    note: (text) => desk.note(text),
  };
}

/** The desk of one run. */
export function deskIn(context: RunContext): ScenarioDesk {
  return {
    call: (service, operation, input, answered, scenarioLane) => {
      const about = { actor: SCENARIO, service, operation, input, frame: undefined, environment: null };
      sendCall(context, { ...about, numberInEnvironment: 0, scenarioLane, settle: answered }, null);
    },
    sleep: (delayMs, over, scenarioLane) => {
      const lane = `scenario/timer-${context.recorder.trace.length}`;
      context.schedule('sleep', delayMs, { lane, label: 'the scenario waits', cause: null }, () => {
        context.wakeScenario(scenarioLane);
        over();
      });
    },
    atRest: (resting) => {
      context.waitingForRest.push(resting);
    },
    downstream: (name) => {
      const { ledger, footprint } = ledgerOf(context.account.stateOf(DOWNSTREAM), name);
      context.touch(footprint);
      return ledger;
    },
    note: (text) => {
      context.recorder.note(SCENARIO, null, { kind: 'note', text });
    },
  };
}

/**
 * How a world and a scenario communicate: the scenario makes requests through a desk and learns their results by callbacks.
 *
 * It uses callbacks because a scenario whose acts are remembered needs no promises. A scenario that is an async function uses
 * a port of promises, which wraps the desk. This file knows no AWS SDK and no lab.
 */

import type { AwsAnswer } from '../contract/answer.ts';
import type { Ledger } from '../contract/downstream.ts';
import { SCENARIO } from '../contract/trace-entry.ts';
import type { PutBack } from '../kernel/checkpoint.ts';
import { DOWNSTREAM, ledgerOf } from '../services/downstream/downstream.ts';
import { sendCall } from './calls.ts';
import type { RunContext, ScenarioLane } from './context.ts';

/** The interface that a scenario's SDK clients use. */
export interface ScenarioPort {
  /** A part of the scenario that shares only the stack with the others. It alone learns the answers to its requests. */
  lane(number: number): ScenarioPort;
  call(service: string, operation: string, input: Readonly<Record<string, unknown>>): Promise<AwsAnswer>;
  sleep(delayMs: number): Promise<void>;
  /** Resolves when no other step is enabled. What the scenario does then belongs to the same run. */
  atRest(): Promise<void>;
  /** The downstream's ledger at this moment. */
  downstream(name: string): Promise<Ledger>;
  note(text: string): void;
}

/** The same without promises. Each callback is called at most once, in the step that answers the request. */
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

/** The result of a scenario; empty if the scenario has not ended. */
export interface ScenarioOutcome<Result> {
  readonly result?: Result;
  /** A mistake in the lab, or a call that the learner's template made impossible. */
  readonly thrown?: unknown;
}

/** Acts out a scenario in one run. */
export interface ScenarioActor<Result> {
  /** Receives its desk, and does nothing yet. */
  enter(desk: ScenarioDesk): void;
  /** Reacts to everything that it has learned since the last time; returns a promise if that takes promises. */
  goOn(): void | Promise<void>;
  /** An actor that can be put back to where it is now. Null while it can't, since a scenario's promises can't be. */
  checkpoint?(): PutBack | null;
  readonly outcome: ScenarioOutcome<Result>;
}

/** An actor that runs an async function. */
export class AsyncActor<Result> implements ScenarioActor<Result> {
  outcome: ScenarioOutcome<Result> = {};
  readonly #play: Play<Result>;
  /** Null until the actor has entered. */
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

/** The desk as a port of promises. */
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
      const lane = `scenario/timer-${context.recorder.written}`;
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

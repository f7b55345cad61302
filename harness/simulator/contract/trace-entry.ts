/**
 * One line of a trace, and the events that every run has, regardless of its services.
 *
 * Each service adds events of its own (`trace-events.ts` in its folder); `simulator/trace.ts` joins them into one closed
 * union. An event is plain JSON: it holds no host path and no wall-clock time. Nothing in here writes a trace.
 */

import type { StepFootprint } from '../kernel/footprint.ts';
import type { AwsAnswer, CallId } from './answer.ts';
import type { FaultKind } from './fault.ts';

/**
 * The actor: `scenario`, an invocation such as `bump#2` (the second invocation of the function `bump`), or a part of a
 * service.
 */
export type Actor = string;

/** The scenario as an actor: a person with SDK clients. No fault strikes it. */
export const SCENARIO: Actor = 'scenario';

/** A place in the learner's own code, source-mapped: `src/bump.ts:14:17`. */
export interface Frame {
  /** Relative to the lab's folder, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Any event. Its kind distinguishes it from every other. */
export interface Noted {
  readonly kind: string;
}

/** One line of a trace. */
export interface EntryOf<Event> {
  /** Position in the trace, from 0. */
  readonly seq: number;
  /** Virtual time in milliseconds since the run began. */
  readonly atMs: number;
  /** `seq` of the entry that caused this one; null if there is none. */
  readonly cause: number | null;
  /** The number of the step that the entry belongs to; 0 before the first choice. */
  readonly step: number;
  readonly actor: Actor;
  readonly event: Event;
}

/** The events that the world itself writes: calls on their way, timers, the clock, faults, and what ends a run. */
export type RunEvent =
  /** A call left its sender. No other actor can see it yet. */
  | {
      readonly kind: 'call-sent';
      readonly call: CallId;
      readonly service: string;
      readonly operation: string;
      readonly input: unknown;
      readonly frame?: Frame;
      /** Where the function that sent it was called, if that is in the learner's code and was in the same turn. */
      readonly calledFrom?: Frame;
    }
  /** A call took effect: the only point of a call that others can see. `footprint` says what it read and wrote. */
  | {
      readonly kind: 'call-applied';
      readonly call: CallId;
      readonly service: string;
      readonly operation: string;
      readonly input: unknown;
      readonly answer: AwsAnswer | null;
      readonly footprint: StepFootprint;
      readonly frame?: Frame;
    }
  /** The answer reached the sender. */
  | { readonly kind: 'call-answered'; readonly call: CallId; readonly answer: AwsAnswer }
  /**
   * A call that ends without an answer: its sender died, its answer was lost, or its sender stayed frozen before the call had
   * left.
   */
  | {
      readonly kind: 'call-dropped';
      readonly call: CallId;
      readonly why: 'sender-died' | 'sender-frozen' | 'sender-gave-up' | 'answer-lost';
    }
  | { readonly kind: 'timer-set'; readonly timer: string; readonly delayMs: number; readonly frame?: Frame }
  | { readonly kind: 'timer-fired'; readonly timer: string }
  | { readonly kind: 'clock-moved'; readonly fromMs: number; readonly toMs: number }
  /** A fault struck. `about`: of several things that it could have struck, which one (`AnsweredInstead.about`). */
  | {
      readonly kind: 'fault';
      readonly fault: FaultKind;
      readonly call?: CallId;
      readonly about?: string;
      readonly invocation?: Actor;
    }
  | { readonly kind: 'log'; readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug'; readonly line: string }
  /** The learner's code asked for something that a run does not have (a socket, a file …). Always a finding. */
  | { readonly kind: 'refused'; readonly what: string; readonly advice: string; readonly frame?: Frame }
  /** The learner's code waits for something that can never happen in this world. Always a finding. */
  | { readonly kind: 'stalled'; readonly invocation: Actor; readonly frame?: Frame }
  /** A note of the scenario for the reader of the trace. */
  | { readonly kind: 'note'; readonly text: string };

/**
 * The trace of one run: flat, ordered, causal, plain JSON.
 *
 * Everything that shows or judges a run reads this and nothing else: checks, explanations, the terminal's swim-lanes,
 * the page's. One closed union of events; equal choices give byte-equal traces. It holds no host paths and no wall-clock times.
 */

import type { AwsAnswer, CallId, Footprint, ServiceName } from './services/service.ts';

/** A place in the learner's own code, source-mapped: `src/bump.ts:14:17`. */
export interface Frame {
  /** Relative to the lab's folder, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Who acts: `scenario`, or an invocation such as `bump#2` (the second invocation of the function `bump`). */
export type Actor = string;

/** What became of an invocation. `error` is AWS's payload of a function error (facts LS-27 to LS-29). */
export type InvocationOutcome =
  | { readonly kind: 'returned'; readonly payload: unknown }
  | {
      readonly kind: 'failed';
      readonly error: FunctionError;
      readonly frame?: Frame;
      /** Set if the module could not be loaded: the handler never ran. */
      readonly during?: 'init';
    };

export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/**
 * What a scenario's budget may allow beyond the ordinary course. Each is a choice, counted like a fault. The last three are no
 * failures: `duplicate` is one more delivery of what was delivered and done (SQ-09, LA-03), `reorder` a standard queue that
 * hands out a later message first (SQ-09).
 */
export type FaultKind =
  | 'crash-before'
  | 'crash-after'
  | 'answer-lost'
  | 'deadline'
  | 'duplicate'
  | 'reorder'
  /** Two transactions meet on an item, and this one is cancelled (DD-06). */
  | 'conflict';

/** Why Lambda gave an asynchronous event up (LA-07 to LA-09). */
export type DiscardCondition = 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency';

export type TraceEvent =
  /** A call left its sender. Nobody else has seen anything of it yet. */
  | {
      readonly kind: 'call-sent';
      readonly call: CallId;
      readonly service: ServiceName;
      readonly operation: string;
      readonly input: unknown;
      readonly frame?: Frame;
    }
  /** A call took effect: the one point of a call that others can see. `footprint` says what it looked at and changed. */
  | {
      readonly kind: 'call-applied';
      readonly call: CallId;
      readonly service: ServiceName;
      readonly operation: string;
      readonly input: unknown;
      readonly answer: AwsAnswer | null;
      readonly footprint: Footprint;
      readonly frame?: Frame;
    }
  /** The answer reached the sender. */
  | { readonly kind: 'call-answered'; readonly call: CallId; readonly answer: AwsAnswer }
  /** A call's request or answer died with its sender, or on the way; or its sender was frozen for good before it left. */
  | {
      readonly kind: 'call-dropped';
      readonly call: CallId;
      readonly why: 'sender-died' | 'sender-frozen' | 'answer-lost';
    }
  | {
      readonly kind: 'item-changed';
      readonly table: string;
      readonly key: unknown;
      readonly before: unknown;
      readonly after: unknown;
    }
  | { readonly kind: 'environment-created'; readonly functionName: string; readonly environment: string }
  | {
      readonly kind: 'environment-reset';
      readonly functionName: string;
      readonly environment: string;
      readonly why: 'crash' | 'timeout' | 'exit' | 'init-timeout';
    }
  | {
      readonly kind: 'invocation-started';
      readonly invocation: Actor;
      readonly functionName: string;
      readonly environment: string;
      readonly cold: boolean;
      readonly requestId: string;
      readonly payload: unknown;
    }
  | {
      readonly kind: 'invocation-ended';
      readonly invocation: Actor;
      readonly functionName: string;
      readonly environment: string;
      readonly outcome: InvocationOutcome;
    }
  | { readonly kind: 'invocation-throttled'; readonly functionName: string; readonly reason: string }
  /** A queue has accepted a message; `visibleAtMs` is later than now if it was sent with a delay. */
  | {
      readonly kind: 'message-sent';
      readonly queue: string;
      readonly messageId: string;
      readonly body: string;
      readonly visibleAtMs: number;
    }
  /** A message was handed out and is invisible until `visibleAgainAtMs`. */
  | {
      readonly kind: 'message-received';
      readonly queue: string;
      readonly messageId: string;
      readonly receiveCount: number;
      readonly by: Actor;
      readonly visibleAgainAtMs: number;
    }
  | { readonly kind: 'message-deleted'; readonly queue: string; readonly messageId: string; readonly by: Actor }
  /** `timeout`: nobody deleted it in time. `returned`: its receiver set its visibility timeout to 0. `duplicate`: in spite of its delete. */
  | {
      readonly kind: 'message-visible-again';
      readonly queue: string;
      readonly messageId: string;
      readonly why: 'timeout' | 'returned' | 'duplicate';
    }
  | {
      readonly kind: 'message-dead-lettered';
      readonly queue: string;
      readonly messageId: string;
      readonly deadLetterQueue: string;
      readonly receiveCount: number;
    }
  /** Lambda has accepted an event for later (LA-01). */
  | {
      readonly kind: 'event-queued';
      readonly functionName: string;
      readonly requestId: string;
      readonly payload: unknown;
    }
  /** Lambda will run an event again, at `atMs`. `attempt` counts runs, the first included. */
  | {
      readonly kind: 'event-retried';
      readonly functionName: string;
      readonly requestId: string;
      readonly attempt: number;
      readonly why: 'failed' | 'throttled' | 'duplicate';
      readonly atMs: number;
    }
  /** Lambda has given an event up; `sentTo` names the queues and functions that were told. */
  | {
      readonly kind: 'event-discarded';
      readonly functionName: string;
      readonly requestId: string;
      readonly condition: DiscardCondition;
      readonly sentTo: readonly string[];
    }
  /** Lambda could not send an event on, or what became of it; it is lost (LA-12). */
  | {
      readonly kind: 'delivery-failed';
      readonly functionName: string;
      readonly requestId: string;
      readonly target: string;
    }
  /** A system of the harness's own that the lab protects began to work on a request. */
  | {
      readonly kind: 'downstream-entered';
      readonly downstream: string;
      readonly call: CallId;
      readonly request: unknown;
    }
  /** It is done. `abandoned`: whoever asked is dead and will never know. */
  | {
      readonly kind: 'downstream-left';
      readonly downstream: string;
      readonly call: CallId;
      readonly answer: unknown;
      readonly abandoned: boolean;
    }
  | { readonly kind: 'timer-set'; readonly timer: string; readonly delayMs: number; readonly frame?: Frame }
  | { readonly kind: 'timer-fired'; readonly timer: string }
  | { readonly kind: 'clock-moved'; readonly fromMs: number; readonly toMs: number }
  | { readonly kind: 'fault'; readonly fault: FaultKind; readonly call?: CallId; readonly invocation?: Actor }
  | { readonly kind: 'log'; readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug'; readonly line: string }
  /** The learner's code asked for something that a run does not have (a socket, a file …). Always a finding. */
  | { readonly kind: 'refused'; readonly what: string; readonly advice: string; readonly frame?: Frame }
  /** The learner's code waits for something that nobody in the world will ever do. Always a finding. */
  | { readonly kind: 'stalled'; readonly invocation: Actor; readonly frame?: Frame }
  /** The scenario's own words, for the reader of a trace. */
  | { readonly kind: 'note'; readonly text: string };

/** One line of a trace. */
export interface TraceEntry {
  /** Position in the trace, from 0. */
  readonly seq: number;
  /** Virtual time in milliseconds since the run began. */
  readonly atMs: number;
  /** `seq` of the entry that made this one happen; null for the first. */
  readonly cause: number | null;
  /** The scheduled step that this entry belongs to, from 0 (0: before the first choice). */
  readonly step: number;
  readonly actor: Actor;
  readonly event: TraceEvent;
}

export type Trace = readonly TraceEntry[];

/**
 * Small programs over the real services, for tests of exploration: functions as lists of operations, queues, a scenario.
 *
 * They are plain data, so that a counterexample can be read and stored. `code-for-tests.ts` defines what an operation does,
 * `account-for-tests.ts` what is deployed for a program.
 */

import type { FaultKind } from '../contract/fault.ts';
import type { TraceEvent } from '../trace.ts';
import type { QueueName } from './names-for-tests.ts';

export type ProgramItem = 'a' | 'b' | 'c';

/**
 * Where a number comes from: the number seen last, plus one; the function's input; the number of invocations of its
 * environment; the time.
 */
export type Source = 'seen' | 'given' | 'memory' | 'now';

/** One call; code may make several concurrently. The number in its answer is the next operation's «seen». */
export type ProgramCall =
  /** The reads of «any» may be stale. */
  | { readonly do: 'get' | 'get any'; readonly item: ProgramItem }
  | { readonly do: 'scan any' }
  /** «given» adds the function's input: after it and another addition, what was there between them tells which came first. */
  | { readonly do: 'add' | 'add and look' | 'add given'; readonly item: ProgramItem }
  | { readonly do: 'delete'; readonly item: ProgramItem }
  | { readonly do: 'put'; readonly item: ProgramItem; readonly value: Source }
  | { readonly do: 'put if'; readonly item: ProgramItem; readonly is: 'absent' | 'as seen' }
  | { readonly do: 'transact'; readonly items: readonly ProgramItem[]; readonly ifAbsent: boolean }
  /** A batch that is no transaction. */
  | { readonly do: 'put both'; readonly items: readonly ProgramItem[] }
  | { readonly do: 'send'; readonly queue: QueueName; readonly delayS: number }
  | { readonly do: 'send both'; readonly queue: QueueName }
  | { readonly do: 'receive'; readonly queue: QueueName; readonly waitS: number }
  | { readonly do: 'delete received' }
  /** A function may invoke the one after it; the last function invokes none. */
  | { readonly do: 'invoke'; readonly event: boolean }
  | { readonly do: 'downstream' };

export type Operation =
  | ProgramCall
  | { readonly do: 'sleep'; readonly forMs: number }
  /** Sets a timer, calls, and clears the timer if it has not fired. If it has, the call may be given up. */
  | { readonly do: 'within'; readonly ms: number; readonly call: ProgramCall; readonly givesUp: boolean }
  | { readonly do: 'at once'; readonly calls: readonly ProgramCall[] }
  /** Calls, and does not await the answer. */
  | { readonly do: 'no wait'; readonly call: ProgramCall }
  | { readonly do: 'if zero'; readonly operations: readonly Operation[] }
  | { readonly do: 'return' | 'throw' | 'exit' | 'throw if zero' };

export interface FunctionOfProgram {
  readonly operations: readonly Operation[];
  readonly reserved: number | null;
  /** How often a failed event is retried. */
  readonly retries: number;
  /** The most seconds that an event may wait; null if nothing is set. An event that has an age is tried by the clock. */
  readonly ageS: number | null;
}

export interface MappingOfProgram {
  /** The place of the function that the queue feeds. */
  readonly to: number;
  readonly batchSize: number;
  readonly windowS: number;
  readonly maximumConcurrency: number | null;
  readonly maxReceiveCount: number;
  /** The queue is a FIFO queue with two groups, even and odd numbers; its mapping has no window. */
  readonly isFifo: boolean;
}

/** An act of the scenario. Functions are given by their places. */
export type Ask =
  | { readonly ask: 'invoke' | 'event'; readonly function: number; readonly given: number }
  | { readonly ask: 'send'; readonly given: number; readonly twice: boolean }
  | { readonly ask: 'call'; readonly call: ProgramCall };

export interface Program {
  readonly functions: readonly FunctionOfProgram[];
  readonly mapping: MappingOfProgram | null;
  readonly serviceTimeMs: number;
  /** Concurrent lanes, each with one act after the other. */
  readonly lanes: readonly (readonly Ask[])[];
  /** The acts at rest. */
  readonly later: readonly Ask[];
  /** Whether the lanes share nothing. Otherwise the scenario sees the order in which they are answered. */
  readonly apart: boolean;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  readonly watches: readonly TraceEvent['kind'][];
}

/** Every operation of a list, nested ones included. */
export function everyOperation(operations: readonly Operation[]): readonly Operation[] {
  return operations.flatMap((operation) => [
    operation,
    ...('operations' in operation ? everyOperation(operation.operations) : []),
    ...('calls' in operation ? operation.calls : []),
    ...('call' in operation ? [operation.call] : []),
  ]);
}

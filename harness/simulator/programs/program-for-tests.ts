/**
 * Small programs over the real services, for tests of exploration: functions as lists of operations, queues, a scenario.
 *
 * Plain data, so that a counterexample can be read and written down. What an operation does is said in `code-for-tests.ts`; what is
 * deployed for a program, in `account-for-tests.ts`.
 */

import type { FaultKind } from '../contract/fault.ts';
import type { TraceEvent } from '../trace.ts';
import type { QueueName } from './names-for-tests.ts';

export type ProgramItem = 'a' | 'b' | 'c';

/**
 * What a number is taken from: what was seen last, plus one; what the function was given; how often its environment was invoked;
 * the time.
 */
export type Source = 'seen' | 'given' | 'memory' | 'now';

/** One call, of which the code may make several at once. What it sees is the next operation's «seen». */
export type ProgramCall =
  | { readonly do: 'get' | 'delete' | 'add' | 'add and look'; readonly item: ProgramItem }
  | { readonly do: 'put'; readonly item: ProgramItem; readonly value: Source }
  | { readonly do: 'put if'; readonly item: ProgramItem; readonly is: 'absent' | 'as seen' }
  | { readonly do: 'transact'; readonly items: readonly ProgramItem[]; readonly ifAbsent: boolean }
  | { readonly do: 'send'; readonly queue: QueueName; readonly delayS: number }
  | { readonly do: 'receive'; readonly queue: QueueName; readonly waitS: number }
  | { readonly do: 'delete received' }
  /** Functions invoke those that come after them; the last one nobody. */
  | { readonly do: 'invoke'; readonly event: boolean }
  | { readonly do: 'downstream' };

export type Operation =
  | ProgramCall
  | { readonly do: 'sleep'; readonly forMs: number }
  /** Sets a timer, calls, and takes the timer back if it has not fired. */
  | { readonly do: 'within'; readonly ms: number; readonly call: ProgramCall }
  | { readonly do: 'at once'; readonly calls: readonly ProgramCall[] }
  /** Calls, and does not wait. */
  | { readonly do: 'no wait'; readonly call: ProgramCall }
  | { readonly do: 'if zero'; readonly operations: readonly Operation[] }
  | { readonly do: 'return' | 'throw' | 'exit' | 'throw if zero' };

export interface FunctionOfProgram {
  readonly operations: readonly Operation[];
  readonly reserved: number | null;
  /** How often a failed event is run once more. */
  readonly retries: number;
}

export interface MappingOfProgram {
  /** Which function it feeds. */
  readonly to: number;
  readonly batchSize: number;
  readonly windowS: number;
  readonly maximumConcurrency: number | null;
  readonly maxReceiveCount: number;
}

/** What the scenario does: to a function by its place. */
export type Ask =
  | { readonly ask: 'invoke' | 'event'; readonly function: number; readonly given: number }
  | { readonly ask: 'send'; readonly given: number; readonly twice: boolean }
  | { readonly ask: 'call'; readonly call: ProgramCall };

export interface Program {
  readonly functions: readonly FunctionOfProgram[];
  readonly mapping: MappingOfProgram | null;
  readonly serviceTimeMs: number;
  /** What is asked at once; each lane asks one after the other. */
  readonly lanes: readonly (readonly Ask[])[];
  /** What is asked when all has come to rest. */
  readonly later: readonly Ask[];
  /** The lanes share nothing; else the order in which they are answered is seen. */
  readonly apart: boolean;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  readonly watches: readonly TraceEvent['kind'][];
}

/** Every operation of a list, those inside of others too. */
export function everyOperation(operations: readonly Operation[]): readonly Operation[] {
  return operations.flatMap((operation) => [
    operation,
    ...('operations' in operation ? everyOperation(operation.operations) : []),
    ...('calls' in operation ? operation.calls : []),
    ...('call' in operation ? [operation.call] : []),
  ]);
}

/**
 * The rules of the puzzle: two bumps of one counter, each of three steps, and a reader who chooses whose step is next.
 *
 * Pure: moves in, state and trace out. The trace has the simulator's shape, so that the same drawing shows both.
 */

import type { AwsAnswer } from '../../../simulator/contract/answer.ts';
import type { Trace, TraceEvent } from '../../../simulator/trace.ts';
import { type Happening, traceOfMoves } from '../../kit/puzzle-trace.ts';

export const BUMPS = ['bump#1', 'bump#2'] as const;
export type Bump = (typeof BUMPS)[number];

type Step = 'start' | 'get' | 'put';

export interface BumpPosition {
  /** The step that it does when it is chosen next; null when it has answered. */
  readonly next: Step | null;
  /** What its get found: undefined before it, null for «nothing». */
  readonly read: number | null | undefined;
  /** Its answer to its visitor. */
  readonly told: number | undefined;
}

export interface BumpsState {
  /** The counter in the table; null before the first put. */
  readonly counter: number | null;
  readonly bumps: Readonly<Record<Bump, BumpPosition>>;
  readonly end: 'open' | 'lost' | 'held';
}

const AT_REST: BumpsState = {
  counter: null,
  bumps: {
    'bump#1': { next: 'start', read: undefined, told: undefined },
    'bump#2': { next: 'start', read: undefined, told: undefined },
  },
  end: 'open',
};

/** The state after these moves. A move of a bump that has answered changes nothing. */
export function playBumps(moves: readonly Bump[]): BumpsState {
  return moves.reduce(move, AT_REST);
}

function move(state: BumpsState, bump: Bump): BumpsState {
  const position = state.bumps[bump];
  switch (position.next) {
    case 'start':
      return settle(state, bump, { ...position, next: 'get' });
    case 'get':
      return settle(state, bump, { ...position, next: 'put', read: state.counter });
    case 'put': {
      const sum = (position.read ?? 0) + 1;
      return settle({ ...state, counter: sum }, bump, { ...position, next: null, told: sum });
    }
    case null:
      return state;
  }
}

function settle(state: BumpsState, bump: Bump, position: BumpPosition): BumpsState {
  const bumps = { ...state.bumps, [bump]: position };
  const told = BUMPS.filter((name) => bumps[name].told !== undefined).length;
  if (told < BUMPS.length) return { ...state, bumps, end: 'open' };
  return { ...state, bumps, end: state.counter === told ? 'held' : 'lost' };
}

const TABLE = 'Counters';
const KEY = { id: { S: 'notify-me' } };
const PATH = `dynamodb/${TABLE}/${JSON.stringify(KEY)}`;

/** These moves as a trace. */
export function traceOfBumps(moves: readonly Bump[]): Trace {
  return traceOfMoves(moves, { play: playBumps, happens: eventsOf });
}

function eventsOf(bump: Bump, before: BumpsState, after: BumpsState): readonly Happening[] {
  switch (before.bumps[bump].next) {
    case 'start':
      return starts(bump);
    case 'get':
      return [{ actor: bump, event: applied(bump, 'DynamoDB', 'GetItem', found(before.counter)) }];
    case 'put':
      return [
        { actor: bump, event: applied(bump, 'DynamoDB', 'PutItem', { ok: true, output: {} }) },
        {
          actor: bump,
          event: {
            kind: 'item-changed',
            table: TABLE,
            key: KEY,
            before: itemOf(before.counter),
            after: itemOf(after.counter),
          },
        },
        { actor: bump, event: answers(bump, after.bumps[bump].told ?? 0) },
      ];
    case null:
      return [];
  }
}

function starts(bump: Bump): readonly Happening[] {
  const environment = `bump/${bump}`;
  const common = { invocation: bump, functionName: 'bump', environment };
  return [
    { actor: 'scenario', event: applied(bump, 'Lambda', 'Invoke', null) },
    { actor: bump, event: { kind: 'invocation-started', ...common, cold: true, requestId: bump, payload: {} } },
  ];
}

function answers(bump: Bump, count: number): TraceEvent {
  return {
    kind: 'invocation-ended',
    invocation: bump,
    functionName: 'bump',
    environment: `bump/${bump}`,
    outcome: { kind: 'returned', payload: { count } },
  };
}

function applied(bump: Bump, service: string, operation: string, answer: AwsAnswer | null): TraceEvent {
  const input = service === 'Lambda' ? { FunctionName: 'bump' } : { TableName: TABLE, Key: KEY };
  const footprint = { reads: [PATH], writes: operation === 'PutItem' ? [PATH] : [] };
  return { kind: 'call-applied', call: `${bump}/${operation}`, service, operation, input, answer, footprint };
}

function found(counter: number | null): AwsAnswer {
  const item = itemOf(counter);
  return { ok: true, output: item === null ? {} : { Item: item } };
}

function itemOf(counter: number | null): Record<string, unknown> | null {
  return counter === null ? null : { ...KEY, bumps: { N: String(counter) } };
}

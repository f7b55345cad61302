/**
 * The effects of Kinesis's steps, and what an operation gives.
 *
 * Kinesis sends itself nothing: a stream changes by calls alone, and records expire by their instants.
 */

import type { Effect, Served, Step } from '../../contract/effect.ts';
import type { Footprint } from '../../contract/footprint.ts';
import type { KinesisEvent } from './trace-events.ts';

export type KinesisEffect = Effect<never, KinesisEvent>;
export type KinesisStep = Step<never, KinesisEvent>;
export type KinesisServed = Served<never, KinesisEvent>;

/** What an operation gives: what it answers, what it looked at and changed, and what follows. */
export interface StreamOperated {
  readonly output: Readonly<Record<string, unknown>>;
  readonly footprint: Footprint;
  readonly effects?: readonly KinesisEffect[];
}

/**
 * For tests: what a service's operations may be asked. Each service that has operations says it in its own
 * `services/<name>/inputs-for-tests.ts`, by default export, as it is found by the name of its folder.
 *
 * Inputs are all about the same few things (`programs/names-for-tests.ts`), so that calls meet.
 */

import fc from 'fast-check';
import type { Input } from './answer.ts';

/** By operation: inputs that are taken, and some that are refused. */
export type OperationInputs = Readonly<Record<string, fc.Arbitrary<Input>>>;

/** A call that shows what calls have left behind. */
export interface Look {
  readonly operation: string;
  readonly input: Input;
}

/** What the file exports by default. */
export interface ServiceInputs {
  readonly inputs: OperationInputs;
  readonly looks: readonly Look[];
}

/** This input, and no other. */
export function always(input: Input): fc.Arbitrary<Input> {
  return fc.constant(input);
}

/** The members of both. */
export function merged(a: fc.Arbitrary<Input>, b: fc.Arbitrary<Input>): fc.Arbitrary<Input> {
  return fc.tuple(a, b).map(([left, right]) => ({ ...left, ...right }));
}

/**
 * For tests: example inputs of a service's operations. Each service that has operations exports them by default from its own
 * `services/<name>/inputs-for-tests.ts`, which is found by the name of its folder.
 *
 * All inputs use the same few names (`programs/names-for-tests.ts`), so that calls meet.
 */

import fc from 'fast-check';
import type { Input } from './answer.ts';

/** Inputs by operation: some that the service accepts, and some that it refuses. */
export type OperationInputs = Readonly<Record<string, fc.Arbitrary<Input>>>;

/** One call: a read that shows what earlier calls have changed, or a call before them. */
export interface Look {
  readonly operation: string;
  readonly input: Input;
}

/** What an `inputs-for-tests.ts` exports by default. */
export interface ServiceInputs {
  readonly inputs: OperationInputs;
  readonly looks: readonly Look[];
  /** Calls before each run, which make what most operations are about; the template makes the rest. */
  readonly before?: readonly Look[];
}

/** An arbitrary that always gives this input. */
export function always(input: Input): fc.Arbitrary<Input> {
  return fc.constant(input);
}

/** An arbitrary with the members of both. */
export function merged(a: fc.Arbitrary<Input>, b: fc.Arbitrary<Input>): fc.Arbitrary<Input> {
  return fc.tuple(a, b).map(([left, right]) => ({ ...left, ...right }));
}

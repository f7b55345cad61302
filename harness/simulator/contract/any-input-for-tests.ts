/**
 * For tests: calls whose inputs have any members with any values, from words that mean something to a service and words that mean nothing.
 *
 * A service's own inputs (`inputs-for-tests.ts`) are what clients send; these are what a client never would.
 */

import fc from 'fast-check';
import type { Input } from './answer.ts';
import type { OperationInputs } from './inputs-for-tests.ts';

/** One operation, and what it is asked. */
export interface AnyCallOf {
  readonly operation: string;
  readonly input: Input;
}

/** Inputs with up to five of these members. Their values are of these texts, and of any type that an SDK hands on. */
export function anyInput(members: readonly string[], texts: fc.Arbitrary<string>): fc.Arbitrary<Input> {
  const { input } = fc.letrec<{ value: unknown; input: Input }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      { arbitrary: texts, weight: 6 },
      fc.constantFrom(null, undefined, true, 0, -1, 61, 1.5, new Date(0), new Uint8Array([1])),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('input'),
    ),
    input: fc.dictionary(fc.constantFrom(...members), tie('value'), {
      maxKeys: 5,
      noNullPrototype: true,
    }) as fc.Arbitrary<Input>,
  }));
  return input;
}

/** A call with the members that its operation has, of which some may be anything, and some may be added. */
export function anyCallOf(inputs: OperationInputs, any: fc.Arbitrary<Input>): fc.Arbitrary<AnyCallOf> {
  return fc
    .constantFrom(...Object.keys(inputs))
    .chain((operation) =>
      fc
        .tuple(fc.oneof(inputs[operation] ?? any, fc.constant({})), any)
        .map(([valid, given]) => ({ operation, input: { ...valid, ...given } })),
    );
}

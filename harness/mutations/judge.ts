/**
 * Decides whether a mutation was noticed, and which tests never fail. Data in, data out, without words for people.
 */

import type { Mutation } from '../simulator/contract/mutation.ts';
import type { Applied } from './apply.ts';
import { factsOfTest } from './facts.ts';
import type { JobResult, TestEnd } from './job.ts';
import type { ServiceUnderTest } from './service-under-test.ts';

export type Verdict =
  /** `by` of the fact's `of` tests failed by an assertion. */
  | { readonly kind: 'caught'; readonly by: number; readonly of: number }
  | { readonly kind: 'caught-by-time' }
  | { readonly kind: 'survived'; readonly tests: number }
  | { readonly kind: 'no-test' }
  | { readonly kind: 'not-endless' }
  /** Tests threw an error, but no assertion failed. */
  | { readonly kind: 'threw'; readonly message: string }
  | { readonly kind: 'never-ended' }
  | { readonly kind: 'not-loaded'; readonly problem: string }
  | { readonly kind: 'does-not-apply'; readonly found: number }
  | { readonly kind: 'no-file' };

export interface MutationReport {
  readonly mutation: Mutation;
  /** The line to which it is applied; null if it is not applied. */
  readonly line: number | null;
  readonly verdict: Verdict;
}

export interface ServiceReport {
  readonly service: ServiceUnderTest;
  /** The tests that are named after facts, with their ends when nothing is mutated. */
  readonly tests: readonly TestEnd[];
  /** Why its tests could not be run at all; null if they could. */
  readonly problem: string | null;
  readonly mutations: readonly MutationReport[];
  /** Tests that no mutation of their facts made fail. */
  readonly neverFailed: readonly TestEnd[];
  /** Facts that its README lists as modelled and that no test is named after. */
  readonly untested: readonly string[];
}

/** What a run on a mutated text says about the mutation. */
export function verdictOf({ endless }: Mutation, applied: Applied, result: JobResult | null): Verdict {
  if (applied.kind !== 'applied') return applied;
  if (result === null) return { kind: 'no-test' };
  if (result.kind === 'never-ended') return endless === true ? { kind: 'caught-by-time' } : result;
  if (endless === true) return { kind: 'not-endless' };
  if (result.kind === 'not-loaded') return result;
  if (result.kind === 'died') return { kind: 'threw', message: result.problem };
  const by = result.tests.filter(({ end }) => end === 'assertion-failed').length;
  if (by > 0) return { kind: 'caught', by, of: result.tests.length };
  const threw = result.tests.find(({ end }) => end === 'threw');
  return threw === undefined
    ? { kind: 'survived', tests: result.tests.length }
    : { kind: 'threw', message: threw.message };
}

export function isCaught({ kind }: Verdict): boolean {
  return kind === 'caught' || kind === 'caught-by-time';
}

/**
 * The tests that failed in no run, each once. The rows of one table count as one test, and one of them must have failed, unless
 * the rows name the facts and the title does not.
 */
export function neverFailed(tests: readonly TestEnd[], results: readonly (JobResult | null)[]): readonly TestEnd[] {
  const keyOf = (test: TestEnd): string => `${test.testFile} ${titleOf(test)}`;
  const failed = new Set(
    results
      .flatMap((result) => (result?.kind === 'ran' ? result.tests : []))
      .filter(({ end }) => end === 'assertion-failed')
      .map(keyOf),
  );
  const each = new Map(tests.map((test) => [keyOf(test), test]));
  return [...each].flatMap(([key, test]) => (failed.has(key) ? [] : [test]));
}

/** The name of a test, without regard to its rows. */
export function titleOf({ title, name }: TestEnd): string {
  return factsOfTest(title).length > 0 ? title : name;
}

/** Facts that are listed as modelled and have no test. */
export function untested(modelled: readonly string[], tests: readonly TestEnd[]): readonly string[] {
  const tested = new Set(tests.flatMap(({ name }) => factsOfTest(name)));
  return modelled.filter((fact) => !tested.has(fact));
}

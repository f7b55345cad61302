/**
 * Names for one grading and for one run, so that nothing meets anything of another run.
 *
 * Chance is right here: nothing about a verdict depends on it. An account of its own per grading, a stack name per run.
 */

import { randomBytes, randomInt } from 'node:crypto';

/** Twelve digits, as AWS has them; LocalStack takes any and keeps each apart. The first is no zero, so that it stays a text. */
export function newAccountId(): string {
  return String(randomInt(1, 10)) + String(randomInt(0, 10 ** 11)).padStart(11, '0');
}

export interface RunNames {
  /** The learner's stack. */
  readonly stack: string;
  /** The harness's own stack beside it. */
  readonly harnessStack: string;
  readonly ledgerTable: string;
  /** The function of a downstream. */
  downstream(name: string): string;
}

/** `raceproof-dedupe-3f9a1c` and what is derived from it. */
export function namesFor(slug: string, unique = randomBytes(3).toString('hex')): RunNames {
  const stack = `raceproof-${slug}-${unique}`;
  return {
    stack,
    harnessStack: `${stack}-harness`,
    ledgerTable: `${stack}-ledger`,
    downstream: (name) => `${stack}-${name}`,
  };
}

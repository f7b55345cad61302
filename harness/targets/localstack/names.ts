/**
 * Names for one grading and for one run, so that runs never share a name.
 *
 * Random names are right here, because no verdict depends on them. Each grading has its own account, each run its own stack
 * name.
 */

import { randomBytes, randomInt } from 'node:crypto';

/**
 * Twelve digits, as in AWS. LocalStack accepts any number and keeps accounts apart. The first digit is not zero, so that no
 * reader drops it.
 */
export function newAccountId(): string {
  return String(randomInt(1, 10)) + String(randomInt(0, 10 ** 11)).padStart(11, '0');
}

export interface RunNames {
  /** The learner's stack. */
  readonly stack: string;
  /** The harness's own stack beside it. */
  readonly harnessStack: string;
  readonly ledgerTable: string;
  /** The function name of a downstream. */
  downstream(name: string): string;
}

/** `raceproof-dedupe-3f9a1c` and the names derived from it. */
export function namesFor(slug: string, unique = randomBytes(3).toString('hex')): RunNames {
  const stack = `raceproof-${slug}-${unique}`;
  return {
    stack,
    harnessStack: `${stack}-harness`,
    ledgerTable: `${stack}-ledger`,
    downstream: (name) => `${stack}-${name}`,
  };
}

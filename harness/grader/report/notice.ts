/**
 * A notice as one sentence, the same in the terminal and on the page: what kind it is, where, and what.
 */

import type { Notice } from '../result.ts';

/** For example «warning: src/bump.ts:3 — Cannot find name 'ddb'.» */
export function sayNotice({ kind, message, frame }: Notice): string {
  // A call that is not awaited names its lines itself.
  if (kind === 'not-awaited') return `not awaited: ${message}`;
  const word = kind === 'type-error' ? 'warning' : 'note';
  return `${word}: ${frame === undefined ? '' : `${frame.file}:${frame.line} — `}${message}`;
}

/** Such notices stand first: with calls that are not awaited nothing can be proved, and much of what fails may be their fault. */
export function isNotAwaited({ kind }: Pick<Notice, 'kind'>): boolean {
  return kind === 'not-awaited';
}

/**
 * Too many at once: a downstream has more requests at one moment than it takes. Finds the request that was one too many, and says which
 * others were still being processed.
 *
 * How many are too many, the violation says.
 */

import type { Crowd } from '../../course/lab.ts';
import { type RequestEntered, RequestsInside } from '../../simulator/requests-inside.ts';
import type { Trace, TraceEntry } from '../../simulator/trace.ts';
import { count, list } from '../../words/phrases.ts';
import type { MarkedStep } from '../result.ts';
import { atStep, type Numbering } from './numbering.ts';
import type { Conflict } from './saving.ts';

/** A request that was one too many, with those that it met. */
export interface Crowded {
  /** The request that came last. */
  readonly last: TraceEntry;
  /** The requests that were being processed when it came, in the order in which they came. */
  readonly inside: readonly RequestEntered[];
  /** Pairs of the last request and the end of another one, before which it came. */
  readonly conflicts: readonly Conflict[];
}

/** The first request that was one too many; null if there is none. */
export function crowdIn(trace: Trace, { downstream, most }: Crowd): Crowded | null {
  const requests = new RequestsInside(downstream);
  for (const entry of trace) {
    requests.see(entry);
    if (requests.count > most) return crowded(entry, requests.requests.slice(0, -1), trace);
  }
  return null;
}

function crowded(last: TraceEntry, inside: readonly RequestEntered[], trace: Trace): Crowded {
  const ends = trace.filter(
    ({ seq, event }) =>
      seq > last.seq && event.kind === 'downstream-left' && inside.some((each) => each.event.call === event.call),
  );
  return { last, inside, conflicts: ends.map(({ step }) => ({ first: last.step, second: step })) };
}

/** «book#3 asked legacy at step 10, while book#1 (step 4) and book#2 (step 7) were still waiting for it: 3 requests at once, and it takes 2.» */
export function explainCrowd({ last, inside }: Crowded, { downstream, most }: Crowd, numbering: Numbering): string {
  const others = inside.map((entry) => {
    const number = numbering(entry);
    return number === null ? entry.actor : `${entry.actor} (step ${number})`;
  });
  const were = others.length === 1 ? 'was' : 'were';
  const who = others.length > MOST_NAMED ? `${others.length} others` : list(others);
  const many = `${count(inside.length + 1, 'request')} at once, and it takes ${most}`;
  return `${last.actor} asked ${downstream}${atStep(numbering, last)}, while ${who} ${were} still waiting for its answer: ${many}.`;
}

/** More names than these are a number. */
const MOST_NAMED = 4;

/** The step of the request that was one too many, since the first of those that it met. */
export function markOfCrowd({ last, inside }: Crowded, { most }: Crowd): MarkedStep {
  const since = inside[0]?.step;
  const mark = { kind: 'crowds', step: last.step, nth: inside.length + 1, most } as const;
  return since === undefined ? mark : { ...mark, since };
}

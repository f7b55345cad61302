/**
 * A counter of claims that did not hold: how many invocations were at work at one moment of which each, sooner or later, asked a
 * downstream about the same subject.
 *
 * A request that was slow may arrive long after another invocation has asked. What counts is that both believed the subject to be theirs while the
 * other was at work.
 */

import { type Counter, counterOf, greatest } from '../counter.ts';

/** One invocation: its place in the trace, from its start to its end, and what it asked about. */
interface Work {
  readonly start: number;
  end: number;
  readonly subjects: Set<string>;
}

/** The greatest number of invocations at work at one moment that asked `downstream` about one subject. */
export function mostHoldersAtOnce(downstream: string, subjectOf: (request: unknown) => string): Counter {
  return counterOf(['invocation-started', 'invocation-ended', 'downstream-entered'], (entries) => {
    const works = new Map<string, Work>();
    for (const [place, { actor, event }] of entries.entries()) {
      if (event.kind === 'invocation-started')
        works.set(event.invocation, { start: place, end: entries.length, subjects: new Set() });
      else if (event.kind === 'downstream-entered') {
        if (event.downstream === downstream) works.get(actor)?.subjects.add(subjectOf(event.request));
      } else {
        const work = works.get(event.invocation);
        if (work !== undefined) work.end = place;
      }
    }
    return greatest([...works.values()].map((work) => besides(work, [...works.values()])));
  });
}

/** How many others were at work when this one began and asked about one of its subjects; and itself. */
function besides({ start, subjects }: Work, all: readonly Work[]): number {
  return greatest(
    [...subjects].map(
      (subject) =>
        all.filter((other) => other.start <= start && start < other.end && other.subjects.has(subject)).length,
    ),
  );
}

/**
 * Finds requests that were sent more than once to a downstream about the subject of the violation: the senders, the steps, and
 * how the requests differ.
 *
 * The violation's own words give the subject: a request belongs to it if it holds one of them, such as an order id.
 */

import type { Violation } from '../../course/lab.ts';
import type { Trace, TraceEntry } from '../../simulator/trace.ts';
import { list } from '../../words/phrases.ts';
import { atStep, type Numbering } from './numbering.ts';

/** Shorter ids in a request are not compared with the violation, because «1» occurs in many sentences. */
const SHORTEST_ID = 3;

/** Sentences about the first subject for which a system was called twice; empty if there is none. */
export function repeatedAsks(trace: Trace, violation: Violation, numbering: Numbering): readonly string[] {
  const asked = new Map<string, TraceEntry[]>();
  for (const entry of trace) {
    if (entry.event.kind !== 'downstream-entered') continue;
    const subject = subjectOf(entry.event.request, violation);
    if (subject === null) continue;
    const key = `${entry.event.downstream} ${subject}`;
    asked.set(key, [...(asked.get(key) ?? []), entry]);
  }
  const [first, second] = [...asked.values()].find((asks) => asks.length > 1) ?? [];
  if (first?.event.kind !== 'downstream-entered' || second?.event.kind !== 'downstream-entered') return [];
  const { downstream, request } = first.event;
  const subject = subjectOf(request, violation);
  const who = second.actor === first.actor ? 'and' : `and ${second.actor}`;
  const how = difference(request, second.event.request);
  const asks = `${first.actor} asked ${downstream} about ${subject}${atStep(numbering, first)}`;
  return [`${asks}, ${who} asked it again${atStep(numbering, second)}, with ${how}.`];
}

function subjectOf(request: unknown, { headline }: Violation): string | null {
  const words = new Set(headline.split(/[\s.,:;«»]+/));
  const texts = Object.values(Object(request) as object).filter((value) => typeof value === 'string');
  return texts.find((text) => text.length >= SHORTEST_ID && words.has(text)) ?? null;
}

/** For example «another key», «another key and another amount», «the same request». */
function difference(one: unknown, other: unknown): string {
  const names = new Set([...Object.keys(Object(one)), ...Object.keys(Object(other))]);
  const differing = [...names].filter(
    (name) => JSON.stringify(Reflect.get(Object(one), name)) !== JSON.stringify(Reflect.get(Object(other), name)),
  );
  return differing.length === 0 ? 'the same request' : list(differing.map((name) => `another ${name}`));
}

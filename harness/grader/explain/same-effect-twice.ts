/**
 * The same effect twice in any lab: a downstream gets two requests about one thing, an item is changed twice, or two messages are
 * sent. Finds it for the subject of a violation, and says what the later actor knew.
 *
 * Whether twice is too often, the violation decides; this file counts, and describes how the requests differ.
 */

import { sayAttributes } from '../../simulator/contract/items.ts';
import type { Access } from '../../simulator/contract/shown.ts';
import { SCENARIO } from '../../simulator/contract/trace-entry.ts';
import type { Trace, TraceEntry } from '../../simulator/trace.ts';
import { list } from '../../words/phrases.ts';
import type { MarkedStep } from '../result.ts';
import { atStep, type Numbering } from './numbering.ts';
import type { Conflict } from './saving.ts';
import { namesIn, namesInKey, type Subject } from './subject.ts';

/** One of several effects on one thing. */
interface Effect {
  readonly entry: TraceEntry;
  /** What had the effect: a downstream, an item or a queue, each with the name of the thing. */
  readonly group: string;
  readonly where: string;
  readonly about: string;
  readonly kind: 'request' | 'change' | 'message';
  readonly request: unknown;
}

/** Two or more effects on the first thing that has more than one. */
export interface RepeatedEffect {
  readonly effects: readonly [Effect, Effect, ...Effect[]];
  /** By effect: the last read by which its actor could have known of the others. */
  readonly reads: ReadonlyMap<Effect, Access>;
  /** Pairs of a read and another actor's write that it came too early to see; of the earliest write first. */
  readonly conflicts: readonly Conflict[];
}

/** The effect that happened more than once to the subject: requests first, then changes, then messages. */
export function repeatedEffect(trace: Trace, accesses: readonly Access[], subject: Subject): RepeatedEffect | null {
  const all = [...requests(trace, subject), ...changes(accesses, subject), ...messages(trace, subject)];
  const groups = [...Map.groupBy(all, ({ group }) => group).values()];
  const [first, second, ...more] = groups.find((effects) => effects.length > 1) ?? [];
  if (first === undefined || second === undefined) return null;
  const effects = [first, second, ...more] as const;
  const reads = new Map(
    effects.flatMap((effect) => {
      const read = readBefore(effect, accesses, subject);
      return read === undefined ? [] : [[effect, read] as const];
    }),
  );
  const writes = [...reads.values()].flatMap((read) => {
    const write = writeAfter(read, accesses);
    return write === undefined ? [] : [{ read, write }];
  });
  const conflicts = writes
    .sort((a, b) => a.write.entry.seq - b.write.entry.seq)
    .map(({ read, write }) => ({ first: read.entry.step, second: write.entry.step }));
  return { effects, reads, conflicts };
}

function requests(trace: Trace, subject: Subject): readonly Effect[] {
  return trace.flatMap((entry): readonly Effect[] => {
    if (entry.event.kind !== 'downstream-entered') return [];
    const { downstream, request } = entry.event;
    const about = subject.nameAmong(namesIn(request));
    if (about === null) return [];
    return [{ entry, group: `${downstream} ${about}`, where: downstream, about, kind: 'request', request }];
  });
}

/** Changes that a service computes, such as «ADD». A write that replaces an item may be the same state once more. */
function changes(accesses: readonly Access[], subject: Subject): readonly Effect[] {
  return accesses.flatMap(({ entry, actor, kind, overwrites, path }): readonly Effect[] => {
    const about = subject.nameAmong(namesInKey(path));
    if (about === null || kind !== 'write' || overwrites || actor === SCENARIO) return [];
    return [{ entry, group: path, where: about, about, kind: 'change', request: entry.event.input }];
  });
}

function messages(trace: Trace, subject: Subject): readonly Effect[] {
  return trace.flatMap((entry): readonly Effect[] => {
    if (entry.event.kind !== 'message-sent' || entry.actor === SCENARIO) return [];
    const { queue, body } = entry.event;
    const request = parsed(body);
    const about = subject.nameAmong([body, ...namesIn(request)]);
    if (about === null) return [];
    return [{ entry, group: `${queue} ${about}`, where: queue, about, kind: 'message', request }];
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** What the actor of an effect had last read of the subject before it. */
function readBefore({ entry }: Effect, accesses: readonly Access[], subject: Subject): Access | undefined {
  return accesses.findLast(
    (access) =>
      access.entry.seq < entry.seq &&
      access.actor === entry.actor &&
      access.kind === 'read' &&
      subject.nameAmong(namesInKey(access.path)) !== null,
  );
}

function writeAfter(read: Access, accesses: readonly Access[]): Access | undefined {
  return accesses.find(
    ({ entry, actor, kind, path }) =>
      entry.seq > read.entry.seq && actor !== read.actor && kind === 'write' && path === read.path,
  );
}

/** The steps at which it happened, each with the read on which it was based. */
export function marksOfRepeated({ effects, reads }: RepeatedEffect): readonly MarkedStep[] {
  return effects.map((effect, at) => {
    const since = reads.get(effect)?.entry.step;
    const mark = { kind: 'repeats', step: effect.entry.step, nth: at + 1 } as const;
    return since === undefined ? mark : { ...mark, since };
  });
}

/** Who did it twice, how the two differ, and what the second one had read before. */
export function explainRepeated(
  { effects, reads }: RepeatedEffect,
  subject: Subject,
  accesses: readonly Access[],
  numbering: Numbering,
): readonly string[] {
  const [first, second] = toldOf(effects, subject);
  const who = second.entry.actor === first.entry.actor ? 'and' : `and ${second.entry.actor}`;
  const [once, again] = WORDS[second.kind](first);
  const how = second.kind === 'change' ? '' : `, with ${difference(first.request, second.request)}`;
  const said = `${first.entry.actor} ${once}${atStep(numbering, first.entry)}, ${who} ${again}${atStep(numbering, second.entry)}${how}.`;
  const read = reads.get(second);
  return read === undefined ? [said] : [said, sayRead(read, accesses, numbering)];
}

/**
 * The two effects of which a reader is told: the first two. Where nothing says that the thing itself came too often, it may well
 * get several that differ, such as the lines of one order; there the first that equals an earlier one is told, if there is any.
 */
function toldOf(effects: RepeatedEffect['effects'], { tooOften }: Subject): readonly [Effect, Effect] {
  const [first, second] = effects;
  if (tooOften) return [first, second];
  for (const [at, again] of effects.entries()) {
    const once = effects.slice(0, at).find(({ request }) => areEqual(request, again.request));
    if (once !== undefined) return [once, again];
  }
  return [first, second];
}

const WORDS: Readonly<Record<Effect['kind'], (effect: Effect) => readonly [once: string, again: string]>> = {
  request: ({ where, about }) => [`asked ${where} about ${about}`, 'asked it again'],
  change: ({ about }) => [`changed ${about}`, 'changed it again'],
  message: ({ where, about }) => [`sent a message about ${about} to ${where}`, 'sent another'],
};

function sayRead(read: Access, accesses: readonly Access[], numbering: Numbering): string {
  const had = read.seen === null ? 'found no item' : `read ${sayAttributes(read.seen, [])}`;
  const write = writeAfter(read, accesses);
  const before = write === undefined ? '' : `, before ${write.actor} wrote${atStep(numbering, write.entry)}`;
  return `${read.actor} had ${had}${atStep(numbering, read.entry)}${before}.`;
}

/** For example «another key», «another key and another amount», «the same request». */
function difference(one: unknown, other: unknown): string {
  const names = new Set([...Object.keys(Object(one)), ...Object.keys(Object(other))]);
  const differing = [...names].filter(
    (name) => !areEqual(Reflect.get(Object(one), name), Reflect.get(Object(other), name)),
  );
  return differing.length === 0 ? 'the same request' : list(differing.map((name) => `another ${name}`));
}

function areEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

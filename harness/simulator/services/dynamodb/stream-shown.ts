/**
 * How people see the streams of tables: changes numbered in their order, a lane for each stream.
 */

import { list } from '../../../words/phrases.ts';
import type { Brought, EntrySeen, Shown } from '../../contract/shown.ts';
import { shortTable } from './table-name.ts';
import type { DynamoDBEvent } from './trace-events.ts';

type Entry = EntrySeen<DynamoDBEvent>;
type Read = DynamoDBEvent & { readonly kind: 'table-changes-read' };

/** The name of a stream's lane begins with this. */
const CHANGES = 'changes of ';
const CHANGE = 'change ';

/** The lane of a table's stream: «changes of Accounts». */
export function streamLane(table: string): string {
  return `${CHANGES}${shortTable(table)}`;
}

/** What a trace says about streams. */
export function showTableStreams(
  trace: readonly Entry[],
): Pick<Shown<DynamoDBEvent>, 'rows' | 'brought' | 'source' | 'isSource' | 'nameOf'> {
  const numbers = changeNumbers(trace);
  const nameOf = (id: string): string => `${CHANGE}${numbers.get(id) ?? '?'}`;
  const namesOf = ({ sequenceNumbers }: Read): string => inShort(sequenceNumbers.map(nameOf));
  return {
    rows: { 'table-changes-read': ({ actor, event }) => ({ actor, text: `takes ${namesOf(event)}`, kind: 'call' }) },
    brought: (entries) => broughtIn(entries, trace, namesOf),
    source: (entries) => {
      const read = readIn(entries);
      return read === null ? null : streamLane(read.table);
    },
    isSource: (lane) => lane.startsWith(CHANGES),
    nameOf: (id) => (numbers.has(id) ? nameOf(id) : null),
  };
}

/** By their sequence numbers, the numbers of changes in their order, from 1. */
function changeNumbers(trace: readonly Entry[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { event } of trace)
    if (event.kind === 'table-change-streamed') numbers.set(event.sequenceNumber, numbers.size + 1);
  return numbers;
}

/** «change 1», «changes 1 and 2», «3 changes». */
function inShort(names: readonly string[]): string {
  const [first = 'no change', ...more] = names;
  if (more.length === 0) return first;
  if (more.length > 1) return `${names.length} changes`;
  return `changes ${list(names.map((name) => name.replace(CHANGE, '')))}`;
}

function readIn(entries: readonly Entry[]): Read | null {
  const read = entries.find(({ event }) => event.kind === 'table-changes-read')?.event;
  return read?.kind === 'table-changes-read' ? read : null;
}

/** What a step hands out, and whether the mapping had it before. */
function broughtIn(
  entries: readonly Entry[],
  trace: readonly Entry[],
  namesOf: (read: Read) => string,
): Brought | null {
  const read = readIn(entries);
  const [first] = entries;
  if (read === null || first === undefined) return null;
  const before = trace.filter(({ seq }) => seq < first.seq).map(({ event }) => event);
  const isAgain = before.some(
    (event) =>
      event.kind === 'table-changes-read' &&
      event.by === read.by &&
      event.sequenceNumbers.some((number) => read.sequenceNumbers.includes(number)),
  );
  return { words: namesOf(read), isAgain };
}

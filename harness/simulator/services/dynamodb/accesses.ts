/**
 * The reads and writes of items in order: the footprints of a trace, with the values.
 *
 * An access belongs to one applied call and one item; it says whether the call's own condition refused it.
 */

import type { AwsError } from '../../contract/answer.ts';
import type { Item } from '../../contract/items.ts';
import type { Access, CallSeen, EntrySeen } from '../../contract/shown.ts';
import { itemInWords, recordOf } from './item-words.ts';
import { isOfStream, itemPath } from './outcome.ts';
import type { SayNumber } from './times-of-run.ts';
import type { DynamoDBEvent } from './trace-events.ts';

type Entry = EntrySeen<DynamoDBEvent>;
type InWords = (value: unknown) => Item | null;
type Members = Readonly<Record<string, unknown>>;
/** What all accesses of one call share. */
type OfCall = Pick<Access, 'entry' | 'actor' | 'operation' | 'condition' | 'overwrites'>;

/** Every access to an item in the trace, in order. `sayNumber` has words for the run's times. */
export function accessesIn(trace: readonly Entry[], sayNumber: SayNumber): readonly Access[] {
  const inWords: InWords = (value) => itemInWords(value, sayNumber);
  return trace.flatMap((entry) => (isOwnCall(entry) ? accessesOf(entry, trace, inWords) : []));
}

function isOwnCall(entry: Entry): entry is CallSeen {
  return entry.event.kind === 'call-applied' && entry.event.service === 'DynamoDB';
}

function accessesOf(entry: CallSeen, trace: readonly Entry[], inWords: InWords): readonly Access[] {
  const { event, actor } = entry;
  const { answer, footprint, operation } = event;
  const input = recordOf(event.input) ?? {};
  const condition = typeof input.ConditionExpression === 'string' ? input.ConditionExpression : null;
  const ofCall = { entry, actor, operation, condition, overwrites: overwrites(operation, input) };
  const key = inWords(input.Key);
  if (answer !== null && !answer.ok) {
    const paths = refusedPaths(answer.error, footprint.reads, input);
    return paths.map((path) => ({ ...ofCall, path, kind: 'refused-write', seen: null, after: null, key }));
  }
  // What the stream of the table takes is no item.
  const written = [...footprint.writes, ...(footprint.adds ?? [])].filter((path) => !isOfStream(path));
  if (written.length > 0) return writesOf(ofCall, written, input, trace, inWords);
  const seen = inWords(answer?.output.Item);
  return footprint.reads.map((path) => ({ ...ofCall, path, kind: 'read', seen, after: null, key }));
}

function writesOf(
  ofCall: OfCall,
  paths: readonly string[],
  input: Members,
  trace: readonly Entry[],
  inWords: InWords,
): readonly Access[] {
  const changes = trace.flatMap(({ cause, event }) =>
    cause === ofCall.entry.seq && event.kind === 'item-changed' ? [event] : [],
  );
  return paths.map((path, index) => {
    const change = changes.find((it) => path === itemPath(it.table, JSON.stringify(it.key))) ?? changes[index];
    const seen = inWords(change?.before);
    const after = change === undefined ? inWords(input.Item) : inWords(change.after);
    const key: Item | null = inWords(change?.key) ?? inWords(input.Key);
    return { ...ofCall, path, kind: 'write', seen, after, key };
  });
}

/** The items whose condition failed. A transaction can be cancelled for other reasons, one for each of its items (DD-06). */
function refusedPaths(error: AwsError, paths: readonly string[], input: Members): readonly string[] {
  if (error.code === 'ConditionalCheckFailedException') return paths;
  if (error.code !== 'TransactionCanceledException') return [];
  const reasons: unknown = error.members?.CancellationReasons;
  const actions: unknown = input.TransactItems;
  if (!Array.isArray(reasons)) return paths;
  // The footprint begins with the items that have a condition, in the order of their actions.
  const conditional = Array.isArray(actions)
    ? actions.flatMap((action: unknown, index) => (hasCondition(action) ? [index] : []))
    : [...reasons.keys()];
  return paths.filter((_, at) => recordOf(reasons[conditional[at] ?? -1])?.Code === 'ConditionalCheckFailed');
}

function hasCondition(action: unknown): boolean {
  return Object.values(recordOf(action) ?? {}).some((member) => recordOf(member)?.ConditionExpression !== undefined);
}

/** `ADD` and `SET n = n + :one` build on the value in the table; all other writes replace it with a value of the sender. */
function overwrites(operation: string, input: Members): boolean {
  if (operation !== 'UpdateItem') return true;
  const expression = typeof input.UpdateExpression === 'string' ? input.UpdateExpression : '';
  if (/^\s*(ADD|DELETE)\b/i.test(expression) && !/\bSET\b/i.test(expression)) return false;
  return !/([#\w.]+)\s*=\s*(if_not_exists\(\s*)?\1\b/i.test(expression);
}

/**
 * Who looked at which item and who changed it, in order: the footprints of a trace with the values beside them.
 *
 * Knows DynamoDB's calls and no lab. An access stands for one applied call and one item; it says whether the call was
 * refused by its own condition.
 */

import type { AwsError } from '../../simulator/contract/answer.ts';
import type { Actor } from '../../simulator/contract/trace-entry.ts';
import type { Trace, TraceEntry } from '../../simulator/trace.ts';
import { asItem, type Item } from './items.ts';

export interface Access {
  readonly entry: TraceEntry;
  readonly actor: Actor;
  /** The footprint's path: the same item has the same path in the whole trace. */
  readonly path: string;
  readonly kind: 'read' | 'write' | 'refused-write';
  readonly operation: string;
  /** For a read: the item as it was seen. For a write: as it was before. Null: there was none. */
  readonly seen: Item | null;
  /** For a write: the item afterwards. */
  readonly after: Item | null;
  readonly key: Item | null;
  /** The write's ConditionExpression, if it had one. */
  readonly condition: string | null;
  /** The write replaces what it doesn't know: no arithmetic of the table's own. */
  readonly overwrites: boolean;
}

/** Every access to an item in the trace, in order. */
export function accessesOf(trace: Trace): readonly Access[] {
  return trace.flatMap((entry) => accessesOfEntry(entry, trace));
}

function accessesOfEntry(entry: TraceEntry, trace: Trace): readonly Access[] {
  const { event, actor } = entry;
  if (event.kind !== 'call-applied' || event.service !== 'DynamoDB') return [];
  const { answer, footprint, operation } = event;
  const input = asItem(event.input) ?? {};
  const condition = typeof input.ConditionExpression === 'string' ? input.ConditionExpression : null;
  const common = { entry, actor, operation, condition, overwrites: overwrites(operation, input) };
  const key = asItem(input.Key);
  if (answer !== null && !answer.ok) {
    const paths = refusedPaths(answer.error, footprint.reads, input);
    return paths.map((path) => ({ ...common, path, kind: 'refused-write', seen: null, after: null, key }));
  }
  const output = answer?.ok === true ? answer.output : {};
  const written = [...footprint.writes, ...(footprint.adds ?? [])];
  if (written.length === 0) {
    return footprint.reads.map((path) => ({
      ...common,
      path,
      kind: 'read',
      seen: asItem(output.Item),
      after: null,
      key,
    }));
  }
  const changes = trace.flatMap((other) =>
    other.cause === entry.seq && other.event.kind === 'item-changed' ? [other.event] : [],
  );
  return written.map((path, index) => {
    const isOf = ({ table, key: changed }: (typeof changes)[number]): boolean =>
      path === `dynamodb/${table}/${JSON.stringify(changed)}`;
    const change = changes.find(isOf) ?? changes[index];
    const written = asItem(input.Item);
    return {
      ...common,
      path,
      kind: 'write',
      seen: asItem(change?.before),
      after: change === undefined ? written : asItem(change.after),
      key: asItem(change?.key) ?? key,
    };
  });
}

/** The items whose condition failed. A transaction can be cancelled for other reasons, one for each of its items (DD-06). */
function refusedPaths(error: AwsError, paths: readonly string[], input: Item): readonly string[] {
  if (error.code === 'ConditionalCheckFailedException') return paths;
  if (error.code !== 'TransactionCanceledException') return [];
  const reasons: unknown = error.members?.CancellationReasons;
  const actions: unknown = input.TransactItems;
  if (!Array.isArray(reasons)) return paths;
  // The footprint begins with the items that have a condition, in the order of their actions.
  const conditional = Array.isArray(actions)
    ? actions.flatMap((action: unknown, index) => (hasCondition(action) ? [index] : []))
    : [...reasons.keys()];
  return paths.filter((_, at) => asItem(reasons[conditional[at] ?? -1])?.Code === 'ConditionalCheckFailed');
}

function hasCondition(action: unknown): boolean {
  return Object.values(asItem(action) ?? {}).some((member) => asItem(member)?.ConditionExpression !== undefined);
}

/** `ADD` and `SET n = n + :one` build on the value in the table; everything else puts in what its sender thought of. */
function overwrites(operation: string, input: Item): boolean {
  if (operation !== 'UpdateItem') return true;
  const expression = typeof input.UpdateExpression === 'string' ? input.UpdateExpression : '';
  if (/^\s*(ADD|DELETE)\b/i.test(expression) && !/\bSET\b/i.test(expression)) return false;
  return !/([#\w.]+)\s*=\s*(if_not_exists\(\s*)?\1\b/i.test(expression);
}

/**
 * TransactWriteItems: up to 100 writes and checks, all or nothing (facts DD-05, DD-06, DD-08).
 *
 * All actions are judged against the current items; nothing is stored unless all succeed. A used `ClientRequestToken` makes a
 * repetition succeed without writing, for ten minutes.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */

import { type Input, ok } from '../../../contract/answer.ts';
import { unreachable } from '../../../kernel/bug.ts';
import {
  type CancellationReason,
  cancelled,
  conditionFalse,
  isCancelled,
  NO_REASON,
  reasonIn,
} from '../cancellation.ts';
import { findToken, rememberToken, tokenOf } from '../client-request-token.ts';
import { commutes, judge, store, type Write, type WriteJudgement } from '../item-write.ts';
import {
  type AppliedAt,
  itemChanged,
  itemPath,
  type Outcome,
  readOutcome,
  tokenPath,
  writeOutcome,
} from '../outcome.ts';
import { checkRequest } from '../request.ts';
import { type DynamoDBState, remember } from '../state.ts';
import { type Action, checkDistinctItems, checkTransactionSize, readActions } from '../transaction.ts';
import { readConditionCheck } from './condition-check.ts';
import { readDelete } from './delete-item.ts';
import { readPut } from './put-item.ts';
import { readTransactionUpdate } from './update-item.ts';

const KINDS = ['ConditionCheck', 'Put', 'Delete', 'Update'] as const;
type Kind = (typeof KINDS)[number];

const MEMBERS: ReadonlySet<string> = new Set(['TransactItems', 'ClientRequestToken']);
const COMMON = [
  'TableName',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValuesOnConditionCheckFailure',
];
const ACTION_MEMBERS: Readonly<Record<Kind, ReadonlySet<string>>> = {
  ConditionCheck: new Set([...COMMON, 'Key']),
  Put: new Set([...COMMON, 'Item']),
  Delete: new Set([...COMMON, 'Key']),
  Update: new Set([...COMMON, 'Key', 'UpdateExpression']),
};

/** An action that could be read, and its judgement. */
interface Judged {
  readonly kind: Kind;
  readonly write: Write;
  readonly path: string;
}

export function transactWriteItems(state: DynamoDBState, input: Input, at: AppliedAt): Outcome {
  checkRequest('TransactWriteItems', input, MEMBERS);
  const token = tokenOf(input);
  const tokenPaths = token === undefined ? [] : [tokenPath(token)];
  const actions = readActions('TransactWriteItems', input, KINDS);
  const read = actions.map((action) => readAction(state, action));
  const paths = read.flatMap((result) => ('path' in result ? [result.path] : []));
  checkDistinctItems(paths);
  if (token !== undefined) {
    const known = findToken(state, token, input, at.nowMs);
    if (known !== undefined) return readOutcome(known === 'same' ? ok({}) : known, tokenPaths);
  }

  const { reads, adds } = lookedAt(
    read.flatMap((result) => ('path' in result ? [result] : [])),
    at,
  );
  const judged = read.map((result) => ('path' in result ? judgeAction(result) : { reason: result }));
  const reasons = judged.map(({ reason }) => reason);
  if (isCancelled(reasons)) {
    return {
      ...readOutcome(cancelled(reasons), []),
      footprint: { reads: [...reads, ...tokenPaths], writes: [], adds },
    };
  }
  const passed = judged.flatMap((each) => ('judgement' in each ? [each] : []));
  checkTransactionSize(passed.reduce((sum, { judgement }) => sum + sizeOf(judgement), 0));

  if (token !== undefined) rememberToken(state, token, input, at.nowMs);
  const writes = passed.filter(({ action }) => action.kind !== 'ConditionCheck');
  const written = writes.flatMap(({ action: { path } }) => (adds.includes(path) ? [] : [path]));
  const notes = writes.flatMap(({ action: { write }, judgement }) => {
    const after = judgement.kind === 'passes' ? judgement.after : undefined;
    store(write, after, at);
    return itemChanged(write.table.definition.name, write.key.attributes, judgement.before, after?.attributes);
  });
  const footprint = { reads: [...reads, ...tokenPaths], writes: [...written, ...tokenPaths], adds };
  return writeOutcome({}, footprint, notes);
}

/** The items that a transaction reads, those with a condition first; and those to which it only adds. */
function lookedAt(
  actions: readonly Judged[],
  at: AppliedAt,
): { readonly reads: readonly string[]; readonly adds: readonly string[] } {
  const paths = (of: (write: Write) => boolean): readonly string[] =>
    actions.flatMap(({ write, path }) => (of(write) ? [path] : []));
  const hasCondition = ({ condition }: Write): boolean => condition !== undefined;
  const others = paths((write) => !hasCondition(write) && !commutes(write, at));
  return { reads: [...paths(hasCondition), ...others], adds: paths((write) => commutes(write, at)) };
}

/** The paths of a transaction's items, in the order of its actions. Throws the refusal if the request can't be read. */
export function itemsOfTransaction(state: DynamoDBState, input: Input): readonly (string | null)[] {
  return readActions('TransactWriteItems', input, KINDS).map((action) => {
    const read = readAction(state, action);
    return 'path' in read ? read.path : null;
  });
}

/** Reads an action, or recalls what was read of the same request: hosts remember requests, so the same object comes again in many runs. */
function readAction(state: DynamoDBState, action: Action<Kind>): Judged | CancellationReason {
  const { kind, input } = action;
  const table = typeof input.TableName === 'string' ? state.tables.get(input.TableName) : undefined;
  const known = table?.definition.known.actions.get(input);
  if (table !== undefined && known?.kind === kind) return { kind, path: known.path, write: { ...known.write, table } };
  const read = readAfresh(state, action);
  if (table !== undefined && 'write' in read) {
    const { table: _, ...write } = read.write;
    remember(table.definition.known.actions, input, { kind, path: read.path, write });
  }
  return read;
}

function readAfresh(state: DynamoDBState, action: Action<Kind>): Judged | CancellationReason {
  checkRequest(`TransactWriteItems ${action.kind}`, action.input, ACTION_MEMBERS[action.kind]);
  try {
    const write = readWrite(state, action);
    return { kind: action.kind, write, path: itemPath(write.table.definition.name, write.key.canonical) };
  } catch (problem) {
    return reasonIn(problem);
  }
}

function readWrite(state: DynamoDBState, { kind, input }: Action<Kind>): Write {
  switch (kind) {
    case 'ConditionCheck':
      return readConditionCheck(state, input);
    case 'Put':
      return readPut(state, input);
    case 'Delete':
      return readDelete(state, input);
    case 'Update':
      return readTransactionUpdate(state, input);
    default:
      return unreachable(kind, 'readWrite');
  }
}

type Verdict =
  | { readonly reason: CancellationReason }
  | { readonly reason: CancellationReason; readonly action: Judged; readonly judgement: WriteJudgement };

function judgeAction(action: Judged): Verdict {
  try {
    const judgement = judge(action.write);
    if (judgement.kind === 'passes') return { reason: NO_REASON, action, judgement };
    return { reason: conditionFalse(action.write.showOnFailure ? judgement.before : undefined) };
  } catch (problem) {
    return { reason: reasonIn(problem) };
  }
}

function sizeOf(judgement: WriteJudgement): number {
  return judgement.kind === 'passes' ? (judgement.after?.sizeBytes ?? 0) : 0;
}

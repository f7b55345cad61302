/**
 * How people see tables: what a read found, the item after a write, and which conditions failed.
 */

import { changedAttributes, type Item, sayAttributes } from '../../contract/items.ts';
import type { CallSeen, EntrySeen, RowWords, Shown, StepSeen, ViewerLane } from '../../contract/shown.ts';
import type { RunEvent } from '../../contract/trace-entry.ts';
import { accessesIn } from './accesses.ts';
import { itemInWords, recordOf } from './item-words.ts';
import { sayStaleRead } from './stale-read-words.ts';
import { showTableStreams, streamLane } from './stream-shown.ts';
import { tableLane } from './table-name.ts';
import { type SayNumber, timesOfRun } from './times-of-run.ts';
import type { DynamoDBEvent } from './trace-events.ts';

type Step = StepSeen<DynamoDBEvent>;

const VERBS: Readonly<Record<string, string>> = {
  GetItem: 'get',
  PutItem: 'put',
  UpdateItem: 'update',
  DeleteItem: 'delete',
};

export function showDynamoDB(trace: readonly EntrySeen<DynamoDBEvent>[]): Shown<DynamoDBEvent> {
  const sayNumber = timesOfRun(trace);
  return {
    verbs: VERBS,
    rowOfCall: (call, step) => rowOfCall(call, step, sayNumber),
    lookedInto,
    sayFault: (fault, at) => sayStaleRead(fault, at, trace, (value) => itemInWords(value, sayNumber)),
    accesses: () => accessesIn(trace, sayNumber),
    viewerLane,
    ...showTableStreams(trace),
  };
}

function rowOfCall({ actor, event }: CallSeen, { entries }: Step, sayNumber: SayNumber): RowWords | null {
  const { service, operation, answer, input } = event;
  if (service !== 'DynamoDB') return null;
  const verb = VERBS[operation] ?? operation;
  const inWords = (value: unknown): Item | null => itemInWords(value, sayNumber);
  if (answer?.ok === false) {
    if (answer.error.code !== 'ConditionalCheckFailedException') return null;
    return { actor, text: `${verb} ✗ condition failed`, kind: 'trouble' };
  }
  const change = entries.find((entry) => entry.event.kind === 'item-changed')?.event;
  if (change?.kind === 'item-changed') {
    const text = sayState(inWords(change.before), inWords(change.after), inWords(change.key));
    return { actor, text: verb, kind: 'call', effect: { lane: tableLane(change.table), in: 'table', text } };
  }
  if (operation !== 'GetItem') return null;
  const found = sayFound(inWords(answer?.output.Item), inWords(recordOf(input)?.Key));
  return { actor, text: `${verb} → ${found}`, kind: 'call' };
}

/** The item after a write: the changed attributes, or all of them if none changed. */
function sayState(before: Item | null, after: Item | null, key: Item | null): string {
  if (after === null) return 'gone';
  const changed = changedAttributes(before, after, key);
  return sayAttributes(after, changed.length > 0 ? changed : changedAttributes(null, after, key));
}

function sayFound(item: Item | null, key: Item | null): string {
  return item === null ? 'nothing' : sayAttributes(item, changedAttributes(null, item, key));
}

/** The scenario has no lane of its own: its reads stand in the lane of the table. */
function lookedInto({ event }: CallSeen): string | null {
  if (event.service !== 'DynamoDB' || event.operation !== 'GetItem') return null;
  const table = recordOf(event.input)?.TableName;
  return typeof table === 'string' ? tableLane(table) : null;
}

function viewerLane(event: DynamoDBEvent | RunEvent): ViewerLane | null {
  if (event.kind === 'item-changed') return { side: 'aws', name: tableLane(event.table) };
  return 'table' in event ? { side: 'aws', name: streamLane(event.table) } : null;
}

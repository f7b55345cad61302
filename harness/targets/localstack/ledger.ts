/**
 * Reads the harness's own table: when invocations ran, and what downstreams have recorded.
 *
 * Deployed functions write the rows (in-lambda/). Invocations become events of a trace, so that a check works on every target.
 */

import { type DynamoDBClient, GetItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import type { Downstream, Ledger } from '../../simulator/contract/downstream.ts';
import type { Trace, TraceEntry, TraceEvent } from '../../simulator/trace.ts';
import type { InvocationRow } from './in-lambda/ledger-table.ts';

/** What a downstream has recorded so far. */
export async function readLedger(client: DynamoDBClient, table: string, { name, ledger }: Downstream): Promise<Ledger> {
  const Key = { id: { S: `document downstream ${name}` } };
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item?.json?.S === undefined ? ledger : (JSON.parse(Item.json.S) as Ledger);
}

/** All invocations that have ended. */
export async function readInvocations(client: DynamoDBClient, table: string): Promise<readonly InvocationRow[]> {
  const rows: InvocationRow[] = [];
  for await (const page of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
    for (const { id, json } of page.Items ?? []) {
      if (id?.S?.startsWith('invocation ') && json?.S !== undefined) rows.push(JSON.parse(json.S) as InvocationRow);
    }
  }
  return rows;
}

/** A note of the scenario's, and when it was made. */
export interface ScenarioNote {
  readonly atMs: number;
  readonly text: string;
}

/** The trace of a run in real time: starts, ends and notes in order of time. Times count from the first of them. */
export function traceOf(rows: readonly InvocationRow[], notes: readonly ScenarioNote[]): Trace {
  const moments = [...rows.toSorted((a, b) => a.startedMs - b.startedMs).flatMap(momentsOf()), ...notes.map(noted)];
  const inOrder = moments.toSorted((a, b) => a.atMs - b.atMs);
  const beganMs = inOrder[0]?.atMs ?? 0;
  return inOrder.map(({ atMs, actor, event }, seq): TraceEntry => {
    return { seq, atMs: Math.round(atMs - beganMs), cause: null, step: 0, actor, event };
  });
}

interface Moment {
  readonly atMs: number;
  readonly actor: string;
  readonly event: TraceEvent;
}

/** Turns a row into its two moments, and numbers the invocations of each function. */
function momentsOf(): (row: InvocationRow) => readonly [Moment, Moment] {
  const counted = new Map<string, number>();
  return ({ functionName, environment, requestId, startedMs, endedMs, error }) => {
    const number = (counted.get(functionName) ?? 0) + 1;
    counted.set(functionName, number);
    const invocation = `${functionName}#${number}`;
    const about = { invocation, functionName, environment };
    const started = { kind: 'invocation-started', ...about, cold: false, requestId, payload: null } as const;
    const outcome =
      error === null ? ({ kind: 'returned', payload: null } as const) : ({ kind: 'failed', error } as const);
    return [
      { atMs: startedMs, actor: invocation, event: started },
      { atMs: endedMs, actor: invocation, event: { kind: 'invocation-ended', ...about, outcome } },
    ];
  };
}

function noted({ atMs, text }: ScenarioNote): Moment {
  return { atMs, actor: 'scenario', event: { kind: 'note', text } };
}

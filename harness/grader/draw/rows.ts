/**
 * A trace as rows for a reader: one numbered row per step in which something happens that can be seen.
 *
 * Says who did what in a few words and what it left behind. Knows nothing of columns, colours and terminals. Explanations
 * name the numbers that are given out here.
 */

import type { Actor } from '../../simulator/contract/trace-entry.ts';
import type { Trace, TraceEntry, TraceEvent } from '../../simulator/trace.ts';
import { asItem, changedAttributes, type Item, sayAttributes } from '../explain/items.ts';
import {
  describeQueueFault,
  describeQuietStep,
  describeSqsCall,
  isOnlyALook,
  queueNotes,
  type Surroundings,
  shortAnswer,
  sourceOf,
  surroundingsOf,
} from './queue-rows.ts';
import { tableLane } from './table-name.ts';

export interface Row {
  /** From 1, as people count. */
  readonly number: number;
  /** `TraceEntry.step`. */
  readonly step: number;
  readonly atMs: number;
  readonly actor: Actor;
  /** «get → nothing». */
  readonly text: string;
  /** What the step did elsewhere: to a table, and what the item is afterwards; to a downstream, and its answer. */
  readonly effect?: Effect;
  /** The lane of the queue whose message this step began with, or of the table that the scenario looked into. */
  readonly from?: string;
  readonly kind: 'start' | 'call' | 'trouble';
  /** What else happened in this step, for rows of their own without a number. */
  readonly notes: readonly { readonly actor: Actor; readonly text: string }[];
}

export interface Effect {
  /** «table Debits», «gateway». */
  readonly lane: string;
  readonly in: 'table' | 'downstream';
  readonly text: string;
}

/** The rows of a trace, in order. */
export function rowsOf(trace: Trace): readonly Row[] {
  const steps = Map.groupBy(trace, ({ step }) => step);
  const around = surroundingsOf(trace);
  const rows = [...steps.values()].flatMap((entries) => {
    const row = rowOf(entries, around);
    return row === null ? [] : [row];
  });
  return rows.map((row, index) => ({ ...row, number: index + 1 }));
}

type Unnumbered = Omit<Row, 'number'>;

function rowOf(entries: readonly TraceEntry[], around: Surroundings): Unnumbered | null {
  const fault = entries.find(({ event }) => event.kind === 'fault');
  const applied = entries.find(({ event }) => event.kind === 'call-applied');
  const other = entries.find(({ event }) => event.kind === 'timer-fired' || event.kind === 'invocation-throttled');
  const main = applied ?? fault ?? other;
  if (main === undefined) return quietRowOf(entries, around);
  if (isOnlyALook(main)) return null;
  const described =
    describeQueueFault(main, entries, around) ?? describeSqsCall(main, entries, around) ?? describe(main, entries);
  const { actor, text, effect, kind }: Description = described;
  const from = sourceOf(entries) ?? lookedInto(main);
  return {
    step: main.step,
    atMs: main.atMs,
    actor,
    text,
    kind,
    ...(effect === undefined ? {} : { effect }),
    ...(from === null ? {} : { from }),
    notes: [...notesOf(entries, main), ...queueNotes(entries, main, around)],
  };
}

/** A step in which nobody made a call: a queue, a mapping, an event or a downstream did something. */
function quietRowOf(entries: readonly TraceEntry[], around: Surroundings): Unnumbered | null {
  const [first] = entries;
  // Before the first step there is nothing but what scenario and code set out to do.
  if (first === undefined || first.step === 0) return null;
  const described = describeQuietStep(entries, around);
  if (described === null) return null;
  const notes = [...notesOf(entries, first), ...queueNotes(entries, first, around)];
  const from = sourceOf(entries);
  return {
    ...described,
    ...(from === null ? {} : { from }),
    step: first.step,
    atMs: first.atMs,
    notes: notes.filter(({ text }) => text !== described.text),
  };
}

/** The scenario has no lane of its own: what it reads stands where it looked. */
function lookedInto({ actor, event }: TraceEntry): string | null {
  if (actor !== 'scenario' || event.kind !== 'call-applied' || event.operation !== 'GetItem') return null;
  const table = asItem(event.input)?.TableName;
  return typeof table === 'string' ? tableLane(table) : null;
}

type Description = Pick<Row, 'actor' | 'text' | 'kind'> & { readonly effect?: Row['effect'] };

function describe(main: TraceEntry, entries: readonly TraceEntry[]): Description {
  const { event, actor } = main;
  if (event.kind === 'call-applied') {
    return event.service === 'Lambda' ? describeInvoke(actor, event, entries) : describeCall(actor, event, entries);
  }
  if (event.kind === 'fault')
    return { actor: event.invocation ?? actor, text: `✗ ${FAULTS[event.fault]}`, kind: 'trouble' };
  if (event.kind === 'invocation-throttled') return { actor, text: '✗ throttled', kind: 'trouble' };
  return { actor, text: 'wakes', kind: 'call' };
}

const FAULTS = {
  'crash-before': 'crashes before the call',
  'crash-after': 'crashes after the call',
  'answer-lost': 'the answer gets lost',
  deadline: 'out of time',
  duplicate: 'delivered once more',
  reorder: 'a later message first',
  conflict: 'meets another transaction',
} as const;

type Applied = TraceEvent & { readonly kind: 'call-applied' };

function describeInvoke(actor: Actor, event: Applied, entries: readonly TraceEntry[]): Description {
  const started = entries.find((entry) => entry.event.kind === 'invocation-started');
  if (started !== undefined && actor === 'scenario') return { actor: started.actor, text: 'starts', kind: 'start' };
  const name = String(asItem(event.input)?.FunctionName ?? '');
  const entered = entries.find((entry) => entry.event.kind === 'downstream-entered')?.event;
  if (entered?.kind === 'downstream-entered') return describeDownstream(actor, entered.downstream, entries);
  const answer = event.answer === null || event.answer.ok ? '' : ` ✗ ${event.answer.error.code}`;
  return { actor, text: `${event.operation} ${name}${answer}`, kind: answer === '' ? 'call' : 'trouble' };
}

/** A call to a system that the lab protects, and its answer if it came at once. */
function describeDownstream(actor: Actor, name: string, entries: readonly TraceEntry[]): Description {
  const left = entries.find((entry) => entry.event.kind === 'downstream-left')?.event;
  const text = left?.kind === 'downstream-left' ? shortAnswer(left.answer) : 'at work';
  return { actor, text: 'asks', kind: 'call', effect: { lane: name, in: 'downstream', text } };
}

const VERBS: Readonly<Record<string, string>> = {
  GetItem: 'get',
  PutItem: 'put',
  UpdateItem: 'update',
  DeleteItem: 'delete',
  SendMessage: 'send',
  SendMessageBatch: 'send',
  ReceiveMessage: 'receive',
  DeleteMessage: 'delete message',
};

function describeCall(actor: Actor, event: Applied, entries: readonly TraceEntry[]): Description {
  const { operation, answer } = event;
  const verb = VERBS[operation] ?? operation;
  if (answer !== null && !answer.ok) {
    const why = answer.error.code === 'ConditionalCheckFailedException' ? 'condition failed' : answer.error.code;
    return { actor, text: `${verb} ✗ ${why}`, kind: 'trouble' };
  }
  const change = entries.map((entry) => entry.event).find((other) => other.kind === 'item-changed');
  if (change?.kind === 'item-changed') {
    const [before, after, key] = [asItem(change.before), asItem(change.after), asItem(change.key)];
    const effect: Effect = { lane: tableLane(change.table), in: 'table', text: sayState(before, after, key) };
    return { actor, text: verb, kind: 'call', effect };
  }
  const item = answer?.ok === true ? asItem(answer.output.Item) : null;
  return {
    actor,
    text: operation === 'GetItem' ? `${verb} → ${sayItem(item, asItem(event.input))}` : verb,
    kind: 'call',
  };
}

/** What an item is after a write: what changed, or all of it where nothing did. */
function sayState(before: Item | null, after: Item | null, key: Item | null): string {
  if (after === null) return 'gone';
  const changed = changedAttributes(before, after, key);
  return sayAttributes(after, changed.length > 0 ? changed : changedAttributes(null, after, key));
}

function sayItem(item: Item | null, input: Item | null): string {
  if (item === null) return 'nothing';
  return sayAttributes(item, changedAttributes(null, item, asItem(input?.Key)));
}

function notesOf(entries: readonly TraceEntry[], main: TraceEntry): Row['notes'] {
  const isCrash = entries.some(({ event }) => event.kind === 'fault' && event.fault.startsWith('crash'));
  return entries.flatMap((entry) => {
    const { event, actor } = entry;
    if (event.kind === 'invocation-ended' && event.outcome.kind === 'failed') {
      // How Lambda calls the end of a process that crashed adds nothing to the crash.
      if (isCrash) return [];
      return [{ actor: event.invocation, text: `✗ ${event.outcome.error.errorType}` }];
    }
    if (event.kind === 'stalled') return [{ actor, text: '✗ waits for ever' }];
    if (event.kind === 'refused') return [{ actor, text: `✗ ${event.what}` }];
    if (event.kind === 'fault' && entry !== main)
      return [{ actor: event.invocation ?? actor, text: `✗ ${FAULTS[event.fault]}` }];
    return [];
  });
}

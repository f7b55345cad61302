/**
 * What can be wrong with what the producer has put on the stream, in sentences.
 *
 * A record may stand there twice: the consumer sees that by its number. What counts is the order in which numbers are new.
 */

import type { Failing } from '../../kit/check.ts';
import type { AccountEvent } from '../bank.ts';
import type { StoredRecord, StreamRun } from '../scenarios/publishing.ts';

/** An account whose events are not on the stream as they were handed over: in order, in one shard, and all of them. */
export function wrongStream<const Failure extends string>(run: StreamRun, hintId: Failure): Failing<Failure> | null {
  const stored = run.records.map((record) => ({ ...record, event: eventIn(record) }));
  const strange = stored.find(({ event }) => !run.events.some((told) => isSame(told, event)));
  if (strange !== undefined)
    return { headline: `The stream has a record that tells of no event: ${strange.text.slice(0, 80)}`, hintId };
  for (const account of new Set(run.events.map((told) => told.account))) {
    const own = stored.filter(({ event }) => event?.account === account);
    const said = wrongOrder(account, run, own);
    if (said !== null) return { headline: said, hintId, about: { names: [account] } };
  }
  if (run.isDone) return null;
  return {
    headline: 'The producer failed whenever the core system called it, although its events are on the stream.',
    hintId,
  };
}

function wrongOrder(
  account: string,
  { events, isDone }: StreamRun,
  own: readonly (StoredRecord & { readonly event: AccountEvent | null })[],
): string | null {
  const due = events.filter((told) => told.account === account);
  const missing = due.find((told) => !own.some(({ event }) => isSame(told, event)));
  if (missing !== undefined) {
    const said = isDone ? ', and the producer has told the core system that all is done' : '';
    return `Event ${missing.seq} of account ${account} is not on the stream${said}.`;
  }
  const shards = new Set(own.map(({ shardId }) => shardId));
  if (shards.size > 1)
    return `The events of account ${account} are in ${shards.size} shards, which are read side by side.`;
  let newest = -1n;
  for (const { event } of own) {
    const seq = BigInt(event?.seq ?? -1);
    const passed = due.find((told) => BigInt(told.seq) > newest && BigInt(told.seq) < seq);
    if (passed !== undefined)
      return `On the stream, event ${seq} of account ${account} comes before event ${passed.seq}.`;
    if (seq > newest) newest = seq;
  }
  return null;
}

function eventIn({ text }: StoredRecord): AccountEvent | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isSame(told: AccountEvent, event: AccountEvent | null): boolean {
  return (
    event !== null &&
    event.account === told.account &&
    event.seq === told.seq &&
    event.kind === told.kind &&
    event.amount === told.amount
  );
}

/**
 * What the checks share: what can be wrong with an account, and with the letters about records that can't be applied, in sentences.
 */

import type { Failing } from '../../kit/check.ts';
import { type AccountState, accountsAfter } from '../bank.ts';
import { isEvent, type LedgerRun, type PutRecord, type SeenAccount } from '../scenarios/story.ts';

/** An account that is not what its events make of it, or an item that is no account. */
export function wrongAccount<const Failure extends string>(run: LedgerRun, hintId: Failure): Failing<Failure> | null {
  const due = accountsAfter(run.events);
  for (const account of due) {
    const item = run.items.find((one) => one.account === account.account);
    if (item === undefined) {
      const headline = `Account ${account.account} is not in the table: ${sayState(account)} are due to it.`;
      return { headline, hintId, about: { names: [account.account] } };
    }
    const said = wrongItem(account, item);
    if (said !== null) return { headline: said, hintId, about: { names: [account.account] } };
  }
  const strange = run.items.find((item) => due.every(({ account }) => account !== item.account));
  if (strange === undefined) return null;
  return { headline: `The table has an item «${strange.account}», which is no account with events.`, hintId };
}

function wrongItem(due: AccountState, item: SeenAccount): string | null {
  const { account, receipt } = due;
  if (item.balance !== due.balance || item.declined !== due.declined)
    return `Account ${account} has ${sayState(item)}. Its events, in order and each once, make it ${sayState(due)}.`;
  if (item.receipt !== receipt)
    return `Account ${account} has the receipt ${String(item.receipt)}, and its last event has ${receipt}.`;
  return null;
}

/** «2000 cents and 1 declined withdrawal». */
function sayState({ balance, declined }: { readonly balance?: unknown; readonly declined?: unknown }): string {
  const withdrawals = declined === 1 ? 'withdrawal' : 'withdrawals';
  return `${String(balance)} cents and ${String(declined)} declined ${withdrawals}`;
}

/** A broken record of which no letter tells. `why` says of a record how it came to that. */
export function unheardOf<const Failure extends string>(
  run: LedgerRun,
  why: (record: PutRecord) => Failure,
): Failing<Failure> | null {
  const gone = brokenIn(run).find((one) => run.letters.every((text) => !toldIn(text, run).includes(one)));
  if (gone === undefined) return null;
  const letters = run.letters.length === 0 ? 'no letter' : 'only other letters';
  const headline = `The record ${short(gone)} can’t be read, and the queue has ${letters}: no person will hear of it.`;
  return { headline, hintId: why(gone), about: { names: [gone.sequenceNumber] } };
}

/** A letter that tells of a record that could be applied, or of none. */
export function toldWithoutNeed(run: LedgerRun): Failing<'told-without-need'> | null {
  for (const text of run.letters) {
    const told = toldIn(text, run);
    if (told.length === 0) {
      const headline = `A letter in the queue tells of no record of the stream: ${text.slice(0, 80)}`;
      return { headline, hintId: 'told-without-need' };
    }
    const healthy = told.find(({ told: one }) => isEvent(one));
    if (healthy === undefined) continue;
    const among = told.length === 1 ? '' : ` It is one of ${told.length} records of that letter.`;
    const headline = `A letter in the queue tells of the record ${short(healthy)}, which can be applied.${among}`;
    return { headline, hintId: 'told-without-need', about: { names: [healthy.sequenceNumber] } };
  }
  return null;
}

export function brokenIn({ put }: LedgerRun): readonly PutRecord[] {
  return put.filter(({ told }) => !isEvent(told));
}

/** The end of a sequence number is what tells a reader one from another. */
function short({ sequenceNumber, shardId }: PutRecord): string {
  return `…${sequenceNumber.slice(-4)} of ${shardId}`;
}

/**
 * The records of which a letter tells. Lambda's letter says between which numbers of which shard they are (KE-12). A handler's own letter has
 * the number of one record.
 */
export function toldIn(text: string, { put }: LedgerRun): readonly PutRecord[] {
  const info = batchInfoIn(text);
  if (info === null) return put.filter(({ sequenceNumber }) => text.includes(sequenceNumber));
  const { shardId, startSequenceNumber: first, endSequenceNumber: last, batchSize } = info;
  if (!isNumber(first) || !isNumber(last)) return [];
  const told = put.filter(
    (one) =>
      one.shardId === shardId &&
      BigInt(one.sequenceNumber) >= BigInt(first) &&
      BigInt(one.sequenceNumber) <= BigInt(last),
  );
  // Between two records of a part of a shard there may be records of other parts.
  const ends = told.filter(({ sequenceNumber }) => sequenceNumber === first || sequenceNumber === last);
  return batchSize === told.length ? told : ends;
}

function batchInfoIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const { KinesisBatchInfo: info } = JSON.parse(text);
    return typeof info === 'object' ? (info ?? null) : null;
  } catch {
    return null;
  }
}

function isNumber(value: unknown): value is string {
  return typeof value === 'string' && /^\d+$/.test(value);
}

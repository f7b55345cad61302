/**
 * One event: the entry that it was put as, and the envelope that targets get (EB-10, EB-12, EB-14). What of it they get is in target-input.ts.
 */

import type { Input } from '../../contract/answer.ts';
import { recordInJsonText } from '../../contract/json-text.ts';
import { isGiven } from '../../contract/request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { utf8Length } from '../../contract/utf8.ts';
import { uuidFrom } from '../../contract/uuid.ts';
import { asText } from './refusal.ts';
import type { EventBridgeState } from './state.ts';

/** What targets get, and patterns look at. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

/** Why one entry was not taken; the others are (EB-05). */
export interface FailedEntry {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** EB-14: the time is 14 bytes, everything else as long as its text. */
const TIME_BYTES = 14;

/** How large an entry is by AWS's count. */
export function entryBytes({ Time, Source, DetailType, Detail, Resources }: Input): number {
  const texts = [Source, DetailType, Detail, ...(Array.isArray(Resources) ? Resources : [])];
  const sizes = texts.map((text) => (isGiven(text) ? utf8Length(asText(text)) : 0));
  return sizes.reduce((sum, size) => sum + size, isGiven(Time) ? TIME_BYTES : 0);
}

/** The event that an entry makes, or why it makes none. */
export function eventIn(state: EventBridgeState, entry: Input, id: string, nowMs: number): BusEvent | FailedEntry {
  for (const member of ['Source', 'DetailType', 'Detail']) {
    const isThere = isGiven(entry[member]) && entry[member] !== '';
    if (!isThere) return notValidEntry(member, `${member} is a required argument.`);
  }
  // AWS keeps these names for its own events: API_PutEventsResultEntry.html
  if (asText(entry.Source).startsWith('aws.'))
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  const detail = typeof entry.Detail === 'string' ? recordInJsonText(entry.Detail) : null;
  if (detail === null) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return {
    version: '0',
    id,
    'detail-type': asText(entry.DetailType),
    source: asText(entry.Source),
    account: state.accountId,
    time: timeOf(entry.Time, state.epochMs + nowMs),
    region: state.region,
    resources: Array.isArray(entry.Resources) ? entry.Resources.map(asText) : [],
    detail,
  };
}

function notValidEntry(member: string, reason: string): FailedEntry {
  return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${member} is not valid. Reason: ${reason}` };
}

/** In whole seconds. A time that was given comes as a date, or as its text. */
function timeOf(given: unknown, nowMs: number): string {
  if (!isGiven(given)) return inWholeSeconds(nowMs);
  return withoutFraction(isInstant(given) ? given.toISOString() : asText(given));
}

/** An instant as events carry it. */
export function inWholeSeconds(sinceEpochMs: number): string {
  return withoutFraction(new Date(sinceEpochMs).toISOString());
}

function withoutFraction(text: string): string {
  return text.replace(/\.\d+Z$/, 'Z');
}

/** The SDK gives a timestamp as a `Date`, of whichever realm the client is in. */
function isInstant(given: unknown): given is { toISOString(): string } {
  return typeof given === 'object' && given !== null && 'toISOString' in given;
}

/** AWS draws an event's id by chance; here it follows from the sender, and from how many entries the sender had put before. */
export function eventIdOf(by: Actor, put: number, place: number): string {
  return uuidFrom(`${by} ${put} ${place}`);
}

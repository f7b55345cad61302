/**
 * PutEvents: which entries become events, and what is answered about each of them (EB-05, EB-12 to EB-14). Which rules match them is in routing.ts.
 */

import type { Input } from '../../contract/answer.ts';
import { checkMembers } from '../../contract/request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { entryBytes, eventIdOf, eventIn } from './event.ts';
import { putsPath, routingPaths } from './footprints.ts';
import type { BusOperated, EventBridgeEffect } from './messages.ts';
import { constraintBroken, notValid } from './refusal.ts';
import { busNamedIn, MEMBERS_OF_EVENTS } from './request.ts';
import { routeEvent } from './routing.ts';
import { DEFAULT_BUS, type EventBridgeState } from './state.ts';

/** EB-05, EB-13. */
const MOST_ENTRIES = 10;
const MOST_BYTES = 1_048_576;
const ENTRY_MEMBERS = ['Time', 'Source', 'Resources', 'DetailType', 'Detail', 'EventBusName'];

/** The how many of its caller it is: an event's id must not depend on what others do. */
export function numberOfPut(state: EventBridgeState, by: Actor): number {
  const number = (state.puts.get(by) ?? 0) + 1;
  state.puts.set(by, number);
  return number;
}

/** `number`: given when the call set out; null if it was given none. */
export function putEvents(
  state: EventBridgeState,
  input: Input,
  { by, number, nowMs }: { readonly by: Actor; readonly number: number | null; readonly nowMs: number },
): BusOperated {
  checkMembers('PutEvents', input, ['Entries']);
  const entries = MEMBERS_OF_EVENTS.records(input, 'Entries');
  const buses = checkEntries(state, entries);
  const put = number ?? numberOfPut(state, by);
  const effects: EventBridgeEffect[] = [];
  const results = entries.map((entry, place): Input => {
    const event = eventIn(state, entry, eventIdOf(by, put, place), nowMs);
    if ('ErrorCode' in event) return { ...event };
    const bus = buses[place] ?? DEFAULT_BUS;
    effects.push(...routeEvent(state, event, { bus, by, nowMs, cameBy: null }));
    return { EventId: event.id };
  });
  const FailedEntryCount = results.filter(({ ErrorCode }) => ErrorCode !== undefined).length;
  return {
    output: { FailedEntryCount, Entries: results },
    footprint: {
      reads: [...new Set(buses)].flatMap(routingPaths),
      writes: number === null ? [putsPath(by)] : [],
    },
    effects,
  };
}

/** Checks what refuses the request as a whole (EB-13), and returns the name of each entry's bus. */
function checkEntries(state: EventBridgeState, entries: readonly Input[]): readonly string[] {
  if (entries.length === 0) throw constraintBroken('[]', 'entries', 'have length greater than or equal to 1');
  if (entries.length > MOST_ENTRIES) {
    const told = `[${entries.length} entries]`;
    throw constraintBroken(told, 'entries', `have length less than or equal to ${MOST_ENTRIES}`);
  }
  for (const entry of entries) checkMembers('an entry of PutEvents', entry, ENTRY_MEMBERS);
  const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
  if (bytes >= MOST_BYTES) throw notValid('Total size of the entries in the request is over the limit.');
  return entries.map((entry, place) =>
    busNamedIn(state, entry, 'EventBusName', `entries.${place + 1}.member.eventBusName`),
  );
}

/**
 * PutEvents: which entries become events, which rules match them, and what is on its way from then on (EB-05, EB-12 to EB-14).
 */

import type { Input } from '../../contract/answer.ts';
import { checkMembers } from '../../contract/request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { matches } from '../../event-pattern/matches.ts';
import { beginDelivery } from './delivery.ts';
import { type BusEvent, entryBytes, eventIdOf, eventIn } from './event.ts';
import { EVERY_RULE, putsPath } from './footprints.ts';
import type { BusOperated, EventBridgeEffect } from './messages.ts';
import { constraintBroken, notValid } from './refusal.ts';
import { isDefaultBus, MEMBERS_OF_EVENTS } from './request.ts';
import { type EventBridgeState, shownRule } from './state.ts';

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
  checkEntries(entries);
  const put = number ?? numberOfPut(state, by);
  const effects: EventBridgeEffect[] = [];
  const results = entries.map((entry, place): Input => {
    const event = eventIn(state, entry, eventIdOf(by, put, place), nowMs);
    if ('ErrorCode' in event) return { ...event };
    if (isDefaultBus(state, entry.EventBusName)) effects.push(...take(state, event, by, nowMs));
    return { EventId: event.id };
  });
  const FailedEntryCount = results.filter(({ ErrorCode }) => ErrorCode !== undefined).length;
  return {
    output: { FailedEntryCount, Entries: results },
    footprint: { reads: [EVERY_RULE], writes: number === null ? [putsPath(by)] : [] },
    effects,
  };
}

/** What refuses the request as a whole (EB-13). */
function checkEntries(entries: readonly Input[]): void {
  if (entries.length === 0) throw constraintBroken('[]', 'entries', 'have length greater than or equal to 1');
  if (entries.length > MOST_ENTRIES) {
    const told = `[${entries.length} entries]`;
    throw constraintBroken(told, 'entries', `have length less than or equal to ${MOST_ENTRIES}`);
  }
  for (const entry of entries) checkMembers('an entry of PutEvents', entry, ENTRY_MEMBERS);
  const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
  if (bytes >= MOST_BYTES) throw notValid('Total size of the entries in the request is over the limit.');
}

/** The bus takes an event: each target of each rule that it matches will get it, in no order (EB-04). */
function take(state: EventBridgeState, event: BusEvent, by: Actor, nowMs: number): readonly EventBridgeEffect[] {
  const rules = [...state.rules.values()].filter(({ isEnabled, pattern }) => isEnabled && matches(pattern, event));
  const { id: eventId, source, 'detail-type': detailType, detail } = event;
  const names = rules.map(({ name }) => shownRule(state, name));
  const note = { kind: 'bus-event-put', eventId, source, detailType, detail, rules: names } as const;
  return [
    { kind: 'note', by, event: note },
    ...rules.flatMap((rule) =>
      [...rule.targets.values()].flatMap((target) => beginDelivery(state, { event, rule, target, nowMs })),
    ),
  ];
}

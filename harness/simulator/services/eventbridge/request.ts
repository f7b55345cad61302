/**
 * Members of requests in EventBridge's words, and what a request names: the bus, a rule.
 */

import type { Input } from '../../contract/answer.ts';
import type { AccountPlace } from '../../contract/arn.ts';
import { isGiven, RequestReader } from '../../contract/request.ts';
import { busDoesNotExist, constraintBroken, notValid, ruleDoesNotExist } from './refusal.ts';
import { DEFAULT_BUS, type EventBridgeState, type EventRule } from './state.ts';

/** AWS writes the names of members with a small letter here. */
function placeOf(member: string): string {
  return `${member.slice(0, 1).toLowerCase()}${member.slice(1)}`;
}

/** Reads members, and refuses them as EventBridge does. */
export const MEMBERS_OF_EVENTS = new RequestReader({
  missing: (member) => constraintBroken(null, placeOf(member), 'not be null'),
  wrongType: (member, _value, wanted) => notValid(`${placeOf(member)} must be a ${wanted}.`),
  outOfBounds: (member, value, { min, max }) =>
    value < min
      ? constraintBroken(value, placeOf(member), `have value greater than or equal to ${min}`)
      : constraintBroken(value, placeOf(member), `have value less than or equal to ${max}`),
  notOneOf: (member, value, allowed) =>
    constraintBroken(value, placeOf(member), `satisfy enum value set: [${allowed.join(', ')}]`),
});

/** A name or an id (EB-16): up to 64 letters, digits, dots, hyphens and underscores. */
export function namedIn(input: Input, member: string, place = placeOf(member)): string {
  const name = MEMBERS_OF_EVENTS.text(input, member);
  if (name.length > 64) throw constraintBroken(name, place, 'have length less than or equal to 64');
  if (!/^[.\-_A-Za-z0-9]+$/.test(name))
    throw constraintBroken(name, place, 'satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+');
  return name;
}

/** Whether a request is about the default bus, which it may name or not. There is no other one. */
export function isDefaultBus({ region, accountId }: AccountPlace, bus: unknown): boolean {
  return [DEFAULT_BUS, `arn:aws:events:${region}:${accountId}:event-bus/${DEFAULT_BUS}`].includes(
    isGiven(bus) ? String(bus) : DEFAULT_BUS,
  );
}

/** Refuses a request about another bus. */
export function checkBus(place: AccountPlace, { EventBusName: bus }: Input): void {
  if (!isDefaultBus(place, bus)) throw busDoesNotExist(String(bus));
}

/** The rule that a request names; `member` is what it calls it. */
export function ruleIn(state: EventBridgeState, input: Input, member: 'Name' | 'Rule'): EventRule {
  const name = namedIn(input, member);
  checkBus(state, input);
  const rule = state.rules.get(name);
  if (rule === undefined) throw ruleDoesNotExist(name);
  return rule;
}

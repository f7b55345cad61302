/**
 * Members of requests in EventBridge's words, and what a request names: the bus, a rule.
 */

import type { Input } from '../../contract/answer.ts';
import type { AccountPlace } from '../../contract/arn.ts';
import { unmodelled } from '../../contract/refusal.ts';
import { RequestReader } from '../../contract/request.ts';
import { busDoesNotExist, constraintBroken, notValid, ruleDoesNotExist } from './refusal.ts';
import { busArn, DEFAULT_BUS, type EventBridgeState, type EventBus, type EventRule, ruleKey } from './state.ts';

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

/** A description of up to 512 characters; null if there is none. */
export function descriptionIn(input: Input): string | null {
  const description = MEMBERS_OF_EVENTS.optionalText(input, 'Description') ?? null;
  if ((description ?? '').length > 512)
    throw constraintBroken(description, 'description', 'have length less than or equal to 512');
  return description;
}

/** EventBusNameOrArn: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const BUS_OR_ARN = /^(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/.\-_A-Za-z0-9]+$/;
const BUS_OR_ARN_PATTERN = '(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+';

/** EB-20: the name of the bus that a request means by name or ARN, or by naming none. Whether there is one is another question. */
export function busNamedIn(
  account: AccountPlace,
  input: Input,
  member = 'EventBusName',
  place = placeOf(member),
): string {
  const given = MEMBERS_OF_EVENTS.optionalText(input, member) ?? DEFAULT_BUS;
  if (!BUS_OR_ARN.test(given))
    throw constraintBroken(given, place, `satisfy regular expression pattern: ${BUS_OR_ARN_PATTERN}`);
  if (!given.startsWith('arn:')) return given;
  const name = given.slice(given.indexOf('/') + 1);
  if (given !== busArn(account, name)) throw unmodelled(`The event bus ${given} of another account or Region`);
  return name;
}

/** The bus that a request means. */
export function busIn(state: EventBridgeState, input: Input, member = 'EventBusName'): EventBus {
  const name = busNamedIn(state, input, member);
  const bus = state.buses.get(name);
  if (bus === undefined) throw busDoesNotExist(name);
  return bus;
}

/** The rule that a request names; `member` is what it calls it. */
export function ruleIn(state: EventBridgeState, input: Input, member: 'Name' | 'Rule'): EventRule {
  const name = namedIn(input, member);
  const { name: bus } = busIn(state, input);
  const rule = state.rules.get(ruleKey(bus, name));
  if (rule === undefined) throw ruleDoesNotExist(name, bus);
  return rule;
}

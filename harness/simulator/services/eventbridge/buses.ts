/**
 * The calls about event buses: CreateEventBus, DescribeEventBus, ListEventBuses, DeleteEventBus (EB-20).
 *
 * A bus is a name to which rules and events refer. What its policy allows is not enforced, and partner event sources, keys and logs are
 * refused by name.
 */

import type { Input } from '../../contract/answer.ts';
import { checkMembers } from '../../contract/request.ts';
import { busPath, EVERY_BUS, rulesPath } from './footprints.ts';
import type { BusOperated } from './messages.ts';
import { busAlreadyExists, constraintBroken, notValid, tooManyOfIt } from './refusal.ts';
import { busIn, descriptionIn, MEMBERS_OF_EVENTS } from './request.ts';
import { DEFAULT_BUS, type EventBridgeState, type EventBus, newBus, rulesOf } from './state.ts';

/** EB-20, unless AWS raises it. UV-30: the default bus is one of them. */
const MOST_BUSES = 100;
const NAME_CHARACTERS = 256;

export function createEventBus(state: EventBridgeState, input: Input, nowMs: number): BusOperated {
  checkMembers('CreateEventBus', input, ['Name', 'Description', 'Tags']);
  const name = busNameIn(input);
  // UV-31: only partner event buses may have a slash in their names.
  if (name.includes('/')) throw notValid("Event bus name must not contain '/'.");
  const description = descriptionIn(input);
  if (state.buses.has(name)) throw busAlreadyExists(name);
  if (state.buses.size >= MOST_BUSES) throw tooManyOfIt();
  const bus: EventBus = { ...newBus(state, name), description, createdAtMs: nowMs };
  state.buses.set(name, bus);
  const described = description === null ? {} : { Description: description };
  return { output: { EventBusArn: bus.arn, ...described }, footprint: { reads: [EVERY_BUS], writes: [busPath(name)] } };
}

export function describeEventBus(state: EventBridgeState, input: Input): BusOperated {
  checkMembers('DescribeEventBus', input, ['Name']);
  const bus = busIn(state, input, 'Name');
  return { output: told(state, bus), footprint: { reads: [busPath(bus.name)], writes: [] } };
}

/** In the order of their names. */
export function listEventBuses(state: EventBridgeState, input: Input): BusOperated {
  checkMembers('ListEventBuses', input, ['NamePrefix']);
  const prefix = MEMBERS_OF_EVENTS.optionalText(input, 'NamePrefix') ?? '';
  const buses = [...state.buses.values()].filter(({ name }) => name.startsWith(prefix));
  const inOrder = buses.sort((a, b) => (a.name < b.name ? -1 : 1));
  const output = { EventBuses: inOrder.map((bus) => told(state, bus)) };
  return { output, footprint: { reads: [EVERY_BUS], writes: [] } };
}

/** EB-20: deleting a bus that is not there is no error. Deliveries that are under way go on. */
export function deleteEventBus(state: EventBridgeState, input: Input): BusOperated {
  checkMembers('DeleteEventBus', input, ['Name']);
  const name = busNameIn(input);
  if (name === DEFAULT_BUS) throw notValid(`Cannot delete event bus ${DEFAULT_BUS}.`);
  if (rulesOf(state, name).length > 0) throw notValid("EventBus can't be deleted since it has rules.");
  state.buses.delete(name);
  return { output: {}, footprint: { reads: [rulesPath(name)], writes: [busPath(name)] } };
}

function busNameIn(input: Input): string {
  const name = MEMBERS_OF_EVENTS.text(input, 'Name');
  if (name.length > NAME_CHARACTERS)
    throw constraintBroken(name, 'name', `have length less than or equal to ${NAME_CHARACTERS}`);
  if (!/^[/.\-_A-Za-z0-9]+$/.test(name))
    throw constraintBroken(name, 'name', 'satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+');
  return name;
}

/** Instants are seconds since 1970, as on the wire. */
function told({ epochMs }: EventBridgeState, { name, arn, description, createdAtMs }: EventBus): Input {
  const createdAtSeconds = (epochMs + createdAtMs) / 1_000;
  return {
    ...{ Name: name, Arn: arn, CreationTime: createdAtSeconds, LastModifiedTime: createdAtSeconds },
    ...(description === null ? {} : { Description: description }),
  };
}

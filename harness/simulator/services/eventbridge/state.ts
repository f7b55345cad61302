/**
 * What EventBridge knows: its buses, their rules with their targets, and the deliveries that are under way. Plain data only.
 *
 * Buses, rules, targets and deliveries never change in place: another one takes their place in the map. Nothing here decides anything.
 */

import type { CallId, Input } from '../../contract/answer.ts';
import type { AccountPlace, Arn } from '../../contract/arn.ts';
import type { DeliverRequest } from '../../contract/service-request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import type { Pattern } from '../../event-pattern/matches.ts';
import { invariant } from '../../kernel/bug.ts';
import type { JsonPath } from './json-path.ts';

/** The name of the bus that every account has. */
export const DEFAULT_BUS = 'default';

/** The default bus, as an actor and a lane: it hands events to the targets of rules. */
export const EVENT_BUS: Actor = 'event bus';

/** A bus as an actor and a lane: `event bus` is the default one, `event bus orders` is another one. */
export function busLane(bus: string): Actor {
  return bus === DEFAULT_BUS ? EVENT_BUS : `${EVENT_BUS} ${bus}`;
}

/** Whether an actor or a lane is a bus. */
export function isBusLane(lane: string): boolean {
  return lane === EVENT_BUS || lane.startsWith(`${EVENT_BUS} `);
}

export interface EventBus {
  readonly name: string;
  readonly arn: Arn;
  readonly description: string | null;
  readonly createdAtMs: number;
}

export interface EventRule {
  readonly name: string;
  /** The name of the bus whose events it matches. */
  readonly bus: string;
  readonly arn: Arn;
  readonly isEnabled: boolean;
  /** As it was given, for the operations that describe it. */
  readonly patternText: string;
  readonly pattern: Pattern;
  readonly description: string | null;
  readonly roleArn: string | null;
  /** In the order in which they were put, by their ids. */
  readonly targets: ReadonlyMap<string, RuleTarget>;
}

/** What only some targets are told beside their input (EB-27, EB-28). */
export interface TargetParameters {
  /** Of a queue: the group of a FIFO queue, or the tenant of another one. */
  readonly messageGroupId: string | null;
  /** Of a stream; null: the id of the event is the key. */
  readonly partitionKeyPath: JsonPath | null;
}

export interface RuleTarget extends TargetParameters {
  readonly id: string;
  readonly arn: Arn;
  readonly kind: 'function' | 'queue' | 'fifo-queue' | 'topic' | 'stream' | 'event-bus';
  readonly input: TargetInput;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  readonly deadLetterArn: Arn | null;
  /** As it was given, for the operations that describe it. */
  readonly given: Input;
}

/** What a target is given of an event (EB-18, EB-22). */
export type TargetInput =
  | { readonly kind: 'event' }
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'part'; readonly path: JsonPath }
  /** `paths`: by the names of the template's placeholders. */
  | { readonly kind: 'transformed'; readonly template: string; readonly paths: ReadonlyMap<string, JsonPath> };

/** One event on its way to one target of one rule. */
export interface TargetDelivery {
  /** `event 5cb2… to orders by shop/orders`: its lane. */
  readonly id: string;
  readonly eventId: string;
  readonly rule: Pick<EventRule, 'name' | 'bus' | 'arn'>;
  readonly target: RuleTarget;
  /** The event, as JSON text. */
  readonly event: string;
  /** What the target is given. It is JSON, unless an input transformer spoilt it (UV-32). */
  readonly body: string;
  readonly address: Pick<DeliverRequest, 'messageGroupId' | 'partitionKey'>;
  readonly putAtMs: number;
  /** Another bus has handed the event over: no bus will take it any more (EB-23). */
  readonly hasCrossed: boolean;
  /** Reserved for the invocation that it makes; null for a target that numbers nothing. */
  readonly number: number | null;
  /** How often it was handed to its target. */
  readonly attempts: number;
  readonly copies: number;
}

/** What was sent to another service and has not been answered, by the name of the sending. */
export type SentByBus =
  | { readonly what: 'reservation'; readonly delivery: string }
  | { readonly what: 'attempt'; readonly delivery: string }
  | { readonly what: 'dead letter'; readonly delivery: TargetDelivery; readonly queue: Arn };

export interface EventBridgeState extends AccountPlace {
  /** The instant on the calendar that virtual time 0 stands for: events carry the time. */
  readonly epochMs: number;
  /** By name. The default bus is one of them. */
  readonly buses: Map<string, EventBus>;
  /** By {@link ruleKey}. */
  readonly rules: Map<string, EventRule>;
  readonly deliveries: Map<string, TargetDelivery>;
  readonly sent: Map<CallId, SentByBus>;
  /** How often each caller has put events: ids of events follow from it. */
  readonly puts: Map<Actor, number>;
  /** Names that a learner knows, by the names of rules: `OnOrder` rather than `stack-OnOrder-1K2J`. */
  readonly displayNames: Map<string, string>;
}

/** The default bus, without rules. */
export function newEventBridge({
  region,
  accountId,
  epochMs,
}: Pick<EventBridgeState, 'region' | 'accountId' | 'epochMs'>): EventBridgeState {
  return {
    ...{ region, accountId, epochMs },
    buses: new Map([[DEFAULT_BUS, newBus({ region, accountId }, DEFAULT_BUS)]]),
    rules: new Map(),
    deliveries: new Map(),
    sent: new Map(),
    puts: new Map(),
    displayNames: new Map(),
  };
}

/** A copy that shares what never changes. Cheap: a run begins with one. */
export function cloneEventBridge(state: EventBridgeState): EventBridgeState {
  return {
    ...state,
    buses: new Map(state.buses),
    rules: new Map(state.rules),
    deliveries: new Map(state.deliveries),
    sent: new Map(state.sent),
    puts: new Map(state.puts),
    displayNames: new Map(state.displayNames),
  };
}

/** A bus without a description; the default one is as old as the account. */
export function newBus(place: AccountPlace, name: string): EventBus {
  return { name, arn: busArn(place, name), description: null, createdAtMs: 0 };
}

/** The ARN of a bus. */
export function busArn({ region, accountId }: AccountPlace, name: string): Arn {
  return `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
}

/** EB-21: the ARN of a rule names its bus, unless that is the default one. */
export function ruleArn({ region, accountId }: AccountPlace, bus: string, name: string): Arn {
  return `arn:aws:events:${region}:${accountId}:rule/${bus === DEFAULT_BUS ? name : `${bus}/${name}`}`;
}

/** Buses may have rules of the same name. */
export function ruleKey(bus: string, name: string): string {
  return `${bus}/${name}`;
}

/** The rules of one bus. */
export function rulesOf({ rules }: EventBridgeState, bus: string): readonly EventRule[] {
  return [...rules.values()].filter((rule) => rule.bus === bus);
}

/** A delivery that is known to be under way. */
export function deliveryOf(state: EventBridgeState, id: string): TargetDelivery {
  const delivery = state.deliveries.get(id);
  invariant(delivery !== undefined, `no delivery «${id}»`);
  return delivery;
}

/** What the trace says of a bus: nothing of the default one. */
export function onBus(bus: string): { readonly bus?: string } {
  return bus === DEFAULT_BUS ? {} : { bus };
}

/** A bus in a sentence. */
export function shownBus(bus: string): string {
  return bus === DEFAULT_BUS ? 'the default bus' : `the bus ${bus}`;
}

/** The name by which a learner knows a rule. */
export function shownRule({ displayNames }: EventBridgeState, name: string): string {
  return displayNames.get(name) ?? name;
}

/**
 * The simulated EventBridge: buses, rules that match events by a pattern, and their delivery to functions, queues and other buses.
 *
 * The one door to this folder. Schedules, archives, pipes and API destinations are refused by name.
 */

import { notSimulated, ok } from '../../contract/answer.ts';
import { answeredAtOnce } from '../../contract/effect.ts';
import type { Moment } from '../../contract/moment.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { ServiceCall, ServiceModule, SettingOut } from '../../contract/service-module.ts';
import { unreachable } from '../../kernel/bug.ts';
import { createEventBus, deleteEventBus, describeEventBus, listEventBuses } from './buses.ts';
import { answered, deliverTwice, deliveryDue, handOver } from './delivery.ts';
import { EVENTS_EVENT_BUS_POLICY } from './event-bus-policy-resource.ts';
import { EVENTS_EVENT_BUS } from './event-bus-resource.ts';
import { testEventPattern } from './event-patterns.ts';
import { EVERY_BUS, EVERY_RULE, putsPath } from './footprints.ts';
import { eventBridgeLatency } from './latency.ts';
import type { BusOperated, EventBridgeMessage, EventBridgeServed, EventBridgeStep } from './messages.ts';
import { numberOfPut, putEvents } from './put-events.ts';
import { describeBus, takeAtBus } from './receiving.ts';
import { EVENTS_RULE } from './rule-resource.ts';
import { deleteRule, describeRule, disableRule, enableRule, listRules, putRule } from './rules.ts';
import { showEventBridge } from './shown.ts';
import { cloneEventBridge, type EventBridgeState, newEventBridge } from './state.ts';
import { listRuleNamesByTarget, listTargetsByRule, putTargets, removeTargets } from './targets.ts';
import type { EventBridgeEvent } from './trace-events.ts';
import { EVENTBRIDGE_TROUBLE, partialPut } from './trouble.ts';

export const EVENTBRIDGE: ServiceModule<EventBridgeState, EventBridgeMessage, EventBridgeEvent> = {
  name: 'eventbridge',
  service: 'EventBridge',
  client: {
    package: '@aws-sdk/client-eventbridge',
    namespace: 'com.amazonaws.eventbridge',
    endpointPrefix: 'events',
    protocol: { kind: 'awsJson1_1', target: 'AWSEvents', errorPrefix: 'com.amazonaws.eventbridge#' },
  },
  arns: ['events'],
  resourceTypes: [EVENTS_EVENT_BUS, EVENTS_EVENT_BUS_POLICY, EVENTS_RULE],
  faults: ['duplicate', 'partial'],
  trouble: EVENTBRIDGE_TROUBLE,
  faultsAt: (_, { operation, input }) => partialPut(operation, input),
  latency: eventBridgeLatency,
  create: newEventBridge,
  copy: cloneEventBridge,
  setOut: (state, { operation, by }) => (operation === 'PutEvents' ? numbered(state, by) : null),
  call: serve,
  on,
  take: takeAtBus,
  answered,
  describe: describeBus,
  displayNames: ({ displayNames }) => displayNames,
  shown: showEventBridge,
};

type BusOperation = (state: EventBridgeState, input: ServiceCall['input'], nowMs: number) => BusOperated;

/** What is not in this table, and not PutEvents, is refused by name. */
const BUS_OPERATIONS: ReadonlyMap<string, BusOperation> = new Map<string, BusOperation>([
  ['CreateEventBus', createEventBus],
  ['DeleteEventBus', deleteEventBus],
  ['DeleteRule', deleteRule],
  ['DescribeEventBus', describeEventBus],
  ['DescribeRule', describeRule],
  ['DisableRule', disableRule],
  ['EnableRule', enableRule],
  ['ListEventBuses', listEventBuses],
  ['ListRuleNamesByTarget', listRuleNamesByTarget],
  ['ListRules', listRules],
  ['ListTargetsByRule', listTargetsByRule],
  ['PutRule', putRule],
  ['PutTargets', putTargets],
  ['RemoveTargets', removeTargets],
  ['TestEventPattern', testEventPattern],
]);

/** The ids of the events are settled when the call sets out: they must not depend on which call arrives first. */
function numbered(state: EventBridgeState, by: string): SettingOut {
  return { number: numberOfPut(state, by), footprint: { reads: [], writes: [putsPath(by)] } };
}

function serve(state: EventBridgeState, call: ServiceCall, { nowMs }: Moment): EventBridgeServed {
  const { operation, input, by, number } = call;
  const apply = BUS_OPERATIONS.get(operation);
  try {
    if (operation === 'PutEvents') return servedBy(putEvents(state, input, { by, number, nowMs }));
    return apply === undefined
      ? answeredAtOnce(notSimulated(`EventBridge ${operation}`), { reads: [], writes: [] })
      : servedBy(apply(state, input, nowMs));
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    return answeredAtOnce(problem.answer, { reads: [EVERY_BUS, EVERY_RULE], writes: [] });
  }
}

function servedBy({ output, footprint, effects = [] }: BusOperated): EventBridgeServed {
  return { answer: ok(output), effects, footprint };
}

/** What EventBridge tells itself. */
function on(state: EventBridgeState, message: EventBridgeMessage, moment: Moment): EventBridgeStep {
  switch (message.kind) {
    case 'delivery-due':
      return deliveryDue(state, message, moment);
    case 'deliver':
      return message.isDuplicated
        ? deliverTwice(state, message.delivery, moment)
        : handOver(state, message.delivery, moment);
    default:
      return unreachable(message, 'message of EventBridge');
  }
}

/**
 * The simulated event source mappings, which read event sources and invoke functions. The only entry point of this folder.
 *
 * Their calls belong to Lambda's API. A mapping knows queues, streams and functions only by ARN. Provisioned pollers are
 * refused by name.
 */

import { notSimulated } from '../../contract/answer.ts';
import { nameInArn } from '../../contract/arn.ts';
import type { ReaderRequest } from '../../contract/event-source.ts';
import { type Footprint, joined, NO_FOOTPRINT } from '../../contract/footprint.ts';
import { withoutNulls, wrongForm } from '../../contract/member-forms.ts';
import type { Moment } from '../../contract/moment.ts';
import { USUAL_POLICIES } from '../../contract/policies.ts';
import type { Parcel, ServiceCall, ServiceModule } from '../../contract/service-module.ts';
import { notTaken } from '../../contract/service-request.ts';
import { invariant, unreachable } from '../../kernel/bug.ts';
import { batchAnswered, retryDue } from './batches.ts';
import { ALL_SETTINGS, batchPath, EVERY_MAPPING } from './footprints.ts';
import { type LaneName, laneOf, lanesWithNews, nameOfLane, pathOfLane } from './lanes.ts';
import { mappingLatency } from './latency.ts';
import { LAMBDA_EVENT_SOURCE_MAPPING } from './mapping-resource.ts';
import type { MappingEffect, MappingMessage, MappingServed, MappingStep } from './messages.ts';
import { createMapping, deleteMapping, getMapping, listMappings, type Operated, updateMapping } from './operations.ts';
import { poll, pollIfPossible } from './polling.ts';
import { batchOfAgain, received, receivedAgain, windowOver } from './receiving.ts';
import { MAPPING_FORMS } from './request-forms.ts';
import { isScarce, ramped } from './scaling.ts';
import { showMappings } from './shown.ts';
import { type Batch, cloneMappings, type EventSourceMapping, type MappingsState, newMappings } from './state.ts';
import { givenAsChosen } from './stream-batches.ts';
import type { MappingEvent } from './trace-events.ts';
import { windowEndDue } from './window-ends.ts';

export const EVENT_SOURCE_MAPPING: ServiceModule<MappingsState, MappingMessage, MappingEvent> = {
  name: 'event-source-mapping',
  service: 'Lambda',
  client: null,
  arns: ['lambda:event-source-mapping'],
  resourceTypes: [LAMBDA_EVENT_SOURCE_MAPPING],
  faults: ['duplicate'],
  latency: mappingLatency,
  create: ({ region, accountId, isTimed, policies }) => {
    const scaling = isTimed ? 'enforced' : 'not-enforced';
    return newMappings({ region, accountId, scaling, ...USUAL_POLICIES, ...policies });
  },
  copy: cloneMappings,
  claims: (_, { operation }) => operation.includes('EventSourceMapping'),
  call: serve,
  on,
  take,
  answered: (state, call, answer, moment) => {
    const batch = state.batches.get(call);
    // A topic has answered: nobody waits to hear whether it has taken a letter.
    if (batch === undefined) return { effects: [], footprint: NO_FOOTPRINT };
    const change = (mapping: EventSourceMapping) => batchAnswered(state, mapping, batch, answer, moment);
    const path = (mapping: EventSourceMapping) =>
      batch.lane === null ? batchPath(mapping.uuid, call) : pathOfLane(mapping, batch);
    return step(state, batch.mapping, path, change);
  },
  shown: showMappings,
};

function serve(state: MappingsState, call: ServiceCall, moment: Moment): MappingServed {
  const { answer, effects, lookedAt } = operate(state, call, moment);
  const isLook = call.operation.startsWith('Get') || call.operation.startsWith('List');
  const footprint = isLook ? { reads: [EVERY_MAPPING], writes: [] } : { reads: [], writes: [EVERY_MAPPING] };
  return { answer, effects, footprint: joined(footprint, lookedAt) };
}

function operate(state: MappingsState, { operation, input: given }: ServiceCall, moment: Moment): Operated {
  const input = withoutNulls(given);
  const refused = wrongForm(input, MAPPING_FORMS);
  if (refused !== null) return { answer: refused, effects: [], lookedAt: NO_FOOTPRINT };
  switch (operation) {
    case 'CreateEventSourceMapping':
      return createMapping(state, input, moment);
    case 'UpdateEventSourceMapping':
      return updateMapping(state, input, moment);
    case 'DeleteEventSourceMapping':
      return deleteMapping(state, input, moment);
    case 'GetEventSourceMapping':
      return getMapping(state, input, moment);
    case 'ListEventSourceMappings':
      return listMappings(state, input, moment);
    default: {
      const answer = notSimulated(`The Lambda operation «${operation}»`);
      return { answer, effects: [], lookedAt: NO_FOOTPRINT };
    }
  }
}

/** Receives the mapping's own messages. */
function on(state: MappingsState, message: MappingMessage, moment: Moment): MappingStep {
  switch (message.kind) {
    case 'poll-due':
      return polled(state, message);
    case 'acknowledge-due': {
      const { source: to, handles, by } = message;
      return {
        effects: [{ kind: 'send', to, by, request: { kind: 'acknowledge', handles } }],
        footprint: NO_FOOTPRINT,
      };
    }
    case 'window-over':
      return ofBatch(state, message.batch, (mapping, batch) => windowOver(state, mapping, batch, moment));
    case 'retry-due':
      return ofBatch(state, message.batch, (mapping, batch) => retryDue(state, mapping, batch, moment));
    case 'give':
      return ofBatch(state, message.batch, (mapping, batch) => {
        const { stream } = mapping.settings;
        invariant(stream !== null, `«${batch.id}» is no batch of a stream`);
        return givenAsChosen({ state, mapping, batch, stream, moment }, message.isTwice);
      });
    case 'window-ends-due':
      return step(state, message.mapping, pollingOf(message), (mapping) => {
        const { stream } = mapping.settings;
        invariant(stream !== null, 'a queue has no windows');
        return windowEndDue({ state, mapping, stream, moment }, laneOf(mapping, message), message.startsAtMs);
      });
    case 'scale-due':
      return step(state, message.mapping, pollingOf({ lane: null }), (mapping) => {
        ramped(mapping);
        return pollIfPossible(state, mapping, moment.nowMs);
      });
    default:
      return unreachable(message, 'message of a mapping');
  }
}

/** The footprint includes the mapping's position only if the lane is read in order. */
function polled(state: MappingsState, message: MappingMessage & { readonly kind: 'poll-due' }): MappingStep {
  const effects = poll(state, message);
  if (message.lane === null) return { effects, footprint: NO_FOOTPRINT };
  return step(state, message.mapping, pollingOf(message), () => effects);
}

/** Takes what a source reports to its readers. */
function take(state: MappingsState, { to, request }: Parcel, moment: Moment): MappingStep {
  const uuid = nameInArn(to);
  switch (request.kind) {
    case 'available':
      return available(state, request, moment);
    case 'handed-out':
      return step(state, uuid, pollingOf(request), (mapping) => received(state, mapping, request, moment));
    case 'handed-out-again': {
      const path = (mapping: EventSourceMapping) => batchPath(mapping.uuid, batchOfAgain(mapping, request.item));
      return step(state, uuid, path, (mapping) => receivedAgain(state, mapping, request));
    }
    default:
      return notTaken(request, 'an event source mapping');
  }
}

/** Every mapping that reads this source may take the new items. If the source asks for it, one of them takes them at once. */
function available(
  state: MappingsState,
  request: ReaderRequest & { readonly kind: 'available' },
  moment: Moment,
): MappingStep {
  const { source, isAtOnce } = request;
  const readers = [...state.mappings.values()].filter(
    ({ sourceArn, settings, deleted }) => sourceArn === source && settings.enabled && !deleted,
  );
  const writes: string[] = [];
  const adds: string[] = [];
  const effects = readers.flatMap((mapping) => {
    const paths: string[] = [];
    for (const lane of lanesWithNews(mapping, request)) {
      lane.backlog = true;
      paths.push(written(mapping, pathOfLane(mapping, nameOfLane(lane))));
    }
    const polls = pollIfPossible(state, mapping, moment.nowMs);
    // One more report commutes with another one if neither makes the mapping ask for anything.
    (mapping.keepsOrderInGroups && polls.length === 0 ? adds : writes).push(...paths);
    return polls;
  });
  const footprint = { reads: settingsOf(readers), writes, ...(adds.length === 0 ? {} : { adds }) };
  return { effects: isAtOnce ? firstAtOnce(state, effects) : effects, footprint };
}

/** The same, with the first receive in the same step. */
function firstAtOnce(state: MappingsState, effects: readonly MappingEffect[]): readonly MappingEffect[] {
  const first = effects.findIndex((effect) => effect.kind === 'timer' && effect.message.kind === 'poll-due');
  return effects.flatMap((effect, place) =>
    place === first && effect.kind === 'timer' && effect.message.kind === 'poll-due'
      ? poll(state, effect.message)
      : [effect],
  );
}

/** Runs a step of one mapping. A mapping that is gone takes no part in it. */
function step(
  state: MappingsState,
  uuid: string | undefined,
  path: (mapping: EventSourceMapping) => string,
  act: (mapping: EventSourceMapping) => readonly MappingEffect[],
): MappingStep {
  const mapping = state.mappings.get(uuid ?? '');
  if (mapping === undefined) return { effects: [], footprint: footprintOf([], path) };
  const footprint = footprintOf([mapping], path);
  return { effects: act(mapping), footprint };
}

function ofBatch(
  state: MappingsState,
  id: string,
  act: (mapping: EventSourceMapping, batch: Batch) => readonly MappingEffect[],
): MappingStep {
  const batch = state.batches.get(id);
  return step(state, batch?.mapping, pollingOf(batch ?? { lane: null }), (mapping) =>
    act(mapping, batchNamed(state, id)),
  );
}

function batchNamed(state: MappingsState, id: string): Batch {
  const batch = state.batches.get(id);
  invariant(batch !== undefined, `no batch «${id}»`);
  return batch;
}

/**
 * The end of a batch changes nothing for other batches if concurrency can't run out, no window gathers items and no lane
 * waits for it. A request for items, or their arrival, changes what the mapping asks for next.
 */
function footprintOf(touched: readonly EventSourceMapping[], path: (mapping: EventSourceMapping) => string): Footprint {
  return { reads: settingsOf(touched), writes: touched.map((mapping) => written(mapping, path(mapping))) };
}

function settingsOf(touched: readonly EventSourceMapping[]): readonly string[] {
  return [ALL_SETTINGS, ...touched.map(({ paths }) => paths.settings)];
}

/** The path of a stream's lane says itself what it depends on (`pathOfLane`). */
function written(mapping: EventSourceMapping, path: string): string {
  return mapping.settings.stream === null && isScarce(mapping) ? mapping.paths.all : path;
}

function pollingOf(lane: LaneName): (mapping: EventSourceMapping) => string {
  return (mapping) => pathOfLane(mapping, lane);
}

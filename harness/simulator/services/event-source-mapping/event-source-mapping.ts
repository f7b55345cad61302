/**
 * Event source mappings for standard queues: the state machine's one door.
 *
 * `handleMapping` takes a message and returns effects; it changes only the state that it is given. It knows no clock, no
 * queue and no function. FIFO queues, streams and provisioned pollers are refused by name.
 */

import { unreachable } from '../../kernel/bug.ts';
import { type Footprint, NO_FOOTPRINT, notSimulated } from '../service.ts';
import { answered, retryDue } from './batches.ts';
import type { MappingEffect, MappingMessage, MappingStep } from './messages.ts';
import { createMapping, deleteMapping, getMapping, listMappings, type Operated, updateMapping } from './operations.ts';
import { pollIfPossible, received, windowOver } from './polling.ts';
import { ramped } from './scaling.ts';
import type { Batch, EventSourceMapping, MappingsState } from './state.ts';

export { cloneMappings, type MappingsState, newMappings } from './state.ts';

/** Applies one message at `nowMs` and says what follows from it. AWS errors are answers; only bugs throw. */
export function handleMapping(state: MappingsState, message: MappingMessage, nowMs: number): MappingStep {
  switch (message.kind) {
    case 'call':
      return handleCall(state, message, nowMs);
    case 'available':
      return step(available(state, message.queueArn, nowMs));
    case 'received': {
      const mapping = state.mappings.get(message.mapping);
      return step(mapping === undefined ? [] : received(state, mapping, message, nowMs));
    }
    case 'answered':
      return ofBatch(state, message.batch, (mapping, batch) => answered(state, mapping, batch, message.answer, nowMs));
    case 'window-over':
      return ofBatch(state, message.batch, (mapping, batch) => windowOver(state, mapping, batch));
    case 'retry-due':
      return ofBatch(state, message.batch, (mapping, batch) => retryDue(state, mapping, batch));
    case 'scale-due': {
      const mapping = state.mappings.get(message.mapping);
      if (mapping === undefined) return step([]);
      ramped(mapping);
      return step(pollIfPossible(state, mapping, nowMs));
    }
    default:
      return unreachable(message, 'message to a mapping');
  }
}

/** Which queue and function a call is about; the world looks them up. */
export function subjectsOf(
  state: MappingsState,
  input: Readonly<Record<string, unknown>>,
): { readonly queueArn: string; readonly functionName: string } {
  const mapping = state.mappings.get(String(input.UUID ?? ''));
  return {
    queueArn: String(input.EventSourceArn ?? mapping?.queueArn ?? ''),
    functionName: String(input.FunctionName ?? mapping?.settings.functionName ?? ''),
  };
}

/** Whether an operation of Lambda's API is about mappings. */
export function isMappingOperation(operation: string): boolean {
  return operation.includes('EventSourceMapping');
}

function step(effects: readonly MappingEffect[], footprint: Footprint = NO_FOOTPRINT): MappingStep {
  return { effects, footprint };
}

/** A batch that is gone is nobody's business: its mapping may have been deleted. */
function ofBatch(
  state: MappingsState,
  id: string,
  act: (mapping: EventSourceMapping, batch: Batch) => readonly MappingEffect[],
): MappingStep {
  const batch = state.batches.get(id);
  const mapping = state.mappings.get(batch?.mapping ?? '');
  return step(batch === undefined || mapping === undefined ? [] : act(mapping, batch));
}

function available(state: MappingsState, queueArn: string, nowMs: number): readonly MappingEffect[] {
  return [...state.mappings.values()].flatMap((mapping) => {
    if (mapping.queueArn !== queueArn || !mapping.settings.enabled || mapping.deleted) return [];
    mapping.backlog = true;
    return pollIfPossible(state, mapping, nowMs);
  });
}

function handleCall(
  state: MappingsState,
  message: MappingMessage & { readonly kind: 'call' },
  nowMs: number,
): MappingStep {
  const { answer, effects } = operate(state, message, nowMs);
  const path = 'lambda/event-source-mappings';
  const reads = message.operation.startsWith('Get') || message.operation.startsWith('List');
  const footprint = reads ? { reads: [path], writes: [] } : { reads: [], writes: [path] };
  return step([{ kind: 'reply', call: message.call, answer }, ...effects], footprint);
}

function operate(
  state: MappingsState,
  { operation, input, subjects }: MappingMessage & { readonly kind: 'call' },
  nowMs: number,
): Operated {
  switch (operation) {
    case 'CreateEventSourceMapping':
      return createMapping(state, input, subjects, nowMs);
    case 'UpdateEventSourceMapping':
      return updateMapping(state, input, subjects, nowMs);
    case 'DeleteEventSourceMapping':
      return deleteMapping(state, input);
    case 'GetEventSourceMapping':
      return getMapping(state, input);
    case 'ListEventSourceMappings':
      return listMappings(state, input, subjects);
    default:
      return { answer: notSimulated(`The Lambda operation «${operation}»`), effects: [] };
  }
}

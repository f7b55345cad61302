/**
 * Event source mappings for standard queues: the state machine's one door.
 *
 * `handleMapping` takes a message and returns effects; it changes only the state that it is given. It knows no clock, no
 * queue and no function. FIFO queues, streams and provisioned pollers are refused by name.
 */

import { invariant, unreachable } from '../../kernel/bug.ts';
import { type Footprint, notSimulated } from '../service.ts';
import { answered, retryDue } from './batches.ts';
import type { MappingEffect, MappingMessage, MappingStep } from './messages.ts';
import { createMapping, deleteMapping, getMapping, listMappings, type Operated, updateMapping } from './operations.ts';
import { batchOfAgain, pollIfPossible, received, receivedAgain, windowOver } from './polling.ts';
import { isScarce, ramped } from './scaling.ts';
import type { Batch, EventSourceMapping, MappingsState } from './state.ts';

export { cloneMappings, type MappingsState, newMappings } from './state.ts';

/** Applies one message at `nowMs` and says what follows from it. AWS errors are answers; only bugs throw. */
export function handleMapping(state: MappingsState, message: MappingMessage, nowMs: number): MappingStep {
  if (message.kind === 'call') return handleCall(state, message, nowMs);
  const touched = mappingsOf(state, message);
  const footprint = footprintOf(touched, message);
  const effects = touched.flatMap((mapping) => handleOther(state, mapping, message, nowMs));
  return { effects, footprint };
}

/**
 * A batch that ends changes nothing for others where places can't run out and no window gathers messages. Whatever asks
 * for messages or gets them changes what is asked for next.
 */
function footprintOf(touched: readonly EventSourceMapping[], message: OtherMessage): Footprint {
  const reads = [pathOf('settings'), ...touched.map(({ uuid }) => `${pathOf(uuid)}/settings`)];
  const writes = touched.map((mapping) => {
    const path = pathOf(mapping.uuid);
    if (isScarce(mapping)) return `${path}/*`;
    if (message.kind === 'answered') return `${path}/batches/${message.batch}`;
    if (message.kind === 'received-again') return `${path}/batches/${batchOfAgain(mapping, message.message)}`;
    return `${path}/polling`;
  });
  return { reads, writes };
}

type OtherMessage = Exclude<MappingMessage, { readonly kind: 'call' }>;

/** Whom a message is for. A mapping or a batch that is gone is nobody's business. */
function mappingsOf(state: MappingsState, message: OtherMessage): readonly EventSourceMapping[] {
  if (message.kind === 'available')
    return [...state.mappings.values()].filter(
      ({ queueArn, settings, deleted }) => queueArn === message.queueArn && settings.enabled && !deleted,
    );
  const uuid = 'batch' in message ? state.batches.get(message.batch)?.mapping : message.mapping;
  const mapping = state.mappings.get(uuid ?? '');
  return mapping === undefined ? [] : [mapping];
}

function pathOf(uuid: string): string {
  return `lambda/event-source-mappings/${uuid}`;
}

/** What comes from the queue, from the function and from the clock. */
function handleOther(
  state: MappingsState,
  mapping: EventSourceMapping,
  message: OtherMessage,
  nowMs: number,
): readonly MappingEffect[] {
  switch (message.kind) {
    case 'available':
      mapping.backlog = true;
      return pollIfPossible(state, mapping, nowMs);
    case 'received':
      return received(state, mapping, message, nowMs);
    case 'received-again':
      return receivedAgain(state, mapping, message);
    case 'scale-due':
      ramped(mapping);
      return pollIfPossible(state, mapping, nowMs);
    case 'answered':
      return answered(state, mapping, batchNamed(state, message.batch), message.answer, nowMs);
    case 'window-over':
      return windowOver(state, mapping, batchNamed(state, message.batch));
    case 'retry-due':
      return retryDue(state, mapping, batchNamed(state, message.batch));
    default:
      return unreachable(message, 'message to a mapping');
  }
}

function batchNamed(state: MappingsState, id: string): Batch {
  const batch = state.batches.get(id);
  invariant(batch !== undefined, `no batch «${id}»`);
  return batch;
}

/** The function of the mapping that takes whatever a queue hands out, and takes it by itself; null if there is none. */
export function takesAlone(
  state: MappingsState,
  queueArn: string,
): { readonly mapping: string; readonly functionName: string } | null {
  const all = [...state.mappings.values()].filter((mapping) => mapping.queueArn === queueArn);
  const [mapping] = all;
  if (mapping === undefined || all.length > 1 || isScarce(mapping)) return null;
  return { mapping: mapping.uuid, functionName: mapping.settings.functionName };
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

function handleCall(
  state: MappingsState,
  message: MappingMessage & { readonly kind: 'call' },
  nowMs: number,
): MappingStep {
  const { answer, effects } = operate(state, message, nowMs);
  const path = pathOf('*');
  const reads = message.operation.startsWith('Get') || message.operation.startsWith('List');
  const footprint = reads ? { reads: [path], writes: [] } : { reads: [], writes: [path] };
  return { effects: [{ kind: 'reply', call: message.call, answer }, ...effects], footprint };
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

/**
 * The attributes that only FIFO queues have, all of them strings: how they are read, checked and written (SQ-17, SQ-18).
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */

import type { FifoSettings } from './fifo-state.ts';
import { forFifoQueuesOnly, invalidAttribute, unknownAttribute } from './refusal.ts';

/** SQ-17, SQ-18. */
export const FIFO_DEFAULTS: FifoSettings = {
  contentBasedDeduplication: false,
  deduplicationScope: 'queue',
  fifoThroughputLimit: 'perQueue',
};

/** The names of these attributes. */
export const FIFO_ATTRIBUTES: readonly string[] = [
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
];

const TYPE_STAYS = 'Modifying queue type is not supported.';

/** The settings with one of these attributes changed. `before`: null on a standard queue, which has none of them. */
export function readFifoSetting(before: FifoSettings | null, name: string, value: string): FifoSettings {
  if (before === null) {
    const hasWordsOfItsOwn = name === 'DeduplicationScope' || name === 'FifoThroughputLimit';
    throw hasWordsOfItsOwn ? forFifoQueuesOnly(name) : unknownAttribute(name);
  }
  switch (name) {
    case 'FifoQueue':
      if (value !== 'true') throw invalidAttribute(name, TYPE_STAYS);
      return before;
    case 'ContentBasedDeduplication':
      if (value !== 'true' && value !== 'false') throw invalidAttribute(name);
      return { ...before, contentBasedDeduplication: value === 'true' };
    case 'DeduplicationScope':
      if (value !== 'queue' && value !== 'messageGroup') throw invalidAttribute(name);
      return { ...before, deduplicationScope: value };
    default:
      if (value !== 'perQueue' && value !== 'perMessageGroupId') throw invalidAttribute('FifoThroughputLimit');
      return { ...before, fifoThroughputLimit: value };
  }
}

/** Refuses a combination that AWS does not have (SQ-17). */
export function checkFifoSettings({ deduplicationScope, fifoThroughputLimit }: FifoSettings): void {
  if (fifoThroughputLimit === 'perQueue' || deduplicationScope === 'messageGroup') return;
  const reason = 'The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.';
  throw invalidAttribute('FifoThroughputLimit', reason);
}

/** These settings as attributes. */
export function writeFifoSettings(settings: FifoSettings): readonly (readonly [string, string])[] {
  return [
    ['FifoQueue', 'true'],
    ['ContentBasedDeduplication', String(settings.contentBasedDeduplication)],
    ['DeduplicationScope', settings.deduplicationScope],
    ['FifoThroughputLimit', settings.fifoThroughputLimit],
  ];
}

/**
 * A queue's settings as attributes of AWS's API, all of them strings: how they are read, checked and written.
 *
 * Bounds and defaults: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */

import type { Input } from '../../contract/answer.ts';
import { asTold, unmodelled } from '../../contract/refusal.ts';
import { isGiven } from '../../contract/request.ts';
import { checkFifoSettings, FIFO_ATTRIBUTES, readFifoSetting, writeFifoSettings } from './fifo-settings.ts';
import { readRedriveAllowPolicy, readRedrivePolicy, writeRedriveAllowPolicy, writeRedrivePolicy } from './redrive.ts';
import { invalidAttribute, unknownAttribute } from './refusal.ts';
import type { QueueSettings, SqsState } from './state.ts';

/** SQ-01, SQ-07, SQ-08. */
export const DEFAULT_SETTINGS: QueueSettings = {
  delaySeconds: 0,
  maximumMessageSizeBytes: 1_048_576,
  messageRetentionPeriodSeconds: 345_600,
  receiveMessageWaitTimeSeconds: 0,
  visibilityTimeoutSeconds: 30,
  redrivePolicy: null,
  redriveAllowPolicy: null,
  policy: null,
  sqsManagedSseEnabled: true,
  fifo: null,
};

type NumberSetting =
  | 'delaySeconds'
  | 'maximumMessageSizeBytes'
  | 'messageRetentionPeriodSeconds'
  | 'receiveMessageWaitTimeSeconds'
  | 'visibilityTimeoutSeconds';

interface Bounds {
  readonly setting: NumberSetting;
  readonly min: number;
  readonly max: number;
}

const NUMBERS: ReadonlyMap<string, Bounds> = new Map<string, Bounds>([
  ['DelaySeconds', { setting: 'delaySeconds', min: 0, max: 900 }],
  ['MaximumMessageSize', { setting: 'maximumMessageSizeBytes', min: 1_024, max: 1_048_576 }],
  ['MessageRetentionPeriod', { setting: 'messageRetentionPeriodSeconds', min: 60, max: 1_209_600 }],
  ['ReceiveMessageWaitTimeSeconds', { setting: 'receiveMessageWaitTimeSeconds', min: 0, max: 20 }],
  ['VisibilityTimeout', { setting: 'visibilityTimeoutSeconds', min: 0, max: 43_200 }],
]);

const OF_KEYS: readonly string[] = ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds'];

/** The settings with these attributes changed. Refuses values out of bounds. */
export function readQueueSettings(
  state: SqsState,
  before: QueueSettings,
  attributes: Input,
  own: string,
): QueueSettings {
  let settings = before;
  for (const [name, value] of Object.entries(attributes)) {
    if (!isGiven(value)) continue;
    const changed = FIFO_ATTRIBUTES.includes(name)
      ? { fifo: readFifoSetting(settings.fifo, name, asTold(value)) }
      : readSetting(state, name, asTold(value), own);
    settings = { ...settings, ...changed };
  }
  if (settings.fifo !== null) checkFifoSettings(settings.fifo);
  return settings;
}

function readSetting(state: SqsState, name: string, value: string, own: string): Partial<QueueSettings> {
  const bounds = NUMBERS.get(name);
  if (bounds !== undefined) {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < bounds.min || number > bounds.max) throw invalidAttribute(name);
    return { [bounds.setting]: number };
  }
  if (OF_KEYS.includes(name)) throw unmodelled(`${name} of a queue`);
  switch (name) {
    case 'Policy':
      return { policy: value === '' ? null : value };
    case 'RedrivePolicy':
      return { redrivePolicy: readRedrivePolicy(state, value, own) };
    case 'RedriveAllowPolicy':
      return { redriveAllowPolicy: readRedriveAllowPolicy(value) };
    case 'SqsManagedSseEnabled':
      if (value !== 'true' && value !== 'false') throw invalidAttribute(name);
      return { sqsManagedSseEnabled: value === 'true' };
    default:
      throw unknownAttribute(name);
  }
}

/** The settings as attributes. */
export function writeSettings(settings: QueueSettings): ReadonlyMap<string, string> {
  const written = new Map<string, string>();
  for (const [name, { setting }] of NUMBERS) written.set(name, String(settings[setting]));
  written.set('SqsManagedSseEnabled', String(settings.sqsManagedSseEnabled));
  const { policy, redrivePolicy, redriveAllowPolicy } = settings;
  if (policy !== null) written.set('Policy', policy);
  if (redrivePolicy !== null) written.set('RedrivePolicy', writeRedrivePolicy(redrivePolicy));
  if (redriveAllowPolicy !== null) written.set('RedriveAllowPolicy', writeRedriveAllowPolicy(redriveAllowPolicy));
  if (settings.fifo !== null) for (const [name, value] of writeFifoSettings(settings.fifo)) written.set(name, value);
  return written;
}

/** The name of the first attribute that differs; null if all are equal. */
export function firstDifference(a: QueueSettings, b: QueueSettings): string | null {
  const [left, right] = [writeSettings(a), writeSettings(b)];
  for (const name of new Set([...left.keys(), ...right.keys()])) if (left.get(name) !== right.get(name)) return name;
  return null;
}

/**
 * Where a mapping of a stream begins: at the oldest record, behind the newest one, or at an instant (KE-04, KE-20).
 */

import { type AwsAnswer, fail, type Input } from '../../contract/answer.ts';
import type { SourceDescription } from '../../contract/event-source.ts';
import type { Moment } from '../../contract/moment.ts';
import { memberBreaks } from '../../contract/refusal.ts';
import { invalidSetting, settingBroken, settingRefused } from './setting-refusals.ts';
import type { StreamSettings } from './state.ts';

type Start =
  | { readonly ok: true; readonly at: StreamSettings['startingPosition']; readonly atMs: number | null }
  | { readonly ok: false; readonly answer: AwsAnswer };

/** A mapping says where it starts, and starts there once: an update changes nothing about it. */
export function readStart(
  input: Input,
  source: SourceDescription,
  before: StreamSettings | null,
  moment: Moment,
): Start {
  if (before !== null) return { ok: true, at: before.startingPosition, atMs: before.startsAtMs };
  const { StartingPosition: at, StartingPositionTimestamp: instant } = input;
  switch (at) {
    case 'TRIM_HORIZON':
    case 'LATEST':
      return instant === undefined
        ? { ok: true, at, atMs: null }
        : settingRefused(invalidSetting('StartingPositionTimestamp is only valid with StartingPosition AT_TIMESTAMP.'));
    case 'AT_TIMESTAMP':
      return source.beginsAtInstants
        ? startAt(instant, moment)
        : settingRefused(invalidSetting(`Unsupported starting position for arn type: ${source.arn}`));
    case undefined:
    case null:
      return settingRefused(invalidSetting(memberBreaks('null', 'startingPosition', 'not be null.')));
    default: {
      const constraint = 'satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]';
      return settingRefused(settingBroken(at, 'startingPosition', constraint));
    }
  }
}

function startAt(instant: unknown, { epochMs, nowMs }: Moment): Start {
  if (instant === undefined) return settingRefused(invalidSetting('Need to specify a timestamp'));
  const atMs = instantOf(instant);
  if (atMs === null) return settingRefused(fail('SerializationException', 'StartingPositionTimestamp is no timestamp'));
  return atMs > epochMs + nowMs
    ? settingRefused(invalidSetting('StartingPositionTimestamp cannot be in the future.'))
    : { ok: true, at: 'AT_TIMESTAMP', atMs: atMs - epochMs };
}

/** In milliseconds of the calendar. A template gives seconds, the SDK a `Date`, of whichever realm its client is in. */
function instantOf(given: unknown): number | null {
  if (typeof given === 'number') return Math.round(given * 1_000);
  return isDate(given) ? given.getTime() : null;
}

function isDate(given: unknown): given is { getTime(): number } {
  return typeof given === 'object' && given !== null && 'getTime' in given;
}

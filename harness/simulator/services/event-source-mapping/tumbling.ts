/**
 * Tumbling windows: to which window a record belongs, what the function is told of it, and the state that it hands on (KE-16).
 *
 * When a window ends stands in window-ends.ts.
 */

import type { AwsAnswer } from '../../contract/answer.ts';
import type { SourceItem } from '../../contract/event-source.ts';
import type { Moment } from '../../contract/moment.ts';
import { fromUtf8, utf8Length } from '../../contract/utf8.ts';
import type { BatchOutcome } from './outcome.ts';
import { splitByPayload } from './payload.ts';
import type { EventSourceMapping, Lane, OpenWindow, StreamSettings } from './state.ts';

/** KE-16: 1 MB. */
const MOST_STATE_BYTES = 1_048_576;
const NO_STATE = '{}';

/** The items in as many parts as they need: each is of one window, and one invocation can take it. */
export function inInvocations(
  { settings: { stream } }: EventSourceMapping,
  { window }: Lane,
  items: readonly SourceItem[],
  moment: Moment,
): readonly (readonly SourceItem[])[] {
  if (stream === null || stream.tumblingSeconds === 0) return splitByPayload(items);
  const stateBytes = utf8Length(window?.stateJson ?? NO_STATE);
  const parts: SourceItem[][] = [];
  let startsAtMs: number | null = null;
  for (const item of items) {
    const its = windowAt(item, stream, moment).startsAtMs;
    if (its !== startsAtMs) parts.push([]);
    startsAtMs = its;
    parts.at(-1)?.push(item);
  }
  return parts.flatMap((part) => splitByPayload(part, stateBytes));
}

/** The window to which a record belongs: by its arrival, in steps of the calendar (UV-80). */
export function windowAt(
  { arrivedAtMs = 0 }: SourceItem,
  { tumblingSeconds }: StreamSettings,
  { epochMs }: Pick<Moment, 'epochMs'>,
): Pick<OpenWindow, 'startsAtMs' | 'endsAtMs'> {
  const lengthMs = tumblingSeconds * 1_000;
  const startsAtMs = Math.floor((epochMs + arrivedAtMs) / lengthMs) * lengthMs - epochMs;
  return { startsAtMs, endsAtMs: startsAtMs + lengthMs };
}

/** A window that begins with this record. */
export function newWindow(newest: SourceItem, stream: StreamSettings, { nowMs, epochMs }: Moment): OpenWindow {
  const { startsAtMs, endsAtMs } = windowAt(newest, stream, { epochMs });
  const instant = (ms: number) => new Date(epochMs + ms).toISOString().replace('.000Z', 'Z');
  return {
    ...{ startsAtMs, endsAtMs, start: instant(startsAtMs), end: instant(endsAtMs) },
    ...{ stateJson: NO_STATE, isOver: endsAtMs <= nowMs, newest },
  };
}

/** The same window with nothing in its state. */
export function withoutState(window: OpenWindow): OpenWindow {
  return { ...window, stateJson: NO_STATE };
}

/** The answer to a batch of a window: it needs a state, or else the function has failed. */
export function outcomeWithState(outcome: BatchOutcome, answer: AwsAnswer): BatchOutcome {
  return outcome.kind === 'done' && stateIn(answer) === null ? { kind: 'failed' } : outcome;
}

/** What the function returns is what it is given next. */
export function keepsState(lane: Lane, answer: AwsAnswer): void {
  const stateJson = stateIn(answer);
  if (lane.window !== null && stateJson !== null) lane.window = { ...lane.window, stateJson };
}

export function isStateTooLarge({ window }: Lane): boolean {
  return window !== null && utf8Length(window.stateJson) > MOST_STATE_BYTES;
}

/** The `state` of an answer, as JSON; null if it has none. */
function stateIn(answer: AwsAnswer): string | null {
  if (!answer.ok || !(answer.output.Payload instanceof Uint8Array)) return null;
  try {
    const { state } = Object(JSON.parse(fromUtf8(answer.output.Payload))) as { readonly state?: unknown };
    return state === undefined || state === null ? null : JSON.stringify(state);
  } catch {
    return null;
  }
}

/**
 * Assigns spans to tracks, so that any two spans of a track are disjoint or nested.
 *
 * Viewers of traces require that: a thread does one thing at a time, and its calls end before it does. An actor that sends
 * three calls at once gets three tracks.
 */

import type { ViewerLane } from '../../simulator/contract/shown.ts';
import type { Span } from './spans.ts';

export interface Track {
  readonly lane: ViewerLane;
  /** Counts from 1. A lane's first track also holds its moments. */
  readonly number: number;
  readonly spans: readonly Span[];
}

/** The tracks of all lanes, each with its spans in order of their start: the scenario first, then other actors, then AWS. */
export function tracksOf(spans: readonly Span[], others: readonly ViewerLane[]): readonly Track[] {
  const lanes = new Map<string, { lane: ViewerLane; spans: Span[] }>();
  const keyOf = ({ side, name }: ViewerLane) => `${side} ${name}`;
  for (const lane of [...spans.map((span) => span.lane), ...others]) lanes.set(keyOf(lane), { lane, spans: [] });
  for (const span of spans) lanes.get(keyOf(span.lane))?.spans.push(span);
  return [...lanes.values()]
    .sort((a, b) => compareLanes(a.lane, b.lane))
    .flatMap(({ lane, spans: own }) => stack(own).map((track, index) => ({ lane, number: index + 1, spans: track })));
}

function compareLanes(a: ViewerLane, b: ViewerLane): number {
  const rank = ({ side, name }: ViewerLane) => (side === 'aws' ? 2 : name === 'scenario' ? 0 : 1);
  return rank(a) - rank(b) || a.name.localeCompare(b.name, 'en', { numeric: true });
}

/** Each span on the first track where it fits; at least one track. */
function stack(spans: readonly Span[]): readonly (readonly Span[])[] {
  const tracks: { readonly spans: Span[]; readonly open: number[] }[] = [{ spans: [], open: [] }];
  const ordered = [...spans].sort((a, b) => a.startUs - b.startUs || b.endUs - a.endUs);
  for (const span of ordered) {
    let track = tracks.find((candidate) => fits(candidate.open, span));
    if (track === undefined) {
      track = { spans: [], open: [] };
      tracks.push(track);
    }
    track.open.push(span.endUs);
    track.spans.push(span);
  }
  return tracks.map((track) => track.spans);
}

/** Removes spans that are over. The new span fits if the remaining ones last at least as long. */
function fits(open: number[], { startUs, endUs }: Span): boolean {
  while ((open.at(-1) ?? Infinity) <= startUs) open.pop();
  return (open.at(-1) ?? Infinity) >= endUs;
}

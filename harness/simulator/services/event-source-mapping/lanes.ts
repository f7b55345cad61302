/**
 * The lanes in which a mapping reads its source: which there are, which may be read now, and which an arrival concerns.
 *
 * A source without lanes has a single one without a name. A lane of a stream may be read in several parts at once (KE-03), and a lane that
 * takes the place of others is read after them (KE-17, UV-12).
 */

import {
  type LanePart,
  type Position,
  placeOfKey,
  type ReaderRequest,
  type SourceDescription,
} from '../../contract/event-source.ts';
import { invariant } from '../../kernel/bug.ts';
import { lanePath } from './footprints.ts';
import type { EventSourceMapping, Lane, MappingSettings } from './state.ts';

/** The name of a lane, and the part of it; a lane that is read as a whole has no part. */
export interface LaneName {
  readonly lane: string | null;
  readonly part?: LanePart;
}

/** The lanes of a new mapping, from where it is to start. */
export function lanesOfMapping({ lanes }: SourceDescription, settings: MappingSettings): Lane[] {
  if (lanes === null) return [newLane({ lane: null }, [], null)];
  const isLatest = settings.stream?.startingPosition === 'LATEST';
  return lanes.flatMap(({ name, after, latest }) =>
    partsOfLane({ lane: name }, after, isLatest ? latest : null, settings),
  );
}

/** The parts in which a lane is read from a position on. */
export function partsOfLane(
  { lane }: LaneName,
  after: readonly string[],
  position: Position,
  settings: MappingSettings,
): readonly Lane[] {
  return partsOf(settings).map((part) => newLane({ lane, ...part }, after, position));
}

/** One part, which is none, unless lanes are read in several (KE-03). */
function partsOf({ stream }: MappingSettings): readonly { readonly part?: LanePart }[] {
  const of = stream?.parallelizationFactor ?? 1;
  return of === 1 ? [{}] : Array.from({ length: of }, (_, place) => ({ part: { place, of } }));
}

function newLane({ lane, part }: LaneName, after: readonly string[], position: Position): Lane {
  return {
    ...{ name: lane, part: part ?? null, after, position },
    ...{ polling: 0, backlog: false, isEnded: false, isEnding: false, passed: [], window: null, lastBatch: 0 },
  };
}

/** The lane of this name, or the part of it. */
export function laneOf({ lanes }: EventSourceMapping, { lane: name, part }: LaneName): Lane {
  const lane = lanes.find((each) => each.name === name && each.part?.place === part?.place);
  invariant(lane !== undefined, `a mapping has no lane «${name}»`);
  return lane;
}

/** The name of a lane, as it is asked for. */
export function nameOfLane({ name, part }: Lane): LaneName {
  return part === null ? { lane: name } : { lane: name, part };
}

/** Whether all lanes that come before it have been read to their ends, and their last windows are over (KE-16). */
export function isItsTurn({ lanes }: EventSourceMapping, { after }: Lane): boolean {
  return lanes.every(
    ({ name, isEnded, window }) => (isEnded && window === null) || name === null || !after.includes(name),
  );
}

/**
 * The lanes in which a source has reported something. One that is new is read from its beginning: it was not there when the mapping was
 * created.
 */
export function lanesWithNews(
  mapping: EventSourceMapping,
  { lane: name, after = [], keys }: ReaderRequest & { readonly kind: 'available' },
): readonly Lane[] {
  if (!mapping.lanes.some((lane) => lane.name === name))
    mapping.lanes.push(...partsOfLane({ lane: name }, after, null, mapping.settings));
  return mapping.lanes.filter(
    ({ name: each, part }) =>
      each === name &&
      (part === null || keys === undefined || keys.some((key) => placeOfKey(key, part.of) === part.place)),
  );
}

/**
 * The path of what a mapping does in a lane. The steps of one lane of a stream have nothing in common with those of another, unless lanes
 * come after each other. Nor have those of its parts, unless one that fails holds up the others, or they
 * are to be divided anew.
 */
export function pathOfLane(
  { uuid, paths, lanes, deleted, settings, failsByShard }: EventSourceMapping,
  { lane, part }: LaneName,
): string {
  if (lane === null) return paths.polling;
  const isShared = deleted || !settings.enabled || lanes.some(({ after, isEnding }) => isEnding || after.length > 0);
  return isShared ? paths.all : lanePath(uuid, lane, failsByShard ? 0 : (part?.place ?? 0));
}

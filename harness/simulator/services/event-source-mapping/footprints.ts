/**
 * The footprint paths of mappings. No other file composes them.
 */

/** The paths of one mapping, composed once, since each of its steps names some of them. */
export interface MappingPaths {
  readonly settings: string;
  readonly polling: string;
  /** The whole mapping. */
  readonly all: string;
}

export function pathsOf(uuid: string): MappingPaths {
  const path = `${MAPPINGS}/${uuid}`;
  return { settings: `${path}/settings`, polling: `${path}/polling`, all: `${path}/*` };
}

/** The path of one lane of a stream, or one part of it. */
export function lanePath(uuid: string, lane: string, part: number): string {
  return `${MAPPINGS}/${uuid}/lanes/${lane}/${part}`;
}

/** The path of one batch. */
export function batchPath(uuid: string, batch: string): string {
  return `${MAPPINGS}/${uuid}/batches/${batch}`;
}

const MAPPINGS = 'lambda/event-source-mappings';

/** All mappings with all their parts. */
export const EVERY_MAPPING = `${MAPPINGS}/*`;

/** The set of mappings, and their settings. */
export const ALL_SETTINGS = `${MAPPINGS}/settings`;

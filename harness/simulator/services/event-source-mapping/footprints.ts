/**
 * The footprint paths of mappings. Made here and nowhere else.
 */

/** The paths of one mapping, made once: each of its steps names some of them. */
export interface MappingPaths {
  readonly settings: string;
  readonly polling: string;
  /** All of it. */
  readonly all: string;
}

export function pathsOf(uuid: string): MappingPaths {
  const path = `${MAPPINGS}/${uuid}`;
  return { settings: `${path}/settings`, polling: `${path}/polling`, all: `${path}/*` };
}

/** The path of one batch. */
export function batchPath(uuid: string, batch: string): string {
  return `${MAPPINGS}/${uuid}/batches/${batch}`;
}

const MAPPINGS = 'lambda/event-source-mappings';

/** All mappings with all their parts. */
export const EVERY_MAPPING = `${MAPPINGS}/*`;

/** Which mappings there are, and their settings. */
export const ALL_SETTINGS = `${MAPPINGS}/settings`;
